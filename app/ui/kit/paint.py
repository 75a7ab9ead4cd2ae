"""Strokes the kit's widgets share: crisp rounded boxes, one line of plain text, reading direction."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QWidget

_FILTER = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


def painter_on(widget: QWidget) -> QPainter:
    """A painter on `widget` with smooth edges; end it (or let it go) before the paint event returns."""
    painter = QPainter(widget)
    painter.setRenderHints(_FILTER)
    painter.setFont(widget.font())
    return painter


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    radius: float,
    fill: str | None = None,
    edge: str | None = None,
    width: float = 1,
) -> None:
    """A rounded box inside `rect`; the edge lies wholly inside, `width` logical pixels wide."""
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        inner = rect
    else:
        painter.setPen(QPen(QColor(edge), width))
        inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(QColor(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(inner, radius, radius)


def line_of_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    colour: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """One line of plain text, vertically centred and elided to `rect`, in the painter's font."""
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def text_width(widget: QWidget, text: str) -> float:
    """Logical pixels that `text` takes in the font of `widget`."""
    return QFontMetricsF(widget.font()).horizontalAdvance(text)


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """`rect` as is, or flipped inside `widget` when it reads from right to left."""
    if widget.layoutDirection() is Qt.LayoutDirection.LeftToRight:
        return rect
    plain = QStyle.visualRect(widget.layoutDirection(), widget.rect(), rect.toAlignedRect())
    return QRectF(plain)
