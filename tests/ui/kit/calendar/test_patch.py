"""Only what looks different is named for repainting."""

from dataclasses import replace
from datetime import timedelta

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


def test_a_later_moment_changes_two_lines() -> None:
    frame = Frame(width=772)
    nine = week(now=at(MONDAY, 9))
    layout = build_layout(nine, frame)
    ten = replace(nine, now=at(MONDAY, 10))
    patch = patched(layout, nine, ten)
    assert patch is not None
    assert patch[0] == build_layout(ten, frame)
    assert len(patch[1]) == 2
    assert patched(layout, nine, replace(nine, now=at(MONDAY, 9) + timedelta(seconds=5))) == (layout, ())
    gone = patched(layout, nine, replace(nine, now=None))
    assert gone is not None
    assert gone[1] == (layout.now_box(),)


def test_a_reload_in_the_background_changes_nothing() -> None:
    assert patched(LAYOUT, BEFORE, replace(BEFORE, loading=True)) == (LAYOUT, ())
    empty = week(slots=())
    assert patched(build_layout(empty, Frame(width=772)), empty, replace(empty, loading=True)) is None


def test_anything_else_is_laid_out_anew() -> None:
    moved = (slot(MONDAY, 9, 15), *BEFORE.slots[1:])
    for after in (
        replace(BEFORE, slots=BEFORE.slots[1:]),
        replace(BEFORE, slots=moved),
        replace(BEFORE, stale=True),
    ):
        assert patched(LAYOUT, BEFORE, after) is None
