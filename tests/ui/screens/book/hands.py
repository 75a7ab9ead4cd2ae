"""Real keys and clicks on a shown window, through the same road as those of a person."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.screens.book.stage import quiet, until

W = TypeVar("W", bound=QWidget)
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Hands:
    """Types and clicks in one window; each step waits until the tasks it started rest."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    async def show(self, width: int = 1368, height: int = 868) -> None:
        """Show the window, active and painted."""
        self.window.resize(width, height)
        self.window.show()
        await until(lambda: self.window.windowHandle().isExposed())
        self.window.activateWindow()
        await until(self.window.isActiveWindow)
        await quiet()

    async def resize(self, width: int, height: int = 868) -> None:
        """Another size of the window."""
        self.window.resize(width, height)
        await quiet()

    def find(self, kind: type[W], name: str) -> W:
        """The widget of that object name."""
        found = self.window.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} widgets are called {name}"
        return found[0]

    def has(self, name: str) -> bool:
        """Whether a widget of that name is there and can be seen."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the keyboard"
        return focused

    def focus_name(self) -> str:
        """The object name of the focused widget, or of the nearest parent that has one."""
        widget: QWidget | None = QApplication.focusWidget()
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def _receiver(self) -> QWidget:
        """Who gets the keys. Sent to the window itself they would turn Qt's loop inside the running task."""
        return QApplication.focusWidget() or self.window

    async def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """One key press."""
        QTest.keyClick(self._receiver(), key, modifiers)
        await quiet()

    async def write(self, text: str) -> None:
        """Letters, one by one."""
        for letter in text:
            QTest.keyClicks(self._receiver(), letter)
            await quiet(3)
        await quiet()

    async def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """One click, in the middle unless a place is given."""
        assert widget.isVisible(), f"{widget.objectName()} is not shown"
        point = place if place is not None else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, PLAIN, point)
        await quiet()
