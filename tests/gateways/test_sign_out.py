"""Signing out: revoked where possible, forgotten always."""

import asyncio

import httpx
import pytest

from app.domain.problems import (
    SignInFailed,
    SignInStop,
    StorageTrouble,
)
from app.gateways.connections import HubSpotConnectionsGateway
from app.gateways.sign_in import HubSpotSignInGateway
from tests.gateways.service import (
    ACCOUNT,
    Answer,
    FakeEndpoints,
    FakeHubSpot,
    FakeVault,
    form_of,
    refusal,
)
from tests.gateways.signing_in import (
    REVOKE,
    SECRET,
    FakeBrowser,
    Maker,
    sign_in,
)


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


async def test_a_sign_out_that_is_cut_short_has_forgotten_the_grant(
    make: Maker, vault: FakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_revoking = asyncio.Event()

    async def hang(*_: object) -> None:
        is_revoking.set()
        await asyncio.Event().wait()

    vault.items[SECRET] = "R-1"
    monkeypatch.setattr("app.api.oauth.OAuthClient.revoke", hang)
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(make(FakeBrowser()).sign_out(ACCOUNT))
        await is_revoking.wait()
        leaving.cancel()
    assert leaving.cancelled()
    assert vault.items == {}
