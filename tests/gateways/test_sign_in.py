"""Signing in through a browser and a real loopback receiver, and out again."""

import asyncio
import socket
from datetime import timedelta
from typing import Protocol
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from app.api.loopback import ReceiverRules
from app.domain.accounts import Account, AccountId, Workspace
from app.domain.ports import BrowserStep
from app.domain.problems import (
    NotAllowed,
    Offline,
    Problem,
    ServiceBroken,
    SignInFailed,
    SignInStop,
    SlowDown,
    StorageFailed,
    StorageTrouble,
)
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.grants import secret_name
from app.gateways.sign_in import HubSpotSignInGateway, OpenBrowser
from tests.gateways.service import (
    ACCOUNT,
    NOW,
    Answer,
    FakeEndpoints,
    FakeHubSpot,
    FakeVault,
    JumpingTime,
    form_of,
    refusal,
    reply,
)

TOKEN = "/oauth/2026-03/token"
INTROSPECT = f"{TOKEN}/introspect"
REVOKE = f"{TOKEN}/revoke"
DETAILS = "/account-info/2026-03/details"
OWNER = "/crm/owners/2026-03/77"
SECRET = secret_name(ACCOUNT.id)
WHO: dict[str, object] = {
    "active": True,
    "hub_id": 4711,
    "user_id": 77,
    "user": "ada@northwind.test",
    "hub_domain": "northwind.test",
    "scopes": ["oauth", "tickets"],
}


class FakeBrowser:
    """Follows the address to the receiver and comes back with `query` and the right state."""

    def __init__(self) -> None:
        self.query = "code=the-code"
        self.works = True
        self.addresses: list[str] = []
        self.statuses: list[int] = []

    async def __call__(self, workspace: Workspace, url: str) -> bool:
        """Open an address."""
        self.addresses.append(url)
        if not self.works:
            return False
        asked = dict(parse_qsl(urlsplit(url).query))
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"{asked['redirect_uri']}?{self.query}&state={asked['state']}")
        self.statuses.append(answer.status_code)
        return True


@pytest.fixture
def browser() -> FakeBrowser:
    return FakeBrowser()


@pytest.fixture
def connections(endpoints: FakeEndpoints, vault: FakeVault, time: JumpingTime) -> HubSpotConnectionsGateway:
    return HubSpotConnectionsGateway(endpoints, vault, now=lambda: NOW, rules=time.rules())


class Maker(Protocol):
    """Makes a gateway that opens its addresses with `browser`."""

    def __call__(self, browser: OpenBrowser, rules: ReceiverRules | None = None) -> HubSpotSignInGateway: ...


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


async def sign_in(gateway: HubSpotSignInGateway, steps: list[BrowserStep] | None = None) -> Account:
    seen = [] if steps is None else steps
    return await gateway.sign_in(Workspace.LIVE, seen.append)


async def test_the_account_says_who_signed_in(gateway: HubSpotSignInGateway, welcoming: FakeHubSpot) -> None:
    assert await sign_in(gateway) == Account(
        id=AccountId("live-4711-77"),
        workspace=Workspace.LIVE,
        portal_id=4711,
        portal_name="Northwind",
        user_id="77",
        email="ada@northwind.test",
        full_name="Ada Lovelace",
        ui_domain="app-eu1.hubspot.com",
        portal_zone="America/New_York",
        scopes=frozenset({"oauth", "tickets"}),
        connected_at=NOW,
    )


async def test_the_browser_is_asked_for_the_right_things(
    gateway: HubSpotSignInGateway, welcoming: FakeHubSpot, browser: FakeBrowser
) -> None:
    steps: list[BrowserStep] = []
    await sign_in(gateway, steps)
    assert steps == [BrowserStep(browser.addresses[0], NOW + timedelta(minutes=5))]
    address = urlsplit(browser.addresses[0])
    asked = dict(parse_qsl(address.query))
    assert f"{address.scheme}://{address.netloc}{address.path}" == "https://app.example.test/oauth/authorize"
    assert asked["client_id"] == "client-1"
    assert asked["redirect_uri"].startswith("http://localhost:")
    assert asked["scope"].split() == [
        "oauth",
        "scheduler.meetings.meeting-link.read",
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.objects.owners.read",
    ]
    assert "tickets" in asked["optional_scope"].split()
    sent = form_of(welcoming.calls("token")[0])
    assert (sent["code"], sent["redirect_uri"]) == ("the-code", asked["redirect_uri"])
    assert sent["client_secret"] == "secret-1"
    assert "code_verifier" in sent
    assert browser.statuses == [200]


