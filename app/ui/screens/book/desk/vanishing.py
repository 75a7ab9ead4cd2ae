"""A picked slot that somebody else got meanwhile: noticed in every refresh, with the nearest free ones."""

from datetime import datetime

from app.domain.availability import nearest, slot_at, slots_between
from app.domain.booking import Booked, HostOffline, NotFound, StillUnsure
from app.domain.slots import Slot
from app.services.availability_state import AvailabilityState
from app.ui.screens.book.desk.inputs import DeskInputs


def taken_by_now(
    inputs: DeskInputs, state: AvailabilityState, now: datetime
) -> tuple[Slot | None, tuple[Slot, ...]]:
    """The taken slot and the free ones nearest to it as `state` has them; (None, ()) when nothing is taken.

    Times that are only remembered prove nothing, nor does a slot that may have gone to this very booking.
    """
    before, slot = (inputs.taken, inputs.nearest), inputs.slot
    if slot is None or inputs.is_busy or state.is_stale or not state.availability.covers(*slot):
        return before
    if isinstance(inputs.outcome, Booked | HostOffline | NotFound | StillUnsure):
        return before
    slots = state.availability.of(inputs.duration_ms)
    if slot_at(slots, slot.start) is not None:
        return before if slot != inputs.taken else (None, ())
    return slot, nearest(slots_between(slots, now, slots[-1].end) if slots else (), slot.start)
