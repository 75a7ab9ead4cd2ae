"""Signing in through the system browser and out again: OAuth as `SignInPort`."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from app.api.decoding import WireId
from app.api.errors import ApiError, BadReply, OAuthRefused, Refused, Unauthorized
from app.api.grants import TokenReply
from app.api.hubspot.account import AccountClient, AccountPayload
from app.api.hubspot.owners import OwnersClient
from app.api.loopback import CallbackTimedOut, LoopbackReceiver, ReceiverRules
from app.api.loopback_head import CodeReceived
from app.api.loopback_sockets import NoPortFree
from app.api.oauth import Authorization, authorization, new_state
from app.api.rules import CallRules
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from app.domain.accounts import Account, Workspace, account_id
from app.domain.ports import BrowserStep, SecretVault
from app.domain.problems import Problem, SignInFailed, SignInStop
from app.domain.zones import canonical, zone_name
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.endpoints import EndpointSource, ServiceEndpoints
from app.gateways.grants import secret_name
from app.gateways.problems import Call, problem_of

OpenBrowser = Callable[[Workspace, str], Awaitable[bool]]
"""Opens an address; False when no browser could be started. May raise SignInFailed."""

_REVOKE_WITHIN_S: Final = 5.0
_LAST_WORDS_S: Final = 0.5
"""How long the opener may still read the page it was left with."""

_WRONG_CREDENTIALS: Final = frozenset({"invalid_client", "unauthorized_client"})
_DECLINED: Final = "access_denied"
_UI_DOMAIN: Final = "app.hubspot.com"
_UNKNOWN_ZONE: Final = "UTC"
_PORTAL: Final = re.compile(r"\d{1,18}", re.ASCII)


class HubSpotSignInGateway:
    """Fulfils `SignInPort`. The grant is kept before the account is announced."""

    def __init__(
        self,
        endpoints: EndpointSource,
        connections: HubSpotConnectionsGateway,
        vault: SecretVault,
        open_browser: OpenBrowser,
        *,
        now: Callable[[], datetime],
        rules: ReceiverRules | None = None,
        calls: CallRules | None = None,
    ) -> None:
        self._endpoints = endpoints
        self._connections = connections
        self._vault = vault
        self._open_browser = open_browser
        self._now = now
        self._rules = rules or ReceiverRules()
        self._calls = calls or CallRules()

    async def sign_in(self, workspace: Workspace, on_waiting: Callable[[BrowserStep], None]) -> Account:
        """Open the browser, wait for its answer, keep the grant, say who signed in. Raises Problem.

        Whatever fails, and cancelling, leaves no listener behind and the other accounts as they were.
        """
        endpoints = await self._endpoints(workspace)
        try:
            attempt, code = await self._ask_browser(endpoints, workspace, on_waiting)
        except NoPortFree as reason:
            ports = ", ".join(str(port) for port in reason.ports)
            raise SignInFailed(SignInStop.NO_FREE_PORT, ports) from reason
        try:
            reply = await endpoints.oauth(self._calls).exchange_code(attempt, code)
            account = await self._account(endpoints, workspace, reply)
        except ApiError as error:
            raise self._refusal(error) from error
        await self._connections.close(account.id)
        await self._vault.write(secret_name(account.id), reply.refresh_token or "")
        await self._connections.begin(account.id, reply)
        return account

    async def sign_out(self, account: Account) -> bool:
        """Revoke (best effort, 5 s) and forget the grant, also when cut short; False when either failed."""
        name = secret_name(account.id)
        await self._connections.close(account.id)
        try:
            is_revoked = await self._revoke(account, name)
        finally:
            is_forgotten = await self._forget(name)
        return is_revoked and is_forgotten

    async def _forget(self, name: str) -> bool:
        try:
            await self._vault.delete(name)
        except Problem:
            return False
        return True

    async def _revoke(self, account: Account, name: str) -> bool:
        try:
            async with asyncio.timeout(_REVOKE_WITHIN_S):
                token = await self._vault.read(name)
                if token:
                    endpoints = await self._endpoints(account.workspace)
                    await endpoints.oauth(self._calls).revoke(token)
        except (TimeoutError, ApiError, Problem):
            return False
        return True

    async def _ask_browser(
        self, endpoints: ServiceEndpoints, workspace: Workspace, on_waiting: Callable[[BrowserStep], None]
    ) -> tuple[Authorization, str]:
        state = new_state()
        async with LoopbackReceiver(endpoints.ports, state, rules=self._rules) as receiver:
            attempt = authorization(
                endpoints.app,
                authorize_base=endpoints.authorize_base,
                redirect_uri=receiver.redirect_uri,
                state=state,
            )
            step = BrowserStep(attempt.url, self._now() + timedelta(seconds=self._rules.overall))
            on_waiting(step)
            try:
                async with asyncio.TaskGroup() as both:
                    opening = both.create_task(self._open(workspace, step, on_waiting))
                    result = await receiver.wait()
                    await asyncio.wait({opening}, timeout=_LAST_WORDS_S)
                    opening.cancel()
            except ExceptionGroup as failures:
                raise _first_stop(failures, opening) from failures
        if isinstance(result, CodeReceived):
            return attempt, result.code
        stop = SignInStop.DECLINED if result.error == _DECLINED else SignInStop.STRANGE_ANSWER
        raise SignInFailed(stop, result.error)

    async def _open(
        self, workspace: Workspace, step: BrowserStep, on_waiting: Callable[[BrowserStep], None]
    ) -> bool:
        """Open the browser, or tell that only copying the address is left."""
        is_opened = await self._open_browser(workspace, step.url)
        if not is_opened:
            on_waiting(replace(step, is_opened=False))
        return is_opened

    async def _account(self, endpoints: ServiceEndpoints, workspace: Workspace, reply: TokenReply) -> Account:
        who = await endpoints.oauth(self._calls).introspect(reply.access_token)
        portal_id, user_id = str(who.hub_id or reply.hub_id or ""), who.user_id or reply.user_id
        if not who.active or user_id is None or not _PORTAL.fullmatch(portal_id):
            raise SignInFailed(SignInStop.STRANGE_ANSWER, "introspection")
        session = ApiSession(
            endpoints.http,
            endpoints.api_base,
            FixedToken(reply.access_token),
            Throttle(endpoints.flights, clock=self._calls.clock),
            rules=self._calls,
        )
        details = await _details(session, endpoints)
        return Account(
            id=account_id(workspace, int(portal_id), str(user_id)),
            workspace=workspace,
            portal_id=int(portal_id),
            portal_name=details.portal_name or who.hub_domain or f"HubSpot {portal_id}",
            user_id=str(user_id),
            email=who.user or "",
            full_name=await _full_name(session, endpoints, str(user_id)) or who.user or "",
            ui_domain=details.ui_domain or _UI_DOMAIN,
            portal_zone=canonical(zone_name(details.time_zone) or _UNKNOWN_ZONE),
            scopes=frozenset(who.scopes or reply.scopes or ()),
            connected_at=self._now(),
        )

    def _refusal(self, error: ApiError) -> Problem:
        match error:
            case OAuthRefused(code=code) if code in _WRONG_CREDENTIALS:
                return SignInFailed(SignInStop.WRONG_CREDENTIALS, code)
            case OAuthRefused(code=code):
                return SignInFailed(SignInStop.CODE_REFUSED, code)
            case Unauthorized():
                return SignInFailed(SignInStop.WRONG_CREDENTIALS, "401")
            case BadReply(fault=fault):
                return SignInFailed(SignInStop.STRANGE_ANSWER, fault)
            case _:
                return problem_of(error, Call(account_id="", what="sign-in", now=self._now))


def _first_stop(failures: ExceptionGroup[Exception], opening: "asyncio.Task[bool]") -> Exception:
    """Why the browser gave no answer: what stopped `opening`, or time that ran out with or without it."""
    first = failures.exceptions[0]
    if not isinstance(first, CallbackTimedOut):
        return first
    was_opened = opening.cancelled() or opening.result()
    return SignInFailed(SignInStop.TIMED_OUT if was_opened else SignInStop.BROWSER_NOT_OPENED)


async def _details(session: ApiSession, endpoints: ServiceEndpoints) -> AccountPayload:
    """The portal's details; empty ones where HubSpot does not tell them."""
    try:
        return await AccountClient(session, endpoints.paths).details()
    except Refused:
        return AccountPayload(portal_id=WireId())


async def _full_name(session: ApiSession, endpoints: ServiceEndpoints, user_id: str) -> str:
    """The owner's name; empty where this user is no owner, or may not read owners."""
    try:
        owner = await OwnersClient(session, endpoints.paths).by_user_id(user_id)
    except Refused:
        return ""
    return " ".join(part for part in (owner.first_name, owner.last_name) if part)
