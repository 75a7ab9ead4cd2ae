"""Widgets in an active window, and what they said."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Shown = TypeVar("Shown", bound=QWidget)
Show = Callable[[Shown], Shown]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[QWidget], QWidget]]:
    """Show a widget as a window of 772 x 600 pixels and let it have the keyboard."""
    kept: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        kept.append(widget)
        qtbot.addWidget(widget)
        widget.resize(772, 600)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    yield shown
    kept.clear()


class Heard(QObject):
    """Everything a calendar widget signalled, as (signal name, value)."""

    NAMES = (
        "slot_activated",
        "slot_toggled",
        "slot_hovered",
        "cell_hovered",
        "focus_changed",
        "page_requested",
        "day_activated",
        "empty_action_triggered",
    )

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.all: list[tuple[str, object]] = []
        for name in self.NAMES:
            signal = getattr(widget, name, None)
            if signal is not None:
                signal.connect(self._listener(name))

    def _listener(self, name: str) -> Callable[..., None]:
        return lambda value=None: self.all.append((name, value))

    def of(self, name: str) -> list[object]:
        """The values of one signal, in order."""
        return [value for heard, value in self.all if heard == name]
