"""Painting the fixed header of a week grid: zone captions over the rulers, then the days."""

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.ui.kit.calendar.ink import Ink, baseline
from app.ui.kit.calendar.layout import Column, WeekLayout
from app.ui.kit.calendar.model import DayColumn, Ruler, WeekProps
from app.ui.kit.calendar.painting import RULER_PADDING
from app.ui.kit.theme import MEASURES

_TITLE_CENTRE = 17
_NUMBER_CENTRE = 36.5
_CODE_CENTRE = 16.5
_CAPTION_CENTRE = 30.5
_LEFT = 11
_GAP = 8


def paint_header(
    painter: QPainter, layout: WeekLayout, props: WeekProps, ink: Ink, hovered: int | None
) -> None:
    """Paint the header at the top of the viewport; `hovered` is the number of the day under the mouse."""
    height = MEASURES.day_header
    right = layout.columns[-1].right
    painter.fillRect(QRect(0, 0, right, height), ink.colour("surface"))
    if hovered is not None and len(layout.columns) > 1:
        column = layout.columns[hovered]
        painter.fillRect(QRect(column.x, 0, column.width, height), ink.colour("hover"))
    for number, ruler in enumerate(props.rulers):
        _paint_ruler(painter, ruler, (number + 1) * layout.frame.ruler_width - RULER_PADDING, ink)
    for day, column in zip(props.days, layout.columns, strict=True):
        _paint_day(painter, day, column, ink)
    half = ink.hair / 2
    painter.setPen(QPen(ink.colour("line2"), ink.hair))
    painter.drawLines([QLineF(c.x + half, 0, c.x + half, height) for c in layout.columns])
    _paint_bottom(painter, ink, right)


def paint_header_end(painter: QPainter, ink: Ink, width: int) -> None:
    """The background and bottom line of the header where there are no days."""
    painter.fillRect(QRect(0, 0, width, MEASURES.day_header), ink.colour("surface"))
    _paint_bottom(painter, ink, width)


def _paint_bottom(painter: QPainter, ink: Ink, width: int) -> None:
    bottom = ink.snapped(MEASURES.day_header) - ink.hair / 2
    painter.setPen(QPen(ink.colour("line"), ink.hair))
    painter.drawLine(QLineF(0, bottom, width, bottom))


def _paint_ruler(painter: QPainter, ruler: Ruler, right: float, ink: Ink) -> None:
    code = ink.code_strong if ruler.emphasised else ink.code
    _text(painter, code, ruler.code, right, _CODE_CENTRE, ink, "text" if ruler.emphasised else "muted")
    _text(painter, ink.code, ruler.caption, right, _CAPTION_CENTRE, ink, "muted")


def _paint_day(painter: QPainter, day: DayColumn, column: Column, ink: Ink) -> None:
    left = column.x + _LEFT
    room: float = column.width - _LEFT - _GAP
    day_metrics = QFontMetricsF(ink.day)
    painter.setFont(ink.day)
    painter.setPen(ink.colour("muted"))
    title = day_metrics.elidedText(day.title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QPointF(left, baseline(ink.day, _TITLE_CENTRE)), title)
    painter.setFont(ink.number)
    painter.setPen(ink.colour("accent" if day.is_today else "text"))
    painter.drawText(QPointF(left, baseline(ink.number, _NUMBER_CENTRE)), day.number)
    if day.clock_change:
        room -= QFontMetricsF(ink.number).horizontalAdvance(day.number) + _GAP
        metrics = QFontMetricsF(ink.code)
        text = metrics.elidedText(day.clock_change, Qt.TextElideMode.ElideRight, room)
        _text(painter, ink.code, text, column.right - _GAP, _NUMBER_CENTRE, ink, "warn")


def _text(
    painter: QPainter, face: QFont, text: str, right: float, centre: float, ink: Ink, token: str
) -> None:
    """Write `text` so that it ends at `right`."""
    painter.setFont(face)
    painter.setPen(ink.colour(token))
    left = right - QFontMetricsF(face).horizontalAdvance(text)
    painter.drawText(QPointF(left, baseline(face, centre)), text)


def header_tip(props: WeekProps, layout: WeekLayout, x: float) -> str:
    """What the header under x has to say in full: the clock change of the day, or ''."""
    number = layout.column_at(x)
    return "" if number is None else props.days[number].clock_change or ""
