"""The command palette in the whole window: opened, typed into, walked, run, and left again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.domain.records import ContactId
from app.ui.kit.widgets.rows import ResultList
from app.ui.screens.book.screen import BookScreen
from app.ui.shell.palette import Palette
from app.ui.shell.window import MainWindow
from tests.ui.screens.book.hands import CTRL, Hands
from tests.ui.screens.book.stage import ADA, DEMO, Stage, quiet

pytestmark = pytest.mark.qt_loop
PAUSE = 1.0
"""Seconds after which the searches for what was typed have begun."""


async def opened(hands: Hands) -> Palette:
    await hands.press(Qt.Key.Key_K, CTRL)
    palette = hands.find(Palette, "palette")
    assert palette.isVisible()
    return palette


def book(window: MainWindow) -> BookScreen:
    screen = window.screens["book"]
    assert isinstance(screen, BookScreen)
    return screen


def titles(hands: Hands) -> list[str]:
    return [row.title for row in hands.find(ResultList, "palette.list").rows]


def sections(hands: Hands) -> list[str]:
    rows = hands.find(ResultList, "palette.list").rows
    return list(dict.fromkeys(row.section for row in rows))


async def test_ctrl_k_opens_it_empty_with_the_keyboard_in_its_field(hands: Hands) -> None:
    palette = await opened(hands)
    assert hands.focus_name() == "palette.input"
    assert sections(hands) == ["Commands"]
    await hands.write("demo")
    await hands.press(Qt.Key.Key_Escape)
    assert not palette.isVisible()
    await opened(hands)
    assert hands.find(QLineEdit, "palette.input").text() == ""


async def test_escape_gives_the_keyboard_back(hands: Hands) -> None:
    hands.find(QWidget, "links.list").setFocus()
    before = hands.focus
    palette = await opened(hands)
    await hands.press(Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert hands.focus is before


async def test_a_press_beside_it_closes_it(hands: Hands) -> None:
    palette = await opened(hands)
    await hands.click(palette, QPoint(5, 5))
    assert not palette.isVisible()


async def test_people_links_and_commands_are_found_together(hands: Hands, stage: Stage) -> None:
    stage.records.contacts.append(replace(ADA, id=ContactId("7"), first_name="Cora"))
    await opened(hands)
    await hands.write("co")
    await stage.clock.advance(PAUSE)
    assert sections(hands) == ["People", "Meeting links", "Commands"]
    assert titles(hands)[:2] == ["Cora Okafor", "Technical scoping"]


async def test_enter_takes_the_person_for_the_desk(hands: Hands, stage: Stage, window: MainWindow) -> None:
    palette = await opened(hands)
    await hands.write("ada")
    await stage.clock.advance(PAUSE)
    await hands.press(Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert book(window).desk.inputs.contact == ADA


async def test_enter_before_the_answer_waits_for_it(hands: Hands, stage: Stage, window: MainWindow) -> None:
    palette = await opened(hands)
    await hands.write("ada")
    await hands.press(Qt.Key.Key_Return)
    assert palette.isVisible()
    await stage.clock.advance(PAUSE)
    assert not palette.isVisible()
    assert book(window).desk.inputs.contact == ADA


async def test_a_link_is_opened_from_another_screen(hands: Hands, stage: Stage, window: MainWindow) -> None:
    window.show_screen("settings")
    await quiet()
    await opened(hands)
    await hands.write("product")
    await stage.clock.advance(PAUSE)
    await hands.press(Qt.Key.Key_Return)
    screen = book(window)
    assert screen.widget.isVisible()
    assert screen.selection.link is not None
    assert screen.selection.link.slug == DEMO


async def test_the_arrow_keys_walk_to_a_command_and_enter_runs_it(
    hands: Hands, stage: Stage, window: MainWindow
) -> None:
    await opened(hands)
    await hands.write("go to")
    await stage.clock.advance(PAUSE)
    place = titles(hands).index("Go to Settings")
    for _ in range(place):
        await hands.press(Qt.Key.Key_Down)
    await hands.press(Qt.Key.Key_Return)
    assert window.screens["settings"].widget.isVisible()


async def test_shortcuts_rest_while_it_is_open(hands: Hands, window: MainWindow) -> None:
    await opened(hands)
    await hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.screens["book"].widget.isVisible()
    await hands.press(Qt.Key.Key_Escape)
    await hands.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert not window.screens["book"].widget.isVisible()


async def test_tab_stays_inside(hands: Hands) -> None:
    palette = await opened(hands)
    for _ in range(6):
        await hands.press(Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert palette.isAncestorOf(focused)
