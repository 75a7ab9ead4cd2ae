"""Merged months and what stands where in them."""

import itertools
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.availability import (
    NO_AVAILABILITY,
    busy_between,
    free_by_day,
    merge,
    nearest,
    next_free,
    previous_free,
    slot_at,
    slots_between,
)
from app.domain.days import days_bounds, local_day, week_of
from app.domain.links import UserId
from app.domain.months import month_bounds, month_of, months_between
from app.domain.slots import AvailabilityPage, Busy, Slot, YearMonth
from tests.domain.strategies import quarters, zones
from tests.fakes.clock import NOW
from tests.fakes.samples import HALF_HOUR, JONAS, MARIA, OFFLINE_JONAS, QUARTER, ZONE, at, sample_page, slot

NOV, DEC = YearMonth(2026, 11), YearMonth(2026, 12)
LATER = NOW + timedelta(minutes=1)
starts = st.lists(quarters, unique=True, max_size=60)


def pages_of(slots: Iterable[Slot], zone: str) -> list[AvailabilityPage]:
    """What a scheduler would answer for these slots, one page a month."""
    by_month: dict[YearMonth, list[Slot]] = {}
    for one in sorted(slots):
        by_month.setdefault(month_of(one.start, zone), []).append(one)
    return [sample_page(month, {HALF_HOUR: some}, zone=zone) for month, some in by_month.items()]


def test_nothing_is_known_before_the_first_page() -> None:
    assert merge([], ZONE) is NO_AVAILABILITY
    assert NO_AVAILABILITY.of(HALF_HOUR) == ()
    assert NO_AVAILABILITY.durations_ms == ()
    assert not NO_AVAILABILITY.covers(at(24, 9), at(24, 10))


def test_months_are_joined_by_duration_without_doubles() -> None:
    edge = slot(at(30, 22, 30))
    november = sample_page(
        NOV, {HALF_HOUR: [slot(at(24, 9)), edge], QUARTER: [slot(at(24, 9), QUARTER)]}, has_more=True
    )
    december = sample_page(DEC, {HALF_HOUR: [edge, slot(at(1, 9, month=12))]}, fetched_at=LATER)
    merged = merge([december, november], ZONE)
    assert merged.of(HALF_HOUR) == (slot(at(24, 9)), edge, slot(at(1, 9, month=12)))
    assert merged.of(QUARTER) == (slot(at(24, 9), QUARTER),)
    assert merged.of(60_000) == ()
    assert merged.durations_ms == (QUARTER, HALF_HOUR)
    assert merged.months == {NOV, DEC}
    assert merged.fetched_at == NOW
    assert not merged.has_more


def test_a_month_fetched_again_replaces_the_older_one_in_any_order() -> None:
    old = sample_page(NOV, {HALF_HOUR: [slot(at(24, 9)), slot(at(24, 10))]})
    new = sample_page(NOV, {HALF_HOUR: [slot(at(24, 10))]}, fetched_at=LATER, has_more=True)
    for pages in ([old, new], [new, old]):
        merged = merge(pages, ZONE)
        assert merged.of(HALF_HOUR) == (slot(at(24, 10)),)
        assert merged.has_more


def test_members_are_those_of_the_newest_page() -> None:
    old = sample_page(NOV, {}, members=(MARIA, JONAS))
    new = sample_page(DEC, {}, members=(OFFLINE_JONAS,), fetched_at=LATER)
    assert set(merge([new, old], ZONE).members) == {MARIA, OFFLINE_JONAS}


def test_busy_times_that_touch_or_reach_over_the_edge_become_one() -> None:
    night = Busy(at(30, 22), at(1, 1, month=12))
    november = sample_page(
        NOV, {}, busy={MARIA.user_id: [Busy(at(24, 9), at(24, 10)), Busy(at(24, 10), at(24, 11)), night]}
    )
    december = sample_page(DEC, {}, busy={MARIA.user_id: [night], JONAS.user_id: [night]})
    merged = merge([november, december], ZONE)
    assert merged.busy == {
        MARIA.user_id: (Busy(at(24, 9), at(24, 11)), night),
        JONAS.user_id: (night,),
    }


