"""Where a week grid opens: the scroll position and the slot that takes the focus."""

from app.ui.kit.calendar.layout import WeekLayout
from app.ui.kit.calendar.model import SlotState, WeekProps
from app.ui.kit.calendar.steps import heads

_CONTEXT = 16
_PATIENCE = 3
_FULL_ENOUGH = 2 / 3


def opening_top(layout: WeekLayout, props: WeekProps) -> int:
    """The y to show at the top: the usual first hour, or the hour of the first slot when far from it."""
    usual = _hour_y(layout, props.first_hour)
    if layout.placed:
        first = min(placed.box.y for placed in layout.placed)
        if not usual <= first < _hour_y(layout, props.first_hour + _PATIENCE):
            hours = [layout.y(mark.position) for mark in layout.axis.marks()]
            usual = max(y for y in hours if y <= max(first, hours[0]))
    return max(usual - _CONTEXT, 0)


def is_good_view(layout: WeekLayout, top: int, height: int) -> bool:
    """Whether `height` pixels from `top` show slots, and no empty evening below hidden ones."""
    boxes = [placed.box for placed in layout.placed]
    if not any(box.y < top + height and box.bottom > top for box in boxes):
        return False
    some_above = any(box.bottom <= top for box in boxes)
    return not some_above or max(box.bottom for box in boxes) - top >= height * _FULL_ENOUGH


def opening_slot(layout: WeekLayout, props: WeekProps) -> str | None:
    """The slot the focus begins at: the selected one, else the first one from now on, else the first."""
    slots = [placed.slot for placed in heads(layout)]
    chosen = [slot for slot in slots if slot.state is SlotState.SELECTED]
    coming = [slot for slot in slots if props.now is None or slot.start >= props.now]
    first = next(iter(chosen or coming or slots), None)
    return first.key if first else None


def _hour_y(layout: WeekLayout, hour: int) -> int:
    marks = [mark for mark in layout.axis.marks() if mark.wall == min(hour, 24) * 60 and not mark.repeated]
    return layout.y(marks[0].position)
