"""When to look for a meeting whose creation was lost, and what not finding it means; pure."""

from datetime import datetime, timedelta
from typing import Final

from app.domain.changes import PendingChange, ScheduleMeeting
from app.services.outbox.states import Absent, Event, NotSeen, Unsure

LOOKS: Final = (2.0, 10.0, 60.0, 121.0)
"""Seconds after the answer was lost at which the meeting is looked for: search indexes lag."""

_LEAST_LOOKS: Final = 3
_SURE_AFTER: Final = timedelta(minutes=2)
_LEAST_PAUSE: Final = timedelta(seconds=2)
_MOST_ATTEMPTS: Final = 3


def first_look(lost_at: datetime) -> datetime:
    """When (UTC) to look for the first time."""
    return lost_at + timedelta(seconds=LOOKS[0])


def unseen(row: PendingChange, *, asked_at: datetime, now: datetime) -> Event:
    """What follows at `now` from one more look, begun at `asked_at` (both UTC), that found nothing.

    A computer may sleep between the two, so only the beginning says how old the search was. After three looks
    and two minutes a log is sent again, twice at most. An invitation goes to other people and is never sent
    again without asking.
    """
    looks = row.looks + 1
    sent_at = min(row.started_at or asked_at, asked_at)
    if looks < _LEAST_LOOKS or asked_at - sent_at <= _SURE_AFTER:
        planned = sent_at + timedelta(seconds=LOOKS[min(looks, len(LOOKS) - 1)])
        return NotSeen(max(planned, now + _LEAST_PAUSE))
    if isinstance(row.change, ScheduleMeeting) or row.attempt >= _MOST_ATTEMPTS:
        return Unsure()
    return Absent()
