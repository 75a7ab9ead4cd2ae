"""Only what looks different is named for repainting."""

from dataclasses import replace

from app.ui.kit.calendar.layout import Frame, build_layout
from app.ui.kit.calendar.model import SlotState
from app.ui.kit.calendar.patch import patched
from tests.ui.kit.calendar.samples import MONDAY, at, key, slot, week

BEFORE = week()
LAYOUT = build_layout(BEFORE, Frame(width=772))


def test_the_same_props_change_nothing() -> None:
    assert patched(LAYOUT, BEFORE, week()) == (LAYOUT, ())


def test_a_selection_changes_one_box() -> None:
    chosen = replace(BEFORE.slots[1], state=SlotState.SELECTED)
    after = replace(BEFORE, slots=(BEFORE.slots[0], chosen, *BEFORE.slots[2:]))
    patch = patched(LAYOUT, BEFORE, after)
    assert patch is not None
    layout, boxes = patch
    placed = {each.slot.key: each for each in layout.placed}
    assert placed[chosen.key].slot.state is SlotState.SELECTED
    assert boxes == (placed[chosen.key].box,)
    assert placed[key(4, "09:00")] == {each.slot.key: each for each in LAYOUT.placed}[key(4, "09:00")]


def test_anything_else_is_laid_out_anew() -> None:
    moved = (slot(MONDAY, 9, 15), *BEFORE.slots[1:])
    for after in (
        replace(BEFORE, now=at(MONDAY, 9)),
        replace(BEFORE, slots=BEFORE.slots[1:]),
        replace(BEFORE, slots=moved),
        replace(BEFORE, stale=True),
    ):
        assert patched(LAYOUT, BEFORE, after) is None
