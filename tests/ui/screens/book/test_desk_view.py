"""The desk's form with real keys and clicks: guest, questions, guests, consent."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from app.domain.forms import Choice, CommunicationConsent, Consent, FieldKind, FormField
from app.domain.links import GuestRule
from app.domain.problems import Offline
from app.ui.kit.widgets.chips import ChipsField
from app.ui.kit.widgets.typeahead import TypeAheadField
from app.ui.screens.book.screen import BookScreen
from tests.fakes.samples import sample_info, sample_link
from tests.ui.screens.book.at_the_desk import TUESDAY, button, line, pick_guest, ready, texts
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import DEMO, INTRO, Stage, quiet

pytestmark = pytest.mark.qt_loop
KINDS = {
    FieldKind.TEXT: "Northwind",
    FieldKind.TEXT_AREA: "Two lines",
    FieldKind.NUMBER: "12.5",
    FieldKind.PHONE: "+49 30 1234567",
    FieldKind.DATE: "2026-12-24",
    FieldKind.SELECT: "b",
    FieldKind.RADIO: "b",
    FieldKind.CHECKBOXES: "a;b",
    FieldKind.BOOLEAN: "true",
}
CHOICES = (Choice("a", "Alpha"), Choice("b", "Beta"))
EVERY_KIND = tuple(
    FormField(kind.name.lower(), kind.name.title(), kind, True, True, CHOICES) for kind in KINDS
)
CONSENT = Consent(
    "We write to you.", (CommunicationConsent("77", "News", False),), "", "I agree", True, "Policy"
)


@pytest.mark.parametrize("slug", ["maria/intro-call", "scoping", "demo"])
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
async def test_the_form_stays_where_it_is_when_a_time_is_picked(
    screen: BookScreen, hands: Hands, slug: str, zone: str
) -> None:
    screen.links.open_slug(slug)
    screen.selection.choose_guest_zone(zone)
    await quiet()
    field = hands.find(QWidget, "desk.prospect")
    before = field.mapTo(hands.window, QPoint(0, 0))
    screen.selection.choose_slot(TUESDAY)
    await quiet()
    assert field.mapTo(hands.window, QPoint(0, 0)) == before
    screen.selection.choose_slot(None)
    await quiet()
    assert field.mapTo(hands.window, QPoint(0, 0)) == before


async def test_a_paid_link_shows_only_the_notice_with_its_button(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    paid = replace(sample_link(INTRO), payment_link_id="pay")
    screen.selection.choose_link(paid)
    await quiet()
    desk = hands.find(QWidget, "desk")
    shown = {name for name in ("desk.prospect", "desk.book", "desk.cancel", "desk.locale") if hands.has(name)}
    assert shown == set()
    said = [label.text() for label in desk.findChildren(QLabel) if label.isVisible()]
    assert said.count("This link takes a payment") == 1
    await hands.press(Qt.Key.Key_P)
    screen.selection.open_desk()
    assert hands.focus_name() == "desk.openInBrowser"
    screen.desk.submit()
    await hands.press(Qt.Key.Key_Space)
    assert stage.opened == [paid.url]
    screen.links.open_slug("demo")
    await quiet()
    assert hands.has("desk.prospect")
    assert hands.has("desk.book")
    assert not hands.has("desk.openInBrowser")


async def test_a_paid_link_keeps_no_draft_while_offline(screen: BookScreen, stage: Stage) -> None:
    stage.scheduler.fail_always("booking_info", Offline())
    stage.scheduler.fail_always("availability", Offline())
    await stage.services.availability.refresh()
    screen.selection.choose_link(replace(sample_link(DEMO), payment_link_id="pay"))
    await quiet()
    assert screen.desk.inputs.is_offline
    screen.desk.submit()
    await quiet()
    assert stage.services.drafts.state.value.waiting == ()


async def test_a_known_contact_is_booked_with_four_keys_and_the_letters_of_the_name(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    """The bar is six. Down, Enter, the letters, Enter; Ctrl+Enter is the window's and runs `book.send`."""
    screen.activate()
    await quiet()
    presses = 0

    async def press(key: Qt.Key) -> None:
        nonlocal presses
        presses += 1
        await hands.press(key)

    await press(Qt.Key.Key_Down)
    await press(Qt.Key.Key_Return)
    assert hands.focus_name() == "desk.prospect"
    await hands.write("ada")
    await stage.clock.advance(0.25)
    await press(Qt.Key.Key_Return)
    assert screen.selection.prospect is not None
    send = next(command for command in screen.commands if command.id == "book.send")
    assert send.shortcut == "Ctrl+Return"
    presses += 1
    send.run()
    await quiet(120)
    assert stage.scheduler.count("book") == 1
    assert screen.desk.props.booked is not None
    assert presses == 4


