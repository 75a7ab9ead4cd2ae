"""What comes of a booking at the desk, with real keys and clicks: notices, confirmation, drafts."""

import weakref
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.domain.booking import SlotTaken
from app.domain.forms import Choice, CommunicationConsent, Consent, FieldKind, FormField
from app.domain.problems import AddressBlocked, Offline
from app.domain.records import Contact, ContactId
from app.ui.kit.icons import IconView
from app.ui.kit.theme import line_height
from app.ui.kit.widgets.buttons import Button
from app.ui.screens.book.desk import view as desk_view
from app.ui.screens.book.desk.outcome import derive_notice
from app.ui.screens.book.screen import BookScreen
from tests.fakes.samples import HALF_HOUR, at, sample_info, sample_receipt, slot
from tests.ui.screens.book.at_the_desk import TUESDAY, button, line, ready, texts
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.snapshots import desk
from tests.ui.screens.book.stage import ADA, INTRO, Stage, quiet

pytestmark = pytest.mark.qt_loop


async def test_the_form_is_locked_while_it_is_sent_and_a_failure_gives_the_keyboard_back(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    stage.scheduler.hold("book")
    stage.scheduler.fail("book", Offline())
    line(hands, "desk.firstName").setFocus()
    screen._view.desk.submit()
    await quiet(120)
    assert not line(hands, "desk.firstName").isEnabled()
    book = hands.find(Button, "desk.book")
    assert (book.is_busy, book.accessibleName()) == (True, "Booking…")
    assert not button(hands, "desk.cancel").isEnabled()
    stage.scheduler.release("book")
    await quiet(120)
    assert stage.scheduler.count("book") == 1
    assert line(hands, "desk.firstName").isEnabled()
    assert hands.focus_name() == "desk.firstName"
    assert hands.has("desk.notice")


async def test_a_taken_slot_puts_the_keyboard_on_the_nearest_and_two_enters_book_it(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    stage.scheduler.take(at(24, 9))
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    assert hands.focus_name() == "desk.nearest.0"
    assert not button(hands, "desk.book").isEnabled()
    await hands.press(Qt.Key.Key_Return)
    assert hands.focus_name() == "desk.book"
    assert button(hands, "desk.book").text().startswith("Book ")
    assert hands.has("desk.notice")
    await hands.press(Qt.Key.Key_Return)
    await quiet(120)
    assert stage.scheduler.count("book") == 1
    assert not hands.has("desk.notice")


async def test_a_slot_that_vanishes_does_not_take_the_keyboard_from_somebody_typing(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    line(hands, "desk.firstName").setFocus()
    stage.scheduler.take(at(24, 9))
    screen.calendar.refresh()
    await quiet()
    assert hands.has("desk.notice")
    assert hands.focus_name() == "desk.firstName"
    await hands.write(" ")
    assert screen.selection.slot == TUESDAY


async def test_the_same_notice_with_fresher_times_leaves_the_keyboard_alone(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    stage.scheduler.take(at(24, 9))
    screen.calendar.refresh()
    await quiet()
    notice = hands.find(QWidget, "desk.notice")
    second = button(hands, "desk.nearest.1")
    second.setFocus()
    first_label = button(hands, "desk.nearest.0").text()
    stage.scheduler.offer(HALF_HOUR, at(24, 8, 45))
    screen.calendar.refresh()
    await quiet()
    assert hands.focus is second
    assert button(hands, "desk.nearest.0").text() != first_label
    screen._view.calendar.week.setFocus()
    stage.scheduler.offer(HALF_HOUR, at(24, 9, 15))
    screen.calendar.refresh()
    await quiet()
    assert hands.focus_name() == "calendar.week"
    assert notice.isVisible()


async def test_a_notice_does_not_leave_widgets_behind(screen: BookScreen, hands: Hands) -> None:
    notice = screen._view.desk._notice
    props = [
        derive_notice(desk(slot=TUESDAY, taken=TUESDAY, nearest=(slot(at(24, 10)),) * count))
        for count in (1, 2, 3)
    ]
    count = len(notice.findChildren(QWidget))
    for turn in range(1000):
        notice.show_notice(props[turn % 3])
        notice.show_notice(None)
        if turn % 100 == 0:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    notice.show_notice(props[0])
    card = weakref.ref(notice._card)
    notice.show_notice(None)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert len(notice.findChildren(QWidget)) == count == 0
    await quiet()
    assert card() is None


async def test_a_blocked_address_can_be_mended_though_the_guest_is_known(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    assert not hands.find(QWidget, "desk.email").isVisible()
    stage.scheduler.fail("book", AddressBlocked("ada@northwind.example"))
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    assert hands.find(QWidget, "desk.email").isVisible()
    line(hands, "desk.email").selectAll()
    line(hands, "desk.email").setFocus()
    await hands.write("ada@home.example")
    assert not hands.has("desk.notice")
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    assert [request.email for request in stage.scheduler.booked] == ["ada@home.example"]


async def test_the_confirmation_copies_opens_saves_and_ends(
    screen: BookScreen, hands: Hands, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.scheduler.receipt = lambda request: replace(
        sample_receipt(request), join_url="https://meet.example/1"
    )
    await ready(screen)
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    assert hands.focus_name() == "booked.done"
    assert "Booked" in texts(hands)
    assert hands.has("booked.panel")
    assert not hands.has("desk.book")
    await hands.click(button(hands, "booked.copyText"))
    assert QGuiApplication.clipboard().text().splitlines()[0] == "Intro call with Ada Okafor"
    await hands.click(button(hands, "booked.joinLink"))
    assert stage.opened == ["https://meet.example/1"]

    async def answer(*_arguments: object, name: str, **_named: object) -> Path:
        return tmp_path / name

    monkeypatch.setattr(desk_view, "ask_where_to_save", answer)
    await hands.click(button(hands, "booked.saveIcs"))
    await quiet()
    saved = tmp_path / "Intro call with Ada Okafor.ics"
    assert saved.read_bytes() == b"event-1@slotdesk\nIntro call with Ada Okafor"
    await hands.click(button(hands, "booked.done"))
    assert not hands.has("booked.panel")
    assert screen.selection.prospect is None
    assert hands.focus_name() == "calendar.week"


async def test_a_file_that_cannot_be_written_is_said(
    screen: BookScreen, hands: Hands, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Path | None] = [tmp_path / "no" / "folder.ics", None]

    async def answer(*_arguments: object, **_named: object) -> Path | None:
        return answers.pop(0)

    monkeypatch.setattr(desk_view, "ask_where_to_save", answer)
    await ready(screen)
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    for _ in range(2):
        await hands.click(button(hands, "booked.saveIcs"))
        await quiet()
    said = [toast.text for toast in stage.context.notices.toasts]
    assert len(said) == 1
    assert said[0].startswith("The file could not be written")


async def test_the_next_step_goes_back_to_the_calendar_with_the_guest(
    screen: BookScreen, hands: Hands
) -> None:
    await ready(screen)
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    await hands.click(button(hands, "booked.nextStep"))
    assert hands.focus_name() == "calendar.week"
    assert screen.selection.prospect is not None
    assert line(hands, "desk.firstName").text() == "Ada"


async def test_a_refresh_after_the_booking_does_not_take_the_keyboard(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    button(hands, "booked.copyText").setFocus()
    await stage.services.preferences.change(week_days=7)
    screen.calendar.refresh()
    await quiet()
    assert hands.focus_name() == "booked.copyText"


async def test_offline_the_button_saves_a_draft_and_says_so(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    stage.scheduler.fail_always("availability", Offline())
    screen.calendar.refresh()
    await quiet()
    book = button(hands, "desk.book")
    assert book.text() == "Save as draft"
    await hands.click(book)
    said = [toast.text for toast in stage.context.notices.toasts]
    assert said == ["Saved as a draft. It is never sent by itself: book it when you are back."]
    stage.scheduler.fail_always("availability", None)


async def test_a_booking_that_ends_on_another_link_is_told_with_a_way_back(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    stage.scheduler.hold("book")
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    screen.links.open_slug("demo")
    await quiet()
    stage.scheduler.release("book")
    await quiet(120)
    toast = stage.context.notices.toasts[-1]
    assert toast.text == "Intro call is booked."
    stage.context.notices.act(toast.id)
    await quiet()
    assert screen.links.selected == INTRO
    assert hands.has("booked.panel")


async def test_cancel_lets_the_slot_go_and_keeps_the_form(screen: BookScreen, hands: Hands) -> None:
    await ready(screen)
    await hands.click(button(hands, "desk.cancel"))
    assert screen.selection.slot is None
    assert line(hands, "desk.firstName").text() == "Ada"
    assert hands.focus_name() == "calendar.week"


async def test_hostile_and_endless_names_stay_inside_the_desk(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    width = screen._view.desk.width()
    long = "<script>alert(1)</script>\u202e & \x00" + "W" * 10_000
    stage.scheduler.info = sample_info(
        form_fields=(FormField("x", long, FieldKind.RADIO, True, True, (Choice("1", long),)),),
        consent=Consent(long, (CommunicationConsent("77", long, True),), long, long, True, long),
    )
    screen.calendar.refresh()
    stage.scheduler.receipt = lambda request: replace(
        sample_receipt(request), join_url="https://meet.example/" + "x" * 10_000, subject=long
    )
    await quiet()
    screen.desk.prospect.choose(Contact(ContactId("9001"), long, long, "ada@northwind.example", long))
    screen.selection.choose_slot(TUESDAY)
    await quiet()
    assert not hands.window.grab().isNull()
    screen.desk.answer("x", "1")
    screen.desk.tick_consent("77", True)
    screen.desk.tick_processing(True)
    screen.desk.submit()
    await quiet(120)
    assert hands.has("booked.panel")
    assert not hands.window.grab().isNull()
    assert screen._view.desk.width() == width


async def test_closing_while_a_booking_is_sent_waits_for_its_answer_and_loses_nothing(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await ready(screen)
    stage.scheduler.hold("book")
    await hands.click(button(hands, "desk.book"))
    await quiet(120)
    closing = stage.tasks.close()
    stage.scheduler.release("book")
    await closing
    assert stage.scheduler.count("book") == 1
    outcome = stage.booking.state.value.outcome
    assert outcome is not None
    assert not isinstance(outcome, SlotTaken)


@pytest.mark.parametrize("name", ["Ada", "A very long first name that needs more than a single line"])
async def test_the_tick_stands_beside_the_first_line_of_the_title(
    screen: BookScreen, hands: Hands, stage: Stage, name: str
) -> None:
    guest = replace(ADA, first_name=name)
    stage.records.contacts = [guest]
    screen.desk.prospect.choose(guest)
    screen.selection.choose_slot(TUESDAY)
    await quiet()
    screen.desk.submit()
    await quiet(120)
    panel = hands.find(QWidget, "booked.panel")
    sign = panel.findChild(IconView)
    title = next(label for label in panel.findChildren(QLabel) if label.text().startswith("Intro call with"))
    assert isinstance(sign, IconView)
    assert (title.height() > 1.5 * line_height("strong")) == (len(name) > 3)
    middle = sign.mapTo(panel, sign.rect().center()).y()
    assert abs(middle - title.mapTo(panel, QPoint(0, 0)).y() - line_height("strong") / 2) <= 1
