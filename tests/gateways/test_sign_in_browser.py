"""The browser's part of a sign-in, with a real loopback receiver."""

import asyncio
import socket

import httpx
import pytest

from app.api.loopback import ReceiverRules
from app.domain.accounts import Workspace
from app.domain.ports import BrowserStep
from app.domain.problems import (
    SignInFailed,
    SignInStop,
)
from app.gateways.sign_in import HubSpotSignInGateway
from tests.gateways.service import (
    ACCOUNT,
    FakeEndpoints,
    FakeHubSpot,
    FakeVault,
)
from tests.gateways.signing_in import (
    FakeBrowser,
    Maker,
    sign_in,
)


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
