"""The sheet of keys: the truth of the present screen, left with Escape, never taller than the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.ui.kit.widgets.badges import KeyCap
from app.ui.shell.shortcut_sheet import ShortcutSheet, grid_keys
from app.ui.shell.window import MainWindow
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet

pytestmark = pytest.mark.qt_loop


async def opened(hands: Hands) -> ShortcutSheet:
    hands.find(QWidget, "links.list").setFocus()
    await hands.press(Qt.Key.Key_Question)
    sheet = hands.find(ShortcutSheet, "shortcutSheet")
    assert sheet.isVisible()
    return sheet


def lines(sheet: ShortcutSheet) -> tuple[list[str], list[str]]:
    words = [label.text() for label in sheet.findChildren(QLabel) if label.isVisibleTo(sheet)]
    return words, [cap.text for cap in sheet.findChildren(KeyCap) if cap.isVisibleTo(sheet)]


async def test_it_lists_every_command_with_a_key_and_the_keys_of_the_calendar(
    hands: Hands, window: MainWindow
) -> None:
    words, keys = lines(await opened(hands))
    keyed = [command for command in window.registry.commands if command.shortcut]
    assert len(keyed) > 15
    assert {command.title for command in keyed} <= set(words)
    assert sorted(keys) == sorted([command.keys for command in keyed] + [key for _, key in grid_keys()])


async def test_another_screen_has_other_keys(hands: Hands, window: MainWindow) -> None:
    await opened(hands)
    await hands.press(Qt.Key.Key_Escape)
    window.show_screen("settings")
    await quiet()
    window.registry.run("shell.keys")
    await quiet()
    words, _keys = lines(hands.find(ShortcutSheet, "shortcutSheet"))
    assert "Search everything" in words
    assert "Search links" not in words


async def test_escape_closes_it_and_gives_the_keyboard_back(hands: Hands) -> None:
    sheet = await opened(hands)
    assert sheet.isAncestorOf(hands.focus)
    await hands.press(Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert hands.focus_name() == "links.list"


async def test_its_button_closes_it_and_the_keys_work_again(hands: Hands, window: MainWindow) -> None:
    sheet = await opened(hands)
    await hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.screens["book"].widget.isVisible()
    buttons = [one for one in sheet.findChildren(QAbstractButton) if one.accessibleName().startswith("Close")]
    await hands.click(buttons[0])
    assert not sheet.isVisible()
    await hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert not window.screens["book"].widget.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (900, 600), (480, 480)])
async def test_it_stays_inside_the_window(hands: Hands, width: int, height: int) -> None:
    await hands.resize(width, height)
    sheet = hands.find(ShortcutSheet, "shortcutSheet")
    sheet.show_keys()
    await quiet()
    assert hands.window.rect().contains(sheet.panel.geometry())
    await hands.resize(700, 500)
    assert sheet.rect() == hands.window.rect()
