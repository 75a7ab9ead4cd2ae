"""The top-level window: painted before anything else is loaded, and the place of everything that is."""

import base64

from PySide6.QtCore import QByteArray, QEvent, QKeyCombination, QRect, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.ui.kit.theme import MEASURES, Tokens

USUAL_SIZE = QSize(1440, 900)
SMALLEST_SIZE = QSize(480, 480)
QUIT = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Q)
APPLICATION_ICON = "slotdesk"


class WindowFrame(QWidget):
    """Shows empty panes until it is given its content, then passes on what only a top-level window hears.

    The panes wear `tokens`, so that no theme has to be applied before. `geometry` is Qt's own, in base64;
    where it makes no sense the window has its usual size. Closing asks the content first, and closes only
    after `close_for_good`; `is_unwanted` says that it was tried before there was any content.
    """

    def __init__(self, tokens: Tokens, geometry: str = "") -> None:
        super().__init__()
        self._tokens = tokens
        self._content: QWidget | None = None
        self._is_ending = False
        self.is_unwanted = False
        self.setObjectName("mainWindow")
        self.setWindowTitle("Slotdesk")
        self.setMinimumSize(SMALLEST_SIZE)
        self._restore(geometry)

    def hold(self, content: QWidget) -> None:
        """Show this in place of the empty panes."""
        self._content = content
        self.setWindowIcon(QIcon(f"icons:{APPLICATION_ICON}.svg"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(content)

    def close_for_good(self) -> None:
        """Close without asking anybody."""
        self._is_ending = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_ending:
            super().closeEvent(event)
            return
        event.ignore()
        if self._content is not None:
            self._content.close()
        else:
            self.is_unwanted = True
            self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._content is None and event.keyCombination() == QUIT:
            self.close()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self._content is not None:
            QApplication.sendEvent(self._content, QEvent(QEvent.Type.ActivationChange))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._content is not None:
            return
        tokens, painter = self._tokens, QPainter(self)
        rail = QRect(0, 0, MEASURES.rail, self.height())
        status = QRect(0, self.height() - MEASURES.status, self.width(), MEASURES.status)
        painter.fillRect(self.rect(), QColor(tokens.surface))
        for place in (rail, status):
            painter.fillRect(place, QColor(tokens.win))
        painter.fillRect(rail.right(), 0, 1, status.top(), QColor(tokens.line))
        painter.fillRect(0, status.top(), self.width(), 1, QColor(tokens.line))

    def _restore(self, geometry: str) -> None:
        try:
            kept = QByteArray(base64.b64decode(geometry, validate=True))
        except ValueError:
            kept = QByteArray()
        if not kept.isEmpty() and self.restoreGeometry(kept):
            return
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry().size() if screen is not None else USUAL_SIZE
        self.resize(USUAL_SIZE.boundedTo(room))
