"""The Agenda's list with real keys and clicks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from app.domain.meetings import Outcome
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.agenda.listing.inputs import Look
from app.ui.screens.agenda.listing.painting import ROW_HEIGHT
from tests.ui.screens.agenda.bench import ADA, OTHER, PROSEWARE, ROOM, Bench, berlin
from tests.ui.screens.book.hands import CTRL, PLAIN

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


async def click(bench: Bench, title: str, *, on_button: bool = False) -> None:
    """Click a row, or its button."""
    key = next(face.key for face in bench.faces if face.title == title)
    row = bench.rows.button_rect(key)
    if not on_button:
        index = next(at for at, text in enumerate(bench.texts) if text == title)
        row = bench.rows.visualRect(bench.rows.model().index(index, 0)).adjusted(0, 0, -200, 0)
    QTest.mouseClick(bench.rows.viewport(), Qt.MouseButton.LeftButton, PLAIN, row.center())
    await bench.rest()


def routed(bench: Bench) -> list[object]:
    """The meetings that other screens were asked for, from now on."""
    asked: list[object] = []
    bench.desk.context.routes.meeting_requested.connect(asked.append)
    return asked


async def choose(bench: Bench, name: str, choice: str) -> None:
    """Press a segment."""
    await bench.hands.click(bench.hands.find(Segmented, name).segment(choice))
    await bench.rest()


async def test_it_begins_today_with_the_next_meeting_open(bench: Bench) -> None:
    assert bench.texts == [
        "Today, Mon 23 Nov · Berlin time",
        "Intro call with Ada Okafor",
        "Renewal: Fabrikam",
        "Product demo",
        "Partner call",
        "Tomorrow, Tue 24 Nov",
        "Technical scoping",
        "Intro call with Ada Okafor",
    ]
    assert bench.selected == "Product demo"
    assert bench.hands.focus is bench.rows


async def test_arrows_go_from_meeting_to_meeting_and_past_the_headings(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Down)
    assert bench.selected == "Partner call"
    await bench.hands.press(Qt.Key.Key_Down)
    assert bench.selected == "Technical scoping"
    await bench.hands.press(Qt.Key.Key_Up)
    await bench.hands.press(Qt.Key.Key_Up)
    assert bench.selected == "Product demo"
    await bench.hands.press(Qt.Key.Key_Home)
    assert bench.selected == "Intro call with Ada Okafor"
    await bench.hands.press(Qt.Key.Key_Up)
    assert bench.hands.focus_name() == "agenda.search"
    await bench.hands.press(Qt.Key.Key_Down)
    await bench.hands.press(Qt.Key.Key_End)
    assert bench.screen.listing.props.selected == bench.faces[-1].key
    await bench.hands.press(Qt.Key.Key_PageUp)
    assert bench.screen.listing.props.selected == bench.faces[0].key
    await bench.hands.press(Qt.Key.Key_PageDown)
    assert bench.screen.listing.props.selected == bench.faces[-1].key


async def test_control_and_arrows_go_by_day_and_by_week(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Down, CTRL)
    assert bench.selected == "Technical scoping"
    await bench.hands.press(Qt.Key.Key_Up, CTRL)
    assert bench.faces[0].key == bench.screen.listing.props.selected
    await bench.hands.press(Qt.Key.Key_Right, CTRL)
    await bench.rest()
    assert bench.screen.listing.props.title == "30 Nov – 6 Dec"
    await bench.hands.press(Qt.Key.Key_Left, CTRL)
    await bench.hands.press(Qt.Key.Key_Left, CTRL)
    await bench.rest()
    assert bench.screen.listing.props.title == "23 – 29 Nov"
    assert bench.hands.focus is bench.rows


async def test_the_keys_survive_an_empty_week(bench: Bench) -> None:
    for _ in range(3):
        await bench.hands.press(Qt.Key.Key_Right, CTRL)
        await bench.rest()
    assert bench.screen.listing.props.title == "14 – 20 Dec"
    assert bench.hands.focus_name() == "agenda.remedy"
    await bench.hands.press(Qt.Key.Key_T)
    await bench.rest()
    assert bench.selected == "Product demo"
    assert bench.hands.focus is bench.rows


async def test_looks_by_key_and_by_segment(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_1)
    await bench.rest()
    assert bench.screen.listing.props.title == "Mon 23 Nov"
    assert len(bench.faces) == 4
    await bench.hands.press(Qt.Key.Key_Right, CTRL)
    await bench.rest()
    assert bench.texts[0] == "Tomorrow, Tue 24 Nov · Berlin time"
    await bench.hands.press(Qt.Key.Key_2)
    await bench.rest()
    assert bench.screen.listing.props.title == "24 – 30 Nov"
    await choose(bench, "agenda.looks", Look.DAY)
    assert bench.screen.listing.props.title == "Tue 24 Nov"


async def test_the_day_look_shows_the_day_of_the_open_row(bench: Bench) -> None:
    await click(bench, "Technical scoping")
    await bench.hands.press(Qt.Key.Key_1)
    await bench.rest()
    assert bench.screen.listing.props.title == "Tue 24 Nov"
    assert bench.selected == "Technical scoping"


async def test_past_and_canceled_meetings_have_their_own_lists(bench: Bench) -> None:
    await choose(bench, "agenda.views", "past")
    assert bench.titles == ["Intro call with Ada Okafor", "Renewal: Fabrikam"]
    await choose(bench, "agenda.views", "canceled")
    assert bench.titles == ["Team lunch"]
    await choose(bench, "agenda.views", "upcoming")
    assert len(bench.titles) == 6


async def test_past_days_give_way_to_today_when_upcoming_ones_are_asked_for(bench: Bench) -> None:
    await choose(bench, "agenda.views", "past")
    await bench.hands.click(bench.hands.find(QAbstractButton, "agenda.previous"))
    await bench.rest()
    assert bench.titles == ["Intro call"]
    await choose(bench, "agenda.views", "upcoming")
    assert bench.screen.listing.props.title == "23 – 29 Nov"
    await bench.hands.click(bench.hands.find(QAbstractButton, "agenda.next"))
    await choose(bench, "agenda.views", "past")
    assert bench.screen.listing.props.title == "17 – 23 Nov"


async def test_join_opens_https_and_names_the_host_the_first_time(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_J)
    assert bench.desk.opened == [ROOM]
    assert bench.toasts == ["Opened meet.example in the browser."]
    await click(bench, "Partner call", on_button=True)
    assert bench.desk.opened == [ROOM, ROOM]
    assert bench.selected == "Partner call"
    assert len(bench.toasts) == 1


async def test_a_browser_that_does_not_open_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.desk.context.opener, "open", lambda _address: False)
    await bench.hands.press(Qt.Key.Key_J)
    assert bench.toasts == ["meet.example could not be opened."]


async def test_a_press_that_ends_elsewhere_does_nothing(bench: Bench) -> None:
    key = next(face.key for face in bench.faces if face.title == "Partner call")
    button, viewport = bench.rows.button_rect(key), bench.rows.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, PLAIN, button.center())
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, PLAIN, button.center() - QPoint(200, 0))
    await bench.rest()
    assert bench.desk.opened == []


async def test_a_meeting_without_an_address_says_so(bench: Bench) -> None:
    bench.meet("On site", berlin(0, 17, 30), PROSEWARE, location="http://plain.example")
    await bench.desk.services.meetings.start_sync(full=True)
    await bench.rest()
    await click(bench, "On site")
    await bench.hands.press(Qt.Key.Key_J)
    assert bench.desk.opened == []
    assert bench.toasts == ["This meeting names no address to join at."]


async def test_log_goes_to_the_log_screen_by_key_and_by_button(bench: Bench) -> None:
    asked = routed(bench)
    await click(bench, "Renewal: Fabrikam", on_button=True)
    await bench.hands.press(Qt.Key.Key_L)
    row = bench.screen.card.row
    assert row is not None
    assert asked == [row.meeting.id, row.meeting.id]


async def test_search_narrows_while_typing_and_escape_widens(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Slash)
    assert bench.hands.focus_name() == "agenda.search"
    await bench.hands.write("oka")
    await bench.rest(1)
    assert bench.titles == ["Intro call with Ada Okafor", "Technical scoping", "Intro call with Ada Okafor"]
    await bench.hands.press(Qt.Key.Key_Escape)
    await bench.rest(1)
    assert len(bench.titles) == 6
    await bench.hands.press(Qt.Key.Key_Down)
    assert bench.hands.focus is bench.rows


async def test_nobody_found_offers_to_clear_and_letters_stay_letters(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_Slash)
    await bench.hands.write("jlt")
    await bench.rest(1)
    assert bench.hands.find(QLineEdit, "agenda.search").text() == "jlt"
    assert bench.desk.opened == []
    await bench.hands.click(bench.hands.find(QAbstractButton, "agenda.remedy"))
    await bench.rest(1)
    assert len(bench.titles) == 6
    assert bench.hands.focus_name() == "agenda.search"


async def test_everybodys_meetings_name_their_owner(bench: Bench) -> None:
    await bench.hands.press(Qt.Key.Key_E)
    await bench.rest()
    theirs = next(face for face in bench.faces if face.title == "Review of theirs")
    assert OTHER.full_name in theirs.line
    assert bench.hands.find(QAbstractButton, "agenda.everybody").isChecked()
    await bench.hands.click(bench.hands.find(QAbstractButton, "agenda.everybody"))
    await bench.rest()
    assert "Review of theirs" not in bench.titles


async def test_an_empty_week_leads_to_the_next_meeting(bench: Bench) -> None:
    bench.meet("Far away", berlin(40, 9), ADA)
    await bench.desk.services.meetings.start_sync(full=True)
    for _ in range(2):
        await bench.hands.press(Qt.Key.Key_Right, CTRL)
        await bench.rest()
    nothing = bench.screen.listing.props.nothing
    assert nothing is not None
    assert nothing.text == "Next: Far away, Sat 2 Jan, 09:00 Berlin time."
    await bench.hands.press(Qt.Key.Key_Return)
    await bench.rest()
    assert (bench.titles, bench.selected) == (["Far away"], "Far away")
    assert bench.hands.focus is bench.rows


@pytest.mark.parametrize(
    ("view", "title"), [("past", "Ages ago"), ("canceled", "Never was")], ids=["past", "canceled"]
)
async def test_other_lists_lead_to_what_was_before(bench: Bench, view: str, title: str) -> None:
    bench.meet("Ages ago", berlin(-200, 9), ADA, outcome=Outcome.COMPLETED)
    bench.meet("Never was", berlin(-200, 11), ADA, outcome=Outcome.CANCELED)
    await bench.desk.services.meetings.start_sync(full=True)
    await choose(bench, "agenda.views", view)
    for _ in range(3):
        await bench.hands.press(Qt.Key.Key_Left, CTRL)
        await bench.rest()
    if view == "canceled":
        nothing = bench.screen.listing.props.nothing
        assert nothing is not None
        assert nothing.text.startswith("Next: Team lunch")
    else:
        await bench.hands.click(bench.hands.find(QAbstractButton, "agenda.remedy"))
        await bench.rest()
        assert bench.titles == [title]


async def test_without_any_meeting_a_new_one_is_offered(empty: Bench) -> None:
    await empty.open()
    wanted: list[object] = []
    empty.desk.context.routes.plan_requested.connect(wanted.append)
    await empty.hands.press(Qt.Key.Key_Return)
    assert len(wanted) == 1


async def test_rows_are_read_aloud_and_headings_cannot_be_chosen(bench: Bench) -> None:
    model = bench.rows.model()
    said = [str(model.index(at, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for at in range(4)]
    assert said[0] == "Today, Mon 23 Nov · Berlin time"
    assert said[3].startswith("Monday 23 November, 16:30 to 17:15, Berlin time, Product demo, Imani Yusuf")
    assert said[3].endswith("in 15 minutes, J joins")
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert bench.rows.accessibleDescription() == "It is 16:15 in Berlin"
    await click_heading(bench)
    assert bench.selected == "Product demo"


async def click_heading(bench: Bench) -> None:
    await bench.hands.click(bench.rows.viewport(), QPoint(60, 10))


async def test_a_long_list_shows_what_is_next_and_stays_where_it_was_scrolled(empty: Bench) -> None:
    for minute in range(40):
        empty.meet(f"Call {minute}", berlin(0, 9, 10 * minute), ADA, minutes=5)
    await empty.open(height=500)
    rows = empty.rows
    current = rows.visualRect(rows.currentIndex())
    assert rows.viewport().rect().contains(current)
    rows.verticalScrollBar().setValue(10 * ROW_HEIGHT)
    await empty.rest(120)
    empty.meet("One more", berlin(3, 9), ADA)
    await empty.desk.services.meetings.start_sync(full=True)
    await empty.rest()
    assert "One more" in empty.titles
    assert rows.verticalScrollBar().value() == 10 * ROW_HEIGHT


@pytest.mark.parametrize(
    ("find", "name"),
    [
        (lambda bench: bench.rows, "Meetings by day"),
        (lambda bench: bench.hands.find(QWidget, "agenda.previous"), "Earlier"),
        (lambda bench: bench.hands.find(QWidget, "agenda.next"), "Later"),
        (lambda bench: bench.hands.find(QWidget, "agenda.search"), "Search by person"),
        (lambda bench: bench.hands.find(QWidget, "agenda.views"), "Which meetings"),
        (lambda bench: bench.hands.find(QWidget, "agenda.looks"), "How many days"),
    ],
)
async def test_controls_have_names(bench: Bench, find: Callable[[Bench], QWidget], name: str) -> None:
    assert find(bench).accessibleName() == name
