"""The small marks on slots, 11 logical pixels square."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

GLYPH = 11
_STROKE = 1.4


def draw_glyph(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    """Stroke a mark."""
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, _STROKE, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def check_mark(x: float, y: float) -> QPainterPath:
    """Of a time that is among the shared ones; x and y are its top left."""
    path = QPainterPath(QPointF(x + 1.5, y + 6))
    path.lineTo(x + 4.5, y + 9)
    path.lineTo(x + 10, y + 2.5)
    return path


def warning_triangle(x: float, y: float) -> QPainterPath:
    """Of a time whose booking may fail, because a member's calendar is offline."""
    path = QPainterPath(QPointF(x + 5.5, y + 0.8))
    path.lineTo(x + 10.5, y + 9.8)
    path.lineTo(x + 0.5, y + 9.8)
    path.closeSubpath()
    path.moveTo(x + 5.5, y + 4)
    path.lineTo(x + 5.5, y + 6.2)
    path.moveTo(x + 5.5, y + 8)
    path.lineTo(x + 5.5, y + 8.05)
    return path
