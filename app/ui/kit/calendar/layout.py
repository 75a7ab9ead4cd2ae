"""Where everything in a week grid is: pure geometry from props and a width to boxes in logical pixels.

Coordinates are those of the body: x from the left edge of the rulers, y from the top of the day, unscrolled.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from app.ui.kit.calendar.axis import Axis, build_axis
from app.ui.kit.calendar.lanes import Span, seats
from app.ui.kit.calendar.model import BusyBlock, GridSlot, WeekProps

RASTER = timedelta(minutes=5)
NOW_DOT = 4


class Box(NamedTuple):
    """A rectangle in whole logical pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The measures a layout starts from, in logical pixels."""

    width: int
    ruler_width: int = 46
    padding: int = 10
    inset: int = 5
    gap: int = 2
    lane_width: int = 36


@dataclass(frozen=True, slots=True)
class Column:
    """A day's column: its left edge, where the separator runs, and its width."""

    x: int
    width: int

    @property
    def right(self) -> int:
        return self.x + self.width


class PlacedSlot(NamedTuple):
    """A slot in a day's column; `continues` marks the part after midnight of a slot begun the day before."""

    slot: GridSlot
    column: int
    box: Box
    continues: bool


class PlacedBusy(NamedTuple):
    """A hatched stretch of one column."""

    box: Box
    label: str


@dataclass(frozen=True, slots=True)
class NowMark:
    """The now line: in which column, at which y."""

    column: int
    y: int


@dataclass(frozen=True, slots=True)
class WeekLayout:
    """A finished layout; `columns`, `placed` and `busy` are in order of days and times."""

    frame: Frame
    axis: Axis
    scale: float
    columns: tuple[Column, ...]
    placed: tuple[PlacedSlot, ...]
    busy: tuple[PlacedBusy, ...]
    now: NowMark | None
    height: int
    body_left: int

    def y(self, position: float) -> int:
        """The pixel of an axis position in minutes."""
        return round(self.frame.padding + position * self.scale)

    def column_at(self, x: float) -> int | None:
        """The number of the day's column under x."""
        for number, column in enumerate(self.columns):
            if column.x <= x < column.right:
                return number
        return None

    def slot_at(self, x: float, y: float) -> PlacedSlot | None:
        """The slot under a point."""
        return next((placed for placed in self.placed if placed.box.contains(x, y)), None)

    def instant_at(self, x: float, y: float) -> datetime | None:
        """The UTC instant under a point, rounded down to five minutes; None where there is no time."""
        number = self.column_at(x)
        if number is None:
            return None
        found = self.axis.days[number].instant((y - self.frame.padding) / self.scale)
        if found is None:
            return None
        return found - (found - datetime.min.replace(tzinfo=UTC)) % RASTER

    def now_box(self) -> Box | None:
        """What the now line and its dot cover."""
        if self.now is None:
            return None
        column = self.columns[self.now.column]
        return Box(column.x - NOW_DOT, self.now.y - NOW_DOT, column.width + NOW_DOT, 2 * NOW_DOT + 1)

    def with_now(self, now: datetime | None) -> "WeekLayout":
        """The same layout at another moment."""
        return replace(self, now=_now(self, now))

    def y_of(self, instant: datetime) -> int | None:
        """The y of an instant of one of the days."""
        number = _day_of(self.axis, instant)
        return None if number is None else self.y(self.axis.days[number].position(instant))

    def gaps(self) -> Iterator[tuple[int, Box]]:
        """Column numbers and boxes of the hours a day does not have."""
        for number, (day, column) in enumerate(zip(self.axis.days, self.columns, strict=True)):
            for low, high in day.gaps():
                top = self.y(low)
                yield number, Box(column.x, top, column.width, self.y(high) - top)


def build_layout(props: WeekProps, frame: Frame) -> WeekLayout:
    """Lay out a week; at least one day and one ruler are expected, ValueError otherwise."""
    if not props.days or not props.rulers:
        raise ValueError("a week grid needs a day and a ruler")
    axis = build_axis((day.date for day in props.days), props.rulers[0].zone)
    scale = props.hour_height / 60
    left = frame.ruler_width * len(props.rulers)
    columns = _columns(left, max(frame.width, left + len(props.days)), len(props.days))
    layout = WeekLayout(
        frame=frame,
        axis=axis,
        scale=scale,
        columns=columns,
        placed=(),
        busy=(),
        now=None,
        height=round(2 * frame.padding + axis.length * scale),
        body_left=left,
    )
    placed, busy = tuple(_place_slots(layout, props.slots)), tuple(_place_busy(layout, props.busy))
    return replace(layout, placed=placed, busy=busy).with_now(props.now)


