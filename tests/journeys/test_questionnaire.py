"""A link whose form asks one question of every type that HubSpot knows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.ui.kit.widgets.choice_fields import CheckField, MultiCheckField, RadioField
from app.ui.kit.widgets.combo import ComboField
from tests.journeys.house import House
from tests.journeys.rep import Rep

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]
EXPECTED = {
    "company": "Fabrikam & Sons <Ltd>",
    "jobtitle": "Head of Purchasing",
    "numemployees": "11-50",
    "phone": "+49 30 1234567",
    "topic": "Prices; delivery",
    "preparation": "First line\nsecond line",
    "seats": "12.5",
    "channel": "event",
    "products": "crm;<other>",
    "recording_ok": "true",
}
DAY = "2026-12-24"


async def press(rep: Rep, widget: QWidget) -> None:
    """Click a widget that has no name of its own."""
    await rep.hands.until(widget.isEnabled, "a control that can be used")
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    await rep.hands.rest()


async def fill_in(rep: Rep) -> None:
    """Answer every question with mouse and keyboard."""
    find = rep.hands.find
    for name in ("company", "jobtitle", "phone", "topic", "seats"):
        await rep.write(f"desk.field.{name}", EXPECTED[name])
    combo = find(ComboField, "desk.field.numemployees").combo
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    combo.setCurrentIndex(0)
    await rep.hands.press(Qt.Key.Key_Down)
    await rep.click_into("desk.field.preparation")
    await rep.hands.type("First line")
    await rep.hands.press(Qt.Key.Key_Return)
    await rep.hands.type("second line")
    await rep.write("desk.field.go_live_date", DAY)
    await rep.hands.press(Qt.Key.Key_Tab)
    radio = find(RadioField, "desk.field.channel")
    await press(rep, next(button for button in radio.buttons if button.choice == "event"))
    boxes = find(MultiCheckField, "desk.field.products").boxes
    for name in ("crm", "<other>"):
        await press(rep, boxes[name])
    await press(rep, find(CheckField, "desk.field.recording_ok").box)


async def test_a_form_with_every_field_type_is_filled_in_and_booked(house: House) -> None:
    async with house.open() as rep:
        await rep.sign_in()
        await rep.open_link("Full questionnaire")
        await rep.pick_slot()
        await rep.types_guest("Rosa", "Lindqvist", "rosa.lindqvist@fabrikam.example")
        await rep.book()
        await rep.hands.until(lambda: rep.focused == "desk.field.company", "the first missing answer")
        errors = rep.running.book.desk.props.form.errors
        assert {key for key, text in errors.items() if text == "Required"} == {
            f"field:{name}" for name in ("company", "numemployees", "topic", "seats", "channel", "products")
        }
        assert house.sent == 0
        await fill_in(rep)
        sent = dict(rep.running.book.desk.inputs.answers.values)
        assert sent == EXPECTED | {"go_live_date": DAY}
        assert "browser" in rep.words_in("desk.field.requirements_file")
        await rep.book()
        await rep.sees_booked()
    rosa = house.contact("rosa.lindqvist@fabrikam.example")
    assert rosa is not None
    for name in ("company", "jobtitle", "numemployees", "phone"):
        assert rosa.properties[name] == EXPECTED[name]
    assert len(house.meetings("Full questionnaire with Rosa Lindqvist")) == 1


async def test_a_required_file_can_only_be_sent_in_the_browser(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Send us your papers")
        await rep.book()
        await rep.hands.until(lambda: rep.focused == "desk.field.requirements_file", "the file's field")
        assert "Files can only be sent on the booking page" in rep.words_in("desk.field.requirements_file")
        assert house.sent == 0


async def test_consent_is_never_ticked_for_the_guest(house: House) -> None:
    async with house.open() as rep:
        await rep.prepares("Newsletter and call")
        boxes = rep.hands.find(QWidget, "desk").findChildren(CheckField)
        assert [box.value() for box in boxes] == [False] * 4
        await rep.book()
        await rep.hands.until(lambda: rep.focused == "desk.consent.204983", "the consent that is needed")
        assert house.sent == 0
        await press(rep, rep.hands.find(CheckField, "desk.consent.204983").box)
        await press(rep, rep.hands.find(CheckField, "desk.processing").box)
        await rep.book()
        await rep.sees_booked()
    assert house.sent == 1
