"""Free time of a link: the fetched months as one, and what stands where in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from operator import attrgetter, itemgetter, lt
from typing import Final, TypeVar

from app.domain.days import Span, day_bounds, local_day, merged
from app.domain.links import Member, UserId
from app.domain.months import month_bounds
from app.domain.slots import AvailabilityPage, Busy, Slot, YearMonth

T = TypeVar("T", Slot, Busy)

_START: Final = itemgetter(0)
_END: Final = itemgetter(1)
_FETCHED_AT: Final = attrgetter("fetched_at")
_Part = tuple[AvailabilityPage, tuple[Span, ...]]
"""A page, and the time for which other pages already speak."""


@dataclass(frozen=True, slots=True)
class Availability:
    """What is known of a link's free time.

    `slots` maps a duration in ms to its slots, in order and no start twice; `busy` maps a member to busy
    times that neither touch nor overlap; `fetched_at` is the oldest month's; `months` are the fetched ones
    in the zone of the merge; `coverage` is the time they speak for; `has_more` says whether later months may
    hold more.
    """

    slots: Mapping[int, tuple[Slot, ...]]
    members: tuple[Member, ...]
    busy: Mapping[UserId, tuple[Busy, ...]]
    fetched_at: datetime | None
    months: frozenset[YearMonth]
    coverage: tuple[Span, ...]
    has_more: bool

    @property
    def durations_ms(self) -> tuple[int, ...]:
        """The durations for which something was said, shortest first."""
        return tuple(sorted(self.slots))

    def of(self, duration_ms: int) -> tuple[Slot, ...]:
        """The slots of one duration."""
        return self.slots.get(duration_ms, ())

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether all the time from `start` to `end` was fetched."""
        place = bisect_right(self.coverage, start, key=_START) - 1
        return place >= 0 and end <= self.coverage[place].end


NO_AVAILABILITY: Final = Availability({}, (), {}, None, frozenset(), (), False)
"""Nothing is known yet."""


def merge(pages: Iterable[AvailabilityPage], zone: str) -> Availability:
    """The months as one, seen from `zone`.

    Pages that were asked for in another zone fill in where no page of `zone` speaks, so that a change of
    zone loses nothing and an older page never brings back a slot that a newer one has dropped.
    """
    in_force = _latest(pages)
    home = [page for page in in_force if page.zone == zone]
    if not in_force:
        return NO_AVAILABILITY
    coverage = merged(month_bounds(page.month, page.zone) for page in home)
    parts: list[_Part] = [(page, ()) for page in home]
    for page in sorted((page for page in in_force if page.zone != zone), key=_FETCHED_AT, reverse=True):
        parts.append((page, coverage))
        coverage = merged((*coverage, month_bounds(page.month, page.zone)))
    last = max(home or in_force, key=attrgetter("month"))
    return Availability(
        slots=_merged_slots(parts),
        members=_merged_members(in_force),
        busy=_merged_busy(parts),
        fetched_at=min(page.fetched_at for page in home or in_force),
        months=frozenset(page.month for page in home),
        coverage=coverage,
        has_more=last.has_more,
    )


def _latest(pages: Iterable[AvailabilityPage]) -> list[AvailabilityPage]:
    latest: dict[tuple[str, YearMonth], AvailabilityPage] = {}
    for page in pages:
        key = (page.zone, page.month)
        if key not in latest or latest[key].fetched_at <= page.fetched_at:
            latest[key] = page
    return list(latest.values())


def _merged_slots(parts: Sequence[_Part]) -> dict[int, tuple[Slot, ...]]:
    gathered: dict[int, list[Slot]] = {}
    for page, spoken_for in parts:
        for duration_ms, slots in page.slots.items():
            gathered.setdefault(duration_ms, []).extend(_outside(slots, spoken_for))
    return {duration_ms: _unique(gathered[duration_ms]) for duration_ms in sorted(gathered)}