def _columns(left: int, right: int, count: int) -> tuple[Column, ...]:
    edges = [left + round(number * (right - left) / count) for number in range(count + 1)]
    return tuple(Column(low, high - low) for low, high in pairwise(edges))


class _Part(NamedTuple):
    """What one column shows of a slot; the order is that of drawing."""

    column: int
    span: Span
    key: str
    slot: GridSlot


def _place_slots(layout: WeekLayout, slots: Sequence[GridSlot]) -> Iterator[PlacedSlot]:
    parts = [
        _Part(number, Span(top, bottom), slot.key, slot)
        for slot in slots
        for number, top, bottom in _stretches(layout.axis, slot.start, slot.end)
    ]
    parts.sort(key=itemgetter(0, 1, 2))
    frame = layout.frame
    for number, group in groupby(parts, key=itemgetter(0)):
        members = list(group)
        column, begin = layout.columns[number], layout.axis.days[number].start
        left = column.x + 1 + frame.inset
        room = max(column.width - 1 - 2 * frame.inset, 1) + frame.gap
        taken = seats([part.span for part in members], room // (frame.lane_width + frame.gap))
        for (_, span, _, slot), (lane, lanes, deep) in zip(members, taken, strict=True):
            low = left + round(lane * room / lanes)
            width = left + round((lane + 1) * room / lanes) - frame.gap - low
            top, bottom = _with_gap(layout.y(span.top), layout.y(deep), frame.gap)
            yield PlacedSlot(slot, number, Box(low, top, max(width, 1), bottom - top), slot.start < begin)


def _with_gap(top: int, bottom: int, gap: int) -> tuple[int, int]:
    """Half of the gap off either end, unless next to nothing would be left."""
    if bottom - top <= 2 * gap:
        return top, max(bottom, top + 1)
    return top + gap // 2, bottom - (gap - gap // 2)


def _place_busy(layout: WeekLayout, blocks: Sequence[BusyBlock]) -> Iterator[PlacedBusy]:
    found = [
        (number, top, bottom, block.label)
        for block in blocks
        for number, top, bottom in _stretches(layout.axis, block.start, block.end)
    ]
    for number, top, bottom, label in _joined(sorted(found)):
        column = layout.columns[number]
        y = layout.y(top)
        yield PlacedBusy(Box(column.x + 1, y, column.width - 1, max(layout.y(bottom) - y, 1)), label)


def _joined(stretches: list[tuple[int, float, float, str]]) -> Iterator[tuple[int, float, float, str]]:
    """Sorted stretches, with those that overlap in one column made one under the first label."""
    open_one: tuple[int, float, float, str] | None = None
    for stretch in stretches:
        number, top, bottom, _ = stretch
        if open_one is not None and number == open_one[0] and top < open_one[2]:
            open_one = (*open_one[:2], max(open_one[2], bottom), open_one[3])
            continue
        if open_one is not None:
            yield open_one
        open_one = stretch
    if open_one is not None:
        yield open_one


def _stretches(axis: Axis, start: datetime, end: datetime) -> Iterator[tuple[int, float, float]]:
    """Column number, top and bottom position of every day's share of the time from `start` to `end`."""
    for number in range(_first_day(axis, start), len(axis.days)):
        day = axis.days[number]
        if day.start >= end:
            break
        if start < day.end and day.start < day.end:
            yield number, day.position(start), day.end_position(end)


def _first_day(axis: Axis, instant: datetime) -> int:
    return max(bisect_right(axis.starts, instant) - 1, 0)


def _day_of(axis: Axis, instant: datetime) -> int | None:
    for number, day in enumerate(axis.days):
        if day.start <= instant < day.end:
            return number
    return None


def _now(layout: WeekLayout, now: datetime | None) -> NowMark | None:
    number = None if now is None else _day_of(layout.axis, now)
    if now is None or number is None:
        return None
    return NowMark(number, layout.y(layout.axis.days[number].position(now)))
