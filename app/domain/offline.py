"""Slots that HubSpot offers although the calendar behind them is disconnected (fact sheet, section 5.6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.domain.availability import busy_between
from app.domain.links import LinkKind, Member, UserId
from app.domain.slots import Busy, Slot


def offline_starts(
    slots: Sequence[Slot],
    *,
    kind: LinkKind,
    members: Sequence[Member],
    busy: Mapping[UserId, Sequence[Busy]],
) -> frozenset[datetime]:
    """Starts that would be booked on a disconnected calendar, and so not at all.

    A personal or group link needs every member. In a round robin a slot is lost only where all members whose
    calendars can be seen are busy, since a booking asks for one of those.
    """
    if not any(member.is_offline for member in members):
        return frozenset()
    if kind is not LinkKind.ROUND_ROBIN:
        return frozenset(slot.start for slot in slots)
    seen = [busy.get(member.user_id, ()) for member in members if not member.is_offline]
    return frozenset(
        slot.start for slot in slots if all(busy_between(times, slot.start, slot.end) for times in seen)
    )
