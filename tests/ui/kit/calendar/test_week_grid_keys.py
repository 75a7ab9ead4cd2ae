"""The week grid with the keyboard."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.kit.calendar import SlotState, WeekGrid
from tests.ui.kit.calendar.conftest import Heard, Show
from tests.ui.kit.calendar.samples import MONDAY, at, key, slot, week

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def grid(show: Show[WeekGrid]) -> WeekGrid:
    return show(WeekGrid(week()))


def press(grid: WeekGrid, *keys: Qt.Key, control: bool = False) -> None:
    for each in keys:
        QTest.keyClick(grid, each, CONTROL if control else Qt.KeyboardModifier.NoModifier)


def test_tab_brings_the_focus_to_the_first_slot(grid: WeekGrid) -> None:
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert grid.focused_key == key(0, "09:00")


def test_the_focus_begins_at_the_selected_slot(show: Show[WeekGrid]) -> None:
    chosen = slot(MONDAY, 13, state=SlotState.SELECTED)
    grid = show(WeekGrid(week(slots=(slot(MONDAY, 9), chosen))))
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert grid.focused_key == chosen.key


def test_a_click_elsewhere_does_not_move_the_focus(show: Show[WeekGrid]) -> None:
    grid = show(WeekGrid(week(now=at(MONDAY, 10))))
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.MouseFocusReason)
    assert grid.focused_key is None


@pytest.mark.parametrize(
    ("pressed", "control", "end"),
    [
        ((KEY.Key_Down,), False, (1, "09:30")),
        ((KEY.Key_Down, KEY.Key_Down, KEY.Key_Down), False, (1, "13:00")),
        ((KEY.Key_End,), False, (1, "13:00")),
        ((KEY.Key_End, KEY.Key_Home), False, (1, "09:00")),
        ((KEY.Key_Right,), False, (3, "13:30")),
        ((KEY.Key_Right, KEY.Key_Left), False, (1, "13:00")),
        ((KEY.Key_Right,), True, (3, "13:30")),
        ((KEY.Key_Left,), True, (0, "09:00")),
        ((KEY.Key_End,), True, (4, "13:00")),
        ((KEY.Key_End, KEY.Key_Home), True, (0, "09:00")),
    ],
)
def test_keys_walk_from_slot_to_slot(
    grid: WeekGrid, pressed: tuple[Qt.Key, ...], control: bool, end: tuple[int, str]
) -> None:
    grid.focus_slot(key(1, "09:00"))
    press(grid, *pressed, control=control)
    assert grid.focused_key == key(*end)
    heard = grid.slot_rect(key(*end))
    assert heard is not None
    assert grid.body().contains(heard)


def test_the_first_arrow_only_finds_the_focus(grid: WeekGrid) -> None:
    heard = Heard(grid)
    grid.setFocus(Qt.FocusReason.MouseFocusReason)
    grid.set_props(week(slots=()))
    grid.set_props(week())
    press(grid, KEY.Key_Right)
    assert heard.of("focus_changed")[-1] == key(0, "09:00")
    assert heard.of("page_requested") == []


def test_enter_activates_and_space_toggles(grid: WeekGrid) -> None:
    heard = Heard(grid)
    grid.focus_slot(key(1, "09:00"))
    press(grid, KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space)
    assert heard.of("slot_activated") == [key(1, "09:00")] * 2
    assert heard.of("slot_toggled") == [key(1, "09:00")]


def test_other_keys_are_left_to_the_screen(grid: WeekGrid) -> None:
    heard = Heard(grid)
    grid.focus_slot(key(1, "09:00"))
    before = list(heard.all)
    press(grid, KEY.Key_N, KEY.Key_1, KEY.Key_Escape)
    press(grid, KEY.Key_Return, KEY.Key_Space, control=True)
    assert heard.all == before


def test_page_keys_scroll(grid: WeekGrid) -> None:
    grid.focus_slot(key(0, "09:00"))
    before = grid.verticalScrollBar().value()
    press(grid, KEY.Key_PageDown)
    assert grid.verticalScrollBar().value() > before


@pytest.mark.parametrize(
    ("start", "pressed", "direction", "end"),
    [
        ((4, "13:00"), KEY.Key_Right, 1, (7, "13:00")),
        ((0, "09:30"), KEY.Key_Left, -1, (-3, "09:30")),
    ],
)
def test_past_the_edge_the_wall_time_is_kept(
    grid: WeekGrid,
    start: tuple[int, str],
    pressed: Qt.Key,
    direction: int,
    end: tuple[int, str],
) -> None:
    heard = Heard(grid)
    first = MONDAY + timedelta(days=7 * direction)
    grid.focus_slot(key(*start))
    press(grid, pressed)
    assert heard.of("page_requested") == [direction]
    grid.set_props(week(first, slots=(), loading=True))
    grid.set_props(week(first))
    assert grid.focused_key == key(*end)
    assert grid.hasFocus()


def test_ctrl_up_and_down_ask_for_other_weeks(grid: WeekGrid) -> None:
    heard = Heard(grid)
    grid.focus_slot(key(1, "09:30"))
    press(grid, KEY.Key_Down, KEY.Key_Up, control=True)
    assert heard.of("page_requested") == [1, -1]


def test_news_of_the_same_days_do_not_end_the_wait_for_others(grid: WeekGrid) -> None:
    grid.focus_slot(key(4, "13:00"))
    press(grid, KEY.Key_Right)
    grid.set_props(week(now=at(MONDAY, 10)))
    assert grid.focused_key == key(4, "13:00")
    grid.set_props(week(NEXT_MONDAY))
    assert grid.focused_key == key(7, "13:00")


def test_in_an_empty_week_the_arrows_still_lead_out(show: Show[WeekGrid]) -> None:
    grid = show(WeekGrid(week(slots=())))
    heard = Heard(grid)
    press(grid, KEY.Key_Right, KEY.Key_Left, KEY.Key_Down)
    assert heard.of("page_requested") == [1, -1]


def test_next_and_previous_free(grid: WeekGrid) -> None:
    assert grid.focus_next_free()
    assert grid.focused_key == key(0, "09:00")
    assert grid.focus_next_free()
    assert grid.focused_key == key(0, "09:30")
    grid.focus_slot(key(4, "13:00"))
    assert not grid.focus_next_free()
    assert grid.focus_previous_free()
    assert grid.focused_key == key(4, "09:30")
    grid.focus_slot(key(0, "09:00"))
    assert not grid.focus_previous_free()
    assert grid.hasFocus()


@pytest.mark.parametrize(("direction", "end"), [(1, (7, "09:00")), (-1, (11, "13:00"))])
def test_the_screen_can_hold_the_focus_for_the_next_days(
    grid: WeekGrid, direction: int, end: tuple[int, str]
) -> None:
    grid.focus_slot(key(1, "09:00"))
    grid.hold_focus_for(direction)
    grid.set_props(week(NEXT_MONDAY))
    assert grid.focused_key == key(*end)


def test_a_slot_that_is_gone_loses_the_focus(grid: WeekGrid) -> None:
    heard = Heard(grid)
    grid.focus_slot(key(1, "09:00"))
    grid.set_props(week(slots=(slot(MONDAY, 9),)))
    assert heard.of("focus_changed") == [key(1, "09:00"), None]
    assert not grid.focus_slot(key(1, "09:00"))
    assert grid.slot_rect(key(1, "09:00")) is None
