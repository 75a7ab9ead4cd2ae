"""Watching for painted frames, the same way in every process that is compared."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 1_000_000
_DONE = QEvent.Type(QEvent.registerEventType())


class PaintWatch(QObject):
    """Calls `painted` once, when the first Paint event of the widget has been handled, its children's too.

    Handled means: Qt's posted events are reached again, before any timer or task of the program.
    """

    def __init__(self, widget: QWidget, painted: "Callable[[], None]") -> None:
        super().__init__()
        self._widget = widget
        self._painted = painted
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(_DONE), AT_ONCE)
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == _DONE:
            self._painted()
            return True
        return super().event(event)


def paint_now() -> None:
    """Let Qt paint everything that waits for it."""
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)
