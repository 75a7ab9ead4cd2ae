"""Which slot an arrow key leads to in a week grid: pure moves over placed slots."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.ui.kit.calendar.layout import PlacedSlot, WeekLayout


class Step(Enum):
    """A keyboard move; EARLIER and LATER stay within a day, LEFT and RIGHT go to a neighbouring day."""

    EARLIER = auto()
    LATER = auto()
    LEFT = auto()
    RIGHT = auto()
    DAY_START = auto()
    DAY_END = auto()
    WEEK_START = auto()
    WEEK_END = auto()


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a move ends: on a slot, past the edge of the shown days (-1 before, 1 after), or nowhere (0)."""

    key: str | None = None
    beyond: int = 0


def heads(layout: WeekLayout) -> tuple[PlacedSlot, ...]:
    """One entry per slot, in order of time, without the parts after midnight of slots already there."""
    seen: set[str] = set()
    result = []
    for placed in layout.placed:
        if placed.slot.key not in seen:
            seen.add(placed.slot.key)
            result.append(placed)
    return tuple(sorted(result, key=lambda placed: (placed.column, placed.slot.start, placed.slot.key)))


def move(layout: WeekLayout, key: str, step: Step) -> Landing:
    """The landing of `step` from the slot `key`; nowhere when there is no such slot."""
    slots = heads(layout)
    index = next((number for number, placed in enumerate(slots) if placed.slot.key == key), None)
    if index is None:
        return Landing()
    here = slots[index]
    day = [placed for placed in slots if placed.column == here.column]
    place = index - slots.index(day[0])
    match step:
        case Step.EARLIER:
            return Landing(day[place - 1].slot.key) if place > 0 else Landing()
        case Step.LATER:
            return Landing(day[place + 1].slot.key) if place + 1 < len(day) else Landing()
        case Step.DAY_START:
            return Landing(day[0].slot.key)
        case Step.DAY_END:
            return Landing(day[-1].slot.key)
        case Step.WEEK_START:
            return Landing(slots[0].slot.key)
        case Step.WEEK_END:
            return Landing(slots[-1].slot.key)
        case Step.LEFT:
            return _sideways(slots, here, -1)
        case Step.RIGHT:
            return _sideways(slots, here, 1)


def nearest_in_edge_day(layout: WeekLayout, direction: int, y: int) -> str | None:
    """The slot nearest to y in the first (direction 1) or last (-1) day that has slots."""
    slots = heads(layout)
    if not slots:
        return None
    column = slots[0].column if direction > 0 else slots[-1].column
    return _nearest([placed for placed in slots if placed.column == column], y).slot.key


def neighbour_in_time(layout: WeekLayout, key: str | None, direction: int) -> str | None:
    """The next (1) or previous (-1) slot in time; the first or last one when `key` is not shown."""
    slots = heads(layout)
    if not slots:
        return None
    keys = [placed.slot.key for placed in slots]
    if key not in keys:
        return keys[0] if direction > 0 else keys[-1]
    index = keys.index(key) + direction
    return keys[index] if 0 <= index < len(keys) else None


def _sideways(slots: Sequence[PlacedSlot], here: PlacedSlot, direction: int) -> Landing:
    others = [placed.column for placed in slots if (placed.column - here.column) * direction > 0]
    if not others:
        return Landing(beyond=direction)
    column = min(others) if direction > 0 else max(others)
    return Landing(_nearest([placed for placed in slots if placed.column == column], here.box.y).slot.key)


def _nearest(slots: Sequence[PlacedSlot], y: int) -> PlacedSlot:
    return min(slots, key=lambda placed: abs(placed.box.y - y))
