"""Installing and uninstalling the app: waiting consents, codes, access and refresh tokens.

Refresh tokens are signed with a key made from the seed, so they outlive a restart with the same seed;
what was revoked or rotated away is forgotten by then.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from app.sandbox.pipedrive.client import PipedriveClientApp
from app.sandbox.pipedrive.company import Company

CODE_LIFE: Final = timedelta(minutes=5)
ACCESS_LIFE: Final = timedelta(seconds=3599)
IDLE_LIFE: Final = timedelta(days=60)
_CONSENT_LIFE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Install:
    """Who allowed what: a user of a company, and the scopes the app had then."""

    company_id: int
    user_id: int
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """An access token's meaning; None never ends."""

    install: Install
    ends: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A checked authorize request that waits for a person."""

    ticket: str
    redirect_uri: str
    state: str | None
    ends: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """What the token endpoint hands out; `expires_in` is in seconds."""

    access_token: str
    refresh_token: str
    expires_in: int
    install: Install


class RefusedError(Exception):
    """The OAuth server refuses: RFC 6749 `error` and its sentence."""

    def __init__(self, error: str, sentence: str) -> None:
        super().__init__(sentence)
        self.error = error
        self.sentence = sentence


class PipedriveDesk:
    """Knows the registered app, the companies and everything handed out. `rotates` renews refresh tokens."""

    def __init__(self, companies: Sequence[Company], clock: Callable[[], datetime], *, seed: int) -> None:
        self.client = PipedriveClientApp()
        self.companies = tuple(companies)
        self.rotates = False
        self._clock = clock
        self._key = hashlib.sha256(f"slotdesk pipedrive refresh tokens, seed {seed}".encode()).digest()
        self._waiting: dict[str, Waiting] = {}
        self._codes: dict[str, tuple[Install, str, datetime]] = {}
        self._access: dict[str, Access] = {}
        self._dead: set[str] = set()
        self._used: dict[str, datetime] = {}

    def company(self, company_id: int) -> Company | None:
        """Return a company by id."""
        return next((one for one in self.companies if one.company_id == company_id), None)

    def receive(self, query: Mapping[str, str]) -> Waiting:
        """Check an authorize request; RefusedError when Pipedrive would show an error page."""
        if query.get("client_id") != self.client.client_id:
            raise RefusedError("invalid_client", "Client is invalid")
        redirect_uri = query.get("redirect_uri", "")
        if not _is_uri(redirect_uri):
            raise RefusedError("invalid_request", "redirect_uri is not a valid URI")
        if redirect_uri != self.client.redirect_url:
            raise RefusedError("invalid_request", "redirect_uri is invalid")
        if query.get("scope") == "":
            raise RefusedError("invalid_scope", "Invalid parameter: `scope`")
        ticket = secrets.token_urlsafe(24)
        waiting = Waiting(ticket, redirect_uri, query.get("state"), self._clock() + _CONSENT_LIFE)
        self._waiting[ticket] = waiting
        return waiting

    def allow(self, ticket: str, company_id: int, user_id: int | None = None) -> str:
        """Install for a user (the first by default); return where the browser goes, with a code."""
        waiting, company = self._take(ticket), self.company(company_id)
        if company is None or (user_id is not None and company.user(user_id) is None):
            raise RefusedError("invalid_request", "The company is not known")
        person = company.users[0].user_id if user_id is None else user_id
        code = secrets.token_hex(20)
        install = Install(company_id, person, self.client.scopes)
        self._codes[code] = (install, waiting.redirect_uri, self._clock() + CODE_LIFE)
        return _answered(waiting, {"code": code})

    def decline(self, ticket: str) -> str:
        """Return where the browser goes after Cancel."""
        return _answered(self._take(ticket), {"error": "user_denied"})

    def exchange(self, code: str, redirect_uri: str) -> Issued:
        """Trade a code for tokens, once and within five minutes; RefusedError otherwise."""
        found = self._codes.pop(code, None)
        if found is None:
            raise RefusedError("invalid_grant", "Invalid grant: authorization_code is invalid")
        install, wanted, ends = found
        if ends <= self._clock():
            raise RefusedError("invalid_grant", "Invalid grant: authorization_code has expired")
        if not _is_uri(redirect_uri):
            raise RefusedError("invalid_request", "Invalid request: redirect_uri is not a valid URI")
        if redirect_uri != wanted:
            raise RefusedError("invalid_request", "Invalid request: redirect_uri is invalid")
        return self.install(install)

    def install(self, install: Install) -> Issued:
        """Hand out a first pair of tokens."""
        return self._issue(install, self._signed(install))

    def refresh(self, token: str) -> Issued:
        """Hand out a new access token; RefusedError for a dead, forged or 60 days unused refresh token."""
        install = self.install_of(token)
        if install is None:
            raise RefusedError("invalid_grant", "Invalid grant: refresh_token is invalid")
        if not self.rotates:
            return self._issue(install, token)
        self._dead.add(token)
        return self._issue(install, self._signed(install))

    def install_of(self, token: str) -> Install | None:
        """Return what a refresh token stands for; None when it is not alive."""
        head, _, signature = token.rpartition(":")
        expected = self._signature(head)
        if token in self._dead or not hmac.compare_digest(expected.encode(), signature.encode()):
            return None
        used = self._used.get(token)
        if used is not None and self._clock() - used >= IDLE_LIFE:
            return None
        company_id, user_id, scopes, _ = head.split(":", 3)
        return Install(int(company_id), int(user_id), tuple(scopes.replace(".", ":").split(",")))

    def revoke(self, token: str) -> None:
        """Kill a token; a refresh token's death uninstalls the app. Unknown ones are no error."""
        if self._access.pop(token, None) is None:
            install = self.install_of(token)
            if install is not None:
                self.uninstall(install.company_id, install.user_id)
                self._dead.add(token)

    def uninstall(self, company_id: int, user_id: int) -> None:
        """End every token of a user."""
        for text, access in list(self._access.items()):
            if (access.install.company_id, access.install.user_id) == (company_id, user_id):
                del self._access[text]
        self._dead |= {text for text in self._used if text.startswith(f"{company_id}:{user_id}:")}

    def admit_fixed(self, text: str, install: Install) -> None:
        """Accept `text` as a bearer that never ends."""
        self._access[text] = Access(install, None)

    def access(self, text: str) -> Install | None:
        """Return what a bearer may do; None when it is unknown or over."""
        found = self._access.get(text)
        over = found is None or (found.ends is not None and found.ends <= self._clock())
        return None if found is None or over else found.install

    def expire_access_tokens(self) -> int:
        """End every access token that can end; return how many."""
        ending = [text for text, access in self._access.items() if access.ends is not None]
        for text in ending:
            del self._access[text]
        return len(ending)

    def reregister(self, *, redirect_url: str | None = None, scopes: tuple[str, ...] | None = None) -> None:
        """Change the app in Developer Hub; tokens keep the scopes they were given with."""
        self.client = replace(
            self.client,
            redirect_url=self.client.redirect_url if redirect_url is None else redirect_url,
            scopes=self.client.scopes if scopes is None else scopes,
        )

    def _take(self, ticket: str) -> Waiting:
        waiting = self._waiting.pop(ticket, None)
        if waiting is None or waiting.ends <= self._clock():
            raise RefusedError("invalid_request", "This page is no longer valid")
        return waiting

    def _issue(self, install: Install, refresh_token: str) -> Issued:
        now = self._clock()
        text = f"v1u:{secrets.token_urlsafe(560)}"
        self._access[text] = Access(install, now + ACCESS_LIFE)
        self._used[refresh_token] = now
        return Issued(text, refresh_token, int(ACCESS_LIFE.total_seconds()), install)

    def _signed(self, install: Install) -> str:
        scopes = ",".join(install.scopes).replace(":", ".")
        head = f"{install.company_id}:{install.user_id}:{scopes}:{secrets.token_hex(8)}"
        return f"{head}:{self._signature(head)}"

    def _signature(self, head: str) -> str:
        return hmac.new(self._key, head.encode(), hashlib.sha256).hexdigest()[:40]


def _answered(waiting: Waiting, answer: dict[str, str]) -> str:
    state = {} if waiting.state is None else {"state": waiting.state}
    joint = "&" if "?" in waiting.redirect_uri else "?"
    return f"{waiting.redirect_uri}{joint}{urlencode({**answer, **state}, quote_via=quote)}"


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)
