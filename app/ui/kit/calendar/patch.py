"""Small changes of a week: which boxes look different, so that only they are repainted."""

from collections.abc import Iterator
from dataclasses import replace

from app.ui.kit.calendar.layout import Box, WeekLayout
from app.ui.kit.calendar.model import GridSlot, WeekProps


def patched(
    layout: WeekLayout, before: WeekProps, after: WeekProps
) -> tuple[WeekLayout, tuple[Box, ...]] | None:
    """The layout with other faces on the same slots, and the boxes that changed.

    None when anything but the look and the words of slots is different; then everything is laid out anew.
    """
    if replace(before, slots=()) != replace(after, slots=()) or len(before.slots) != len(after.slots):
        return None
    changed: dict[str, GridSlot] = {}
    for old, new in zip(before.slots, after.slots, strict=True):
        if old is new or old == new:
            continue
        if (old.key, old.start, old.end) != (new.key, new.start, new.end):
            return None
        changed[new.key] = new
    if not changed:
        return layout, ()
    placed = tuple(
        place._replace(slot=changed[place.slot.key]) if place.slot.key in changed else place
        for place in layout.placed
    )
    return replace(layout, placed=placed), tuple(_boxes(layout, changed))


def _boxes(layout: WeekLayout, changed: dict[str, GridSlot]) -> Iterator[Box]:
    return (place.box for place in layout.placed if place.slot.key in changed)
