"""Booking for somebody the CRM does not know yet."""

import pytest
from PySide6.QtCore import Qt

from app.sandbox.crm.object_types import CONTACT, MEETING
from tests.journeys.house import VERSIONS, House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
EMAIL = "rosa.lindqvist@fabrikam.example"


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_new_guest_is_booked_and_becomes_a_contact(house: House, version: str) -> None:
    house.use_version(version)
    assert house.contact(EMAIL) is None
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        await rep.pick_slot()
        await rep.hands.until(lambda: rep.focused == "desk.prospect", "the keyboard in the guest field")
        await rep.hands.type("Rosa Lindqvist")
        prospect = rep.running.book.desk.prospect
        await rep.hands.until(
            lambda: [row.title for row in prospect.props.rows] == ["New guest: Rosa Lindqvist"], "New guest"
        )
        await rep.hands.press(Qt.Key.Key_Return)
        await rep.hands.until(lambda: rep.focused == "desk.email", "the keyboard in the address")
        await rep.hands.type(EMAIL)
        await rep.hands.until(
            lambda: prospect.props.note == "New to HubSpot: booking creates the contact.", "the notice"
        )
        assert rep.running.book.desk.props.form.first_name == "Rosa"
        await rep.book()
        await rep.sees_booked()
    created = house.contact(EMAIL)
    assert created is not None
    assert (created.properties["firstname"], created.properties["lastname"]) == ("Rosa", "Lindqvist")
    (meeting,) = house.meetings("Roadmap talk with Rosa Lindqvist")
    assert house.server.store.associated(MEETING, meeting.id, CONTACT) == [created.id]


async def test_an_address_that_is_known_is_offered_as_the_contact(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Roadmap talk")
        await rep.pick_slot()
        await rep.write("desk.email", "ada@northwind.example")
        prospect = rep.running.book.desk.prospect
        await rep.hands.until(lambda: prospect.props.offer == "Use Ada Okafor", "the offer")
        await rep.hands.click("desk.useContact")
        await rep.knows_guest()
        assert rep.running.book.desk.prospect.contact is not None
        assert not rep.hands.is_there("desk.email")
