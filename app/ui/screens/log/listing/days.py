"""Meetings by day: in which order the list shows them, and where each day begins."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain
from typing import Final

from app.domain.days import zone_or_utc
from app.domain.meetings import MeetingId, MeetingIndex

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
_EARLIEST_MS: Final = -62_000_000_000_000
_LATEST_MS: Final = 253_300_000_000_000
"""Between these epoch ms every day of every zone can be written as a date."""


@dataclass(frozen=True, slots=True)
class DaySection:
    """A day and the row (0 is the first) with which it begins; None for meetings without a start."""

    first: int
    day: date | None


@dataclass(frozen=True, slots=True)
class DayList:
    """Every row of the list: days newest first (or oldest first), the meetings of a day in their order."""

    ids: tuple[MeetingId, ...] = ()
    sections: tuple[DaySection, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)


def by_day(index: MeetingIndex, zone: str) -> DayList:
    """Group an index (newest or oldest first) by the days of an IANA zone.

    Costs some steps for every day, not for every meeting. Starts of 0 are meetings without a time.
    """
    starts, where = index.starts_ms, zone_or_utc(zone)
    is_ascending = len(starts) > 1 and starts[0] < starts[-1]
    sections: list[DaySection] = []
    parts: list[tuple[MeetingId, ...]] = []
    place, count = 0, len(starts)
    while place < count:
        day, end = _day_from(starts, place, where, is_ascending=is_ascending)
        sections.append(DaySection(place, day))
        part = index.ids[place:end]
        parts.append(part if is_ascending or day is None else part[::-1])
        place = end
    return DayList(tuple(chain.from_iterable(parts)), tuple(sections))


def with_kept(index: MeetingIndex, kept: Mapping[MeetingId, int]) -> MeetingIndex:
    """The index (newest first) and beside it the meetings that stay though they no longer match."""
    known = set(index.ids) if kept else ()
    missing = [(start, one) for one, start in kept.items() if one not in known]
    if not missing:
        return index
    ids, starts = list(index.ids), list(index.starts_ms)
    for start, one in sorted(missing):
        place = bisect_left(starts, -start, key=_negative)
        ids.insert(place, one)
        starts.insert(place, start)
    return MeetingIndex(tuple(ids), starts)


def _day_from(
    starts: Sequence[int], place: int, zone: tzinfo, *, is_ascending: bool
) -> tuple[date | None, int]:
    """The day of the row at `place` and the first row that is not of this day."""
    start = starts[place]
    if start == 0 or not _EARLIEST_MS < start < _LATEST_MS:
        return None, _end_of_timeless(starts, place)
    day = (_EPOCH + timedelta(milliseconds=start)).astimezone(zone).date()
    if is_ascending:
        first, last = start, _first_ms(day + _DAY, zone) - 1
    else:
        first, last = _first_ms(day, zone), start
    return day, _end_of_span(starts, place, first, last)


def _end_of_span(starts: Sequence[int], place: int, first: int, last: int) -> int:
    """The first row after `place` that starts outside these ms: steps that double, then halves."""
    count, step = len(starts), 1
    while place + step < count and first <= starts[place + step] <= last:
        step *= 2
    low, high = place + step // 2, min(place + step, count)
    while low + 1 < high:
        middle = (low + high) // 2
        if first <= starts[middle] <= last:
            low = middle
        else:
            high = middle
    return high


def _end_of_timeless(starts: Sequence[int], place: int) -> int:
    while place < len(starts) and (starts[place] == 0 or not _EARLIEST_MS < starts[place] < _LATEST_MS):
        place += 1
    return place


def _first_ms(day: date, zone: tzinfo) -> int:
    """The first instant of a day; a midnight that the clocks skip is the instant of the change."""
    return round(datetime.combine(day, time(), zone).timestamp() * 1000)


def _negative(value: int) -> int:
    return -value
