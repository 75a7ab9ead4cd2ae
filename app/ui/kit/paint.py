"""Strokes the kit's widgets share: crisp rounded boxes, one line of plain text, reading direction."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

_FILTER = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


def painter_on(widget: QWidget) -> QPainter:
    """A painter on `widget` with smooth edges; end it (or let it go) before the paint event returns."""
    painter = QPainter(widget)
    painter.setRenderHints(_FILTER)
    painter.setFont(widget.font())
    painter.setLayoutDirection(widget.layoutDirection())
    return painter


def leading(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    """The side where lines begin, as an absolute alignment: left, or right in right-to-left layouts."""
    rtl = direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


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
    align: Qt.AlignmentFlag | None = None,
) -> None:
    """One line of plain text, vertically centred and elided to `rect`, in the painter's font.

    It stands at the leading side of the painter's layout direction, unless `align` says otherwise; the words
    themselves run as their language does.
    """
    direction = painter.layoutDirection()
    place = leading(direction) if align is None else align
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(place | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
    painter.setLayoutDirection(direction)


def text_width(widget: QWidget, text: str) -> float:
    """Logical pixels that `text` takes in the font of `widget`."""
    return QFontMetricsF(widget.font()).horizontalAdvance(text)


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """`rect` as is, or flipped inside `widget` when it reads from right to left."""
    return mirrored_in(widget.layoutDirection(), QRectF(widget.rect()), rect)


def mirrored_in(direction: Qt.LayoutDirection, frame: QRectF, rect: QRectF) -> QRectF:
    """`rect` as is, or flipped inside `frame` for a right-to-left `direction`; for delegates."""
    if direction is not Qt.LayoutDirection.RightToLeft:
        return rect
    flipped = QRectF(rect)
    flipped.moveLeft(frame.left() + frame.right() - rect.right())
    return flipped