async def test_the_grant_is_kept_before_the_account_is_announced(
    gateway: HubSpotSignInGateway, welcoming: FakeHubSpot, vault: FakeVault
) -> None:
    vault.trouble = StorageTrouble.LOCKED
    with pytest.raises(StorageFailed):
        await sign_in(gateway)
    vault.trouble = None
    await sign_in(gateway)
    assert vault.items == {SECRET: "R-1"}


async def test_the_next_calls_use_the_token_of_the_sign_in(
    gateway: HubSpotSignInGateway, welcoming: FakeHubSpot, connections: HubSpotConnectionsGateway
) -> None:
    welcoming.on("GET", "/crm/owners/2026-03", reply({"results": []}))
    account = await sign_in(gateway)
    await (await connections.connect(account)).records.owners()
    assert len(welcoming.calls("token")) == 2
    assert {request.headers["Authorization"] for request in welcoming.calls("owners")} == {"Bearer A-1"}


async def test_signing_in_again_ends_the_old_connection_first(
    gateway: HubSpotSignInGateway,
    welcoming: FakeHubSpot,
    connections: HubSpotConnectionsGateway,
    vault: FakeVault,
) -> None:
    vault.items[SECRET] = "R-0"
    old = await connections.connect(ACCOUNT)
    await sign_in(gateway)
    assert await connections.connect(ACCOUNT) is not old
    assert vault.items == {SECRET: "R-1"}


@pytest.mark.parametrize(
    ("path", "answer", "changes"),
    [
        (
            DETAILS,
            refusal(403, "MISSING_SCOPES"),
            {"portal_name": "northwind.test", "portal_zone": "Etc/UTC"},
        ),
        (DETAILS, reply({"portalId": 4711}), {"portal_name": "northwind.test", "portal_zone": "Etc/UTC"}),
        (OWNER, refusal(404, "OBJECT_NOT_FOUND"), {"full_name": "ada@northwind.test"}),
        (OWNER, reply({"id": "31"}), {"full_name": "ada@northwind.test"}),
        (INTROSPECT, reply({"active": True}), {"full_name": "Ada Lovelace", "email": ""}),
    ],
)
async def test_what_hubspot_does_not_tell_is_made_up_for(
    gateway: HubSpotSignInGateway, welcoming: FakeHubSpot, path: str, answer: Answer, changes: dict[str, str]
) -> None:
    who = {"hub_id": 4711, "user_id": 77, "scopes": ["oauth"]}
    welcoming.on("POST", TOKEN, reply({"access_token": "A-1", "refresh_token": "R-1", **who}))
    welcoming.on("POST" if path == INTROSPECT else "GET", path, answer)
    account = await sign_in(gateway)
    assert {name: getattr(account, name) for name in changes} == changes
    assert account.id == ACCOUNT.id
    if path == DETAILS:
        assert account.ui_domain == "app.hubspot.com"
    if path == INTROSPECT:
        assert account.scopes == {"oauth"}


async def test_a_portal_without_any_name_has_its_number(
    gateway: HubSpotSignInGateway, welcoming: FakeHubSpot
) -> None:
    welcoming.on("POST", INTROSPECT, reply({"active": True, "hub_id": 4711, "user_id": 77}))
    welcoming.on("GET", DETAILS, refusal(404))
    welcoming.on("GET", OWNER, refusal(404))
    account = await sign_in(gateway)
    assert (account.portal_name, account.full_name, account.scopes) == ("HubSpot 4711", "", {"oauth"})


