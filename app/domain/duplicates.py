"""Duplicates: meetings that may be the very one the rep is about to log."""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Final

from app.domain.meetings import CONTACT, Meeting, MeetingDetails, MeetingId, RecordRef

QUARTER: Final = timedelta(minutes=15)


def duplicates(
    details: MeetingDetails,
    refs: Collection[RecordRef],
    candidates: Iterable[Meeting],
    *,
    within: timedelta = QUARTER,
    calendar_id: str = "",
    exclude: MeetingId | None = None,
) -> tuple[Meeting, ...]:
    """Candidates with the same calendar id, then those with a contact of `refs` that start `within` of it.

    Each once, nearest first. A candidate that was found through a contact has to carry that contact among
    its associations. `exclude` is the meeting that is being edited.
    """
    contacts = {ref for ref in refs if ref.type == CONTACT}
    found: dict[MeetingId, tuple[bool, timedelta, Meeting]] = {}
    for meeting in candidates:
        distance = _distance(details, meeting.details)
        is_same = bool(calendar_id) and meeting.calendar_id == calendar_id
        is_near = distance <= within and not contacts.isdisjoint(meeting.refs)
        if meeting.id != exclude and (is_same or is_near):
            found.setdefault(meeting.id, (not is_same, distance, meeting))
    ordered = sorted(found.values(), key=lambda one: (one[0], one[1], one[2].id))
    return tuple(meeting for _, _, meeting in ordered)


def _distance(details: MeetingDetails, other: MeetingDetails) -> timedelta:
    if details.start is None or other.start is None:
        return timedelta.max
    return abs(details.start - other.start)
