"""Which changes may go now, which go together, and when the next one may; pure."""

from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.changes import (
    Change,
    ChangeId,
    ChangeState,
    DeleteMeeting,
    EditMeeting,
    PendingChange,
    PinMeeting,
)
from app.domain.meetings import MeetingId
from app.services.outbox.holding import is_held
from app.services.outbox.verdicts import is_creation

MOST_IN_A_BATCH: Final = 100
"""What HubSpot takes in one batch call (reference 6)."""

Resolve = Callable[[MeetingId], MeetingId]


@dataclass(frozen=True, slots=True)
class Job:
    """Changes that are sent in one call, or one whose sending is looked for."""

    rows: tuple[PendingChange, ...]
    is_look: bool = False


def lanes(change: Change, resolve: Resolve) -> frozenset[Hashable]:
    """In which queues a change stands: its meeting's, and for a pin its record's too."""
    lane: Hashable = resolve(change.meeting_id)
    if isinstance(change, PinMeeting):
        return frozenset((lane, change.ref))
    return frozenset((lane,))


def jobs(
    rows: Sequence[PendingChange], *, now: datetime, busy: Collection[ChangeId], resolve: Resolve
) -> tuple[Job, ...]:
    """What may go at `now` (UTC), oldest first; `busy` rows are under way already."""
    found: dict[Hashable, list[PendingChange]] = {}
    for row in _first_in_line(rows, busy, resolve):
        if row.not_before is None or row.not_before <= now:
            found.setdefault(_call_of(row), []).append(row)
    return tuple(
        Job(tuple(together[start : start + MOST_IN_A_BATCH]), is_look=_is_looked_for(together[start]))
        for together in found.values()
        for start in range(0, len(together), MOST_IN_A_BATCH)
    )


def next_due(
    rows: Sequence[PendingChange], *, now: datetime, busy: Collection[ChangeId], resolve: Resolve
) -> datetime | None:
    """When (UTC) the next row may go that only waits for the time."""
    times = [row.not_before for row in _first_in_line(rows, busy, resolve) if row.not_before]
    return min((time for time in times if time > now), default=None)


def _first_in_line(
    rows: Sequence[PendingChange], busy: Collection[ChangeId], resolve: Resolve
) -> Iterator[PendingChange]:
    """Rows that wait behind no earlier one."""
    taken: set[Hashable] = set()
    for row in rows:
        if row.state is ChangeState.DONE:
            continue
        own = lanes(row.change, resolve)
        is_free = own.isdisjoint(taken)
        taken |= own
        if is_free and row.id not in busy and row.state in (ChangeState.QUEUED, ChangeState.UNKNOWN):
            yield row


def _call_of(row: PendingChange) -> Hashable:
    """Rows with the same answer go in one call; held gestures that are due go together."""
    if is_held(row):
        return (type(row.change), "held")
    if row.group and isinstance(row.change, EditMeeting | DeleteMeeting):
        return (type(row.change), row.group)
    return row.id


def _is_looked_for(row: PendingChange) -> bool:
    return row.state is ChangeState.UNKNOWN and is_creation(row.change)
