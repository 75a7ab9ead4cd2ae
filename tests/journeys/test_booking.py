"""Booking for somebody the CRM knows: with the mouse, with the keyboard alone, on both API versions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.instants import property_instant
from tests.journeys.house import VERSIONS, House, start_of

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_known_contact_is_booked_with_two_clicks(house: House, version: str) -> None:
    house.use_version(version)
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        slot = await rep.pick_slot()
        await rep.choose_guest("ada okaf", "Ada Okafor")
        await rep.book()
        await rep.sees_booked()
        assert "Roadmap talk with Ada Okafor" in rep.booked
        assert rep.focused == "booked.done"
        await rep.hands.click("booked.copyText")
        assert "https://meet.example/ada-okafor" in QApplication.clipboard().text()
        await rep.hands.click("booked.done")
        await rep.no_longer_sees(slot.key)
        assert not rep.banners
    (meeting,) = house.meetings("Roadmap talk with Ada Okafor")
    ada = house.contact("ada@northwind.example")
    assert ada is not None
    assert house.server.store.associated(MEETING, meeting.id, CONTACT) == [ada.id]
    assert start_of(meeting) == property_instant(slot.start)
    assert house.sent == 1
    assert house.spoken_versions() == {version}


async def test_a_known_contact_is_booked_with_four_keys_and_the_name(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        house.server.requests.clear()
        await rep.hands.press(Qt.Key.Key_N)
        await rep.hands.until(lambda: rep.week.focused_key is not None, "a slot with the keyboard")
        await rep.hands.press(Qt.Key.Key_Return)
        await rep.hands.until(lambda: rep.focused == "desk.prospect", "the keyboard in the guest field")
        await rep.choose_guest("ada okaf", "Ada Okafor")
        await rep.hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await rep.sees_booked()
    assert len(house.meetings("Roadmap talk with Ada Okafor")) == 1


async def test_the_form_is_filled_from_the_contact_and_what_is_missing_is_asked(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Existing customers")
        await rep.pick_slot()
        await rep.choose_guest("ada okaf", "Ada Okafor")
        phone = rep.running.book.desk.inputs.answers.values["phone"]
        ada = house.contact("ada@northwind.example")
        assert ada is not None
        assert phone == ada.properties["phone"]
        await rep.book()
        await rep.hands.until(lambda: rep.focused == "desk.field.go_live_date", "the missing answer")
        await rep.hands.type("2026-12-24")
        await rep.hands.press(Qt.Key.Key_Tab)
        await rep.book()
        await rep.sees_booked()
    assert house.sent == 1
