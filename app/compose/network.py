"""Everything that talks: the HTTP clients, the practice world, sign-in and connections."""

import asyncio
import ssl
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import AsyncExitStack
from dataclasses import dataclass

from app import __version__
from app.api.http_client import HttpClient, make_http_client, make_tls
from app.api.loopback import ReceiverRules
from app.api.loopback_page import PageText, PageTexts
from app.api.pacing import FlightGate
from app.api.versions import DEFAULT_VERSION, ApiVersion
from app.compose.consent import ConsentingBrowser
from app.compose.deferred import NetworkPorts
from app.compose.options import Options, PracticeAddress
from app.compose.practice import PracticeSize, PracticeWorld
from app.domain.accounts import Account, AppCredentials, Workspace
from app.domain.ports import Clock, CredentialStore, CrmPorts, SecretVault
from app.domain.problems import SignInFailed, SignInNeeded, SignInStop
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.endpoints import ServiceEndpoints
from app.gateways.sign_in import HubSpotSignInGateway
from app.sandbox.oauth.client import CLIENT_ID, CLIENT_SECRET
from app.ui.kit.callback_words import CallbackWords

AUTHORIZE_BASE, API_BASE = "https://app.hubspot.com", "https://api.hubapi.com"
USER_AGENT = f"Slotdesk/{__version__}"


@dataclass(frozen=True, slots=True)
class NetworkNeeds:
    """What the network code takes from the rest of the app."""

    options: Options
    executor: Executor
    vault: SecretVault
    credentials: CredentialStore
    api_version: Callable[[], str]
    open_url: Callable[[str], bool]
    clock: Clock
    callback_words: CallbackWords


class _Services:
    """Finds the endpoints of a workspace; clients and the practice world are made when first needed."""

    def __init__(self, needs: NetworkNeeds, stack: AsyncExitStack) -> None:
        self._needs = needs
        self._practice = PracticeWorld(needs.executor, PracticeSize(links=needs.options.practice_links))
        stack.push_async_callback(self._practice.aclose)
        self._stack = stack
        self._flights = FlightGate()
        self._making = asyncio.Lock()
        self._clients: dict[Workspace, HttpClient] = {}
        self._tls: ssl.SSLContext | None = None

    async def endpoints(self, workspace: Workspace) -> ServiceEndpoints:
        """The service behind a workspace. Raises SignInFailed(NO_CREDENTIALS), Offline."""
        if workspace is Workspace.PRACTICE:
            address = await self.practice_address()
            credentials = AppCredentials(CLIENT_ID, CLIENT_SECRET)
            bases = (address.hubspot, address.hubspot)
        else:
            known = await self._needs.credentials.credentials()
            if known is None:
                raise SignInFailed(SignInStop.NO_CREDENTIALS)
            credentials, stand_in = known, self._needs.options.live_at
            bases = (stand_in, stand_in) if stand_in else (AUTHORIZE_BASE, API_BASE)
        return ServiceEndpoints(
            authorize_base=bases[0],
            api_base=bases[1],
            credentials=credentials,
            ports=self._needs.options.redirect_ports,
            version=self._version(),
            http=await self.client(workspace),
            flights=self._flights,
        )

    async def client(self, workspace: Workspace) -> HttpClient:
        """The HTTP client of a workspace."""
        async with self._making:
            if workspace not in self._clients:
                if self._tls is None:
                    self._tls = await make_tls()
                client = await make_http_client(
                    user_agent=USER_AGENT,
                    tls=self._tls,
                    is_local=workspace is Workspace.PRACTICE or self._needs.options.live_at is not None,
                )
                self._stack.push_async_callback(client.aclose)
                self._clients[workspace] = client
            return self._clients[workspace]

    async def open_browser(self, workspace: Workspace, url: str) -> bool:
        """Open the system's browser; the practice world allows its own sign-in."""
        if self._needs.options.browser is not None:
            return await self._needs.options.browser(workspace, url)
        if workspace is Workspace.LIVE:
            return self._needs.open_url(url)
        if not await ConsentingBrowser(await self.client(workspace)).open(url):
            raise SignInFailed(SignInStop.STRANGE_ANSWER, "consent page")
        return True

    async def practice_address(self) -> PracticeAddress:
        """Where the practice world listens, now that it does. Raises Offline."""
        return self._needs.options.practice_at or await self._practice.address()

    def _version(self) -> ApiVersion:
        try:
            return ApiVersion(self._needs.api_version())
        except ValueError:
            return DEFAULT_VERSION


class _Connections:
    """Connects accounts; brings the practice world back first when it has died."""

    def __init__(self, services: _Services, gateway: HubSpotConnectionsGateway) -> None:
        self._services = services
        self._gateway = gateway
        self._practice: PracticeAddress | None = None

    async def connect(self, account: Account) -> CrmPorts:
        """The account's ports. Raises Problem; without the app's credentials that is SignInNeeded."""
        if account.workspace is Workspace.PRACTICE:
            address = await self._services.practice_address()
            if self._practice not in (None, address):
                await self._gateway.aclose()
            self._practice = address
        try:
            return await self._gateway.connect(account)
        except SignInFailed as reason:
            raise SignInNeeded(account.id) from reason


async def open_network(needs: NetworkNeeds, stack: AsyncExitStack) -> NetworkPorts:
    """Build sign-in and connections; what they hold open is closed with `stack`."""
    services = _Services(needs, stack)
    connections = HubSpotConnectionsGateway(services.endpoints, needs.vault, now=needs.clock.now)
    stack.push_async_callback(connections.aclose)
    sign_in = HubSpotSignInGateway(
        services.endpoints,
        connections,
        needs.vault,
        services.open_browser,
        now=needs.clock.now,
        rules=_receiver_rules(needs),
    )
    return NetworkPorts(
        sign_in=sign_in,
        connect=_Connections(services, connections).connect,
        close=connections.close,
        reset=connections.aclose,
    )


def _receiver_rules(needs: NetworkNeeds) -> ReceiverRules:
    words = needs.callback_words
    texts = PageTexts(
        received=PageText(*words.received, words.language),
        refused=PageText(*words.refused, words.language),
        stray=PageText(*words.stray, words.language),
    )
    patience = needs.options.sign_in_patience_s
    return ReceiverRules(texts=texts) if patience is None else ReceiverRules(overall=patience, texts=texts)
