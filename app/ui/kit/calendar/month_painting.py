"""Painting a month: weekday names, day numbers, free counts and heat strips, only where exposed."""

from datetime import date

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import Box
from app.ui.kit.calendar.model import MonthDay, MonthProps
from app.ui.kit.calendar.month_layout import HEADER, MARGIN, MonthLayout, bar_of
from app.ui.kit.calendar.skeleton import paint_skeleton
from app.ui.kit.theme import MEASURES

_NUMBER_CENTRE = 18
_GAP = 8
_WEAKEST = 0.35
_HEAT_STEPS = ((0.25, _WEAKEST), (0.5, 0.5), (0.75, 0.75))


class MonthPainter:
    """Paints one month; `hovered` and `focused` are dates, `phase` (0 to 1) moves the skeleton's glow."""

    def __init__(self, props: MonthProps, layout: MonthLayout, ink: Ink) -> None:
        self.props = props
        self.layout = layout
        self.ink = ink

    def paint(
        self, painter: QPainter, exposed: QRect, *, hovered: date | None, focused: date | None, phase: float
    ) -> None:
        """Paint what is exposed."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(exposed, self.ink.colour("surface"))
        self._paint_names(painter)
        touched = [day for day in self.props.days if exposed.intersects(rect_of(self.layout.boxes[day.date]))]
        for day in touched:
            self._paint_back(painter, day, hovered)
        self._paint_lines(painter)
        bare = self.props.loading and not any(day.free_label for day in self.props.days)
        for day in touched:
            self._paint_day(painter, day)
            if not bare:
                self._paint_bar(painter, day)
        if bare:
            bars = [bar_of(self.layout.boxes[day.date]) for day in touched]
            width = self.layout.columns[-1]
            paint_skeleton(painter, bars, self.ink, width=width, phase=phase, radius=bars[0].height / 2)
        for day in touched:
            if day.date == self.props.selected:
                self._frame(painter, self.layout.boxes[day.date], 0)
            if day.date == focused:
                away = MEASURES.focus_gap + MEASURES.focus_width
                self._frame(painter, self.layout.boxes[day.date], away)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setPen(self.ink.colour("muted"))
        for name, left, right in zip(
            self.props.weekdays, self.layout.columns[:-1], self.layout.columns[1:], strict=True
        ):
            text = self.ink.day.fit(name, right - left - 2 * MARGIN)
            self.ink.day.write(painter, text, left + MARGIN, HEADER / 2 + 0.5)

    def _paint_back(self, painter: QPainter, day: MonthDay, hovered: date | None) -> None:
        if day.date == self.props.selected:
            painter.fillRect(rect_of(self.layout.boxes[day.date]), self.ink.colour("accent_soft"))
        elif day.date == hovered:
            painter.fillRect(rect_of(self.layout.boxes[day.date]), self.ink.colour("sunken"))

    def _paint_lines(self, painter: QPainter) -> None:
        ink, columns, rows = self.ink, self.layout.columns, self.layout.rows
        half = ink.hair / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(ink.colour("line2"), ink.hair))
        lines = [QLineF(columns[0], y - half, columns[-1], y - half) for y in map(ink.snapped, rows[1:-1])]
        lines += [QLineF(x - half, rows[0], x - half, rows[-1]) for x in map(ink.snapped, columns[1:-1])]
        painter.drawLines(lines)
        painter.setPen(QPen(ink.colour("line"), ink.hair))
        top = ink.snapped(HEADER) - half
        painter.drawLine(QLineF(columns[0], top, columns[-1], top))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_day(self, painter: QPainter, day: MonthDay) -> None:
        ink, box = self.ink, self.layout.boxes[day.date]
        centre = box.y + _NUMBER_CENTRE
        lettering = ink.date if day.in_month and day.bookable else ink.date_quiet
        painter.setPen(ink.colour(self._number_token(day)))
        lettering.write(painter, day.number, box.x + MARGIN, centre)
        room = box.width - 2 * MARGIN - lettering.width(day.number) - _GAP
        if day.free_label and room > 0:
            painter.setPen(ink.colour("muted"))
            text = ink.code.fit(day.free_label, room)
            ink.code.write_before(painter, text, box.right - MARGIN + 1, centre)

    def _number_token(self, day: MonthDay) -> str:
        if day.is_today:
            return "accent"
        if not day.in_month:
            return "muted" if day.bookable and day.free_label else "faint"
        is_dim = day.is_past or day.weekend
        return "muted" if is_dim and not day.free_label else "text"

    def _paint_bar(self, painter: QPainter, day: MonthDay) -> None:
        bar = bar_of(self.layout.boxes[day.date])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.ink.colour("track"))
        radius = bar.height / 2
        painter.drawRoundedRect(_exact(bar), radius, radius)
        if day.heat > 0:
            length = max(bar.width * min(day.heat, 1), bar.height)
            token = "muted" if self.props.stale else "accent"
            painter.setBrush(self.ink.blend(token, "surface", _strength(day.heat)))
            painter.drawRoundedRect(QRectF(bar.x, bar.y, length, bar.height), radius, radius)

    def _frame(self, painter: QPainter, box: Box, inset: float) -> None:
        width = MEASURES.focus_width
        away = inset + width / 2
        painter.setPen(QPen(self.ink.colour("accent"), width, j=Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(_exact(box).adjusted(away, away, -away - self.ink.hair, -away - self.ink.hair))


def rect_of(box: Box) -> QRect:
    """The box as Qt knows it."""
    return QRect(box.x, box.y, box.width, box.height)


def _exact(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _strength(heat: float) -> float:
    """How much of the accent a bar carries: few free times are pale, many are full."""
    return next((share for limit, share in _HEAT_STEPS if heat < limit), 1.0)
