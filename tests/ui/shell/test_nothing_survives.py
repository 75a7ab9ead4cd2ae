"""What is opened and closed again leaves nothing behind: no widget, no timer, no Qt object."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.ui.kit.asking import Question, ask
from app.ui.kit.widgets.zone_picker import ZonePicker
from app.ui.screens.book.links.tags_popup import TagsPopup
from app.ui.screens.book.screen import BookScreen
from app.ui.screens.book.view import BookView
from app.ui.shell.crash import CrashDialog
from app.ui.shell.palette import Palette
from app.ui.shell.shortcut_sheet import ShortcutSheet
from app.ui.shell.window import MainWindow
from tests.guards.figures import Count, Report
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet, until
from tests.ui.shell.survivors import take_census

pytestmark = [
    pytest.mark.qt_loop,
    pytest.mark.bar,
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
]
QUESTION = Question("Discard the draft?", "What you typed is lost.", "Discard", "Keep", danger=True)
Round = Callable[[Hands, MainWindow], Awaitable[None]]


async def palette(hands: Hands, window: MainWindow) -> None:
    window.registry.run("shell.palette")
    await hands.write("o")
    await hands.press(Qt.Key.Key_Escape)
    assert not hands.find(Palette, "palette").isVisible()


async def shortcut_sheet(hands: Hands, window: MainWindow) -> None:
    window.registry.run("shell.keys")
    assert hands.find(ShortcutSheet, "shortcutSheet").isVisible()
    await hands.press(Qt.Key.Key_Escape)
    assert not hands.find(ShortcutSheet, "shortcutSheet").isVisible()


async def zone_picker(hands: Hands, window: MainWindow) -> None:
    window.registry.run("book.zones")
    hands.find(ZonePicker, "zonePicker").close()
    await quiet(5)


async def question(hands: Hands, window: MainWindow) -> None:
    asked = asyncio.ensure_future(ask(window, QUESTION))
    await until(lambda: hands.has("ask.cancel"))
    await hands.click(hands.find(QAbstractButton, "ask.cancel"))
    assert await asked is False


async def tags(hands: Hands, window: MainWindow) -> None:
    popup = TagsPopup(window, ("urgent",), lambda _tags: None)
    popup.open_at(QPoint(40, 40))
    await quiet(5)
    popup.close()
    await quiet(5)


async def crash(hands: Hands, window: MainWindow) -> None:
    window.show_crash(RuntimeError("of its own"))
    hands.find(CrashDialog, "crashDialog").accept()
    await quiet(5)


async def drawer(hands: Hands, window: MainWindow) -> None:
    screen = window.screens["book"]
    assert isinstance(screen, BookScreen)
    screen.selection.open_desk()
    await quiet(5)
    view = screen.widget
    assert isinstance(view, BookView)
    view.put_away()
    await quiet(5)


@pytest.mark.parametrize("opened", [palette, shortcut_sheet, zone_picker, question, tags, crash, drawer])
async def test_nothing_survives_closing(
    window: MainWindow, hands: Hands, opened: Round, count: Count, figure: Report
) -> None:
    if opened is drawer:
        await hands.resize(900)
    for _ in range(3):
        await opened(hands, window)
    before, times = take_census(window), count(20, 1_000)
    for _ in range(times):
        await opened(hands, window)
    after = take_census(window)
    figure(f"Qt objects that survive {times} times {opened.__name__}", after.held - before.held, 0)
    assert after == before
    assert QApplication.activePopupWidget() is None
    assert not [each for each in window.findChildren(QWidget) if each.isWindow() and each.isVisible()]
