"""Signing in through the system browser and out again: OAuth as `SignInPort`."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from app.api.errors import ApiError, BadReply, OAuthRefused
from app.api.grants import TokenReply
from app.api.hubspot.account import AccountClient, AccountPayload
from app.api.hubspot.owners import OwnersClient
from app.api.loopback import CallbackTimedOut, LoopbackReceiver, ReceiverRules
from app.api.loopback_head import CodeReceived
from app.api.loopback_sockets import NoPortFree
from app.api.oauth import Authorization, authorization, new_state
from app.api.oauth_payloads import IntrospectionPayload
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from app.domain.accounts import Account, Workspace, account_id
from app.domain.ports import BrowserStep, SecretVault
from app.domain.problems import Problem, SignInFailed, SignInStop
from app.domain.zones import canonical
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.endpoints import EndpointSource, ServiceEndpoints
from app.gateways.grants import secret_name
from app.gateways.problems import problem_of

OpenBrowser = Callable[[Workspace, str], Awaitable[bool]]
"""Opens an address; False when no browser could be started. May raise SignInFailed."""

_REVOKE_WITHIN_S: Final = 5.0
_WRONG_CREDENTIALS: Final = frozenset({"invalid_client", "unauthorized_client"})
_UI_DOMAIN: Final = "app.hubspot.com"


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
    ) -> None:
        self._endpoints = endpoints
        self._connections = connections
        self._vault = vault
        self._open_browser = open_browser
        self._now = now
        self._rules = rules or ReceiverRules()

    async def sign_in(self, workspace: Workspace, on_waiting: Callable[[BrowserStep], None]) -> Account:
        """Open the browser, wait for its answer, keep the grant, say who signed in. Raises Problem."""
        endpoints = await self._endpoints(workspace)
        try:
            attempt, code = await self._ask_browser(endpoints, workspace, on_waiting)
        except NoPortFree as reason:
            ports = ", ".join(str(port) for port in reason.ports)
            raise SignInFailed(SignInStop.NO_FREE_PORT, ports) from reason
        except CallbackTimedOut as reason:
            raise SignInFailed(SignInStop.TIMED_OUT) from reason
        try:
            reply = await endpoints.oauth().exchange_code(attempt, code)
            who = await endpoints.oauth().introspect(reply.access_token)
            account = await self._account(endpoints, workspace, reply, who)
        except ApiError as error:
            raise _refusal(error) from error
        await self._vault.write(secret_name(account.id), reply.refresh_token or "")
        await self._connections.begin(account.id, reply)
        return account

    async def sign_out(self, account: Account) -> bool:
        """Revoke (best effort, 5 s) and forget the grant; False when revoking failed. Never raises."""
        name = secret_name(account.id)
        is_revoked = False
        try:
            async with asyncio.timeout(_REVOKE_WITHIN_S):
                token = await self._vault.read(name)
                if token:
                    endpoints = await self._endpoints(account.workspace)
                    await endpoints.oauth().revoke(token)
                is_revoked = True
        except (TimeoutError, ApiError, Problem):
            is_revoked = False
        await self._connections.close(account.id)
        try:
            await self._vault.delete(name)
        except Problem:
            return False
        return is_revoked

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
            expires_at = self._now() + timedelta(seconds=self._rules.overall)
            on_waiting(BrowserStep(attempt.url, expires_at))
            try:
                async with asyncio.TaskGroup() as both:
                    waiting = both.create_task(receiver.wait())
                    if not await self._open_browser(workspace, attempt.url):
                        on_waiting(BrowserStep(attempt.url, expires_at, is_opened=False))
            except ExceptionGroup as failures:
                raise failures.exceptions[0] from failures
        result = waiting.result()
        if isinstance(result, CodeReceived):
            return attempt, result.code
        raise SignInFailed(SignInStop.DECLINED, result.error)

    async def _account(
        self,
        endpoints: ServiceEndpoints,
        workspace: Workspace,
        reply: TokenReply,
        who: IntrospectionPayload,
    ) -> Account:
        session = ApiSession(
            endpoints.http,
            endpoints.api_base,
            FixedToken(reply.access_token),
            Throttle(endpoints.flights),
        )
        portal_id, user_id = who.hub_id or reply.hub_id, who.user_id or reply.user_id
        if portal_id is None or user_id is None or not str(portal_id).isdigit():
            raise SignInFailed(SignInStop.STRANGE_ANSWER, "hub_id")
        details = await AccountClient(session, endpoints.paths).details()
        return Account(
            id=account_id(workspace, int(portal_id), str(user_id)),
            workspace=workspace,
            portal_id=int(portal_id),
            portal_name=_portal_name(details, who),
            user_id=str(user_id),
            email=who.user or "",
            full_name=await _full_name(session, endpoints, str(user_id)) or who.user or "",
            ui_domain=details.ui_domain or _UI_DOMAIN,
            portal_zone=canonical(details.time_zone),
            scopes=frozenset(who.scopes or reply.scopes or ()),
            connected_at=self._now(),
        )


async def _full_name(session: ApiSession, endpoints: ServiceEndpoints, user_id: str) -> str:
    try:
        owner = await OwnersClient(session, endpoints.paths).by_user_id(user_id)
    except ApiError:
        return ""
    return " ".join(part for part in (owner.first_name, owner.last_name) if part)


def _portal_name(details: AccountPayload, who: IntrospectionPayload) -> str:
    return details.portal_name or who.hub_domain or f"HubSpot {details.portal_id}"


def _refusal(error: ApiError) -> Problem:
    match error:
        case OAuthRefused(code=code) if code in _WRONG_CREDENTIALS:
            return SignInFailed(SignInStop.WRONG_CREDENTIALS, code)
        case OAuthRefused(code=code):
            return SignInFailed(SignInStop.CODE_REFUSED, code)
        case BadReply():
            return SignInFailed(SignInStop.STRANGE_ANSWER, error.fault)
        case _:
            return problem_of(error, account_id="", what="sign-in")
