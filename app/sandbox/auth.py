"""Who is calling: bearers are checked before a route is looked for, scopes before it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.types import Scope

from app.sandbox.errors import (
    EXPIRED_AUTHENTICATION,
    INVALID_AUTHENTICATION,
    MISSING_SCOPES,
    HubSpotError,
)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a bearer may do: granted scopes, and the user and account (`hub_id`) it acts for."""

    token: str
    scopes: frozenset[str]
    user_id: int
    hub_id: int
    expires_at: datetime | None = None


class TokenLookup(Protocol):
    """Knows the access tokens of this run."""

    def access_token(self, token: str) -> AccessToken | None: ...

    def has_expired(self, token: AccessToken) -> bool: ...


def authenticate(scope: Scope, tokens: TokenLookup) -> AccessToken:
    """Return the caller of a request; HubSpotError 401 without one, or an unknown or expired one."""
    bearer = _bearer(scope["headers"])
    if bearer is None:
        raise HubSpotError(
            401,
            INVALID_AUTHENTICATION,
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can "
            "find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        )
    token = tokens.access_token(bearer)
    if token is None:
        raise HubSpotError(
            401,
            INVALID_AUTHENTICATION,
            "The OAuth token used to make this call is invalid or has been revoked.",
        )
    if tokens.has_expired(token):
        raise HubSpotError(
            401,
            EXPIRED_AUTHENTICATION,
            "The OAuth token used to make this call expired. Refresh it and send the call again.",
            context={"expire time": [token.expires_at.isoformat() if token.expires_at else "never"]},
        )
    return token


def require_any_scope(request: Request, scopes: Iterable[str]) -> None:
    """Let the request pass when its token holds any of `scopes`; HubSpotError 403 otherwise."""
    wanted = sorted(scopes)
    token: AccessToken = request.state.token
    if token.scopes.isdisjoint(wanted):
        raise HubSpotError(
            403,
            MISSING_SCOPES,
            "This app hasn't been granted all required scopes to make this call. Read more about required "
            "scopes here: https://developers.hubspot.com/scopes.",
            context={"missingScopes": wanted},
        )


def _bearer(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    fields: Mapping[bytes, bytes] = dict(headers)
    kind, _, value = fields.get(b"authorization", b"").decode("latin-1").partition(" ")
    return value.strip() or None if kind.lower() == "bearer" else None
