"""The week grid with the mouse, and what it repaints."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.kit.calendar import EmptyNotice, SlotState, WeekGrid
from app.ui.kit.theme import Theme
from tests.ui.kit.calendar.conftest import Heard, Show
from tests.ui.kit.calendar.samples import MONDAY, at, days, key, slot, week

LEFT = Qt.MouseButton.LeftButton


class WatchedGrid(WeekGrid):
    """Remembers which rectangles were painted."""

    painted: QRect

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted = self.painted.united(event.rect()) if hasattr(self, "painted") else event.rect()
        super().paintEvent(event)

    def forget(self) -> None:
        QApplication.processEvents()
        self.painted = QRect()


@pytest.fixture
def grid(show: Show[WatchedGrid]) -> WatchedGrid:
    return show(WatchedGrid(week()))


def middle(grid: WeekGrid, name: str) -> QPoint:
    rect = grid.slot_rect(name)
    assert rect is not None
    return rect.center()


def test_a_click_activates_the_slot_and_takes_the_focus(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    QTest.mouseClick(grid.viewport(), LEFT, pos=middle(grid, key(1, "09:30")))
    assert heard.of("slot_activated") == [key(1, "09:30")]
    assert grid.focused_key == key(1, "09:30")


def test_ctrl_click_toggles_the_slot(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    control = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(grid.viewport(), LEFT, control, pos=middle(grid, key(1, "09:30")))
    assert heard.of("slot_toggled") == [key(1, "09:30")]
    assert heard.of("slot_activated") == []


def test_only_a_press_and_release_on_the_same_slot_counts(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    QTest.mousePress(grid.viewport(), LEFT, pos=middle(grid, key(1, "09:00")))
    QTest.mouseRelease(grid.viewport(), LEFT, pos=middle(grid, key(1, "09:30")))
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.RightButton, pos=middle(grid, key(1, "09:30")))
    assert heard.of("slot_activated") == []


def test_the_slot_under_the_mouse_is_told_once(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    place = middle(grid, key(1, "09:30"))
    QTest.mouseMove(grid.viewport(), place)
    QTest.mouseMove(grid.viewport(), place + QPoint(3, 0))
    grid._point_at(None)
    assert heard.of("slot_hovered") == [key(1, "09:30"), None]


def test_a_cell_without_a_slot_tells_its_instant(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    rect = grid.slot_rect(key(1, "09:30"))
    assert rect is not None
    below = QPoint(rect.center().x(), rect.bottom() + 2 + 36)
    QTest.mouseMove(grid.viewport(), below)
    QTest.mouseMove(grid.viewport(), below + QPoint(1, 1))
    assert heard.of("cell_hovered") == [at(MONDAY + timedelta(days=1), 10, 30)]
    assert heard.of("slot_hovered") == []


def test_a_day_in_the_header_can_be_clicked(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    column = grid._canvas.layout.columns[2]
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(column.x + 20, 20))
    assert heard.of("day_activated") == [MONDAY + timedelta(days=2)]
    grid.set_props(week(days=days(count=1)))
    QTest.mouseClick(grid.viewport(), LEFT, pos=QPoint(300, 20))
    assert len(heard.of("day_activated")) == 1


def test_hover_repaints_one_slot(qtbot: QtBot, grid: WatchedGrid) -> None:
    rect = grid.slot_rect(key(1, "09:30"))
    assert rect is not None
    grid.forget()
    QTest.mouseMove(grid.viewport(), rect.center())
    qtbot.waitUntil(lambda: not grid.painted.isEmpty())
    assert grid.painted.contains(rect)
    assert rect.adjusted(-4, -4, 4, 4).contains(grid.painted)


def test_selection_repaints_one_slot(qtbot: QtBot, grid: WatchedGrid) -> None:
    rect = grid.slot_rect(key(1, "09:30"))
    assert rect is not None
    grid.forget()
    slots = tuple(
        replace(each, state=SlotState.SELECTED) if each.key == key(1, "09:30") else each
        for each in grid.props.slots
    )
    grid.set_props(replace(grid.props, slots=slots))
    qtbot.waitUntil(lambda: not grid.painted.isEmpty())
    assert rect.adjusted(-4, -4, 4, 4).contains(grid.painted)


def test_the_same_props_repaint_nothing(grid: WatchedGrid) -> None:
    grid.forget()
    grid.set_props(week())
    QApplication.processEvents()
    assert grid.painted.isEmpty()


def test_other_days_repaint_everything(qtbot: QtBot, grid: WatchedGrid) -> None:
    grid.forget()
    grid.set_props(week(MONDAY + timedelta(days=7)))
    qtbot.waitUntil(lambda: grid.painted == grid.viewport().rect())


def test_the_wheel_scrolls_the_day_under_its_header(qtbot: QtBot, grid: WatchedGrid) -> None:
    before = middle(grid, key(1, "09:30")).y()
    place = QPoint(300, 300)
    wheel = QWheelEvent(
        place, grid.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    bar = grid.verticalScrollBar()
    value = bar.value()
    QApplication.sendEvent(grid.viewport(), wheel)
    placed = grid._canvas.by_key[key(1, "09:30")]
    assert bar.value() > value
    assert grid._canvas.view_rect(placed.box).center().y() == before - (bar.value() - value)


def test_the_scroll_position_is_kept_while_slots_stay_in_view(grid: WatchedGrid) -> None:
    QApplication.processEvents()
    grid.verticalScrollBar().setValue(620)
    grid.set_props(week(MONDAY + timedelta(days=7)))
    assert grid.verticalScrollBar().value() == 620
    grid.verticalScrollBar().setValue(0)
    grid.set_props(week(MONDAY))
    assert grid.verticalScrollBar().value() > 0


def test_other_days_are_not_shown_by_their_empty_evening(grid: WatchedGrid) -> None:
    QApplication.processEvents()
    opening, bar = grid.verticalScrollBar().value(), grid.verticalScrollBar()
    bar.setValue(900)
    grid.set_props(week(MONDAY + timedelta(days=7), slots=(), loading=True))
    assert bar.value() == 900
    grid.set_props(week(MONDAY + timedelta(days=7)))
    assert bar.value() == opening
    bar.setValue(900)
    grid.set_props(week(MONDAY + timedelta(days=7), slots=(slot(MONDAY + timedelta(days=7), 13),)))
    assert bar.value() == 900


def test_an_instant_can_be_scrolled_into_view(grid: WatchedGrid) -> None:
    grid.scroll_to(at(MONDAY, 23))
    shown = grid._canvas.layout.y_of(at(MONDAY, 23))
    assert shown is not None
    assert grid.verticalScrollBar().value() + grid.body().height() >= shown
    before = grid.verticalScrollBar().value()
    grid.scroll_to(at(MONDAY - timedelta(days=30), 3))
    assert grid.verticalScrollBar().value() == before


def test_an_empty_week_says_why_and_offers_the_next_step(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    notice = EmptyNotice(
        title="No free times", detail="The next one is on Tue 8 Dec.", action="Go to Tue 8 Dec"
    )
    grid.set_props(week(slots=(), empty=notice))
    (button,) = [each for each in grid.findChildren(QPushButton) if each.isVisible()]
    assert button.accessibleName() == "Go to Tue 8 Dec"
    QTest.mouseClick(button, LEFT)
    assert heard.of("empty_action_triggered") == [None]
    grid.set_props(week(slots=(), empty=notice, loading=True))
    assert not button.isVisible()


def test_a_skeleton_shimmers_only_while_nothing_is_there(grid: WatchedGrid, theme: Theme) -> None:
    grid.set_props(week(slots=(), loading=True))
    assert grid._turning.is_moving
    grid.set_props(week(loading=True))
    assert not grid._turning.is_moving
    theme.set_reduced_motion(True)
    grid.set_props(week(slots=(), loading=True))
    assert not grid._turning.is_moving


def test_a_skeleton_has_no_slots_to_hover(grid: WatchedGrid) -> None:
    heard = Heard(grid)
    grid.set_props(week(slots=(), loading=True))
    QTest.mouseMove(grid.viewport(), QPoint(150, 300))
    assert heard.of("slot_hovered") == []


def test_the_header_explains_a_clock_change(grid: WatchedGrid) -> None:
    changed = tuple(replace(day, clock_change="Clocks go back & on") for day in days())
    grid.set_props(week(days=changed))
    QTest.mouseMove(grid.viewport(), QPoint(150, 20))
    assert "Clocks go back &amp; on" in grid.viewport().toolTip()
    QTest.mouseMove(grid.viewport(), QPoint(150, 120))
    assert grid.viewport().toolTip() == ""


def test_the_rulers_follow_the_day_under_the_mouse(show: Show[WeekGrid]) -> None:
    first = MONDAY.replace(month=10, day=24)
    grid = show(WeekGrid(week(first, slots=(slot(first, 9),))))
    columns = grid._canvas.layout.columns
    texts = []
    for number in (0, 2):
        QTest.mouseMove(grid.viewport(), QPoint(columns[number].x + 10, 200))
        texts.append(grid._canvas._rulers[1].hours[9].text)
    assert texts == ["15:00", "14:00"]


def test_colours_follow_the_theme(qtbot: QtBot, grid: WatchedGrid, theme: Theme) -> None:
    place = middle(grid, key(1, "09:30"))
    light = grid.grab().toImage().pixelColor(place)
    theme.set_scheme("dark")
    qtbot.waitUntil(lambda: grid._canvas.ink.tokens.dark)
    dark = grid.grab().toImage().pixelColor(place)
    assert light.name().upper() == "#EEF2FF"
    assert dark.name().upper() == "#1E1F3D"
