"""Somebody else takes the slot between the look at it and the press of the button."""

import pytest

from app.domain.booking import BookingStage
from app.sandbox.faults import Fault, FaultKind
from app.sandbox.instants import property_instant
from app.sandbox.world.people import MEI
from tests.journeys.house import BOOKINGS, House, start_of

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_taken_slot_keeps_the_form_and_the_nearest_can_be_booked(house: House) -> None:
    async with house.open() as rep:
        slot = await rep.prepares("Roadmap talk")
        house.server.world.occupy(MEI.user_id, slot.start, slot.end)
        await rep.book()
        await rep.sees_notice("was just taken")
        assert house.sent == 0
        assert [rep.hands.is_there(f"desk.nearest.{place}") for place in range(4)] == [True] * 3 + [False]
        assert rep.focused == "desk.nearest.0"
        assert rep.running.book.desk.inputs.answers.email == "ada@northwind.example"
        offered = rep.running.book.desk.inputs.nearest[0]
        away = [abs(free.start - slot.start) for free in rep.running.book.calendar.inputs.slots]
        assert abs(offered.start - slot.start) == min(away)
        await rep.hands.click("desk.nearest.0")
        await rep.hands.until(lambda: rep.button("desk.book").label.startswith("Book "), "the button")
        await rep.book()
        await rep.sees_booked()
    (meeting,) = house.meetings("Roadmap talk with Ada Okafor")
    assert start_of(meeting) == property_instant(offered.start)


async def test_a_slot_that_is_refused_by_hubspot_counts_as_taken(house: House) -> None:
    """It is free at the second look and gone when the booking arrives."""
    async with house.open() as rep:
        slot = await rep.prepares("Roadmap talk")
        house.trouble(Fault(FaultKind.LATENCY, "POST", BOOKINGS, seconds=0.3))
        await rep.book()
        desk = rep.running.book.desk
        await rep.hands.until(lambda: desk.inputs.stage is BookingStage.SENDING, "the booking on its way")
        house.server.world.occupy(MEI.user_id, slot.start, slot.end)
        await rep.sees_notice("was just taken")
        assert rep.focused == "desk.nearest.0"
    assert house.sent == 1
    assert not house.meetings("Roadmap talk with Ada Okafor")
