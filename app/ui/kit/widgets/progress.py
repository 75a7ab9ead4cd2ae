"""Signs that something is under way: a turning arc and a thin bar."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.intact import intact
from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import tokens_of
from app.ui.kit.theme.motion import motion_allowed

_TICK_MS = 40


class Turning(QObject):
    """Repaints `widget` 25 times a second while it runs and is seen; still with reduced motion."""

    _timer: QTimer | None = None

    def __init__(self, widget: QWidget, *, period_ms: int = 900) -> None:
        super().__init__(widget)
        self._widget = widget
        self._steps = max(1, period_ms // _TICK_MS)
        self._step = 0
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        widget.installEventFilter(self)

    @property
    def phase(self) -> float:
        """How far through one turn, 0 to 1."""
        return self._step / self._steps

    @property
    def is_moving(self) -> bool:
        return self._timer is not None and self._timer.isActive()

    def set_running(self, running: bool) -> None:
        self._running = running
        self._settle()
        self._widget.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if intact(self, self._timer) and isinstance(event, QShowEvent | QHideEvent):
            self._settle()
        return False

    def _settle(self) -> None:
        if self._timer is None:
            return
        if self._running and self._widget.isVisible() and motion_allowed():
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _on_tick(self) -> None:
        self._step = (self._step + 1) % self._steps
        self._widget.update()


def paint_arc(painter: QPainter, rect: QRectF, colour: str, phase: float) -> None:
    """A three-quarter circle turned by `phase` (0 to 1) inside `rect`."""
    pen = QPen(QColor(colour), 1.75)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inner = rect.adjusted(1.5, 1.5, -1.5, -1.5)
    painter.drawArc(inner, int((90 - 360 * phase) * 16), -270 * 16)


class Spinner(QWidget):
    """A small turning arc for a place where a result is awaited."""

    def __init__(
        self, name: str, *, size: int = 15, tone: str = "muted", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._turning = Turning(self)
        self._turning.set_running(True)
        self.setFixedSize(size, size)
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on(self)
        paint_arc(painter, QRectF(self.rect()), tokens_of(self).colour(self._tone), self._turning.phase)


class ThinProgress(QWidget):
    """A 2 px bar: `set_value(0..1)`, or `set_busy(True)` for work of unknown length; empty otherwise.

    It keeps its place when idle, so nothing below jumps.
    """

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._busy = False
        self._turning = Turning(self, period_ms=1400)
        self.setFixedHeight(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_value(self, value: float | None) -> None:
        """A share of 0 to 1 that is done, or None for idle."""
        self._value = None if value is None else min(1.0, max(0.0, value))
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._turning.set_running(busy)

    @property
    def is_busy(self) -> bool:
        return self._busy

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on(self)
        tokens = tokens_of(self)
        whole = QRectF(self.rect())
        if self._busy:
            box(painter, whole, radius=0, fill=tokens.accent_line)
            width = whole.width() * 0.3
            left = (whole.width() + width) * self._turning.phase - width
            if not self._turning.is_moving:
                left, width = 0.0, whole.width()
            box(painter, QRectF(left, 0, width, 2), radius=1, fill=tokens.accent)
        elif self._value is not None:
            box(painter, whole, radius=0, fill=tokens.line)
            box(painter, QRectF(0, 0, whole.width() * self._value, 2), radius=1, fill=tokens.accent)
