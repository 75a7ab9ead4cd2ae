"""Meetings by day: in which order the list shows them, and where each day begins."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from app.domain.days import day_bounds, local_day
from app.domain.meetings import MeetingId, MeetingIndex

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)
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

    Costs a binary search for every day, not for every meeting. Starts of 0 are meetings without a time.
    """
    starts = index.starts_ms
    is_ascending = len(starts) > 1 and starts[0] < starts[-1]
    sections: list[DaySection] = []
    parts: list[tuple[MeetingId, ...]] = []
    place, count = 0, len(starts)
    while place < count:
        day, end = _day_from(starts, place, zone, is_ascending=is_ascending)
        sections.append(DaySection(place, day))
        part = index.ids[place:end]
        parts.append(part if is_ascending or day is None else part[::-1])
        place = end
    return DayList(tuple(one for part in parts for one in part), tuple(sections))


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


def _day_from(starts: Sequence[int], place: int, zone: str, *, is_ascending: bool) -> tuple[date | None, int]:
    """The day of the row at `place` and the first row that is not of this day."""
    start = starts[place]
    if start == 0 or not _EARLIEST_MS < start < _LATEST_MS:
        return None, _end_of_timeless(starts, place)
    day = local_day(_EPOCH + start * _MS, zone)
    bounds = day_bounds(day, zone)
    if is_ascending:
        return day, max(bisect_left(starts, _ms(bounds.end), place), place + 1)
    return day, max(bisect_right(starts, -_ms(bounds.start), place, key=_negative), place + 1)


def _end_of_timeless(starts: Sequence[int], place: int) -> int:
    while place < len(starts) and (starts[place] == 0 or not _EARLIEST_MS < starts[place] < _LATEST_MS):
        place += 1
    return place


def _ms(instant: datetime) -> int:
    return (instant - _EPOCH) // _MS


def _negative(value: int) -> int:
    return -value
