"""Small changes of a week: which boxes look different, so that only they are repainted."""

from dataclasses import replace

from app.ui.kit.calendar.layout import Box, WeekLayout
from app.ui.kit.calendar.model import GridSlot, WeekProps


def patched(
    layout: WeekLayout, before: WeekProps, after: WeekProps
) -> tuple[WeekLayout, tuple[Box, ...]] | None:
    """The layout with other faces on the same slots or a later now line, and the boxes that changed.

    None when anything else is different; then everything is laid out anew. Fetching slots again behind the
    scenes changes nothing that is seen.
    """
    if _frame(before) != _frame(after) or len(before.slots) != len(after.slots):
        return None
    changed: dict[str, GridSlot] = {}
    for old, new in zip(before.slots, after.slots, strict=True):
        if old is new or old == new:
            continue
        if (old.key, old.start, old.end) != (new.key, new.start, new.end):
            return None
        changed[new.key] = new
    boxes = [place.box for place in layout.placed if place.slot.key in changed] if changed else []
    if changed:
        placed = (
            place._replace(slot=changed[place.slot.key]) if place.slot.key in changed else place
            for place in layout.placed
        )
        layout = replace(layout, placed=tuple(placed))
    later = layout if before.now == after.now else layout.with_now(after.now)
    if later.now != layout.now:
        boxes += [box for box in (layout.now_box(), later.now_box()) if box is not None]
    return later, tuple(boxes)


def _frame(props: WeekProps) -> WeekProps:
    """What is left of the props without slots, now line and a reload that nobody sees."""
    return replace(props, slots=(), now=None, loading=props.loading and not props.slots)
