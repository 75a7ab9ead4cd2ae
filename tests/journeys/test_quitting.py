"""Quitting in the middle of a booking: the window goes at once, and the booking is looked up later."""

import pytest

from app.domain.booking import BookingStage
from app.sandbox.faults import Fault, FaultKind
from tests.guards.figures import Report
from tests.journeys.house import BOOKINGS, House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
TITLE = "Roadmap talk with Ada Okafor"
QUIT_WITHIN_S = 2.0


@pytest.mark.bar
async def test_a_booking_that_hangs_does_not_hold_up_quitting(house: House, figure: Report) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        house.trouble(Fault(FaultKind.LATENCY, "POST", BOOKINGS, seconds=4.0))
        await rep.book()
        desk = rep.running.book.desk
        await rep.hands.until(lambda: desk.inputs.stage is BookingStage.SENDING, "the booking on its way")
        rep.running.window.close()
        await rep.running.closed()
    figure("quit while a booking hangs, s", round(house.closing_s, 2), f"<= {QUIT_WITHIN_S}")
    assert house.closing_s <= QUIT_WITHIN_S
    house.server.faults.clear()
    async with house.open() as rep:
        await rep.sees_links()
        await rep.sees_notice("HubSpot's answer was lost")
        await rep.hands.until(lambda: "Checking whether it went through" in rep.notice, "the look-up")


async def test_a_booking_that_was_carried_out_after_quitting_is_found_at_the_next_start(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        house.trouble(Fault(FaultKind.RESET_AFTER, "POST", BOOKINGS))
        await rep.book()
        await rep.sees_notice("HubSpot's answer was lost")
    assert len(house.meetings(TITLE)) == 1
    async with house.open() as rep:
        await rep.sees_booked()
        assert TITLE in rep.booked
        assert not rep.running.services.booking.state.value.stage
    async with house.open() as rep:
        await rep.sees_links()
        await rep.sees_times()
        assert not rep.notice
        assert not rep.booked
    assert house.sent == 1
    assert len(house.meetings(TITLE)) == 1