async def test_a_known_contact_is_booked_with_two_clicks(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await pick_guest(screen)
    week = screen._view.calendar.week
    rect = week.slot_rect(str(int(TUESDAY.start.timestamp())))
    assert rect is not None
    await hands.click(week.viewport(), rect.center())
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    assert stage.scheduler.count("book") == 1


async def test_the_guest_is_found_moved_through_and_picked_by_keys(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    line(hands, "desk.prospect").setFocus()
    await hands.write("okaf")
    await stage.clock.advance(0.25)
    await hands.press(Qt.Key.Key_Down)
    await hands.press(Qt.Key.Key_Return)
    assert screen.selection.prospect is not None
    assert screen.selection.prospect.full_name == "Jide Okafor"
    await hands.press(Qt.Key.Key_Backspace)
    assert screen.selection.prospect is None


async def test_enter_before_the_answer_picks_nobody(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    line(hands, "desk.prospect").setFocus()
    await hands.write("okaf")
    await hands.press(Qt.Key.Key_Return)
    await stage.clock.advance(0.25)
    assert screen.selection.prospect is None
    await hands.press(Qt.Key.Key_Escape)
    assert not hands.find(TypeAheadField, "desk.prospect").box.popup


async def test_a_new_guest_is_typed_on_where_something_is_missing(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    line(hands, "desk.prospect").setFocus()
    await hands.write("zoe@x.example")
    await stage.clock.advance(0.25)
    await hands.press(Qt.Key.Key_Return)
    assert hands.focus_name() == "desk.firstName"
    await hands.write("Zoe")
    await hands.press(Qt.Key.Key_Tab)
    await hands.write("Cruz")
    await stage.clock.advance(0.25)
    assert screen.desk.inputs.answers.email == "zoe@x.example"
    assert (screen.desk.inputs.answers.first_name, screen.desk.inputs.answers.last_name) == ("Zoe", "Cruz")
    assert "New to HubSpot: booking creates the contact." in texts(hands)


async def test_an_address_that_is_known_is_offered_and_taken(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    line(hands, "desk.email").setFocus()
    await hands.write("ada@northwind.example")
    await stage.clock.advance(0.25)
    offer = next(one for one in hands.window.findChildren(QAbstractButton) if one.text() == "Use Ada Okafor")
    await hands.click(offer)
    assert screen.selection.prospect is not None
    assert not hands.find(QWidget, "desk.email").isVisible()


async def test_a_form_with_every_kind_of_question_is_filled_and_sent(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.scheduler.info = sample_info(form_fields=EVERY_KIND, consent=CONSENT)
    screen.calendar.refresh()
    await ready(screen)
    for name in ("text", "text_area", "number", "phone", "date"):
        hands.find(QWidget, f"desk.field.{name}").findChildren(QWidget)
        screen._view.desk.form.focus(f"field:{name}")
        await hands.write(KINDS[FieldKind[name.upper()]])
    for name in ("select", "radio", "checkboxes", "boolean"):
        screen._view.desk.form._questions[name]._write(KINDS[FieldKind[name.upper()]])
        screen._view.desk.form._questions[name]._on_changed()
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    assert stage.scheduler.count("book") == 0
    assert hands.focus_name() == "desk.processing"
    await hands.press(Qt.Key.Key_Space)
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    sent = dict(stage.scheduler.booked[0].answers)
    assert sent == {kind.name.lower(): value for kind, value in KINDS.items()}
    assert stage.scheduler.booked[0].consents == (("77", False),)


async def test_mistakes_are_shown_beside_their_fields_and_the_first_takes_the_keyboard(
    screen: BookScreen, hands: Hands
) -> None:
    screen.selection.choose_slot(TUESDAY)
    await quiet()
    await hands.click(button(hands, "desk.book"))
    assert hands.focus_name() == "desk.email"
    assert texts(hands).count("Required") == 3
    await hands.write("a")
    assert texts(hands).count("Required") == 2


async def test_tab_goes_through_the_form_as_it_is_read(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.scheduler.info = sample_info(form_fields=EVERY_KIND[:2], consent=CONSENT)
    screen.calendar.refresh()
    screen.selection.choose_slot(TUESDAY)
    await quiet()
    screen._view.desk.focus_prospect()
    walked = [hands.focus_name()]
    for _ in range(11):
        await hands.press(Qt.Key.Key_Tab)
        walked.append(hands.focus_name())
    assert list(dict.fromkeys(walked)) == [
        "desk.prospect",
        "desk.email",
        "desk.firstName",
        "desk.lastName",
        "desk.field.text",
        "desk.field.text_area",
        "desk.guests",
        "desk.consent.77",
        "desk.processing",
        "desk.locale",
        "desk.cancel",
        "desk.book",
    ]


async def test_a_pasted_list_of_guests_becomes_chips_up_to_the_limit(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.scheduler.info = sample_info(guests=GuestRule(True, 2))
    screen.calendar.refresh()
    await quiet()
    guests = hands.find(ChipsField, "desk.guests")
    guests.focus()
    QGuiApplication.clipboard().setText("Sam <sam@x.example>; lin@x.example\nthree@x.example")
    await hands.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert screen.desk.inputs.answers.guests[:2] == ("sam@x.example", "lin@x.example")
    await ready(screen)
    stage.scheduler.info = sample_info(guests=GuestRule())
    screen.calendar.refresh()
    await quiet()
    assert not guests.isVisible()


async def test_refreshing_the_link_does_not_disturb_somebody_typing(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.scheduler.info = sample_info(form_fields=EVERY_KIND[:1])
    screen.calendar.refresh()
    await quiet()
    screen._view.desk.form.focus("field:text")
    await hands.write("Nor")
    editing = hands.focus
    assert isinstance(editing, QLineEdit)
    editing.setCursorPosition(1)
    stage.scheduler.info = replace(stage.scheduler.info, locale="de-de")
    screen.calendar.refresh()
    await quiet()
    assert hands.focus is editing
    assert (editing.text(), editing.cursorPosition()) == ("Nor", 1)


async def test_other_questions_leave_the_keyboard_on_the_one_that_stayed(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.scheduler.info = sample_info(form_fields=EVERY_KIND[:1])
    screen.calendar.refresh()
    await quiet()
    screen._view.desk.form.focus("field:text")
    await hands.write("Nor")
    stage.scheduler.info = sample_info(form_fields=EVERY_KIND[:2])
    screen.calendar.refresh()
    await quiet()
    assert hands.focus_name() == "desk.field.text"
    await hands.write("th")
    assert screen.desk.inputs.answers.values["text"] == "North"
