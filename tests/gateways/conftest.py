"""Fixtures of the gateway tests."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.api.http_client import make_http_client
from app.api.hubspot.scheduler import SchedulerClient
from app.api.loopback import ReceiverRules
from app.api.pacing import FlightGate
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from app.api.versions import PATHS, ApiVersion
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.hubspot.meeting_ports import meeting_ports
from app.gateways.hubspot.scheduler import HubSpotSchedulerGateway
from app.gateways.problems import Calls
from app.gateways.sign_in import HubSpotSignInGateway, OpenBrowser
from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from tests.gateways.meeting_desk import EVERY_SCOPE, Desk
from tests.gateways.service import (
    ACCOUNT,
    NOW,
    PATHS_NOW,
    FakeEndpoints,
    FakeHubSpot,
    FakeVault,
    JumpingTime,
    calls,
    reply,
    session_on,
)
from tests.gateways.signing_in import DETAILS, INTROSPECT, OWNER, REVOKE, TOKEN, WHO, FakeBrowser, Maker


@pytest.fixture
def hubspot() -> FakeHubSpot:
    """A HubSpot that answers nothing yet."""
    return FakeHubSpot()


@pytest.fixture
def time() -> JumpingTime:
    """Time that passes by sleeping."""
    return JumpingTime()


@pytest.fixture
def vault() -> FakeVault:
    """An empty key store."""
    return FakeVault()


@pytest.fixture
def endpoints(hubspot: FakeHubSpot) -> FakeEndpoints:
    """Endpoints that lead to `hubspot`."""
    return FakeEndpoints(hubspot)


@pytest.fixture
def scheduler(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotSchedulerGateway:
    """The scheduler of an account at `hubspot`."""
    client = SchedulerClient(session_on(hubspot, time), PATHS_NOW)
    return HubSpotSchedulerGateway(client, calls(), now=lambda: NOW)


@pytest.fixture
def browser() -> FakeBrowser:
    return FakeBrowser()


@pytest.fixture
def connections(endpoints: FakeEndpoints, vault: FakeVault, time: JumpingTime) -> HubSpotConnectionsGateway:
    return HubSpotConnectionsGateway(endpoints, vault, now=lambda: NOW, rules=time.rules())


@pytest.fixture
def make(
    endpoints: FakeEndpoints, connections: HubSpotConnectionsGateway, vault: FakeVault, time: JumpingTime
) -> Maker:
    def maker(browser: OpenBrowser, rules: ReceiverRules | None = None) -> HubSpotSignInGateway:
        return HubSpotSignInGateway(
            endpoints, connections, vault, browser, now=lambda: NOW, rules=rules, calls=time.rules()
        )

    return maker


@pytest.fixture
def gateway(make: Maker, browser: FakeBrowser) -> HubSpotSignInGateway:
    return make(browser)


@pytest.fixture
def welcoming(hubspot: FakeHubSpot) -> FakeHubSpot:
    """A HubSpot that lets Ada in."""
    hubspot.on(
        "POST",
        TOKEN,
        reply({"access_token": "A-1", "refresh_token": "R-1", "expires_in": 1800, "scopes": ["oauth"]}),
    )
    hubspot.on("POST", INTROSPECT, reply(WHO))
    hubspot.on(
        "GET",
        DETAILS,
        reply(
            {
                "portalId": 4711,
                "timeZone": "US/Eastern",
                "uiDomain": "app-eu1.hubspot.com",
                "portalName": "Northwind",
            }
        ),
    )
    hubspot.on("GET", OWNER, reply({"id": "31", "firstName": "Ada", "lastName": "Lovelace"}))
    hubspot.on("POST", REVOKE, reply(status=204))
    return hubspot


@pytest.fixture(scope="session")
def meeting_server() -> Iterator[SandboxServer]:
    """A sandbox with a few hundred meetings."""
    with SandboxServer(SandboxOptions(meetings=250, token=EVERY_SCOPE, search_lag_s=0)) as running:
        yield running


@pytest.fixture(params=[ApiVersion.V2026_03, ApiVersion.V2026_09, ApiVersion.V3])
async def desk(meeting_server: SandboxServer, request: pytest.FixtureRequest) -> AsyncIterator[Desk]:
    """A rep's meeting ports there, with every API version."""
    async with await make_http_client(user_agent="Test", is_local=True) as http:
        session = ApiSession(
            http, meeting_server.hubspot_url, FixedToken(EVERY_SCOPE), Throttle(FlightGate())
        )
        account = replace(ACCOUNT, scopes=frozenset())
        calls = Calls(ACCOUNT.id, lambda: datetime.now(UTC))
        yield Desk(meeting_server, meeting_ports(session, PATHS[request.param], account, calls))
    meeting_server.faults.clear()
    meeting_server.clock.advance(11)
