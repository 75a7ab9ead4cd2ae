"""Signing in: who it was, what is kept, and every answer that ends it."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

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
from app.gateways.sign_in import HubSpotSignInGateway
from tests.gateways.service import (
    ACCOUNT,
    NOW,
    Answer,
    FakeHubSpot,
    FakeVault,
    form_of,
    refusal,
    reply,
)
from tests.gateways.signing_in import DETAILS, INTROSPECT, OWNER, SECRET, TOKEN, WHO, FakeBrowser, sign_in


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
    assert (account.portal_name, account.full_name, account.scopes) == (
        "HubSpot 4711",
        "",
        frozenset({"oauth"}),
    )


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
