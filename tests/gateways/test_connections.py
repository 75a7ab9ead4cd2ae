"""One connection an account: its tokens, its grant, its version."""

import asyncio

import httpx
import pytest

from app.api.errors import GrantNotKept
from app.api.grants import Grant, TokenReply
from app.api.versions import ApiVersion
from app.domain.accounts import AccountId, AppCredentials
from app.domain.problems import (
    Offline,
    SignInFailed,
    SignInNeeded,
    SignInStop,
    StorageFailed,
    StorageTrouble,
)
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.grants import VaultGrantStore, secret_name
from tests.gateways.service import (
    ACCOUNT,
    NOW,
    FakeEndpoints,
    FakeHubSpot,
    FakeVault,
    JumpingTime,
    form_of,
    reply,
)

SECRET = secret_name(ACCOUNT.id)
TOKEN = "/oauth/2026-03/token"
OWNERS = "/crm/owners/2026-03"
NOBODY = reply({"results": []})


def tokens(number: int, refresh: str | None = "R-1") -> httpx.Response:
    body: dict[str, object] = {"access_token": f"A-{number}", "expires_in": 1800, "token_type": "bearer"}
    return reply(body if refresh is None else {**body, "refresh_token": refresh, "scopes": ["oauth"]})


@pytest.fixture
def connections(endpoints: FakeEndpoints, vault: FakeVault, time: JumpingTime) -> HubSpotConnectionsGateway:
    vault.items[SECRET] = "R-1"
    return HubSpotConnectionsGateway(endpoints, vault, now=lambda: NOW, rules=time.rules())


def bearers(hubspot: FakeHubSpot) -> list[str]:
    return [request.headers["Authorization"] for request in hubspot.calls("owners")]


async def test_the_first_call_gets_a_token_and_the_next_ones_use_it(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot, vault: FakeVault
) -> None:
    hubspot.on("POST", TOKEN, tokens(1))
    hubspot.on("GET", OWNERS, NOBODY)
    ports = await connections.connect(ACCOUNT)
    assert hubspot.asked == []
    await ports.records.owners()
    assert bearers(hubspot) == ["Bearer A-1"] * 2
    (asked,) = hubspot.calls("token")
    assert form_of(asked) == {
        "grant_type": "refresh_token",
        "refresh_token": "R-1",
        "client_id": "client-1",
        "client_secret": "secret-1",
    }
    assert vault.writes == []


async def test_the_same_account_has_the_same_ports_until_it_is_closed(
    connections: HubSpotConnectionsGateway, endpoints: FakeEndpoints
) -> None:
    first, second = await asyncio.gather(connections.connect(ACCOUNT), connections.connect(ACCOUNT))
    assert first is second
    assert endpoints.asked == 1
    await connections.close(ACCOUNT.id)
    await connections.close(ACCOUNT.id)
    assert await connections.connect(ACCOUNT) is not first


async def test_another_refresh_token_is_kept_before_it_is_used(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot, vault: FakeVault, time: JumpingTime
) -> None:
    hubspot.on("POST", TOKEN, tokens(1, "R-2"), tokens(2, "R-2"), tokens(3, None))
    hubspot.on("GET", OWNERS, NOBODY)
    ports = await connections.connect(ACCOUNT)
    for _ in range(3):
        await ports.records.owners()
        time.seconds += 1700
    assert vault.items[SECRET] == "R-2"
    assert vault.writes == ["R-2"]
    assert [form_of(request)["refresh_token"] for request in hubspot.calls("token")] == ["R-1", "R-2", "R-2"]


