"""What a link, an account or a permission refuses is said where it can be mended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.sandbox.faults import Fault, FaultKind
from app.ui.kit.widgets.chips import ChipsField
from tests.journeys.house import BOOKINGS, House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


async def test_a_link_without_guests_does_not_ask_for_any(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Private advice")
        assert not rep.hands.is_there("desk.guests")
        await rep.book()
        await rep.sees_booked()


async def test_a_pasted_list_of_guests_is_taken_up_to_the_limit(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Customers only")
        field = rep.hands.find(ChipsField, "desk.guests")
        await rep.click_into("desk.guests")
        QApplication.clipboard().setText(
            "Jo <jo@fabrikam.example>; kim@fabrikam.example\nlee@fabrikam.example"
        )
        await rep.hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await rep.hands.until(lambda: len(field.values()) == 2, "two guests")
        assert field.values() == ("jo@fabrikam.example", "kim@fabrikam.example")
        assert "lee@fabrikam.example" in field.pending_text
        await rep.book()
        desk = rep.running.book.desk
        await rep.hands.until(
            lambda: desk.props.form.errors.get("guests") == "More guests than this link takes", "the mistake"
        )
        assert house.sent == 0
        await rep.click_into("desk.guests")
        await rep.hands.press(Qt.Key.Key_Backspace)
        await rep.book()
        await rep.sees_booked()
        booked = desk.props.booked
        assert booked is not None
        assert booked.invited == ("ada@northwind.example", "jo@fabrikam.example", "kim@fabrikam.example")
    assert house.sent == 1


async def test_a_guest_whose_address_was_just_typed_is_not_forgotten(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Customers only")
        await rep.write("desk.guests", "jo@fabrikam.example")
        await rep.hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await rep.sees_booked()
        booked = rep.running.book.desk.props.booked
        assert booked is not None
        assert booked.invited == ("ada@northwind.example", "jo@fabrikam.example")


async def test_guests_that_hubspot_refuses_are_named_as_the_reason(house: House) -> None:
    """The link's limit was lowered after its form was read."""
    async with house.open() as rep:
        await rep.prepares("Customers only")
        await rep.write("desk.guests", "jo@fabrikam.example,")
        field = rep.hands.find(ChipsField, "desk.guests")
        await rep.hands.until(lambda: len(field.values()) == 1, "the guest")
        house.allow_guests("Customers only", 0)
        await rep.book()
        await rep.sees_notice("This link does not take these guests")
        assert field.values() == ("jo@fabrikam.example",)
    assert not house.meetings("Customers only with Ada Okafor")


async def test_a_blocked_address_is_named(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Customers only")
        await rep.pick_slot()
        await rep.types_guest("Sam", "Rival", "sam@rival.example")
        await rep.book()
        await rep.sees_notice("This link does not accept sam@rival.example")
        await rep.write("desk.email", "sam@fabrikam.example")
        await rep.hands.until(lambda: not rep.notice, "the notice to go")
        await rep.book()
        await rep.sees_booked()


async def test_a_missing_permission_is_named_and_nothing_is_lost(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Roadmap talk")
        house.trouble(Fault(FaultKind.MISSING_SCOPE, "POST", BOOKINGS))
        await rep.book()
        await rep.sees_notice("Your HubSpot sign-in does not allow this")
        assert "crm.objects.contacts.write" in rep.notice
        assert rep.running.book.desk.inputs.answers.email == "ada@northwind.example"
        await rep.book()
        await rep.sees_booked()
