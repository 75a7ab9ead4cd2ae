"""No network at the start: what is kept is shown with its age, and everything comes back by itself."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from app.sandbox.faults import Fault, FaultKind
from tests.guards.figures import Report
from tests.journeys.house import House
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
HOUR_S = 3600
QUIT_WITHIN_S = 2.0
LONGEST_PAUSE_S = 61


def says(rep: Rep, words: str) -> bool:
    """Whether a visible label says this."""
    labels = rep.running.window.findChildren(QLabel)
    return any(words in label.text() and label.isVisible() for label in labels)


async def test_yesterdays_links_and_times_are_shown_and_refreshed_when_it_returns(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        kept = {slot.key for slot in rep.week.props.slots}
        count = len(rep.running.services.links.state.value.links)
    house.unplug()
    house.clock.push(2 * HOUR_S)
    async with house.open() as rep:
        await rep.sees_banner("Offline since")
        await rep.hands.until(lambda: "Times are from" in rep.banners[0], "the age in the banner")
        await rep.open_link("Roadmap talk")
        assert len(rep.running.services.links.state.value.links) == count
        assert {slot.key for slot in rep.week.props.slots} <= kept
        assert rep.week.props.slots
        await rep.hands.until(
            lambda: says(rep, "Offline") and says(rep, "Data from 08:40"), "the age in the status line"
        )
        before = rep.running.services.availability.state.value.fetched_at
        house.plug_in()
        house.clock.push(LONGEST_PAUSE_S)
        await rep.no_banner()
        services = rep.running.services
        await rep.hands.until(lambda: not services.links.state.value.is_stale, "fresh links")

        def is_fresh() -> bool:
            now = services.availability.state.value.fetched_at
            return now is not None and before is not None and now - before > timedelta(hours=1)

        await rep.hands.until(is_fresh, "fresh times")
        await rep.hands.until(lambda: says(rep, "Connected to HubSpot"), "the status line")


async def test_without_anything_kept_the_empty_panes_say_why(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
    (house.folder / "cache" / "cache.db").unlink()
    house.unplug()
    async with house.open() as rep:
        await rep.sees_banner("Offline since")
        await rep.hands.until(lambda: says(rep, "No connection to HubSpot"), "why there is nothing")
        house.plug_in()
        house.clock.push(LONGEST_PAUSE_S)
        await rep.sees_links()
        await rep.sees_times()
        await rep.no_banner()


@pytest.mark.bar
async def test_a_network_that_swallows_everything_does_not_hold_up_quitting(
    house: House, figure: Report
) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
    house.server.requests.clear()
    house.trouble(Fault(FaultKind.LATENCY, times=None, seconds=30.0))
    async with house.open() as rep:
        await rep.hands.until(lambda: bool(rep.running.services.links.state.value.is_loading), "a call")
        await rep.hands.click("rail.settings")
        rep.running.window.close()
        await rep.running.closed()
    figure("quit with the network dead, s", round(house.closing_s, 2), f"<= {QUIT_WITHIN_S}")
    assert house.closing_s <= QUIT_WITHIN_S