def _outside(times: Sequence[T], spans: Sequence[Span]) -> Sequence[T]:
    """The slots or busy times that begin in none of the spans."""
    if not spans:
        return times
    ordered: list[T] = sorted(times, key=_START)
    outside: list[T] = []
    place = 0
    for span in spans:
        outside.extend(ordered[place : bisect_left(ordered, span.start, key=_START)])
        place = bisect_left(ordered, span.end, key=_START)
    outside.extend(ordered[place:])
    return outside


def _unique(slots: list[Slot]) -> tuple[Slot, ...]:
    slots.sort(key=_START)
    starts = list(map(_START, slots))
    if all(map(lt, starts, islice(starts, 1, None))):
        return tuple(slots)
    return tuple(slot for slot, before in zip(slots, [None, *starts], strict=False) if slot.start != before)


def _merged_members(pages: Sequence[AvailabilityPage]) -> tuple[Member, ...]:
    members: dict[UserId, Member] = {}
    for page in sorted(pages, key=_FETCHED_AT):
        members.update((member.user_id, member) for member in page.members)
    return tuple(members.values())


def _merged_busy(parts: Sequence[_Part]) -> dict[UserId, tuple[Busy, ...]]:
    gathered: dict[UserId, list[Busy]] = {}
    for page, spoken_for in parts:
        for user_id, busy in page.busy.items():
            gathered.setdefault(user_id, []).extend(_outside(busy, spoken_for))
    return {user_id: _joined(busy) for user_id, busy in gathered.items()}


def _joined(busy: list[Busy]) -> tuple[Busy, ...]:
    busy.sort()
    if all(map(lt, map(_END, busy), map(_START, islice(busy, 1, None)))):
        return tuple(busy)
    return tuple(Busy(*span) for span in merged(Span(*one) for one in busy))


def slot_at(slots: Sequence[Slot], start: datetime) -> Slot | None:
    """The slot that begins at exactly `start`."""
    place = bisect_left(slots, start, key=_START)
    return slots[place] if place < len(slots) and slots[place].start == start else None


def slots_between(slots: Sequence[Slot], start: datetime, end: datetime) -> tuple[Slot, ...]:
    """The slots that begin from `start` up to, not including, `end`."""
    return tuple(slots[bisect_left(slots, start, key=_START) : bisect_left(slots, end, key=_START)])


def busy_between(busy: Sequence[Busy], start: datetime, end: datetime) -> tuple[Busy, ...]:
    """The busy times of one member (in order, without overlaps) that reach into `start` to `end`."""
    first = max(bisect_right(busy, start, key=_START) - 1, 0)
    last = bisect_left(busy, end, key=_START)
    return tuple(one for one in busy[first:last] if one.end > start)


def next_free(slots: Sequence[Slot], after: datetime) -> Slot | None:
    """The first slot that begins later than `after`."""
    place = bisect_right(slots, after, key=_START)
    return slots[place] if place < len(slots) else None


def previous_free(slots: Sequence[Slot], before: datetime) -> Slot | None:
    """The last slot that begins earlier than `before`."""
    place = bisect_left(slots, before, key=_START)
    return slots[place - 1] if place else None


def nearest(slots: Sequence[Slot], wanted: datetime, limit: int = 3) -> tuple[Slot, ...]:
    """At most `limit` slots around the start `wanted`, nearest first, the later one at a tie."""
    place = bisect_left(slots, wanted, key=_START)
    around = slots[max(place - limit, 0) : place + limit]
    ranked = sorted(around, key=lambda slot: (abs(slot.start - wanted), slot.start < wanted))
    return tuple(ranked[:limit])


def free_by_day(slots: Sequence[Slot], zone: str) -> dict[date, tuple[Slot, ...]]:
    """The slots by the calendar day of the zone on which they begin; days without slots are left out."""
    days: dict[date, tuple[Slot, ...]] = {}
    place = 0
    while place < len(slots):
        day = local_day(slots[place].start, zone)
        end = bisect_left(slots, day_bounds(day, zone).end, lo=place + 1, key=_START)
        days[day] = tuple(slots[place:end])
        place = end
    return days
