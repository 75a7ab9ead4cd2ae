"""The month with mouse and keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.ui.kit.calendar import EmptyNotice, MonthGrid
from app.ui.kit.theme import Theme
from tests.ui.kit.calendar.conftest import Heard, Show
from tests.ui.kit.calendar.samples import month

KEY = Qt.Key
NINTH = date(2026, 12, 9)
JANUARY = date(2027, 1, 1)


@pytest.fixture
def grid(show: Show[MonthGrid]) -> MonthGrid:
    return show(MonthGrid(month()))


def test_a_click_activates_a_day(grid: MonthGrid) -> None:
    heard = Heard(grid)
    rect = grid.day_rect(NINTH)
    assert rect is not None
    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=rect.center())
    QTest.mouseClick(grid, Qt.MouseButton.RightButton, pos=rect.center())
    assert heard.of("day_activated") == [NINTH]
    assert grid.focused_day == NINTH
    assert grid.day_rect(date(2020, 1, 1)) is None


def test_a_press_that_ends_elsewhere_counts_for_nothing(grid: MonthGrid) -> None:
    heard = Heard(grid)
    start, end = grid.day_rect(NINTH), grid.day_rect(date(2026, 12, 10))
    assert start is not None
    assert end is not None
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=start.center())
    QTest.mouseMove(grid, end.center())
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=end.center())
    assert heard.of("day_activated") == []


@pytest.mark.parametrize(
    ("pressed", "day"),
    [
        (KEY.Key_Right, 10),
        (KEY.Key_Left, 8),
        (KEY.Key_Down, 16),
        (KEY.Key_Up, 2),
        (KEY.Key_Home, 7),
        (KEY.Key_End, 13),
    ],
)
def test_arrows_walk_from_day_to_day(grid: MonthGrid, pressed: Qt.Key, day: int) -> None:
    assert grid.focus_day(NINTH)
    QTest.keyClick(grid, pressed)
    assert grid.focused_day == date(2026, 12, day)


def test_enter_and_space_activate(grid: MonthGrid) -> None:
    heard = Heard(grid)
    grid.focus_day(NINTH)
    for pressed in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
        QTest.keyClick(grid, pressed)
    QTest.keyClick(grid, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(grid, KEY.Key_N)
    assert heard.of("day_activated") == [NINTH] * 3


def test_past_the_shown_days_the_focus_follows_to_the_next_month(grid: MonthGrid) -> None:
    heard = Heard(grid)
    grid.focus_day(date(2027, 1, 1))
    QTest.keyClick(grid, KEY.Key_Down)
    assert heard.of("page_requested") == [1]
    grid.set_props(month(JANUARY))
    assert grid.focused_day == date(2027, 1, 8)
    assert grid.hasFocus()


def test_page_keys_ask_for_other_months(grid: MonthGrid) -> None:
    heard = Heard(grid)
    grid.focus_day(NINTH)
    QTest.keyClick(grid, KEY.Key_PageDown)
    QTest.keyClick(grid, KEY.Key_PageUp)
    assert heard.of("page_requested") == [1, -1]
    grid.set_props(month(date(2026, 11, 1)))
    assert grid.focused_day == date(2026, 11, 11)


@pytest.mark.parametrize(("selected", "begin"), [(NINTH, NINTH), (None, date(2026, 12, 1))])
def test_tab_finds_the_selected_day_or_the_first(
    show: Show[MonthGrid], selected: date | None, begin: date
) -> None:
    grid = show(MonthGrid(month(selected=selected)))
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    assert grid.focused_day == begin


def test_the_first_arrow_only_finds_the_focus(grid: MonthGrid) -> None:
    grid.clearFocus()
    grid.setFocus(Qt.FocusReason.MouseFocusReason)
    grid.set_props(month(JANUARY))
    QTest.keyClick(grid, KEY.Key_Right)
    assert grid.focused_day == JANUARY


def test_a_day_that_is_not_shown_cannot_be_focused(grid: MonthGrid) -> None:
    assert not grid.focus_day(date(2020, 1, 1))


def test_an_empty_month_says_why(grid: MonthGrid) -> None:
    heard = Heard(grid)
    bare = tuple(day for day in month(date(2027, 2, 1)).days if not day.free_label)
    notice = EmptyNotice(title="No free times in December", action="Go to January")
    days = tuple(bare[0] for _ in ())
    assert days == ()
    grid.set_props(month(days=(), empty=notice))
    (button,) = [each for each in grid.findChildren(QPushButton) if each.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard.of("empty_action_triggered") == [None]
    grid.set_props(month(empty=notice))
    assert not button.isVisible()


def test_the_skeleton_moves_while_the_month_loads(grid: MonthGrid, theme: Theme) -> None:
    bare = month(days=tuple(day for day in month().days if not day.free_label)[:7], loading=True)
    grid.set_props(bare)
    assert grid._turning.is_moving
    theme.set_reduced_motion(True)
    grid.set_props(bare)
    assert not grid._turning.is_moving


def test_strong_and_weak_bars(grid: MonthGrid) -> None:
    image = grid.grab().toImage()
    colours = []
    for day in (date(2026, 12, 2), date(2026, 12, 31)):
        rect = grid.day_rect(day)
        assert rect is not None
        colours.append(image.pixelColor(rect.left() + 12, rect.top() + 39).lightness())
    assert colours[0] > colours[1]
