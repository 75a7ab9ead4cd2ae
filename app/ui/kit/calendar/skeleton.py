"""The grey shapes shown in place of slots, days and rows until the first data is there."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter

from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import Box, WeekLayout

_STARTS = ((9 * 60, 4), (13 * 60, 5))
_HALF_HOUR = 30
_GLOW = 0.25


def week_skeleton(layout: WeekLayout) -> Iterator[Box]:
    """Half-hour shapes in the morning and the afternoon of every day, a few left out as in a real week."""
    frame = layout.frame
    for number, column in enumerate(layout.columns):
        for start, count in _STARTS:
            for row in range(count):
                if (number * 3 + row * 2 + start // 60) % 7 == 0:
                    continue
                top = layout.y(start + row * _HALF_HOUR) + 1
                bottom = layout.y(start + (row + 1) * _HALF_HOUR) - 1
                left = column.x + 1 + frame.inset
                yield Box(left, top, max(column.right - frame.inset - left, 1), bottom - top)


def paint_skeleton(
    painter: QPainter, boxes: Iterable[Box], ink: Ink, *, width: int, phase: float, radius: float
) -> None:
    """Fill `boxes` with the track colour; a lighter glow passes over `width` as `phase` goes from 0 to 1."""
    rest = ink.colour("track")
    glow = ink.colour("pressed") if ink.tokens.dark else ink.blend("track", "surface", 0.45)
    centre = (1 + 2 * _GLOW) * phase - _GLOW
    gradient = QLinearGradient(QPointF((centre - _GLOW) * width, 0), QPointF((centre + _GLOW) * width, 0))
    gradient.setColorAt(0, rest)
    gradient.setColorAt(0.5, glow)
    gradient.setColorAt(1, rest)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(gradient)
    for box in boxes:
        painter.drawRoundedRect(QRectF(box.x, box.y, box.width, box.height), radius, radius)
    painter.restore()
