"""A rep's hands: finds widgets by name, clicks and types with real events, waits for what is to appear."""

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.calendar import WeekGrid

W = TypeVar("W", bound=QWidget)
PATIENCE_S = 20.0
LOOK_AGAIN_S = 0.01


class StepFailed(Exception):  # noqa: N818 - a failed step is what it is
    """What was waited for did not come, or the widget is not there."""


class Hands:
    """Acts on one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def find(self, kind: type[W], name: str) -> W:
        """The visible widget called `name`; raises StepFailed when there is none."""
        for widget in self._window.findChildren(kind, name):
            if widget.isVisible():
                return widget
        raise StepFailed(f"there is no visible {kind.__name__} called {name}")

    def is_there(self, name: str) -> bool:
        """Whether a visible widget has this name."""
        return any(widget.isVisible() for widget in self._window.findChildren(QWidget, name))

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition; raises StepFailed when it stays false."""
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline:
                raise StepFailed(f"waited in vain for {what}")
            await asyncio.sleep(LOOK_AGAIN_S)

    async def click(self, name: str) -> None:
        """Wait for the widget, then press it in its middle."""
        await self.until(lambda: self.is_there(name), name)
        widget = self.find(QWidget, name)
        await self.until(widget.isEnabled, f"{name} to be enabled")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    async def click_slot(self, grid: WeekGrid, key: str) -> None:
        """Press a slot of the week grid."""
        rect = grid.slot_rect(key)
        if rect is None:
            raise StepFailed(f"there is no slot {key}")
        await asyncio.sleep(0)
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())

    async def type(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        target = self._focused()
        for letter in text:
            QTest.keyClicks(target, letter)
            await asyncio.sleep(0)

    async def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key on whatever has the keyboard."""
        QTest.keyClick(self._focused(), key, modifier)
        await asyncio.sleep(0)

    async def rest(self) -> None:
        """Let Qt paint what has changed."""
        for _ in range(3):
            await asyncio.sleep(0.02)

    def point_away(self) -> None:
        """Take the pointer off the calendar, for a clean picture.

        `QTest.mouseMove` would spin a loop of its own inside a task, which loses other tasks' wake-ups.
        """
        for grid in self._window.findChildren(WeekGrid):
            QApplication.sendEvent(grid.viewport(), QEvent(QEvent.Type.Leave))

    def _focused(self) -> QWidget:
        return QApplication.focusWidget() or self._window
