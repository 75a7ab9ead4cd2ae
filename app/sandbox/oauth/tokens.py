"""Access and refresh tokens: issued, looked up, expired and revoked.

Access tokens live for 30 minutes and for one run. Refresh tokens are signed with a key made from the seed, so
they keep working after a restart with the same seed; a revocation is forgotten by then.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.sandbox.auth import AccessToken
from app.sandbox.oauth.scopes import ALL_SCOPES, from_mask, mask

ACCESS_TOKEN_LIFE: Final = timedelta(seconds=1800)
_REGION: Final = "na1"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person allowed: an account, in whose name, and which scopes."""

    hub_id: int
    user_id: int
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True)
class TokenPair:
    """A token reply: `expires_in` is in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    grant: Grant


class TokenRegistry:
    """The tokens of one sandbox; `clock` returns aware UTC instants."""

    def __init__(self, clock: Callable[[], datetime], *, seed: int) -> None:
        self._clock = clock
        self._key = hashlib.sha256(f"slotdesk sandbox refresh tokens, seed {seed}".encode()).digest()
        self._access: dict[str, AccessToken] = {}
        self._revoked: set[str] = set()

    def issue(self, grant: Grant) -> TokenPair:
        """Start a new installation: a fresh access token and a fresh refresh token."""
        return self.renew(grant, self._sign(grant, secrets.token_urlsafe(9)))

    def renew(self, grant: Grant, refresh_token: str) -> TokenPair:
        """Issue a fresh access token beside a refresh token, which stays the same."""
        token = self.issue_access(grant)
        return TokenPair(token.token, refresh_token, int(ACCESS_TOKEN_LIFE.total_seconds()), grant)

    def issue_access(self, grant: Grant) -> AccessToken:
        """Issue an access token alone, valid for 30 minutes."""
        text = f"C{secrets.token_urlsafe(240)}"
        token = AccessToken(
            text, grant.scopes, grant.user_id, grant.hub_id, self._clock() + ACCESS_TOKEN_LIFE
        )
        self._access[text] = token
        return token

    def admit_fixed(self, text: str, *, hub_id: int, user_id: int) -> None:
        """Accept `text` as a bearer with every scope that never expires."""
        self._access[text] = AccessToken(text, ALL_SCOPES, user_id, hub_id)

    def access_token(self, token: str) -> AccessToken | None:
        """Return an access token of this run, expired ones too."""
        return self._access.get(token)

    def has_expired(self, token: AccessToken) -> bool:
        """Say whether an access token's life is over."""
        return token.expires_at is not None and token.expires_at <= self._clock()

    def seconds_left(self, token: AccessToken) -> int:
        """Return how many seconds an access token has left, never below 0."""
        if token.expires_at is None:
            return int(ACCESS_TOKEN_LIFE.total_seconds())
        return max(0, round((token.expires_at - self._clock()).total_seconds()))

    def expire_access_tokens(self) -> int:
        """End the life of every access token that can expire; return how many there were."""
        now = self._clock()
        live = [token for token in self._access.values() if token.expires_at and token.expires_at > now]
        for token in live:
            self._access[token.token] = AccessToken(
                token.token, token.scopes, token.user_id, token.hub_id, now
            )
        return len(live)

    def grant_of(self, refresh_token: str) -> Grant | None:
        """Return what a refresh token stands for; None when it is forged, foreign or revoked."""
        head, _, signature = refresh_token.rpartition("-")
        if refresh_token in self._revoked or not hmac.compare_digest(
            signature.encode(), self._signature(head).encode()
        ):
            return None
        body = base64.urlsafe_b64decode(head.removeprefix(f"{_REGION}-")).decode()
        hub_id, user_id, bits, _ = body.split(".", 3)
        return Grant(int(hub_id), int(user_id), from_mask(int(bits, 16)))

    def revoke(self, refresh_token: str) -> bool:
        """Kill a refresh token; False when it was not alive. Access tokens live on until they expire."""
        if self.grant_of(refresh_token) is None:
            return False
        self._revoked.add(refresh_token)
        return True

    def _sign(self, grant: Grant, nonce: str) -> str:
        body = f"{grant.hub_id}.{grant.user_id}.{mask(grant.scopes):x}.{nonce}"
        head = f"{_REGION}-{base64.urlsafe_b64encode(body.encode()).decode()}"
        return f"{head}-{self._signature(head)}"

    def _signature(self, head: str) -> str:
        return hmac.new(self._key, head.encode(), hashlib.sha256).hexdigest()[:40]
