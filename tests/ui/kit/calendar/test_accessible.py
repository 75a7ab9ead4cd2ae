"""What a screen reader finds in the painted calendars."""

import gc
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAccessibleWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.calendar import MonthGrid, SlotState, WeekGrid
from tests.ui.kit.calendar.conftest import Heard, Show
from tests.ui.kit.calendar.samples import MONDAY, key, month, slot, week

NAME = QAccessible.Text.Name
ROLE = QAccessible.Role


@pytest.fixture(autouse=True)
def screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def grid(show: Show[WeekGrid]) -> WeekGrid:
    return show(WeekGrid(week(accessible_name="Free times, New York time")))


def root_of(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def names(parent: QAccessibleInterface) -> list[str]:
    return [parent.child(number).text(NAME) for number in range(parent.childCount())]


def item(found: QAccessibleInterface | None) -> QAccessibleWidget:
    assert isinstance(found, QAccessibleWidget)
    return found


def test_a_week_is_a_list_of_days_with_their_slots(grid: WeekGrid) -> None:
    root = root_of(grid)
    assert root.text(NAME) == "Free times, New York time"
    assert root.text(QAccessible.Text.Value) == ""
    assert names(root) == ["Mon 23", "Tue 24", "Wed 25", "Thu 26", "Fri 27"]
    tuesday = root.child(1)
    assert names(tuesday) == [f"Tue 24 November, {time}, free" for time in ("09:00", "09:30", "13:00")]
    assert (root.role(), tuesday.role(), tuesday.child(0).role()) == (ROLE.List, ROLE.List, ROLE.ListItem)
    assert root.child(7) is None
    assert tuesday.child(-1) is None


def test_the_tree_leads_up_as_well_as_down(grid: WeekGrid) -> None:
    root = root_of(grid)
    tuesday = root.child(1)
    half_past = tuesday.child(1)
    assert half_past.parent().text(NAME) == "Tue 24"
    assert tuesday.parent().text(NAME) == root.text(NAME)
    assert (root.indexOfChild(tuesday), tuesday.indexOfChild(half_past)) == (1, 1)
    assert (root.indexOfChild(half_past), tuesday.indexOfChild(tuesday)) == (-1, -1)
    assert half_past.childCount() == 0
    assert half_past.object() is None
    assert half_past.isValid()


def test_slots_are_where_they_are_drawn(grid: WeekGrid) -> None:
    rect = grid.slot_rect(key(1, "09:30"))
    assert rect is not None
    on_screen = rect.translated(grid.viewport().mapToGlobal(grid.viewport().rect().topLeft()))
    root = root_of(grid)
    assert root.child(1).child(1).rect() == on_screen
    middle = on_screen.center()
    day = root.childAt(middle.x(), middle.y())
    assert day.text(NAME) == "Tue 24"
    assert day.childAt(middle.x(), middle.y()).text(NAME) == "Tue 24 November, 09:30, free"
    assert root.childAt(-500, -500) is None


def test_a_slot_says_whether_it_is_selected_and_focused(show: Show[WeekGrid]) -> None:
    chosen = slot(MONDAY, 13, state=SlotState.SELECTED)
    grid = show(WeekGrid(week(slots=(slot(MONDAY, 9), chosen))))
    grid.focus_slot(chosen.key)
    monday = root_of(grid).child(0)
    states = [monday.child(number).state() for number in (0, 1)]
    assert [bool(state.selected) for state in states] == [False, True]
    assert [bool(state.focused) for state in states] == [False, True]
    assert all(state.focusable for state in states)
    assert not monday.state().focusable
    assert root_of(grid).focusChild().text(NAME) == chosen.accessible_name
    grid.clearFocus()
    assert root_of(grid).focusChild() is None


def test_a_slot_can_be_pressed_and_focused(grid: WeekGrid) -> None:
    heard = Heard(grid)
    half_past = item(root_of(grid).child(1).child(1))
    assert half_past.actionNames() == [half_past.pressAction(), half_past.setFocusAction()]
    half_past.doAction(half_past.pressAction())
    half_past.doAction(half_past.setFocusAction())
    half_past.doAction("unheard of")
    assert heard.of("slot_activated") == [key(1, "09:30")]
    assert grid.focused_key == key(1, "09:30")
    assert half_past.keyBindingsForAction(half_past.pressAction()) == []
    day = item(root_of(grid).child(1))
    assert day.actionNames() == []


def test_a_slot_that_is_gone_is_invalid(grid: WeekGrid) -> None:
    root = root_of(grid)
    kept, gone = root.child(0).child(0), root.child(1).child(1)
    assert gone.isValid()
    grid.set_props(week(slots=(slot(MONDAY, 9),)))
    assert kept.text(NAME) == "Mon 23 November, 09:00, free"
    assert names(root.child(1)) == []
    assert not shiboken6.isValid(gone)


def test_a_new_state_of_a_slot_is_told(grid: WeekGrid) -> None:
    nine = root_of(grid).child(0).child(0)
    assert not nine.state().selected
    grid.set_props(week(slots=(slot(MONDAY, 9, state=SlotState.SHARED), *grid.props.slots[1:])))
    assert nine.state().selected


def test_other_widgets_keep_their_own_interface(qtbot: QtBot, grid: WeekGrid) -> None:
    button = QPushButton("Book meeting")
    qtbot.addWidget(button)
    assert root_of(button).text(NAME) == "Book meeting"
    assert root_of(grid).childCount() == 5


def test_a_closed_grid_takes_its_items_along(qtbot: QtBot) -> None:
    grid = WeekGrid(week())
    nine = root_of(grid).child(0).child(0)
    assert nine.text(NAME) != ""
    grid.deleteLater()
    del grid
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert not shiboken6.isValid(nine)


def test_a_month_is_a_list_of_days(show: Show[MonthGrid]) -> None:
    grid = show(MonthGrid(month(selected=date(2026, 12, 9))))
    heard = Heard(grid)
    root = root_of(grid)
    assert root.text(NAME) == "December"
    assert names(root)[:2] == ["Mon 30, free", "Tue 1, free"]
    ninth = item(root.child(9))
    assert ninth.state().selected
    assert ninth.rect().size() == (grid.day_rect(date(2026, 12, 9)) or grid.rect()).size()
    ninth.doAction(ninth.pressAction())
    assert heard.of("day_activated") == [date(2026, 12, 9)]
    ninth.doAction(ninth.setFocusAction())
    assert ninth.state().focused
    assert root.focusChild().text(NAME) == "Wed 9, free"


def test_moving_the_focus_by_key_is_told_to_a_screen_reader(grid: WeekGrid) -> None:
    grid.focus_slot(key(1, "09:00"))
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert root_of(grid).focusChild().text(NAME) == "Tue 24 November, 09:30, free"
    grid.set_props(week(MONDAY + timedelta(days=7)))
    assert root_of(grid).focusChild() is None
