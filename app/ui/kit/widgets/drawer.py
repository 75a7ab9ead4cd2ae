"""A pane that slides over the work from the far side when the window is too narrow to keep it open."""

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.theme.motion import motion_allowed
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.overlay import Overlay

_SLIDE_MS = 140


class Drawer(Overlay):
    """Holds `content`, `width` logical pixels wide, at the far side of `host` in reading direction."""

    def __init__(self, host: QWidget, name: str, content: QWidget, *, width: int) -> None:
        self._pane = Pane("surface", lines=("left", "right"))
        self._wish = width
        super().__init__(host, self._pane, name)
        self._column = QVBoxLayout(self._pane)
        self._column.setContentsMargins(1, 0, 1, 0)
        self._column.addWidget(content)
        self._slide = QPropertyAnimation(self._pane, b"pos", self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)

    def place(self) -> None:
        super().place()
        width = min(self._wish, self.width())
        self._pane.resize(QSize(width, self.height()))
        self._pane.move(self._resting())

    def open(self, focus: QWidget | None = None) -> None:
        opening = not self.is_open
        super().open(focus)
        if opening and motion_allowed():
            self._slide.setStartValue(self._resting() + QPoint(self._outwards() * 48, 0))
            self._slide.setEndValue(self._resting())
            self._slide.start()

    def release_content(self) -> QWidget | None:
        """Give the content back, for the pane it lives in while the window is wide."""
        item = self._column.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setParent(None)
        return widget

    def hold_content(self, content: QWidget) -> None:
        self._column.addWidget(content)

    def _outwards(self) -> int:
        return 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1

    def _resting(self) -> QPoint:
        return QPoint(self.width() - self._pane.width() if self._outwards() > 0 else 0, 0)
