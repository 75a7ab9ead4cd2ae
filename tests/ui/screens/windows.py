"""Fixtures and steps of tests that show a screen: an active window, clicks by object name."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.clock import settle

W = TypeVar("W", bound=QObject)
Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show a screen's widget as the active window, until the end of the test."""
    windows: list[QWidget] = []

    def open_window(widget: QWidget, *, width: int = 1280, height: int = 840) -> QWidget:
        qtbot.addWidget(widget)
        windows.append(widget)
        widget.resize(width, height)
        widget.show()
        assert QTest.qWaitForWindowExposed(widget)
        widget.activateWindow()
        assert QTest.qWaitForWindowActive(widget)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is widget.focusWidget())
        return widget

    yield open_window
    windows.clear()


def find(root: QWidget, kind: type[W], name: str) -> W:
    """The child of that object name."""
    found = root.findChild(kind, name)
    assert found is not None, f"no {kind.__name__} called {name}"
    return found


async def turn() -> None:
    """Let the work go on, show what was added, and drop the widgets that were given up."""
    await settle()
    QApplication.sendPostedEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


async def click(root: QWidget, name: str) -> None:
    """Press a button by its object name, with the mouse, and let the work go on."""
    button = find(root, QAbstractButton, name)
    assert button.isVisible(), f"{name} is hidden"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await turn()


async def type_into(root: QWidget, name: str, text: str) -> None:
    """Type into a line edit by its object name."""
    edit = find(root, QLineEdit, name)
    edit.setFocus()
    QTest.keyClicks(edit, text)
    await turn()


async def press_key(key: Qt.Key) -> None:
    """Press a key wherever the focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None, "nothing has the focus"
    QTest.keyClick(focused, key)
    await turn()


def focus_name() -> str:
    """The object name of what has the focus."""
    focused = QApplication.focusWidget()
    return focused.objectName() if focused is not None else ""


async def until(condition: Callable[[], object]) -> None:
    """Let Qt and the loop turn until the condition holds."""
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0)
            QTest.qWait(1)


def unnamed_controls(root: QWidget) -> list[str]:
    """Visible controls that Tab reaches and that have no accessible name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
    ]


def clipped(root: QWidget) -> list[str]:
    """Visible children that stick out of their parents at the right."""
    return [
        f"{type(widget).__name__} {widget.objectName()} {widget.accessibleName()}"
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and (parent := widget.parentWidget()) is not None
        and not widget.isWindow()
        and widget.geometry().right() > parent.rect().right()
    ]


def tab_stops(root: QWidget) -> list[QWidget]:
    """The visible controls below `root` in the order of Tab."""
    stops: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        if (
            root.isAncestorOf(widget)
            and widget.isVisibleTo(root)
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            stops.append(widget)
        widget = widget.nextInFocusChain()
    return stops


def out_of_order(root: QWidget, *, line: int = 14) -> list[str]:
    """Controls that Tab reaches before one that stands above them, or left of them on the same line."""
    places = [(stop, stop.mapTo(root, QPoint(0, stop.height() // 2))) for stop in tab_stops(root)]
    wrong = []
    for (_, before), (stop, after) in pairwise(places):
        same_line = abs(after.y() - before.y()) <= line
        if (same_line and after.x() <= before.x()) or after.y() < before.y() - line:
            wrong.append(f"{type(stop).__name__} {stop.objectName()} {stop.accessibleName()}")
    return wrong
