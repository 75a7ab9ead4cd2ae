"""HubSpot's OAuth: the authorize address; token, introspect and revoke calls (reference section 4)."""

import base64
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

import httpx

from app.api.addresses import api_base
from app.api.attempts import persist
from app.api.decoding import Decoder
from app.api.error_reply import error_of
from app.api.errors import BadReply, ErrorDetails, Invalid, OAuthRefused, ReplyFault
from app.api.exchange import exchange
from app.api.grants import TokenReply
from app.api.oauth_payloads import IntrospectionPayload, TokenPayload
from app.api.reply import Reply
from app.api.retry import RequestClass, RetryBudget
from app.api.rules import CallRules
from app.api.versions import ApiPaths

T = TypeVar("T")

_TOKENS: Final = Decoder(TokenPayload)
_INTROSPECTIONS: Final = Decoder(IntrospectionPayload)
_DEFAULT_LIFE: Final = 1800.0
_LONGEST_TOKEN: Final = 8_000


@dataclass(frozen=True, slots=True)
class Authorization:
    """One attempt to sign in: the address for the browser, and the secrets that belong to it."""

    url: str = field(repr=False)
    redirect_uri: str
    state: str = field(repr=False)
    code_verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthApp:
    """The customer's own HubSpot app, and what it asks for; `scopes` must name every required one."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: Sequence[str]
    optional_scopes: Sequence[str] = ()


def new_state() -> str:
    """A fresh `state` (256 bits, URL-safe)."""
    return secrets.token_urlsafe(32)


def authorization(
    app: OAuthApp,
    *,
    authorize_base: str,
    redirect_uri: str,
    state: str,
    portal_id: int | None = None,
) -> Authorization:
    """The address to open in the browser (reference 4.2), always with an S256 challenge (4.4).

    `authorize_base` such as `https://app.hubspot.com`; `portal_id` preselects an account.
    """
    verifier = secrets.token_urlsafe(64)
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    query = {
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": " ".join(app.scopes),
        "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii"),
        "code_challenge_method": "S256",
    }
    if app.optional_scopes:
        query["optional_scope"] = " ".join(app.optional_scopes)
    account = f"/{portal_id}" if portal_id is not None else ""
    url = f"{api_base(authorize_base)}/oauth{account}/authorize?{urlencode(query, quote_via=quote)}"
    return Authorization(url=url, redirect_uri=redirect_uri, state=state, code_verifier=verifier)


class OAuthClient:
    """The token endpoint's calls, with parameters in the body only, never in an address.

    Only `introspect` is repeated after a failure, and `exchange_code` when nothing of it had left. All
    raise ApiError: OAuthRefused for an RFC 6749 error, else as for any call.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        paths: ApiPaths,
        app: OAuthApp,
        *,
        rules: CallRules | None = None,
    ) -> None:
        self._http = http
        self._base = api_base(base_url)
        self._paths = paths
        self._app = app
        self._rules = rules or CallRules()
        self._budget = RetryBudget()

    async def exchange_code(self, attempt: Authorization, code: str) -> TokenReply:
        """Trade the single-use `code` for tokens; a reply without a refresh token is BadReply."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": attempt.redirect_uri,
            "code_verifier": attempt.code_verifier,
        }
        reply = await self._persist(lambda: self._token(form), RequestClass.AMBIGUOUS)
        if reply.refresh_token is None:
            raise BadReply(ReplyFault.GARBAGE)
        return reply

    async def refresh(self, refresh_token: str) -> TokenReply:
        """A new access token; the reply may or may not bring a new refresh token."""
        return await self._token({"grant_type": "refresh_token", "refresh_token": refresh_token})

    async def introspect(self, access_token: str) -> IntrospectionPayload:
        """Who the token stands for (reference 4.6): the spec's field name first, then the guide's."""
        return await self._persist(lambda: self._introspect(access_token), RequestClass.SAFE)

    async def revoke(self, refresh_token: str) -> None:
        """Make the refresh token worthless; any 2xx is success (reference 4.7)."""
        form = {"token": refresh_token, "token_type_hint": "refresh_token"}
        await self._post(self._paths.revoke, form)

    async def _introspect(self, access_token: str) -> IntrospectionPayload:
        hint = {"token_type_hint": "access_token"}
        try:
            reply = await self._post(self._paths.introspect, {"token": access_token, **hint})
        except (Invalid, OAuthRefused) as error:
            if isinstance(error, OAuthRefused) and error.code != "invalid_request":
                raise
            reply = await self._post(self._paths.introspect, {"access_token": access_token, **hint})
        return _INTROSPECTIONS.decode(_json(reply)).value

    async def _persist(self, attempt: Callable[[], Awaitable[T]], request_class: RequestClass) -> T:
        return await persist(
            attempt,
            request_class=request_class,
            rules=self._rules,
            patience=self._rules.patience.user,
            budget=self._budget,
        )

    async def _token(self, form: Mapping[str, str]) -> TokenReply:
        payload = _TOKENS.decode(_json(await self._post(self._paths.oauth, form))).value
        return TokenReply(
            access_token=_sendable(payload.access_token),
            expires_in=payload.expires_in if payload.expires_in is not None else _DEFAULT_LIFE,
            refresh_token=_sendable(payload.refresh_token) if payload.refresh_token else None,
            hub_id=payload.hub_id,
            user_id=payload.user_id,
            scopes=None if payload.scopes is None else tuple(payload.scopes),
        )

    async def _post(self, path: str, form: Mapping[str, str]) -> Reply:
        fields = {
            **form,
            "client_id": self._app.client_id,
            "client_secret": self._app.client_secret,
        }
        reply = await exchange(
            self._http,
            "POST",
            self._base + path,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            content=urlencode(fields, quote_via=quote).encode("ascii"),
            limits=self._rules.limits,
        )
        if reply.is_success:
            return reply
        raise error_of(reply, utc_now=self._rules.clock.utc_now(), is_oauth=True)


def _json(reply: Reply) -> bytes:
    if not reply.is_json:
        details = ErrorDetails(status=reply.status, correlation_id=reply.correlation_id)
        raise BadReply(ReplyFault.WRONG_TYPE, details)
    return reply.body


def _sendable(token: str) -> str:
    """The token, if it can stand in a header: visible ASCII only."""
    if not token or len(token) > _LONGEST_TOKEN or not token.isascii() or not token.isprintable():
        raise BadReply(ReplyFault.GARBAGE)
    if " " in token:
        raise BadReply(ReplyFault.GARBAGE)
    return token
