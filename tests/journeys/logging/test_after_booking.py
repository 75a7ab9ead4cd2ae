"""A booked meeting on its records, and a meeting that is planned without a link."""

import pytest
from PySide6.QtCore import Qt

from app.sandbox.crm.object_types import CONTACT, DEAL
from tests.journeys.house import House
from tests.journeys.logging.crm import Crm
from tests.journeys.logging.log_rep import LogRep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_booking_is_logged_on_the_deal_that_was_chosen_before_it(house: House, crm: Crm) -> None:
    ada = house.contact("ada@northwind.example")
    assert ada is not None
    deal = house.server.store.create(DEAL, {"dealname": "Northwind pilot", "dealstage": "qualifiedtobuy"})
    house.server.store.associate(CONTACT, ada.id, DEAL, deal.id)
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        log, name = LogRep(rep), f"desk.logOn.{deal.id}"
        await rep.hands.until(lambda: rep.hands.is_there(name), "the deal on offer")
        await rep.hands.click(name)
        await rep.book()
        await rep.sees_booked()
        await rep.hands.until(lambda: rep.hands.is_there("booked.openInLog"), "the meeting to be found")
        (meeting,) = house.meetings("Roadmap talk with Ada Okafor")
        await rep.hands.until(lambda: crm.records_of(meeting, "deal") == [deal.id], "the deal on it")
        await log.has_sent()
        assert "Northwind pilot" in rep.words_in("booked.records")
        await rep.hands.click("booked.openInLog")
        await log.is_open("Roadmap talk with Ada Okafor")
    assert crm.records_of(meeting, "contact") == [ada.id]
    assert house.sent == 1


async def test_a_meeting_without_a_link_is_put_into_the_calendar_once(house: House, crm: Crm) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        slot = rep.running.book.selection.slot
        assert slot is not None
        rep.running.book.plan_meeting()
        await rep.hands.until(lambda: rep.hands.is_there("plan.title"), "the sheet")
        await rep.write("plan.title", "Kick-off without a link")
        await rep.write("plan.notes", "Ask for the budget")
        await rep.hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await rep.hands.until(lambda: not rep.hands.is_there("plan.title"), "the sheet to close")
        await LogRep(rep).has_sent()
        assert "Planned. HubSpot sends the invitations." in rep.toasts
    meeting = crm.only("Kick-off without a link")
    ada = house.contact("ada@northwind.example")
    assert ada is not None
    assert crm.records_of(meeting, "contact") == [ada.id]
    assert crm.text(meeting, "hs_meeting_outcome") == "SCHEDULED"
    assert house.sent == 0