def test_coverage_says_what_was_fetched() -> None:
    merged = merge([sample_page(NOV, {}), sample_page(DEC, {})], ZONE)
    assert merged.covers(at(31, 23, month=10), at(31, 23, month=12))
    assert not merged.covers(at(31, 22, month=10), at(24, 9))
    assert not merged.covers(at(24, 9), at(31, 23, 1, month=12))
    assert not merge([sample_page(NOV, {})], ZONE).covers(at(24, 9), at(1, 9, month=12))


def test_pages_of_another_zone_fill_in_and_never_bring_back_what_is_gone() -> None:
    gone, edge = slot(at(24, 9)), slot(at(30, 23, 30))
    berlin = sample_page(NOV, {HALF_HOUR: [gone, slot(at(24, 10))]}, busy={MARIA.user_id: [Busy(*gone)]})
    berlin_december = sample_page(DEC, {HALF_HOUR: [edge]}, busy={MARIA.user_id: [Busy(*edge)]})
    new_york = sample_page(
        NOV, {HALF_HOUR: [slot(at(24, 10)), edge]}, zone="America/New_York", fetched_at=LATER
    )
    merged = merge([berlin, berlin_december, new_york], "America/New_York")
    assert merged.of(HALF_HOUR) == (slot(at(24, 10)), edge)
    assert merged.months == {NOV}
    assert merged.fetched_at == LATER
    # Berlin's November begins earlier, its December ends earlier: both are in the coverage.
    assert merged.covers(at(31, 23, month=10), at(31, 22, month=12))
    assert merged.busy == {MARIA.user_id: ()}


def test_a_zone_without_pages_shows_what_the_others_know() -> None:
    berlin = sample_page(NOV, {HALF_HOUR: [slot(at(24, 9))]}, has_more=True)
    tokyo = sample_page(NOV, {HALF_HOUR: [slot(at(24, 10))]}, zone="Asia/Tokyo", fetched_at=LATER)
    merged = merge([berlin, tokyo], "America/New_York")
    # Tokyo's page is newer and speaks for the 24th; Berlin's only for the last hours of the month.
    assert merged.of(HALF_HOUR) == (slot(at(24, 10)),)
    assert merged.months == frozenset()
    assert merged.fetched_at == NOW
    assert merged.has_more


@given(starts, zones, zones)
def test_a_change_of_zone_loses_no_slot(chosen: list[datetime], zone: str, other: str) -> None:
    slots = [slot(start) for start in chosen]
    merged = merge(pages_of(slots, zone), other)
    assert merged.of(HALF_HOUR) == tuple(sorted(slots))


@given(starts, zones, st.randoms())
def test_merging_keeps_every_slot_once_and_in_order(
    chosen: list[datetime], zone: str, rng: random.Random
) -> None:
    slots = [slot(start) for start in chosen]
    pages = pages_of(slots, zone)
    rng.shuffle(pages)
    assert merge(pages, zone).of(HALF_HOUR) == tuple(sorted(slots))


@given(starts, zones, st.dates(date(2026, 1, 5), date(2027, 1, 5)), st.integers(1, 7))
def test_a_week_across_months_neither_loses_nor_doubles_a_slot(
    chosen: list[datetime], zone: str, day: date, first_weekday: int
) -> None:
    slots = [slot(start) for start in chosen]
    week = week_of(day, first_weekday, 7)
    span = days_bounds(week[0], week[-1], zone)
    months = months_between(span.start, span.end, zone)
    every = {page.month: page for page in pages_of(slots, zone)}
    pages = [every.get(month, sample_page(month, {}, zone=zone)) for month in months]
    merged = merge(pages, zone)
    shown = slots_between(merged.of(HALF_HOUR), span.start, span.end)
    assert merged.covers(span.start, span.end)
    assert shown == tuple(sorted(one for one in slots if span.start <= one.start < span.end))
    by_day = free_by_day(shown, zone)
    assert [one for some in by_day.values() for one in some] == list(shown)
    assert set(by_day) <= set(week)


