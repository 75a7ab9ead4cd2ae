"""The agenda: meetings by days of the rep's zone, what is on now and next, and what is free around it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple, assert_never

from app.domain.days import Span, local_day
from app.domain.meetings import Meeting, MeetingId, Outcome

_INSTANT: Final = timedelta(microseconds=1)


class _Timed(NamedTuple):
    """A meeting with the time it takes; without a known end it takes none."""

    start: datetime
    end: datetime
    meeting: Meeting


class AgendaView(StrEnum):
    """Which meetings are listed: from today on, those that are over, or those that were called off."""

    UPCOMING = "upcoming"
    PAST = "past"
    CANCELED = "canceled"


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """A meeting on one of its days; UTC instants, `end` None where there is none (or one before the start).

    `is_next` is the first that has not begun, over all days. `continues` says that it began on a day
    before this one, `goes_on` that it ends on a later one (midnight itself still counts as this day).
    """

    meeting_id: MeetingId
    start: datetime
    end: datetime | None
    is_past: bool = False
    is_canceled: bool = False
    is_now: bool = False
    is_next: bool = False
    continues: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """A calendar day of the zone with its entries by start.

    `now_line` is how many entries stand above the line of the present time; None on all days but today.
    """

    day: date
    entries: tuple[AgendaEntry, ...] = ()
    now_line: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a meeting on the day of its start (before) and the day of its end (after).

    Without a neighbour on that day its id and the free time are None; free time is also None between
    meetings that touch.
    """

    previous: MeetingId | None = None
    free_before: Span | None = None
    following: MeetingId | None = None
    free_after: Span | None = None
    overlapping: tuple[MeetingId, ...] = ()


def agenda_days(
    meetings: Iterable[Meeting],
    *,
    view: AgendaView,
    first: date,
    last: date,
    zone: str,
    now: datetime,
) -> tuple[AgendaDay, ...]:
    """The days from `first` to `last` (both included, in the IANA zone) that have something to show.

    Upcoming holds today's past meetings too, and today itself even where nothing is on it. Past days come
    newest first, the others in their order. A meeting of several days stands on each of them; one without
    a start on none.
    """
    today = _day(now, zone)
    entries = _entries(meetings, now)
    by_day: dict[date, list[AgendaEntry]] = {}
    if view is AgendaView.UPCOMING and first <= today <= last:
        by_day[today] = []
    for entry in entries:
        for day, part in _parts(entry, first, last, zone):
            if _is_in(view, part, is_today_or_later=day >= today):
                by_day.setdefault(day, []).append(part)
    has_line = view is AgendaView.UPCOMING
    return tuple(
        AgendaDay(day, tuple(by_day[day]), _line(by_day[day], now) if has_line and day == today else None)
        for day in sorted(by_day, reverse=view is AgendaView.PAST)
    )


def _entries(meetings: Iterable[Meeting], now: datetime) -> list[AgendaEntry]:
    timed = _timed(meetings)
    coming = (one for one in timed if one.start >= now and not is_canceled(one.meeting))
    following = next((one.meeting.id for one in coming), None)
    return [
        AgendaEntry(
            meeting_id=one.meeting.id,
            start=one.start,
            end=_end(one.meeting),
            is_past=one.end <= now if one.end > one.start else one.start < now,
            is_canceled=is_canceled(one.meeting),
            is_now=one.start <= now < one.end and not is_canceled(one.meeting),
            is_next=one.meeting.id == following,
        )
        for one in timed
    ]


def _timed(meetings: Iterable[Meeting]) -> list[_Timed]:
    timed = [
        _Timed(start, _end(meeting) or start, meeting)
        for meeting in meetings
        if (start := meeting.details.start) is not None
    ]
    return sorted(timed, key=lambda one: (one.start, one.end, one.meeting.id))


def _parts(entry: AgendaEntry, first: date, last: date, zone: str) -> Iterator[tuple[date, AgendaEntry]]:
    """The entry as it stands on each of its days between `first` and `last`."""
    begins = _day(entry.start, zone)
    ends = _last_day(entry.start, entry.end or entry.start, zone)
    for ordinal in range(max(begins, first).toordinal(), min(ends, last).toordinal() + 1):
        day = date.fromordinal(ordinal)
        yield day, replace(entry, continues=day > begins, goes_on=day < ends)


def _last_day(start: datetime, end: datetime, zone: str) -> date:
    return _day(end - _INSTANT if end > start else start, zone)


def _is_in(view: AgendaView, entry: AgendaEntry, *, is_today_or_later: bool) -> bool:
    match view:
        case AgendaView.UPCOMING:
            return is_today_or_later and not entry.is_canceled
        case AgendaView.PAST:
            return entry.is_past and not entry.is_canceled
        case AgendaView.CANCELED:
            return entry.is_canceled
        case _:
            assert_never(view)


def surroundings(meetings: Iterable[Meeting], meeting_id: MeetingId, *, zone: str) -> Surroundings:
    """What lies before and after one of the meetings; canceled ones take no time, nor do unknown ids."""
    timed = _timed(meetings)
    this = next((one for one in timed if one.meeting.id == meeting_id), None)
    if this is None:
        return Surroundings()
    others = [one for one in timed if one.meeting.id != meeting_id and not is_canceled(one.meeting)]
    overlapping = [one for one in others if _overlap(this, one)]
    apart = [one for one in others if not _overlap(this, one)]
    first_day, last_day = _day(this.start, zone), _last_day(this.start, this.end, zone)
    before = [one for one in apart if one.end <= this.start and _day(one.end, zone) == first_day]
    after = [one for one in apart if one.start >= this.end and _day(one.start, zone) == last_day]
    previous = max(before, key=lambda one: one.end, default=None)
    following = min(after, key=lambda one: one.start, default=None)
    free_from = max((one.end for one in overlapping), default=this.end)
    free_until = min((one.start for one in overlapping), default=this.start)
    return Surroundings(
        previous=previous.meeting.id if previous else None,
        free_before=_free(previous.end, this.start, is_free=free_until >= this.start) if previous else None,
        following=following.meeting.id if following else None,
        free_after=_free(this.end, following.start, is_free=free_from <= this.end) if following else None,
        overlapping=tuple(one.meeting.id for one in overlapping),
    )


def _overlap(one: _Timed, other: _Timed) -> bool:
    earlier, later = sorted((one, other), key=lambda timed: timed.start)
    return earlier.start == later.start or later.start < earlier.end


def _free(start: datetime, end: datetime, *, is_free: bool) -> Span | None:
    return Span(start, end) if is_free and start < end else None


def _line(entries: Sequence[AgendaEntry], now: datetime) -> int:
    return sum(entry.start <= now for entry in entries)


def is_canceled(meeting: Meeting) -> bool:
    """Whether it was called off: the outcome says so (a label, reference 6.3)."""
    return meeting.details.outcome == Outcome.CANCELED


def _end(meeting: Meeting) -> datetime | None:
    start, end = meeting.details.start, meeting.details.end
    return end if start and end and end >= start else None


def _day(instant: datetime, zone: str) -> date:
    """The zone's day; at the very ends of the calendar, where a zone has no day for it, the one of UTC."""
    try:
        return local_day(instant, zone)
    except OverflowError:
        return instant.date()
