"""Chips: typed, pasted, limited and removed without losing a word."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.widgets.chip import Chip
from app.ui.kit.widgets.chips import ChipsField, split_addresses, split_words

Shown = Callable[..., QWidget]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada <ada@x.example>; sam@y.example", ("ada@x.example", "sam@y.example")),
        ("a@x.example\nb@x.example\r\nA@x.example", ("a@x.example", "b@x.example")),
        ('"Okafor, Ada" <ada@x.example>,', ("ada@x.example",)),
        ("write to ada@x.example.", ("ada@x.example",)),
        ("sam@ and ada@x.example", ("sam@", "ada@x.example")),
        ("ada at @", ()),
        ("ada", ()),
        ("", ()),
    ],
)
def test_addresses_are_found_in_pasted_lists(text: str, found: tuple[str, ...]) -> None:
    assert split_addresses(text) == found


def test_words_are_separated_by_commas_and_lines() -> None:
    assert split_words("red, green;\nblue\tred") == ("red", "green", "blue")


@given(st.text())
def test_splitting_never_fails_and_never_doubles(text: str) -> None:
    found = split_addresses(text)
    assert len({address.casefold() for address in found}) == len(found)
    assert all("@" in address for address in found)


@pytest.fixture
def field(shown: Shown) -> ChipsField:
    made = ChipsField("Add guests", placeholder="E-mail addresses")
    shown(made)
    made.focus()
    return made


def changes_of(field: ChipsField) -> list[tuple[str, ...]]:
    log: list[tuple[str, ...]] = []
    field.value_changed.connect(lambda: log.append(field.values()))
    return log


@pytest.mark.parametrize("end", [",", ";", "\r"])
def test_a_separator_or_enter_makes_a_chip(field: ChipsField, end: str) -> None:
    log = changes_of(field)
    QTest.keyClicks(field.box.edit, "ada@x.example" + end)
    assert log == [("ada@x.example",)]
    assert field.pending_text == ""


def test_leaving_the_field_makes_a_chip_and_keeps_what_is_none(field: ChipsField) -> None:
    QTest.keyClicks(field.box.edit, "ada@x.example")
    field.box.edit.clearFocus()
    assert field.values() == ("ada@x.example",)
    field.focus()
    QTest.keyClicks(field.box.edit, "not an address")
    field.box.edit.clearFocus()
    assert field.values() == ("ada@x.example",)
    assert field.pending_text == "not an address"


def test_a_pasted_list_becomes_chips(field: ChipsField) -> None:
    log = changes_of(field)
    QGuiApplication.clipboard().setText("Ada <ada@x.example>\nsam@y.example; ada@x.example")
    QTest.keySequence(field.box.edit, QKeySequence(QKeySequence.StandardKey.Paste))
    assert log == [("ada@x.example", "sam@y.example")]


def test_a_second_address_is_not_cut_short_while_it_is_typed(field: ChipsField) -> None:
    QTest.keyClicks(field.box.edit, "ada@x.example sam@y.example")
    assert field.values() == ()
    QTest.keyClicks(field.box.edit, " ")
    assert field.values() == ("ada@x.example", "sam@y.example")


def test_the_same_address_twice_is_one(field: ChipsField) -> None:
    QTest.keyClicks(field.box.edit, "ada@x.example,ADA@x.example,")
    assert field.values() == ("ada@x.example",)


def test_beyond_the_limit_the_rest_stays_as_text(field: ChipsField, qtbot: QtBot) -> None:
    field.set_limit(2)
    assert field.box.limit == 2
    with qtbot.waitSignal(field.limit_reached):
        field.box.take("a@x.example b@x.example c@x.example d@x.example")
    assert field.values() == ("a@x.example", "b@x.example")
    assert field.pending_text == "c@x.example, d@x.example"


def test_backspace_removes_the_last_chip_when_there_is_no_text(field: ChipsField) -> None:
    field.set_values(["a@x.example", "b@x.example"])
    log = changes_of(field)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Backspace)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Backspace)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Backspace)
    assert log == [("a@x.example",), ()]


def test_the_x_removes_its_chip_and_gives_the_focus_back(field: ChipsField) -> None:
    field.set_values(["a@x.example", "b@x.example"])
    log = changes_of(field)
    chip = next(chip for chip in field.findChildren(Chip) if chip.value == "a@x.example")
    assert chip.button.accessibleName() == "Remove a@x.example"
    QTest.mouseClick(chip.button, Qt.MouseButton.LeftButton)
    assert log == [("b@x.example",)]
    assert field.box.edit.hasFocus()


def test_arrow_keys_walk_over_the_chips_and_delete_removes(field: ChipsField) -> None:
    field.set_values(["a@x.example", "b@x.example", "c@x.example"])
    chips = {chip.value[0]: chip.button for chip in field.findChildren(Chip)}
    QTest.keyClick(field.box.edit, Qt.Key.Key_Left)
    assert chips["c"].hasFocus()
    QTest.keyClick(chips["c"], Qt.Key.Key_Left)
    QTest.keyClick(chips["b"], Qt.Key.Key_Left)
    QTest.keyClick(chips["a"], Qt.Key.Key_Left)
    QTest.keyClick(chips["a"], Qt.Key.Key_Right)
    assert chips["b"].hasFocus()
    QTest.keyClick(chips["b"], Qt.Key.Key_Delete)
    assert field.values() == ("a@x.example", "c@x.example")
    assert field.box.edit.hasFocus()
    QTest.keyClick(field.box.edit, Qt.Key.Key_Left)
    QTest.keyClick(chips["c"], Qt.Key.Key_Right)
    assert field.box.edit.hasFocus()


def test_setting_values_is_silent(field: ChipsField) -> None:
    log = changes_of(field)
    field.set_values(["a@x.example"])
    field.set_values(["a@x.example"])
    field.set_values([])
    assert log == []


def test_the_box_grows_line_by_line(field: ChipsField) -> None:
    one = field.box.heightForWidth(300)
    field.set_values([f"a-long-address-{number}@northwind.example" for number in range(4)])
    assert one == 32
    assert field.box.heightForWidth(300) >= 4 * 27


def test_chips_stand_from_right_to_left_where_people_read_so(shown: Shown) -> None:
    made = ChipsField("Guests")
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    shown(made)
    made.set_values(["a@x.example", "b@x.example"])
    made.grab()
    first, second = (
        next(c for c in made.findChildren(Chip) if c.value == f"{name}@x.example") for name in "ab"
    )
    assert first.x() > second.x()


def test_screen_readers_hear_the_label_on_the_edit(field: ChipsField) -> None:
    assert field.box.edit.accessibleName() == "Add guests"
