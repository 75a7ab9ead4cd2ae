"""The list of meetings with real keys and clicks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from app.domain.meetings import MeetingId, MeetingIndex
from app.domain.problems import NotAllowed, Offline, SignInNeeded, StorageFailed, StorageTrouble
from app.ui.screens.log.listing.list_view import MeetingList
from app.ui.screens.log.listing.narrowing import Filters, Segment
from app.ui.screens.log.listing.view import MeetingsView
from app.ui.screens.log.screen import LogScreen
from tests.ui.screens.book.hands import CTRL, PLAIN, SHIFT, Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.fakes import row
from tests.ui.screens.log.stage import Stage, at

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def rows_of(hands: Hands) -> MeetingList:
    return hands.find(MeetingList, "log.list")


def place(hands: Hands, number: int) -> QPoint:
    return rows_of(hands).visualRect(rows_of(hands).model().index(number, 0)).center()


async def click_row(hands: Hands, number: int, keys: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseClick(rows_of(hands).viewport(), Qt.MouseButton.LeftButton, keys, place(hands, number))
    await quiet()


def spoken(hands: Hands, number: int) -> str:
    index = rows_of(hands).model().index(number, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


async def show_all(screen: LogScreen) -> None:
    screen.listing.show_segment(Segment.ALL)
    await quiet()


async def test_it_begins_with_what_is_to_log_and_its_first_meeting_open(
    screen: LogScreen, hands: Hands
) -> None:
    assert screen.listing.props.segments[0] == ("to_log", "To log · 3")
    assert rows_of(hands).model().rowCount() == 3
    assert screen.selection.meeting_id == "1"
    assert rows_of(hands).selected() == ("1",)


async def test_the_keyboard_waits_for_the_rows_and_never_falls_into_the_search(stage: Stage) -> None:
    screen = stage.screen()
    hands = Hands(screen.widget)
    await hands.show()
    screen.start()
    screen.activate()
    assert hands.focus_name() == "log.skeleton"
    await quiet()
    assert hands.focus_name() == "log.list"
    screen.widget.close()
    await stage.tasks.close()
    screen.widget.deleteLater()


async def test_a_row_is_read_aloud_with_day_people_and_outcome(screen: LogScreen, hands: Hands) -> None:
    day, people = "Monday 23 November, 09:00, Berlin time", "Northwind · Deal: Northwind rollout"
    assert spoken(hands, 0) == f"Intro call with Ada Okafor, {day}, {people}, Scheduled"
    await show_all(screen)
    assert spoken(hands, 5).endswith(
        "Intro call, Friday 20 November, 16:30, Berlin time, Tomás Silva · Wingtip, No show, Will be sent"
    )


async def test_a_click_opens_and_arrows_open_the_next(screen: LogScreen, hands: Hands) -> None:
    await click_row(hands, 1)
    assert screen.selection.meeting_id == "2"
    await hands.press(Qt.Key.Key_Down)
    assert screen.selection.meeting_id == "3"
    await hands.press(Qt.Key.Key_Home)
    assert screen.selection.meeting_id == "1"
    await hands.press(Qt.Key.Key_End)
    assert screen.selection.meeting_id == "3"
    await hands.press(Qt.Key.Key_PageUp)
    assert screen.selection.meeting_id == "1"


async def test_a_click_on_a_day_opens_nothing(screen: LogScreen, hands: Hands) -> None:
    await hands.click(rows_of(hands).viewport(), QPoint(60, 10))
    assert screen.selection.meeting_id == "1"


async def test_shift_and_ctrl_select_many(screen: LogScreen, hands: Hands) -> None:
    await show_all(screen)
    await click_row(hands, 1)
    await click_row(hands, 3, SHIFT)
    assert list(screen.selection.selected) == ["1", "2", "3"]
    await click_row(hands, 5, CTRL)
    assert list(screen.selection.selected) == ["1", "2", "3", "5"]
    assert hands.has("log.changeMany")
    await hands.press(Qt.Key.Key_A, CTRL)
    assert len(screen.selection.selected) == 9
    await click_row(hands, 0)
    assert list(screen.selection.selected) == ["9"]
    assert not hands.has("log.changeMany")


async def test_shift_and_arrows_select_many(screen: LogScreen, hands: Hands) -> None:
    await click_row(hands, 0)
    await hands.press(Qt.Key.Key_Down, SHIFT)
    assert list(screen.selection.selected) == ["1", "2"]
    assert screen.selection.meeting_id == "2"


async def test_letters_begin_a_search_and_escape_ends_it(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await show_all(screen)
    rows_of(hands).setFocus()
    await hands.press(Qt.Key.Key_Q)
    assert hands.focus_name() == "log.search"
    await hands.write("uart")
    await stage.clock.advance(0.2)
    assert rows_of(hands).model().rowCount() == 1
    await hands.press(Qt.Key.Key_Escape)
    await stage.clock.advance(0.2)
    assert rows_of(hands).model().rowCount() == 9


async def test_a_search_waits_for_the_typing_and_asks_once(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    before = len(stage.meetings.asked)
    await hands.click(hands.find(QLineEdit, "log.search"))
    await hands.write("intro")
    assert len(stage.meetings.asked) == before
    await stage.clock.advance(0.2)
    assert [query.text for query in stage.meetings.asked[before:]] == ["intro"]
    await hands.press(Qt.Key.Key_Return)
    assert hands.focus_name() == "log.list"
    assert screen.selection.meeting_id == "1"


async def test_up_on_the_first_row_and_down_in_the_search(screen: LogScreen, hands: Hands) -> None:
    await click_row(hands, 0)
    await hands.press(Qt.Key.Key_Up)
    assert hands.focus_name() == "log.search"
    await hands.press(Qt.Key.Key_Down)
    assert hands.focus_name() == "log.list"


async def test_enter_leads_to_the_editor(screen: LogScreen, hands: Hands) -> None:
    await click_row(hands, 1)
    await hands.press(Qt.Key.Key_Return)
    editor = hands.find(QWidget, "log.editor")
    assert editor.isAncestorOf(hands.focus)


async def test_the_selection_stays_while_the_list_is_refreshed(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    await click_row(hands, 1)
    stage.meetings.put(row("20", "A new one", at(0, 9, 15)))
    await quiet()
    assert rows_of(hands).model().rowCount() == 4
    assert rows_of(hands).selected() == ("2",)
    assert rows_of(hands).current == "2"


async def test_the_selection_follows_a_meeting_that_gets_its_number(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    stage.meetings.put(row("local:a", "Just logged", at(0, 8)))
    await quiet()
    screen.selection.choose(MeetingId("local:a"))
    del stage.meetings.kept[MeetingId("local:a")]
    stage.meetings.put(row("77", "Just logged", at(0, 8)))
    stage.outbox.identities[MeetingId("local:a")] = MeetingId("77")
    stage.outbox.put(is_sending=True)
    await quiet()
    assert screen.selection.meeting_id == "77"
    assert rows_of(hands).selected() == ("77",)


async def test_a_long_list_stands_still_while_it_is_refreshed(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    many = tuple(MeetingId(f"m{number}") for number in range(20_000))
    first = round(at(-5, 10).timestamp()) * 1000
    starts = tuple(first - place * 1_800_000 for place in range(len(many)))
    stage.meetings.answer = MeetingIndex(many, starts)
    await show_all(screen)
    view = rows_of(hands)
    assert view.model().rowCount() == 20_000
    view.verticalScrollBar().setValue(500_000)
    await quiet()
    before = view.indexAt(QPoint(20, 20)), view.visualRect(view.indexAt(QPoint(20, 20))).top()
    shown = view.model().days.ids[before[0].row()]  # type: ignore[attr-defined]
    stage.meetings.answer = MeetingIndex((MeetingId("new"), *many), (first + 60_000, *starts))
    stage.meetings.count()
    await quiet()
    after = view.indexAt(QPoint(20, 20))
    assert view.model().rowCount() == 20_001
    assert view.model().days.ids[after.row()] == shown  # type: ignore[attr-defined]
    assert view.visualRect(after).top() == before[1]


async def test_another_segment_begins_at_its_top(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    many = tuple(MeetingId(f"m{number}") for number in range(500))
    first = round(at(-5, 10).timestamp()) * 1000
    stage.meetings.answer = MeetingIndex(many, tuple(first - place * 1_800_000 for place in range(500)))
    await show_all(screen)
    rows_of(hands).verticalScrollBar().setValue(4000)
    screen.listing.show_segment(Segment.TO_LOG)
    await quiet()
    assert rows_of(hands).verticalScrollBar().value() == 0


async def test_only_the_rows_in_sight_are_read(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    rows = [row(f"m{number}", f"Meeting {number}", at(-5, 10)) for number in range(1000)]
    stage.meetings.kept.update({one.meeting.id: one for one in rows})
    await show_all(screen)
    known = [one for one in rows if screen.listing.row(one.meeting.id) is not None]
    assert 10 < len(known) < 150


@pytest.mark.parametrize(
    ("problem", "words", "button"),
    [
        (NotAllowed(("crm.objects.contacts.read",)), "crm.objects.contacts.read", "Reconnect HubSpot"),
        (SignInNeeded("1"), "Reconnect to go on", "Reconnect HubSpot"),
        (StorageFailed(StorageTrouble.FULL, "/data"), "Free some space", "Try again"),
    ],
)
async def test_a_problem_says_what_helps(
    screen: LogScreen, hands: Hands, stage: Stage, problem: Exception, words: str, button: str
) -> None:
    stage.meetings.kept.clear()
    stage.meetings.state.set(replace(stage.meetings.state.value, problem=problem, revision=99))  # type: ignore[arg-type]
    await quiet()
    nothing = screen.listing.props.nothing
    assert nothing is not None
    assert words in nothing.text
    assert hands.find(QAbstractButton, "log.remedy").text() == button


async def test_nothing_to_log_leads_to_all_meetings(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    for one in ("1", "2", "3"):
        del stage.meetings.kept[MeetingId(one)]
    stage.meetings.count()
    await quiet()
    assert screen.listing.props.nothing is not None
    assert screen.listing.props.nothing.title == "Everything is logged"
    await hands.click(hands.find(QAbstractButton, "log.remedy"))
    assert screen.listing.props.segment is Segment.ALL
    assert rows_of(hands).isVisible()


async def test_a_vain_search_is_cleared_by_its_button(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    await hands.click(hands.find(QLineEdit, "log.search"))
    await hands.write("zzz")
    await stage.clock.advance(0.2)
    assert not rows_of(hands).isVisible()
    await hands.click(hands.find(QAbstractButton, "log.remedy"))
    assert hands.find(QLineEdit, "log.search").text() == ""
    assert rows_of(hands).isVisible()


async def test_a_first_load_counts_and_can_be_stopped(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    stage.meetings.kept.clear()
    running = replace(stage.meetings.sync.value, is_running=True, done=3200, total=10_000, synced_at=None)
    stage.meetings.sync.set(running)
    stage.meetings.count()
    await quiet()
    assert screen.listing.props.is_first_load
    assert screen.listing.props.progress == "Loading 3,200 of 10,000"
    await hands.click(hands.find(QAbstractButton, "log.act"))
    assert "stop" in stage.meetings.calls


async def test_a_failed_refresh_keeps_the_rows_and_offers_another(
    screen: LogScreen, hands: Hands, stage: Stage
) -> None:
    stage.meetings.sync.set(
        replace(stage.meetings.sync.value, problem=StorageFailed(StorageTrouble.FULL, "/d"))
    )
    await quiet()
    assert rows_of(hands).isVisible()
    assert "full" in screen.listing.props.note
    await hands.click(hands.find(QAbstractButton, "log.act"))
    assert "sync" in stage.meetings.calls


async def test_offline_is_said_by_the_banner_alone(screen: LogScreen, stage: Stage) -> None:
    stage.meetings.sync.set(replace(stage.meetings.sync.value, problem=Offline()))
    await quiet()
    assert screen.listing.props.note == ""


async def test_chips_show_the_filters_and_take_them_away(screen: LogScreen, hands: Hands) -> None:
    await show_all(screen)
    screen.listing.filter(Filters(outcomes=frozenset({"NO_SHOW", "CANCELED"})))
    await quiet()
    assert rows_of(hands).model().rowCount() == 2
    assert [words for _, words in screen.listing.props.chips] == ["Canceled", "No show"]
    await hands.click(hands.find(QAbstractButton, "log.chip.outcomes:CANCELED"))
    assert rows_of(hands).model().rowCount() == 1
    assert not hands.has("log.chip.outcomes:CANCELED")


async def test_a_narrow_window_shows_one_pane_and_the_way_back(screen: LogScreen, hands: Hands) -> None:
    await hands.resize(600)
    assert rows_of(hands).isVisible()
    assert not hands.has("log.editor")
    await click_row(hands, 1)
    await hands.press(Qt.Key.Key_Return)
    assert hands.has("log.editor")
    assert not rows_of(hands).isVisible()
    await hands.click(hands.find(QAbstractButton, "log.back"))
    assert rows_of(hands).isVisible()
    assert hands.focus_name() == "log.list"


async def test_the_button_keeps_its_sign_where_its_words_do_not_fit(screen: LogScreen, stage: Stage) -> None:
    stage.outbox.put()
    view = screen.widget.findChild(MeetingsView)
    assert view is not None
    new = view.findChild(QAbstractButton, "log.new")
    assert new is not None
    wide = new.sizeHint().width()
    view.resize(300, 600)
    assert new.sizeHint().width() < wide
    assert new.accessibleName() == "Log meeting"