@given(starts, zones)
def test_free_by_day_puts_every_slot_on_its_local_day(chosen: list[datetime], zone: str) -> None:
    slots = tuple(sorted(slot(start) for start in chosen))
    by_day = free_by_day(slots, zone)
    assert tuple(one for some in by_day.values() for one in some) == slots
    assert list(by_day) == sorted(by_day)
    assert all(local_day(one.start, zone) == day for day, some in by_day.items() for one in some)


@given(starts, quarters)
def test_next_and_previous_are_the_closest_on_either_side(chosen: list[datetime], moment: datetime) -> None:
    slots = tuple(sorted(slot(start) for start in chosen))
    assert next_free(slots, moment) == min((one for one in slots if one.start > moment), default=None)
    assert previous_free(slots, moment) == max((one for one in slots if one.start < moment), default=None)
    assert slot_at(slots, moment) == next((one for one in slots if one.start == moment), None)


@given(starts, quarters, quarters)
def test_slots_between_are_those_that_begin_there(
    chosen: list[datetime], one_end: datetime, other_end: datetime
) -> None:
    start, end = sorted((one_end, other_end))
    slots = tuple(sorted(slot(begin) for begin in chosen))
    assert slots_between(slots, start, end) == tuple(one for one in slots if start <= one.start < end)


@given(starts, quarters, st.integers(0, 5))
def test_nearest_are_the_nearest_by_distance_the_later_first_at_a_tie(
    chosen: list[datetime], wanted: datetime, limit: int
) -> None:
    slots = tuple(sorted(slot(start) for start in chosen))

    def distance(one: Slot) -> tuple[timedelta, bool]:
        return abs(one.start - wanted), one.start < wanted

    assert nearest(slots, wanted, limit) == tuple(sorted(slots, key=distance)[:limit])


def test_nearest_as_the_desk_offers_it() -> None:
    free = [slot(at(24, 16)), slot(at(24, 17)), slot(at(24, 18)), slot(at(24, 18, 30))]
    assert nearest(free, at(24, 17, 30)) == (slot(at(24, 18)), slot(at(24, 17)), slot(at(24, 18, 30)))
    assert nearest((), at(24, 17, 30)) == ()


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (at(24, 8), at(24, 9), []),
        (at(24, 8), at(24, 9, 1), [0]),
        (at(24, 9, 30), at(24, 9, 45), [0]),
        (at(24, 10), at(24, 11), []),
        (at(24, 9, 59), at(24, 12, 1), [0, 1]),
        (at(24, 13), at(24, 14), []),
    ],
)
def test_busy_between(start: datetime, end: datetime, found: Sequence[int]) -> None:
    busy = (Busy(at(24, 9), at(24, 10)), Busy(at(24, 12), at(24, 13)))
    assert busy_between(busy, start, end) == tuple(busy[place] for place in found)
    assert busy_between((), start, end) == ()


@given(st.lists(st.tuples(quarters, st.integers(1, 400)), max_size=30), quarters)
def test_merged_busy_times_neither_touch_nor_overlap(
    some: list[tuple[datetime, int]], moment: datetime
) -> None:
    busy = [Busy(start, start + timedelta(minutes=15 * count)) for start, count in some]
    merged = merge([sample_page(NOV, {}, busy={UserId("1"): busy})], ZONE).busy[UserId("1")]
    assert all(one.end < other.start for one, other in itertools.pairwise(merged))
    is_busy = any(one.start <= moment < one.end for one in busy)
    assert bool(busy_between(merged, moment, moment + timedelta(microseconds=1))) == is_busy


def test_month_bounds_are_utc() -> None:
    assert month_bounds(NOV, "America/New_York").start.tzinfo is UTC
