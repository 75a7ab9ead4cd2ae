"""One connection an account: session, tokens, and the ports over them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from app.api.errors import GrantNotKept, SignInLost
from app.api.grants import TokenReply
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.owners import OwnersClient
from app.api.hubspot.records import RecordsClient
from app.api.hubspot.scheduler import SchedulerClient
from app.api.rules import CallRules
from app.api.session import ApiSession
from app.api.throttle import Throttle
from app.api.tokens import RefreshingTokens
from app.domain.accounts import Account, AccountId, Workspace
from app.domain.ports import CrmPorts, SecretVault
from app.domain.problems import Problem, SignInFailed
from app.gateways.endpoints import EndpointSource, ServiceEndpoints
from app.gateways.grants import VaultGrantStore
from app.gateways.hubspot.links import HubSpotLinksGateway
from app.gateways.hubspot.meeting_ports import meeting_ports
from app.gateways.hubspot.records import HubSpotRecordsGateway
from app.gateways.hubspot.scheduler import HubSpotSchedulerGateway
from app.gateways.problems import Calls


@dataclass(frozen=True, slots=True)
class _Connection:
    ports: CrmPorts
    tokens: RefreshingTokens


class HubSpotConnectionsGateway:
    """Makes connections and keeps them until the account signs out or signs in anew."""

    def __init__(
        self,
        endpoints: EndpointSource,
        vault: SecretVault,
        *,
        now: Callable[[], datetime],
        rules: CallRules | None = None,
    ) -> None:
        self._endpoints = endpoints
        self._vault = vault
        self._now = now
        self._rules = rules or CallRules()
        self._open: dict[AccountId, _Connection] = {}
        self._fresh: dict[AccountId, TokenReply] = {}
        self._opening = asyncio.Lock()

    async def connect(self, account: Account) -> CrmPorts:
        """The account's ports; the same ones until it is closed. Raises Problem, SignInFailed above all."""
        async with self._opening:
            if account.id not in self._open:
                endpoints = await self._endpoints(account.workspace)
                self._open[account.id] = self._connection(account, endpoints)
            return self._open[account.id].ports

    async def begin(self, account_id: AccountId, reply: TokenReply) -> None:
        """A sign-in has just brought these tokens: the next connection starts with them."""
        await self.close(account_id)
        self._fresh[account_id] = reply

    async def close(self, account_id: AccountId) -> None:
        """Forget the connection and its access token."""
        self._fresh.pop(account_id, None)
        connection = self._open.pop(account_id, None)
        if connection is not None:
            await connection.tokens.aclose()

    async def aclose(self) -> None:
        """Close all of them."""
        for account_id in tuple(self._open):
            await self.close(account_id)

    def _connection(self, account: Account, endpoints: ServiceEndpoints) -> _Connection:
        tokens = RefreshingTokens(
            VaultGrantStore(self._vault, account.id),
            partial(self._refresh, account.workspace),
            initial=self._fresh.pop(account.id, None),
            clock=self._rules.clock,
        )
        throttle = Throttle(endpoints.flights, clock=self._rules.clock)
        session = ApiSession(endpoints.http, endpoints.api_base, tokens, throttle, rules=self._rules)
        paths = endpoints.paths
        calls = Calls(account.id, self._now)
        scheduler = SchedulerClient(session, paths)
        records = HubSpotRecordsGateway(
            RecordsClient(session, paths),
            AssociationsClient(session, paths),
            MeetingsClient(session, paths),
            OwnersClient(session, paths),
            calls,
        )
        ports = CrmPorts(
            links=HubSpotLinksGateway(scheduler, calls),
            scheduler=HubSpotSchedulerGateway(scheduler, calls, now=self._now),
            records=records,
            meetings=meeting_ports(session, paths, account, calls),
        )
        return _Connection(ports, tokens)

    async def _refresh(self, workspace: Workspace, refresh_token: str) -> TokenReply:
        """Refresh with the credentials as they are now: they may have been typed anew. Raises ApiError."""
        try:
            endpoints = await self._endpoints(workspace)
        except SignInFailed as reason:
            raise SignInLost("no_credentials") from reason
        except Problem as problem:
            raise GrantNotKept from problem
        return await endpoints.oauth(self._rules).refresh(refresh_token)
