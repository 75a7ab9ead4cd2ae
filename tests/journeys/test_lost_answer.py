"""The answer to a booking is lost on its way: it is looked for, and never sent again by itself."""

from functools import partial

import pytest

from app.domain.booking import BookingStage
from app.sandbox.faults import Fault, FaultKind
from app.sandbox.instants import property_instant
from tests.journeys.house import BOOKINGS, VERSIONS, House, start_of
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
TITLE = "Roadmap talk with Ada Okafor"
LOOKS_S = (2.0, 8.0, 50.0)


async def waits_for_the_looks(house: House, rep: Rep) -> None:
    """Let the seconds pass after which the meeting is looked for, each as soon as it is waited for."""
    desk = rep.running.book.desk
    await rep.sees_notice("HubSpot's answer was lost")
    assert "Nothing is sent again" in rep.notice

    def is_time(seconds: float) -> bool:
        return house.clock.is_waited_for(seconds) or desk.inputs.stage is not BookingStage.VERIFYING

    for seconds in LOOKS_S:
        await rep.hands.until(partial(is_time, seconds), f"the wait of {seconds} s before a look")
        if desk.inputs.stage is not BookingStage.VERIFYING:
            return
        house.clock.push(seconds)


@pytest.mark.parametrize("kind", [FaultKind.RESET_AFTER, FaultKind.GARBAGE_JSON, FaultKind.TRUNCATED_JSON])
async def test_a_booking_that_went_through_is_found(house: House, kind: FaultKind) -> None:
    async with house.open() as rep:
        slot = await rep.prepares("Roadmap talk")
        house.trouble(Fault(kind, "POST", BOOKINGS))
        await rep.book()
        await waits_for_the_looks(house, rep)
        await rep.sees_booked()
        assert "the meeting was found afterwards" in rep.words_in("booked.panel")
        await rep.hands.click("booked.done")
        await rep.no_longer_sees(slot.key)
    (meeting,) = house.meetings(TITLE)
    assert start_of(meeting) == property_instant(slot.start)
    assert house.sent == 1


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_booking_that_never_arrived_may_be_sent_again_and_books_once(
    house: House, version: str
) -> None:
    house.use_version(version)
    async with house.open() as rep:
        slot = await rep.prepares("Roadmap talk")
        house.trouble(Fault(FaultKind.RESET_BEFORE, "POST", BOOKINGS))
        await rep.book()
        await waits_for_the_looks(house, rep)
        await rep.sees_notice("No meeting was found")
        assert house.sent == 1
        assert not house.meetings(TITLE)
        assert rep.hands.is_there("desk.recheck")
        await rep.hands.click("desk.sendAgain")
        await rep.sees_booked()
    (meeting,) = house.meetings(TITLE)
    assert start_of(meeting) == property_instant(slot.start)
    assert house.sent == 2


async def test_nothing_is_known_while_the_crm_may_not_be_asked(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        house.trouble(Fault(FaultKind.RESET_AFTER, "POST", BOOKINGS))
        house.trouble(Fault(FaultKind.MISSING_SCOPE, path="/crm/*", times=None))
        await rep.book()
        await waits_for_the_looks(house, rep)
        await rep.sees_notice("Not known yet whether it was booked")
        assert not rep.hands.is_there("desk.sendAgain")
        house.server.faults.clear()
        await rep.hands.click("desk.recheck")
        await rep.sees_booked()
    assert len(house.meetings(TITLE)) == 1
    assert house.sent == 1
