"""Painting the body of a week grid: hatch, hour lines, slots, now line and rulers, only where exposed."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import NOW_DOT, Box, WeekLayout
from app.ui.kit.calendar.model import DayColumn
from app.ui.kit.calendar.rulers import RulerText
from app.ui.kit.theme import MEASURES

FOCUS_REACH = MEASURES.focus_gap + MEASURES.focus_width
RULER_PADDING = 6
_BUSY_LEFT = 7
_BUSY_CENTRE = 10
_BUSY_TEXT_HEIGHT = 16


def paint_grid(
    painter: QPainter, layout: WeekLayout, ink: Ink, exposed: QRect, days: Sequence[DayColumn]
) -> None:
    """Everything below the slots: surface, busy times, hours a day lacks, hour lines, day separators."""
    painter.fillRect(exposed, ink.colour("surface"))
    for day, column in zip(days, layout.columns, strict=True):
        if day.is_past:
            over = QRect(column.x, exposed.top(), column.width, exposed.height())
            painter.fillRect(over.intersected(exposed), ink.colour("win"))
    _paint_busy(painter, layout, ink, exposed)
    _paint_gaps(painter, layout, ink, exposed, [day.clock_change for day in days])
    right = layout.columns[-1].right
    painter.setPen(QPen(ink.colour("line2"), ink.hair))
    lines = [
        _level(layout.body_left, right, layout.y(mark.position), ink)
        for mark in layout.axis.marks()
        if exposed.top() - 1 <= layout.y(mark.position) <= exposed.bottom() + 1
    ]
    lines += [_upright(column.x, exposed.top(), exposed.bottom() + 1, ink) for column in layout.columns]
    painter.drawLines(lines)
    _paint_busy_edges(painter, layout, ink, exposed)


def paint_now(painter: QPainter, layout: WeekLayout, ink: Ink) -> None:
    """The now line across its day, with a dot at the day's left edge."""
    if layout.now is None:
        return
    column = layout.columns[layout.now.column]
    colour = ink.colour("bad")
    painter.setPen(QPen(colour, ink.hair))
    painter.drawLine(_level(column.x, column.right, layout.now.y, ink))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(QPointF(column.x + 0.5, layout.now.y + 0.5), NOW_DOT, NOW_DOT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_focus(painter: QPainter, box: Box, ink: Ink) -> None:
    """The focus ring around a slot: 2 px of accent, 2 px away from it."""
    area = QRectF(box.x, box.y, box.width, box.height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for token, away, width in (
        ("surface", MEASURES.focus_gap / 2, MEASURES.focus_gap),
        ("accent", MEASURES.focus_gap + MEASURES.focus_width / 2, MEASURES.focus_width),
    ):
        painter.setPen(QPen(ink.colour(token), width))
        radius = MEASURES.radius_small + away
        painter.drawRoundedRect(area.adjusted(-away, -away, away, away), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_rulers(
    painter: QPainter, layout: WeekLayout, ink: Ink, exposed: QRect, rulers: Iterable[RulerText]
) -> None:
    """The hours of each zone, right-aligned in its ruler, centred on their lines."""
    for number, ruler in enumerate(rulers):
        right = (number + 1) * layout.frame.ruler_width - RULER_PADDING
        for position, text, faded in ruler.hours:
            y = layout.y(position)
            if exposed.top() - ink.ruler.height <= y <= exposed.bottom() + ink.ruler.height:
                painter.setPen(ink.colour("muted" if faded or not ruler.emphasised else "text"))
                ink.ruler.write_before(painter, text, right, y)


def _paint_busy(painter: QPainter, layout: WeekLayout, ink: Ink, exposed: QRect) -> None:
    seen = [busy for busy in layout.busy if exposed.intersects(_rect(busy.box))]
    for busy in seen:
        painter.fillRect(_rect(busy.box).intersected(exposed), ink.hatch)
    painter.setPen(ink.colour("busy_text"))
    for busy in seen:
        if busy.box.height >= _BUSY_TEXT_HEIGHT:
            text = ink.code.fit(busy.label, busy.box.width - 2 * _BUSY_LEFT)
            ink.code.write(painter, text, busy.box.x + _BUSY_LEFT, busy.box.y + _BUSY_CENTRE)


def _paint_busy_edges(painter: QPainter, layout: WeekLayout, ink: Ink, exposed: QRect) -> None:
    painter.setPen(QPen(ink.colour("busy_line"), ink.hair))
    painter.drawLines(
        [
            _level(busy.box.x, busy.box.right, y, ink)
            for busy in layout.busy
            if exposed.intersects(_rect(busy.box).adjusted(0, 0, 0, 1))
            for y in (busy.box.y, busy.box.bottom)
        ]
    )


def _paint_gaps(
    painter: QPainter, layout: WeekLayout, ink: Ink, exposed: QRect, captions: list[str | None]
) -> None:
    for number, box in layout.gaps():
        area = _rect(box)
        if not exposed.intersects(area):
            continue
        painter.fillRect(area, ink.colour("sunken"))
        caption = captions[number]
        if caption:
            painter.setPen(ink.colour("muted"))
            painter.setFont(ink.code.font)
            painter.drawText(
                area.adjusted(8, 0, -8, 0), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, caption
            )


def _rect(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)


def _level(left: float, right: float, y: float, ink: Ink) -> QLineF:
    at = ink.snapped(y) + ink.hair / 2
    return QLineF(left, at, right, at)


def _upright(x: float, top: float, bottom: float, ink: Ink) -> QLineF:
    at = ink.snapped(x) + ink.hair / 2
    return QLineF(at, top, at, bottom)
