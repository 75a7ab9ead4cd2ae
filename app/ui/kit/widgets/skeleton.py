"""Grey shapes where content will be: what a first load shows instead of a spinner."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.paint import painter_on
from app.ui.kit.theme import MEASURES, Tokens, tokens_of
from app.ui.kit.widgets.progress import Turning


def paint_shimmer(
    painter: QPainter, rect: QRectF, tokens: Tokens, *, phase: float, radius: float = 5
) -> None:
    """One grey shape; `phase` (0 to 1) moves a lighter band through it. A constant phase is a still shape."""
    reach = rect.width() + 160
    left = rect.left() - 160 + reach * phase * 1.4
    gradient = QLinearGradient(left, 0, left + 160, 0)
    gradient.setColorAt(0, QColor(tokens.track))
    gradient.setColorAt(0.5, QColor(tokens.hover if tokens.dark else tokens.sunken))
    gradient.setColorAt(1, QColor(tokens.track))
    painter.setPen(QColor(tokens.track))
    painter.setBrush(gradient)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Skeleton(QWidget):
    """One shape, `width` x `height` logical pixels; `width` 0 fills the room there is."""

    def __init__(
        self,
        *,
        width: int = 0,
        height: int = 12,
        radius: float = MEASURES.radius_small,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._radius = radius
        self._turning = Turning(self, period_ms=1600)
        self._turning.set_running(True)
        self.setFixedHeight(height)
        if width:
            self.setFixedWidth(width)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        phase = self._turning.phase if self._turning.is_moving else 0.0
        paint_shimmer(
            painter_on(self), QRectF(self.rect()), tokens_of(self), phase=phase, radius=self._radius
        )


class SkeletonRows(QWidget):
    """Rows of a list that is still loading: a tile and two lines each."""

    def __init__(self, name: str, *, rows: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._turning = Turning(self, period_ms=1600)
        self._turning.set_running(True)
        self.setAccessibleName(name)
        self.setMinimumHeight(rows * 51)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        phase = self._turning.phase if self._turning.is_moving else 0.0
        for row in range(self._rows):
            top = row * 51.0 + 10
            room = self.width() - 24 - 44
            shapes = (
                QRectF(12, top, 28, 28),
                QRectF(52, top + 2, room * (0.62 - 0.07 * (row % 3)), 10),
                QRectF(52, top + 18, room * (0.84 - 0.09 * (row % 2)), 8),
            )
            for shape in shapes:
                paint_shimmer(painter, shape, tokens, phase=phase, radius=min(6.0, shape.height() / 2))
