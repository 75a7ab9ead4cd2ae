"""Where installing an app is decided: which requests a person gets to see, and what the answer does."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import quote, urlencode

from app.sandbox.oauth.client import ClientApp
from app.sandbox.oauth.codes import Challenge, CodeBook
from app.sandbox.oauth.tokens import Grant, TokenRegistry

_CONSENT_LIFE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Account:
    """One account a person can install the app in, and who they are there.

    `region` is where its data lives (na1, eu1). `unavailable` are scopes behind features the account lacks,
    `may_install` is false without the right role, `emails` are those of all its users by user id.
    """

    hub_id: int
    name: str
    domain: str
    region: str
    user_id: int
    user_email: str
    user_name: str
    unavailable: frozenset[str] = frozenset()
    may_install: bool = True
    emails: Mapping[int, str] = field(default_factory=dict)

    def email_of(self, user_id: int) -> str:
        """Return the e-mail address of a user of the account."""
        return self.emails.get(user_id, self.user_email)


class Refusal(StrEnum):
    """Why HubSpot shows its own error page and sends nothing to the app."""

    UNKNOWN_CLIENT = "unknown_client"
    REDIRECT_MISMATCH = "redirect_mismatch"
    SCOPES_INSUFFICIENT = "scopes_insufficient"
    SCOPE_MISMATCH = "scope_mismatch"
    MISSING_PERMISSION = "missing_permission"
    STALE_PAGE = "stale_page"


class InstallRefusedError(Exception):
    """The install cannot go on; `detail` names the scopes or the address at fault."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Consent:
    """A checked request that waits for a person's answer."""

    ticket: str
    redirect_uri: str
    scopes: frozenset[str]
    optional_scopes: frozenset[str]
    state: str | None
    challenge: Challenge | None
    account_id: int | None
    expires_at: datetime


class InstallDesk:
    """Checks authorize requests, keeps them until they are answered, and knows client, accounts and codes."""

    def __init__(
        self,
        client: ClientApp,
        accounts: Sequence[Account],
        tokens: TokenRegistry,
        clock: Callable[[], datetime],
    ) -> None:
        self.client = client
        self.accounts = tuple(accounts)
        self.tokens = tokens
        self.codes = CodeBook(clock)
        self._clock = clock
        self._waiting: dict[str, Consent] = {}

    def now(self) -> datetime:
        """Return the instant it is in the sandbox."""
        return self._clock()

    def register_redirect(self, url: str) -> None:
        """Add a redirect address to the registered app."""
        self.client = replace(self.client, redirect_urls=(*self.client.redirect_urls, url))

    def account(self, hub_id: int) -> Account | None:
        """Return an account by its id."""
        return next((account for account in self.accounts if account.hub_id == hub_id), None)

    def receive(self, query: Mapping[str, str], account_id: int | None = None) -> Consent:
        """Check an authorize request and keep it for an answer; InstallRefusedError when it is wrong.

        `working-with-oauth` lists the parameters; redirect addresses are compared letter by letter.
        """
        if query.get("client_id") != self.client.client_id:
            raise InstallRefusedError(Refusal.UNKNOWN_CLIENT)
        redirect_uri = query.get("redirect_uri", "")
        if redirect_uri not in self.client.redirect_urls:
            raise InstallRefusedError(Refusal.REDIRECT_MISMATCH, redirect_uri)
        scopes = frozenset(query.get("scope", "").split())
        optional_scopes = frozenset(query.get("optional_scope", "").split())
        self._check_scopes(scopes, optional_scopes)
        consent = Consent(
            ticket=secrets.token_urlsafe(24),
            redirect_uri=redirect_uri,
            scopes=scopes,
            optional_scopes=optional_scopes,
            state=query.get("state"),
            challenge=_challenge(query),
            account_id=account_id,
            expires_at=self._clock() + _CONSENT_LIFE,
        )
        self._waiting[consent.ticket] = consent
        return consent

    def allow(self, ticket: str, hub_id: int) -> str:
        """Install the app and return the address the browser goes to; InstallRefusedError when that fails."""
        account = self.account(hub_id)
        consent = self._waiting.get(ticket)
        if account is None or consent is None or consent.expires_at <= self._clock():
            raise InstallRefusedError(Refusal.STALE_PAGE)
        unavailable = consent.scopes & account.unavailable
        if unavailable or not account.may_install:
            raise InstallRefusedError(Refusal.MISSING_PERMISSION, " ".join(sorted(unavailable)))
        del self._waiting[ticket]
        granted = consent.scopes | (consent.optional_scopes - account.unavailable)
        grant = Grant(account.hub_id, account.user_id, granted)
        code = self.codes.issue(grant, consent.redirect_uri, consent.challenge)
        answer = {"code": code} | ({} if consent.state is None else {"state": consent.state})
        joint = "&" if "?" in consent.redirect_uri else "?"
        return f"{consent.redirect_uri}{joint}{urlencode(answer, quote_via=quote)}"

    def decline(self, ticket: str) -> None:
        """Forget a request; the app is told nothing."""
        self._waiting.pop(ticket, None)

    def _check_scopes(self, scopes: frozenset[str], optional_scopes: frozenset[str]) -> None:
        missing = self.client.required - scopes
        if missing:
            raise InstallRefusedError(Refusal.SCOPES_INSUFFICIENT, " ".join(sorted(missing)))
        misplaced = scopes - self.client.required - self.client.conditional
        misplaced |= optional_scopes - self.client.optional
        if misplaced:
            raise InstallRefusedError(Refusal.SCOPE_MISMATCH, " ".join(sorted(misplaced)))


def _challenge(query: Mapping[str, str]) -> Challenge | None:
    value = query.get("code_challenge")
    method = query.get("code_challenge_method", "plain")
    return Challenge(value, method) if value and method in ("S256", "plain") else None
