"""Painting the fixed header of a week grid: zone captions over the rulers, then the days."""

from PySide6.QtCore import QLineF, QRect
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.calendar.ink import Ink
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
    painter.setPen(ink.colour("text" if ruler.emphasised else "muted"))
    code.write_before(painter, ruler.code, right, _CODE_CENTRE)
    painter.setPen(ink.colour("muted"))
    ink.code.write_before(painter, ruler.caption, right, _CAPTION_CENTRE)


def _paint_day(painter: QPainter, day: DayColumn, column: Column, ink: Ink) -> None:
    left = column.x + _LEFT
    room = column.width - _LEFT - _GAP
    painter.setPen(ink.colour("muted"))
    ink.day.write(painter, ink.day.fit(day.title, room), left, _TITLE_CENTRE)
    painter.setPen(ink.colour("accent" if day.is_today else "muted" if day.is_past else "text"))
    ink.number.write(painter, day.number, left, _NUMBER_CENTRE)
    if day.clock_change:
        painter.setPen(ink.colour("warn"))
        text = ink.code.fit(day.clock_change, room - ink.number.width(day.number) - _GAP)
        ink.code.write_before(painter, text, column.right - _GAP, _NUMBER_CENTRE)


def header_tip(props: WeekProps, layout: WeekLayout, x: float) -> str:
    """What the header under x has to say in full: the clock change of the day, or ''."""
    number = layout.column_at(x)
    return "" if number is None else props.days[number].clock_change or ""
