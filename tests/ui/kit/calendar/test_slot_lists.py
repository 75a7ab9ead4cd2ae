"""The list of slots and the columns of slot buttons: one contract, with mouse and keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.calendar import DayColumns, EmptyNotice, ListProps, SlotGroup, SlotList, SlotState
from app.ui.kit.calendar.slot_button import SlotButton
from app.ui.kit.theme import Theme
from tests.ui.kit.calendar.conftest import Heard, Show
from tests.ui.kit.calendar.samples import MONDAY, key, listing

KEY = Qt.Key
LEFT = Qt.MouseButton.LeftButton
NEXT = MONDAY + timedelta(days=7)
Lists = SlotList | DayColumns


@pytest.fixture(params=[SlotList, DayColumns])
def slots(request: pytest.FixtureRequest, show: Show[QWidget]) -> Lists:
    shown = show(request.param(listing()))
    assert isinstance(shown, SlotList | DayColumns)
    return shown


def receiver(widget: Lists) -> QWidget:
    """What the keyboard goes to."""
    if isinstance(widget, SlotList):
        return widget
    proxy = widget.focusProxy()
    assert proxy is not None
    return proxy


def under_mouse(widget: Lists, name: str) -> tuple[QWidget, QPoint]:
    """The widget that gets the mouse on a slot, and where."""
    rect = widget.slot_rect(name)
    assert rect is not None
    assert widget.viewport().rect().contains(rect)
    if isinstance(widget, SlotList):
        return widget.viewport(), rect.center()
    button = widget.viewport().childAt(rect.center())
    assert isinstance(button, SlotButton)
    return button, button.rect().center()


def test_a_click_activates_and_ctrl_click_toggles(slots: Lists) -> None:
    heard = Heard(slots)
    target, place = under_mouse(slots, key(1, "09:30"))
    QTest.mouseClick(target, LEFT, pos=place)
    QTest.mouseClick(target, LEFT, Qt.KeyboardModifier.ControlModifier, pos=place)
    assert heard.of("slot_activated") == [key(1, "09:30")]
    assert heard.of("slot_toggled") == [key(1, "09:30")]
    assert slots.focused_key == key(1, "09:30")


def test_enter_activates_and_space_toggles(slots: Lists) -> None:
    heard = Heard(slots)
    assert slots.focus_slot(key(1, "09:30"))
    for pressed in (KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space):
        QTest.keyClick(receiver(slots), pressed)
    for pressed in (KEY.Key_Return, KEY.Key_Space):
        QTest.keyClick(receiver(slots), pressed, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(receiver(slots), KEY.Key_N)
    assert heard.of("slot_activated") == [key(1, "09:30")] * 2
    assert heard.of("slot_toggled") == [key(1, "09:30")]


@pytest.mark.parametrize(
    ("pressed", "end"),
    [(KEY.Key_Down, (1, "09:30")), (KEY.Key_Right, (3, "13:30")), (KEY.Key_Left, (0, "09:00"))],
)
def test_arrows_walk_from_slot_to_slot(slots: Lists, pressed: Qt.Key, end: tuple[int, str]) -> None:
    slots.focus_slot(key(1, "09:00"))
    QTest.keyClick(receiver(slots), pressed)
    assert slots.focused_key == key(*end)


def test_past_the_last_day_the_next_days_take_the_focus(slots: Lists) -> None:
    heard = Heard(slots)
    slots.focus_slot(key(4, "09:00"))
    QTest.keyClick(receiver(slots), KEY.Key_Right)
    assert heard.of("page_requested") == [1]
    slots.set_props(listing(stale=True))
    assert slots.focused_key == key(4, "09:00")
    slots.set_props(ListProps(groups=(), loading=True))
    slots.set_props(listing(NEXT))
    assert slots.focused_key == key(7, "09:00")


@pytest.mark.parametrize(("direction", "end"), [(1, (7, "09:00")), (-1, (11, "13:00"))])
def test_the_screen_can_hold_the_focus_for_other_days(
    slots: Lists, direction: int, end: tuple[int, str]
) -> None:
    slots.focus_slot(key(1, "09:00"))
    slots.hold_focus_for(direction)
    slots.set_props(listing(NEXT))
    shown = slots.focused_key
    assert shown is not None
    assert shown.startswith(key(*end)[:10])
    if isinstance(slots, SlotList):
        assert shown == key(*end)


def test_next_and_previous_free(slots: Lists) -> None:
    slots.focus_slot(key(0, "09:00"))
    assert slots.focus_next_free()
    assert slots.focused_key == key(0, "09:30")
    assert slots.focus_previous_free()
    assert not slots.focus_previous_free()
    slots.focus_slot(key(4, "13:00"))
    assert not slots.focus_next_free()


def test_the_focus_stays_on_its_slot_when_others_come_and_go(slots: Lists) -> None:
    slots.focus_slot(key(1, "09:30"))
    fewer = tuple(replace(group, slots=group.slots[1:]) for group in listing().groups)
    slots.set_props(ListProps(groups=fewer))
    assert slots.focused_key == key(1, "09:30")
    assert not slots.focus_slot(key(1, "09:00"))
    assert slots.slot_rect(key(1, "09:00")) is None


def test_the_slot_under_the_mouse_is_told(qtbot: QtBot, slots: Lists) -> None:
    heard = Heard(slots)
    target, place = under_mouse(slots, key(1, "09:30"))
    QTest.mouseMove(target, place)
    qtbot.waitUntil(lambda: heard.of("slot_hovered") == [key(1, "09:30")])


def test_nothing_to_show_says_why(slots: Lists) -> None:
    heard = Heard(slots)
    notice = EmptyNotice(title="No free times", action="Next free time")
    slots.set_props(ListProps(groups=(), empty=notice))
    (button,) = [each for each in slots.findChildren(QPushButton) if each.isVisible()]
    QTest.mouseClick(button, LEFT)
    assert heard.of("empty_action_triggered") == [None]
    assert not slots.focus_next_free()
    assert slots.focused_key is None


def test_a_skeleton_is_painted_while_the_first_slots_load(slots: Lists, theme: Theme) -> None:
    slots.set_props(ListProps(groups=(), loading=True))
    QApplication.processEvents()
    first = slots.grab().toImage()
    theme.set_reduced_motion(True)
    slots.set_props(ListProps(groups=()))
    assert slots.grab().toImage() != first


def test_a_selection_is_drawn(qtbot: QtBot, slots: Lists) -> None:
    before = slots.grab().toImage()
    groups = tuple(
        replace(
            group,
            slots=tuple(replace(each, state=SlotState.SHARED, offline_risk=True) for each in group.slots),
        )
        for group in listing().groups
    )
    slots.set_props(ListProps(groups=groups))
    assert slots.grab().toImage() != before
    slots.set_props(listing())
    assert slots.grab().toImage() == before


def test_colours_follow_the_theme(slots: Lists, theme: Theme) -> None:
    theme.set_scheme("dark")
    QApplication.processEvents()
    assert slots.grab().toImage().pixelColor(2, 300).lightness() < 40


def test_headers_of_a_list_cannot_be_reached(show: Show[SlotList]) -> None:
    shown = show(SlotList(listing()))
    heard = Heard(shown)
    shown.focus_slot(key(0, "13:00"))
    QTest.keyClick(shown, KEY.Key_Down)
    assert shown.focused_key == key(1, "09:00")
    header = shown.visualRect(shown.rows.index(0))
    QTest.mouseClick(shown.viewport(), LEFT, pos=header.center())
    assert heard.of("slot_activated") == []
    for pressed, end in ((KEY.Key_End, key(4, "13:00")), (KEY.Key_Home, key(0, "09:00"))):
        QTest.keyClick(shown, pressed)
        assert shown.focused_key == end


def test_past_the_ends_of_a_list_other_days_are_asked_for(show: Show[SlotList]) -> None:
    shown = show(SlotList(listing()))
    heard = Heard(shown)
    shown.focus_slot(key(0, "09:00"))
    QTest.keyClick(shown, KEY.Key_Up)
    assert heard.of("page_requested") == [-1]
    shown.set_props(listing(MONDAY - timedelta(days=7)))
    assert shown.focused_key == key(-3, "13:00")


def test_tab_into_a_list_finds_the_chosen_slot(show: Show[SlotList]) -> None:
    groups = listing().groups
    chosen = replace(groups[1].slots[1], state=SlotState.SELECTED)
    second = replace(groups[1], slots=(groups[1].slots[0], chosen))
    shown = show(SlotList(ListProps(groups=(groups[0], second))))
    shown.clearFocus()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    assert shown.focused_key == chosen.key


def test_a_list_without_titles_has_no_headers(show: Show[SlotList]) -> None:
    shown = show(SlotList(ListProps(groups=(SlotGroup(title="", slots=listing().groups[0].slots),))))
    assert shown.rows.rowCount() == 3
    assert shown.rows.rowCount(shown.rows.index(0)) == 0


def test_rows_and_buttons_have_the_names_of_their_slots(show: Show[QWidget]) -> None:
    role = Qt.ItemDataRole
    shown = SlotList(listing())
    rows = shown.rows
    assert rows.data(rows.index(0), role.AccessibleTextRole) == "Mon 23 Nov free"
    assert rows.data(rows.index(1), role.AccessibleTextRole) == "Mon 23 November, 09:00, free"
    assert rows.data(rows.index(0), role.DisplayRole) == "Mon 23 Nov"
    assert rows.data(rows.index(0), role.DecorationRole) is None
    assert rows.data(rows.index(99), role.DisplayRole) is None
    columns = show(DayColumns(listing()))
    button = next(each for each in columns.findChildren(SlotButton) if each.key == key(1, "09:30"))
    assert button.accessibleName() == "Tue 24 November, 09:30, free"
    assert QAccessible.queryAccessibleInterface(button).role() == QAccessible.Role.Button
    column = button.parentWidget()
    assert column is not None
    assert column.accessibleName() == "Tue 24 Nov free"


def test_one_button_of_the_columns_is_in_the_tab_order(show: Show[DayColumns]) -> None:
    columns = show(DayColumns(listing()))
    columns.focus_slot(key(1, "09:30"))
    strong = [
        each for each in columns.findChildren(SlotButton) if each.focusPolicy() is Qt.FocusPolicy.StrongFocus
    ]
    assert [each.key for each in strong] == [key(1, "09:30")]
    for pressed, end in ((KEY.Key_End, "13:00"), (KEY.Key_Home, "09:00"), (KEY.Key_Up, "09:00")):
        QTest.keyClick(receiver(columns), pressed)
        assert columns.focused_key == key(1, end)


def test_columns_use_their_buttons_again(show: Show[DayColumns]) -> None:
    columns = show(DayColumns(listing()))
    before = set(columns.findChildren(SlotButton))
    columns.set_props(listing(NEXT))
    assert set(columns.findChildren(SlotButton)) == before
    columns.set_props(ListProps(groups=listing().groups[:2]))
    shown = [each for each in columns.findChildren(SlotButton) if each.isVisible()]
    assert sorted(each.key for each in shown) == sorted(
        each.key for g in listing().groups[:2] for each in g.slots
    )
