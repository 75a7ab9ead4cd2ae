"""Links that are out of the ordinary: paid ones, one with no time for six weeks, a week across two months."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.sandbox.instants import epoch_ms, from_epoch_ms
from tests.journeys.clock import START
from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
HALF_AN_HOUR_MS = 1_800_000


class SystemBrowser(QObject):
    """What the desktop would open."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Note the address."""
        self.opened.append(url.toString())


@pytest.fixture
def system_browser() -> Iterator[SystemBrowser]:
    """Stands where the desktop's browser would be started."""
    browser = SystemBrowser()
    QDesktopServices.setUrlHandler("https", browser, "take")  # type: ignore[arg-type]
    yield browser
    QDesktopServices.unsetUrlHandler("https")


async def test_a_paid_link_says_why_and_opens_in_the_browser(
    house: House, system_browser: SystemBrowser
) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Paid consulting hour")
        await rep.sees_notice("This link takes a payment")
        assert not any(widget.isVisible() for widget in rep.running.window.findChildren(QWidget, "desk.book"))
        await rep.hands.click("desk.openInBrowser")
        address = house.server.world.links.named("Paid consulting hour").url
        await rep.hands.until(lambda: system_browser.opened == [address], "the page in the browser")


async def test_a_link_without_times_for_six_weeks_opens_on_its_first_one(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Next quarter planning")
        await rep.sees_times()
        first = rep.week.props.slots[0].start
        assert (first - START).days >= 43
        world = house.server.world
        link = world.links.named("Next quarter planning")
        low, high = epoch_ms(START), epoch_ms(first) + 1
        limits = world.slots.limits(link, low)
        duration = rep.running.book.selection.duration_ms
        assert world.slots.starts(link, duration, low, high, limits=limits) == [epoch_ms(first)]
        await rep.hands.click("calendar.today")
        await rep.hands.until(lambda: rep.week.props.days[0].date <= START.date(), "this week")
        assert rep.week.props.empty is not None


async def test_a_week_across_two_months_shows_every_slot_once(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Any time, day or night")
        await rep.hands.click("calendar.next")
        await rep.hands.until(lambda: rep.week.props.days[0].date.day == 30, "the week of 30 November")
        await rep.sees_times()
        props = rep.week.props
        assert {day.date.month for day in props.days} == {11, 12}
        world = house.server.world
        link = world.links.named("Any time, day or night")
        assert rep.running.book.selection.duration_ms == HALF_AN_HOUR_MS
        limits = world.slots.limits(link, epoch_ms(house.server.clock.now()))
        low, high = epoch_ms(START) + 6 * 86_400_000, epoch_ms(START) + 15 * 86_400_000
        starts = world.slots.starts(link, HALF_AN_HOUR_MS, low, high, limits=limits)
        shown = {day.date for day in props.days}
        zone = rep.running.book.selection.guest_zone
        assert zone == "Europe/Berlin"
        offered = [start for start in starts if berlin_day(start) in shown]
        assert [epoch_ms(slot.start) for slot in props.slots] == offered
        assert len(offered) > 40


def berlin_day(start: int) -> object:
    """The day of an instant in Berlin, in winter."""
    return from_epoch_ms(start + 3_600_000).date()