@pytest.mark.parametrize(
    ("path", "answer", "stop"),
    [
        (TOKEN, reply({"error": "invalid_client"}, 401), SignInStop.WRONG_CREDENTIALS),
        (TOKEN, reply({"status": "BAD_CLIENT_SECRET"}, 400), SignInStop.WRONG_CREDENTIALS),
        (TOKEN, refusal(401, "INVALID_AUTHENTICATION"), SignInStop.WRONG_CREDENTIALS),
        (TOKEN, reply({"error": "invalid_grant"}, 400), SignInStop.CODE_REFUSED),
        (TOKEN, reply({"status": "BAD_AUTH_CODE"}, 400), SignInStop.CODE_REFUSED),
        (TOKEN, reply({"access_token": "A-1"}), SignInStop.STRANGE_ANSWER),
        (TOKEN, reply([]), SignInStop.STRANGE_ANSWER),
        (INTROSPECT, reply({**WHO, "active": False}), SignInStop.STRANGE_ANSWER),
        (INTROSPECT, reply({**WHO, "hub_id": None}), SignInStop.STRANGE_ANSWER),
        (INTROSPECT, reply({**WHO, "user_id": None}), SignInStop.STRANGE_ANSWER),
        (INTROSPECT, reply({**WHO, "hub_id": "../1"}), SignInStop.STRANGE_ANSWER),
        (INTROSPECT, reply({**WHO, "hub_id": "9" * 5000}), SignInStop.STRANGE_ANSWER),
    ],
)
async def test_an_answer_that_cannot_be_used_has_its_own_end(
    gateway: HubSpotSignInGateway,
    welcoming: FakeHubSpot,
    vault: FakeVault,
    path: str,
    answer: Answer,
    stop: SignInStop,
) -> None:
    welcoming.on("POST", path, answer)
    with pytest.raises(SignInFailed) as caught:
        await sign_in(gateway)
    assert caught.value.stop is stop
    assert vault.items == {}


@pytest.mark.parametrize(
    ("path", "answer", "problem"),
    [
        (TOKEN, httpx.ConnectError("no"), Offline),
        (TOKEN, httpx.ReadTimeout("late"), Offline),
        (TOKEN, refusal(500), ServiceBroken),
        (TOKEN, refusal(429, "RATE_LIMITS"), SlowDown),
        (INTROSPECT, httpx.ConnectError("no"), Offline),
        (INTROSPECT, refusal(403, "MISSING_SCOPES"), NotAllowed),
        (DETAILS, httpx.ConnectError("no"), Offline),
        (OWNER, httpx.ConnectError("no"), Offline),
    ],
)
async def test_trouble_on_the_way_is_told_as_it_is(
    gateway: HubSpotSignInGateway,
    welcoming: FakeHubSpot,
    vault: FakeVault,
    path: str,
    answer: Answer,
    problem: type[Problem],
) -> None:
    welcoming.on("GET" if path in {DETAILS, OWNER} else "POST", path, answer)
    with pytest.raises(problem):
        await sign_in(gateway)
    assert vault.items == {}


@pytest.mark.parametrize(
    ("query", "stop"),
    [
        ("error=access_denied", SignInStop.DECLINED),
        ("error=server_error", SignInStop.STRANGE_ANSWER),
    ],
)
async def test_an_error_from_the_browser_ends_the_sign_in(
    gateway: HubSpotSignInGateway, hubspot: FakeHubSpot, browser: FakeBrowser, query: str, stop: SignInStop
) -> None:
    browser.query = query
    with pytest.raises(SignInFailed) as caught:
        await sign_in(gateway)
    assert (caught.value.stop, caught.value.detail) == (stop, query.removeprefix("error="))
    assert hubspot.asked == []


async def test_a_port_in_use_is_named(gateway: HubSpotSignInGateway, endpoints: FakeEndpoints) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        endpoints.ports = (port,)
        with pytest.raises(SignInFailed) as caught:
            await sign_in(gateway)
    assert (caught.value.stop, caught.value.detail) == (SignInStop.NO_FREE_PORT, str(port))


async def test_missing_credentials_stop_it_before_the_browser(
    gateway: HubSpotSignInGateway, endpoints: FakeEndpoints, browser: FakeBrowser
) -> None:
    endpoints.problem = SignInFailed(SignInStop.NO_CREDENTIALS)
    with pytest.raises(SignInFailed):
        await sign_in(gateway)
    assert browser.addresses == []


@pytest.mark.parametrize(
    ("works", "stop"), [(True, SignInStop.TIMED_OUT), (False, SignInStop.BROWSER_NOT_OPENED)]
)
async def test_silence_ends_in_time(make: Maker, *, works: bool, stop: SignInStop) -> None:
    steps: list[BrowserStep] = []

    async def only_open(workspace: Workspace, url: str) -> bool:
        return works

    with pytest.raises(SignInFailed) as caught:
        await sign_in(make(only_open, ReceiverRules(overall=0.05)), steps)
    assert caught.value.stop is stop
    assert [step.is_opened for step in steps] == ([True] if works else [True, False])
    assert len({step.url for step in steps}) == 1