async def test_a_sign_in_hands_its_tokens_on(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", OWNERS, NOBODY)
    before = await connections.connect(ACCOUNT)
    await connections.begin(ACCOUNT.id, TokenReply("A-0", 1800, "R-1"))
    ports = await connections.connect(ACCOUNT)
    assert ports is not before
    await ports.records.owners()
    assert bearers(hubspot) == ["Bearer A-0"] * 2


async def test_tokens_of_a_sign_in_are_forgotten_on_closing(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("POST", TOKEN, tokens(1))
    hubspot.on("GET", OWNERS, NOBODY)
    await connections.begin(ACCOUNT.id, TokenReply("A-0", 1800, "R-1"))
    await connections.close(ACCOUNT.id)
    await (await connections.connect(ACCOUNT)).records.owners()
    assert bearers(hubspot) == ["Bearer A-1"] * 2


async def test_a_dead_grant_needs_a_new_sign_in(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("POST", TOKEN, reply({"error": "invalid_grant", "status": "BAD_REFRESH_TOKEN"}, 400))
    ports = await connections.connect(ACCOUNT)
    for _ in range(2):
        with pytest.raises(SignInNeeded) as caught:
            await ports.records.owners()
        assert caught.value.account_id == ACCOUNT.id
    assert len(hubspot.asked) == 1


async def test_an_account_without_a_grant_needs_a_new_sign_in(
    connections: HubSpotConnectionsGateway, vault: FakeVault
) -> None:
    vault.items.clear()
    ports = await connections.connect(ACCOUNT)
    with pytest.raises(SignInNeeded):
        await ports.records.owners()


async def test_what_is_left_of_a_closed_connection_asks_for_a_sign_in(
    connections: HubSpotConnectionsGateway,
) -> None:
    ports = await connections.connect(ACCOUNT)
    await connections.aclose()
    with pytest.raises(SignInNeeded):
        await ports.records.owners()


async def test_credentials_typed_anew_count_at_once(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot, endpoints: FakeEndpoints
) -> None:
    hubspot.on("POST", TOKEN, reply({"error": "invalid_client"}, 401), tokens(1))
    hubspot.on("GET", OWNERS, NOBODY)
    ports = await connections.connect(ACCOUNT)
    with pytest.raises(SignInNeeded):
        await ports.records.owners()
    endpoints.credentials = AppCredentials("client-2", "secret-2")
    await ports.records.owners()
    assert form_of(hubspot.calls("token")[1])["client_secret"] == "secret-2"


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (SignInFailed(SignInStop.NO_CREDENTIALS), SignInNeeded),
        (StorageFailed(StorageTrouble.LOCKED, "KWallet"), StorageFailed),
    ],
)
async def test_credentials_that_cannot_be_had_stop_the_refresh(
    connections: HubSpotConnectionsGateway,
    endpoints: FakeEndpoints,
    problem: Exception,
    expected: type[Exception],
) -> None:
    ports = await connections.connect(ACCOUNT)
    endpoints.problem = problem
    with pytest.raises(expected):
        await ports.records.owners()


async def test_a_locked_key_store_is_told_by_its_name(
    connections: HubSpotConnectionsGateway, vault: FakeVault
) -> None:
    vault.trouble = StorageTrouble.LOCKED
    ports = await connections.connect(ACCOUNT)
    with pytest.raises(StorageFailed) as caught:
        await ports.records.owners()
    assert (caught.value.trouble, caught.value.path) == (StorageTrouble.LOCKED, "Fake store")


async def test_a_connection_that_cannot_be_made_is_tried_again(
    connections: HubSpotConnectionsGateway, endpoints: FakeEndpoints
) -> None:
    endpoints.problem = SignInFailed(SignInStop.NO_CREDENTIALS)
    with pytest.raises(SignInFailed):
        await connections.connect(ACCOUNT)
    endpoints.problem = None
    assert await connections.connect(ACCOUNT)


@pytest.mark.parametrize(
    ("version", "owners", "token"),
    [
        (ApiVersion.V3, "/crm/v3/owners", "/oauth/v3/token"),
        (ApiVersion.V2026_09, "/crm/owners/2026-09", "/oauth/2026-09/token"),
    ],
)
async def test_the_version_decides_every_path(
    connections: HubSpotConnectionsGateway,
    hubspot: FakeHubSpot,
    endpoints: FakeEndpoints,
    version: ApiVersion,
    owners: str,
    token: str,
) -> None:
    endpoints.version = version
    hubspot.on("POST", token, tokens(1))
    hubspot.on("GET", owners, NOBODY)
    await (await connections.connect(ACCOUNT)).records.owners()
    assert [request.url.path for request in hubspot.asked] == [token, owners, owners]


async def test_links_and_scheduler_use_the_same_session(
    connections: HubSpotConnectionsGateway, hubspot: FakeHubSpot
) -> None:
    links = "/scheduler/2026-03/meetings/meeting-links"
    hubspot.on("POST", TOKEN, tokens(1))
    hubspot.on("GET", links, reply({"results": []}))
    hubspot.on("GET", f"{links}/book/x", httpx.ConnectError("no"))
    ports = await connections.connect(ACCOUNT)
    assert [page.total async for page in ports.links.pages()] == [0]
    with pytest.raises(Offline):
        await ports.scheduler.booking_info("x", "UTC")  # type: ignore[arg-type]
    assert len(hubspot.calls("token")) == 1


async def test_a_grant_is_one_item_of_the_key_store(vault: FakeVault) -> None:
    store = VaultGrantStore(vault, AccountId("live-1"))
    assert await store.load() is None
    await store.save(Grant("R-1", hub_id=None, scopes=("oauth",)))
    await store.save(Grant("R-1", hub_id=None))
    assert vault.items == {secret_name(AccountId("live-1")): "R-1"}
    assert vault.writes == ["R-1"]
    assert await store.load() == Grant("R-1")
    vault.trouble = StorageTrouble.READ_ONLY
    for work in (store.load(), store.save(Grant("R-2"))):
        with pytest.raises(GrantNotKept) as caught:
            await work
        assert isinstance(caught.value.__cause__, StorageFailed)
    vault.trouble = None
    await store.save(Grant("R-2"))
    assert vault.items == {secret_name(AccountId("live-1")): "R-2"}
