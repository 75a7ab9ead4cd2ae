"""A host whose calendar HubSpot cannot see: a warning before, a failure that is no booking."""

import pytest

from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_booking_without_a_calendar_event_is_shown_as_failed(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Coffee with Tom")
        assert all(slot.offline_risk for slot in rep.week.props.slots)
        assert "cannot see the calendar of Tom Baker" in rep.words_in("desk")
        await rep.book()
        await rep.sees_notice("Nothing was booked")
        assert "Tom Baker is disconnected" in rep.notice
        assert rep.hands.is_there("desk.openInBrowser")
        assert not rep.booked
    assert house.sent == 1
    assert not house.meetings("Coffee with Tom with Ada Okafor")