async def test_a_browser_that_never_says_it_is_open_is_no_obstacle(
    make: Maker, welcoming: FakeHubSpot, browser: FakeBrowser
) -> None:
    async def open_and_stay(workspace: Workspace, url: str) -> bool:
        await browser(workspace, url)
        await asyncio.Event().wait()
        return True

    assert (await sign_in(make(open_and_stay))).id == ACCOUNT.id
    browser.query = "nothing=1"
    with pytest.raises(SignInFailed) as caught:
        await sign_in(make(open_and_stay, ReceiverRules(overall=0.05)))
    assert caught.value.stop is SignInStop.TIMED_OUT


async def test_the_address_can_be_copied_into_another_browser(
    make: Maker, welcoming: FakeHubSpot, browser: FakeBrowser
) -> None:
    other = FakeBrowser()
    browser.works = False
    steps: asyncio.Queue[BrowserStep] = asyncio.Queue()
    waiting = asyncio.ensure_future(make(browser).sign_in(Workspace.LIVE, steps.put_nowait))
    while (step := await steps.get()).is_opened:
        pass
    assert await other(Workspace.LIVE, step.url)
    assert (await waiting).id == ACCOUNT.id


async def test_a_practice_browser_may_give_its_own_reason(make: Maker) -> None:
    async def refuse(workspace: Workspace, url: str) -> bool:
        raise SignInFailed(SignInStop.STRANGE_ANSWER, "sandbox")

    with pytest.raises(SignInFailed) as caught:
        await sign_in(make(refuse))
    assert caught.value.detail == "sandbox"


async def test_cancelling_closes_the_listener_and_changes_nothing(
    make: Maker, vault: FakeVault, hubspot: FakeHubSpot
) -> None:
    steps: list[BrowserStep] = []
    is_open = asyncio.Event()

    async def only_open(workspace: Workspace, url: str) -> bool:
        is_open.set()
        return True

    waiting = asyncio.ensure_future(sign_in(make(only_open), steps))
    await is_open.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    with pytest.raises(httpx.ConnectError):
        await FakeBrowser()(Workspace.LIVE, steps[0].url)
    assert (vault.items, hubspot.asked) == ({}, [])


async def test_signing_out_revokes_and_forgets(
    gateway: HubSpotSignInGateway,
    welcoming: FakeHubSpot,
    connections: HubSpotConnectionsGateway,
    vault: FakeVault,
) -> None:
    account = await sign_in(gateway)
    before = await connections.connect(account)
    assert await gateway.sign_out(account)
    assert vault.items == {}
    assert form_of(welcoming.calls("revoke")[0])["token"] == "R-1"
    assert await connections.connect(account) is not before


@pytest.mark.parametrize("answer", [httpx.ConnectError("no"), refusal(500), refusal(400)])
async def test_signing_out_works_offline(
    gateway: HubSpotSignInGateway, welcoming: FakeHubSpot, vault: FakeVault, answer: Answer
) -> None:
    vault.items[SECRET] = "R-1"
    welcoming.on("POST", REVOKE, answer)
    assert not await gateway.sign_out(ACCOUNT)
    assert vault.items == {}


async def test_signing_out_without_a_grant_revokes_nothing(
    gateway: HubSpotSignInGateway, hubspot: FakeHubSpot
) -> None:
    assert await gateway.sign_out(ACCOUNT)
    assert hubspot.asked == []


async def test_signing_out_never_raises(
    gateway: HubSpotSignInGateway, vault: FakeVault, endpoints: FakeEndpoints
) -> None:
    vault.items[SECRET] = "R-1"
    endpoints.problem = SignInFailed(SignInStop.NO_CREDENTIALS)
    assert not await gateway.sign_out(ACCOUNT)
    assert vault.items == {}
    vault.items[SECRET] = "R-1"
    vault.trouble = StorageTrouble.LOCKED
    assert not await gateway.sign_out(ACCOUNT)


async def test_a_revoking_that_hangs_is_left_after_its_time(
    make: Maker, hubspot: FakeHubSpot, vault: FakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.gateways.sign_in._REVOKE_WITHIN_S", 0.05)

    vault.items[SECRET] = "R-1"
    monkeypatch.setattr("app.api.oauth.OAuthClient.revoke", lambda *_: asyncio.Event().wait())
    assert not await make(FakeBrowser()).sign_out(ACCOUNT)
    assert vault.items == {}
