"""One connection an account: session, tokens, and the ports over them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.api.grants import TokenReply
from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.owners import OwnersClient
from app.api.hubspot.records import RecordsClient
from app.api.hubspot.scheduler import SchedulerClient
from app.api.session import ApiSession
from app.api.throttle import Throttle
from app.api.tokens import RefreshingTokens
from app.domain.accounts import Account, AccountId
from app.domain.ports import CrmPorts, SecretVault
from app.gateways.endpoints import EndpointSource, ServiceEndpoints
from app.gateways.grants import VaultGrantStore
from app.gateways.hubspot.links import HubSpotLinksGateway
from app.gateways.hubspot.records import HubSpotRecordsGateway
from app.gateways.hubspot.scheduler import HubSpotSchedulerGateway


@dataclass(frozen=True, slots=True)
class _Connection:
    ports: CrmPorts
    tokens: RefreshingTokens


class HubSpotConnectionsGateway:
    """Makes connections and keeps them until the account signs out or signs in anew."""

    def __init__(self, endpoints: EndpointSource, vault: SecretVault, *, now: Callable[[], datetime]) -> None:
        self._endpoints = endpoints
        self._vault = vault
        self._now = now
        self._open: dict[AccountId, _Connection] = {}
        self._fresh: dict[AccountId, TokenReply] = {}
        self._opening = asyncio.Lock()

    async def connect(self, account: Account) -> CrmPorts:
        """The account's ports; the same ones until it is closed. Raises SignInFailed."""
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
            endpoints.oauth().refresh,
            initial=self._fresh.pop(account.id, None),
        )
        session = ApiSession(endpoints.http, endpoints.api_base, tokens, Throttle(endpoints.flights))
        paths = endpoints.paths
        scheduler = SchedulerClient(session, paths)
        records = HubSpotRecordsGateway(
            RecordsClient(session, paths),
            AssociationsClient(session, paths),
            MeetingsClient(session, paths),
            OwnersClient(session, paths),
            account_id=account.id,
        )
        ports = CrmPorts(
            links=HubSpotLinksGateway(scheduler, account_id=account.id),
            scheduler=HubSpotSchedulerGateway(scheduler, account_id=account.id, now=self._now),
            records=records,
        )
        return _Connection(ports, tokens)
