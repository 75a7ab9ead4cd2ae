"""The picture of a week grid: layout, ink and stamps for some props, painted rectangle by rectangle."""

import math
from collections.abc import Iterable, Iterator
from typing import cast

from PySide6.QtCore import QLocale, QPoint, QRect
from PySide6.QtGui import QPainter, QRegion

from app.ui.kit.calendar.display import SlotDisplay
from app.ui.kit.calendar.faces import Stamps
from app.ui.kit.calendar.header import paint_header
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import Box, Frame, PlacedSlot, WeekLayout, build_layout
from app.ui.kit.calendar.model import WeekProps
from app.ui.kit.calendar.painting import (
    RULER_PADDING,
    paint_focus,
    paint_grid,
    paint_now,
    paint_rulers,
)
from app.ui.kit.calendar.patch import patched
from app.ui.kit.calendar.rulers import RulerText, ruler_texts, usual_day
from app.ui.kit.calendar.skeleton import paint_skeleton, week_skeleton
from app.ui.kit.theme import MEASURES, Tokens

HEADER = MEASURES.day_header
_LANE_PADDING = 6


class WeekCanvas:
    """Knows where everything is and paints it; `offset` is how far the body is scrolled, in pixels."""

    def __init__(self, props: WeekProps, tokens: Tokens, ratio: float) -> None:
        self.props = props
        self.ink = Ink(tokens, ratio)
        self._stamps = Stamps(self.ink)
        self._width = 0
        self._day = 0
        self._rulers: tuple[RulerText, ...] = ()
        self._by_key: dict[str, PlacedSlot] = {}
        self.offset = 0
        self.layout = self._laid_out()

    @property
    def is_skeleton(self) -> bool:
        return self.props.loading and not self.props.slots

    @property
    def by_key(self) -> dict[str, PlacedSlot]:
        """The first part of every slot."""
        return self._by_key

    def set_ink(self, tokens: Tokens, ratio: float) -> None:
        """Use other colours or another pixel density."""
        if tokens is not self.ink.tokens or ratio != self.ink.ratio:
            self.refresh_ink(tokens, ratio)

    def refresh_ink(self, tokens: Tokens, ratio: float) -> None:
        """Forget all colours, fonts and stamps."""
        self.ink = Ink(tokens, ratio)
        self._stamps = Stamps(self.ink)
        self.layout = self._laid_out()

    def set_width(self, width: int) -> None:
        self._width = width
        self.layout = self._laid_out()

    def set_props(self, props: WeekProps) -> tuple[Box, ...] | None:
        """Take new props; the boxes that look different, or None for everything."""
        patch = patched(self.layout, self.props, props)
        self.props = props
        if patch is None:
            self.layout = self._laid_out()
            return None
        self.layout, changed = patch
        if changed:
            self._display.take(self.layout)
            self._index()
        return changed

    def set_ruler_day(self, number: int) -> bool:
        """Which day the other zones' rulers are true for; True when their texts change."""
        if number == self._day:
            return False
        texts = self._ruler_texts(number)
        changed = texts != self._rulers
        self._day, self._rulers = number, texts
        return changed

    def body_point(self, point: QPoint) -> tuple[int, int]:
        """A viewport point in layout coordinates."""
        return point.x(), point.y() - HEADER + self.offset

    def view_rect(self, box: Box, reach: int = 0) -> QRect:
        """A layout box in viewport coordinates, `reach` pixels larger on all sides."""
        return QRect(box.x, box.y + HEADER - self.offset, box.width, box.height).adjusted(
            -reach, -reach, reach, reach
        )

    def paint(
        self,
        painter: QPainter,
        exposed: QRegion,
        size: QRect,
        *,
        hovered: str | None,
        focused: str | None,
        hovered_day: int | None,
        phase: float,
    ) -> None:
        """Paint what is exposed of the viewport; `phase` (0 to 1) moves the glow of the skeleton."""
        for rect in _rects(exposed):
            body = rect.intersected(QRect(0, HEADER, size.width(), size.height()))
            if not body.isEmpty():
                painter.save()
                painter.setClipRect(body)
                painter.translate(0, HEADER - self.offset)
                self._paint_body(painter, body.translated(0, self.offset - HEADER), hovered, focused, phase)
                painter.restore()
            if rect.top() < HEADER:
                painter.save()
                painter.setClipRect(rect.intersected(QRect(0, 0, size.width(), HEADER)))
                paint_header(painter, self.layout, self.props, self.ink, hovered_day)
                painter.restore()

    def _paint_body(
        self, painter: QPainter, exposed: QRect, hovered: str | None, focused: str | None, phase: float
    ) -> None:
        layout, ink = self.layout, self.ink
        paint_grid(painter, layout, ink, exposed, self.props.days)
        if self.is_skeleton:
            paint_skeleton(
                painter,
                week_skeleton(layout),
                ink,
                width=self._width,
                phase=phase,
                radius=MEASURES.radius_small,
            )
        else:
            self._display.paint(painter, exposed, hovered)
        paint_now(painter, layout, ink)
        if focused is not None and focused in self._by_key:
            paint_focus(painter, self._by_key[focused].box, ink)
        if exposed.left() < layout.body_left:
            paint_rulers(painter, layout, ink, exposed, self._rulers)

    def _laid_out(self) -> WeekLayout:
        frame = Frame(
            width=self._width,
            ruler_width=self._ruler_width(),
            inset=MEASURES.slot_inset,
            gap=MEASURES.slot_gap,
            lane_width=self._lane_width(),
        )
        self.layout = build_layout(self.props, frame)
        self._day = usual_day(self.layout.axis)
        self._display = SlotDisplay(self.layout, self._stamps, stale=self.props.stale)
        self._rulers = self._ruler_texts(self._day)
        self._index()
        return self.layout

    def _index(self) -> None:
        self._by_key = {}
        for placed in self.layout.placed:
            self._by_key.setdefault(placed.slot.key, placed)

    def _ruler_texts(self, day: int) -> tuple[RulerText, ...]:
        words = QLocale()
        return ruler_texts(
            self.layout.axis,
            self.props.rulers,
            day=day,
            twelve_hour=self.props.twelve_hour,
            am=words.amText(),
            pm=words.pmText(),
        )

    def _lane_width(self) -> int:
        """Wide enough for the longest time on a slot."""
        labels = {slot.label for slot in self.props.slots}
        return math.ceil(max((self.ink.label.width(label) for label in labels), default=0)) + _LANE_PADDING

    def _ruler_width(self) -> int:
        """Wide enough for the longest hour text and caption; the usual width on a 24 hour clock."""
        widest = [self.ink.ruler.width("00:00")]
        if self.props.twelve_hour:
            widest.append(self.ink.ruler.width("12:30 " + QLocale().pmText()))
        for ruler in self.props.rulers:
            widest += [self.ink.code_strong.width(ruler.code), self.ink.code.width(ruler.caption)]
        return max(MEASURES.ruler, round(max(widest)) + 2 * RULER_PADDING)


def _rects(region: QRegion) -> Iterator[QRect]:
    """The rectangles of a region (Python can walk over one, but the type stubs do not say so)."""
    yield from cast("Iterable[QRect]", region)
