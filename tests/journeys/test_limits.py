"""HubSpot asks for a pause: the app waits, says so, and goes on by itself."""

import pytest

from app.sandbox.faults import Fault, FaultKind, RetryAfter
from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_long_pause_is_said_and_ends_by_itself(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        house.trouble(
            Fault(
                FaultKind.RATE_LIMITED,
                path="/scheduler/*",
                times=None,
                seconds=40,
                retry_after=RetryAfter.SECONDS,
            )
        )
        house.server.requests.clear()
        await rep.hands.click("links.refresh")
        await rep.sees_banner("HubSpot asks for a short pause")
        assert len(rep.running.services.links.state.value.links) == 42
        asked = len(house.server.requests.rows())
        house.server.faults.clear()
        house.clock.push(41)
        await rep.no_banner()
        assert len(house.server.requests.rows()) == asked


async def test_a_short_pause_is_waited_out_unseen(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        house.trouble(
            Fault(FaultKind.RATE_LIMITED, path="/scheduler/*", seconds=1, retry_after=RetryAfter.DATE)
        )
        await rep.hands.click("links.refresh")
        links = rep.running.services.links.state
        await rep.hands.until(lambda: links.value.is_loading, "the refresh")
        await rep.sees_links()
        await rep.no_banner()
        assert links.value.problem is None
