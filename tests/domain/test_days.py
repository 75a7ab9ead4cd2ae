"""Days and weeks of a zone, also where clocks change."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.days import (
    Span,
    day_bounds,
    days_bounds,
    local_day,
    merged,
    minute_of_day,
    month_grid,
    step_days,
    week_of,
)
from app.domain.slots import YearMonth
from tests.domain.strategies import days, instants, zones

MON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Europe/Berlin", date(2026, 10, 26), 24),
        ("Australia/Lord_Howe", date(2026, 4, 5), 24.5),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Africa/Cairo", date(2026, 4, 24), 23),
        ("America/Santiago", date(2026, 9, 6), 23),
        ("America/Santiago", date(2026, 4, 4), 25),
        ("America/Havana", date(2026, 11, 1), 25),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Nowhere/Else", date(2026, 3, 29), 24),
    ],
)
def test_length_of_a_day(zone: str, day: date, hours: float) -> None:
    bounds = day_bounds(day, zone)
    assert bounds.end - bounds.start == timedelta(hours=hours)


def test_a_day_whose_midnight_is_skipped_begins_with_the_clock_change() -> None:
    assert day_bounds(date(2026, 4, 24), "Africa/Cairo").start == datetime(2026, 4, 23, 22, tzinfo=UTC)


@given(instants, zones)
def test_every_instant_lies_in_its_own_day(instant: datetime, zone: str) -> None:
    day = local_day(instant, zone)
    bounds = day_bounds(day, zone)
    assert bounds.start <= instant < bounds.end
    assert 0 <= minute_of_day(instant, zone) < 1440


@given(days, zones, st.integers(0, 40))
def test_days_follow_each_other_without_gap_or_overlap(first: date, zone: str, count: int) -> None:
    last = first + timedelta(days=count)
    bounds = [day_bounds(first + timedelta(days=step), zone) for step in range(count + 1)]
    assert all(one.end == other.start for one, other in itertools.pairwise(bounds))
    assert days_bounds(first, last, zone) == Span(bounds[0].start, bounds[-1].end)


def test_minutes_are_those_of_the_wall_clock() -> None:
    assert minute_of_day(datetime(2026, 11, 24, 17, 30, tzinfo=UTC), "America/New_York") == 12 * 60 + 30


@pytest.mark.parametrize(
    ("first_weekday", "length", "begins", "count"),
    [
        (1, 7, date(2026, 11, 23), 7),
        (7, 7, date(2026, 11, 22), 7),
        (6, 7, date(2026, 11, 21), 7),
        (1, 5, date(2026, 11, 23), 5),
        (7, 5, date(2026, 11, 23), 5),
        (6, 5, date(2026, 11, 22), 5),
        (1, 3, date(2026, 11, 25), 3),
        (1, 1, date(2026, 11, 25), 1),
    ],
)
def test_weeks(first_weekday: int, length: int, begins: date, count: int) -> None:
    week = week_of(date(2026, 11, 25), first_weekday, length)
    assert week == tuple(begins + timedelta(days=step) for step in range(count))


@given(days, st.integers(1, 7))
def test_a_whole_week_holds_its_day_and_begins_as_asked(day: date, first_weekday: int) -> None:
    week = week_of(day, first_weekday, 7)
    assert day in week
    assert len(week) == 7
    assert week[0].isoweekday() == first_weekday
    assert all(week_of(other, first_weekday, 7) == week for other in week)


@pytest.mark.parametrize(("length", "days_on"), [(1, 1), (3, 3), (5, 7), (7, 7)])
def test_steps(length: int, days_on: int) -> None:
    assert step_days(MON, length, 1) == MON + timedelta(days=days_on)
    assert step_days(MON, length, -2) == MON - timedelta(days=2 * days_on)


@given(st.integers(1990, 2100), st.integers(1, 12), st.integers(1, 7))
def test_a_month_grid_holds_the_month_in_as_few_whole_weeks_as_possible(
    year: int, month: int, first_weekday: int
) -> None:
    grid = month_grid(YearMonth(year, month), first_weekday)
    shown = [day for week in grid for day in week]
    inside = [day for day in shown if (day.year, day.month) == (year, month)]
    assert inside[0].day == 1
    assert (inside[-1] + timedelta(days=1)).day == 1
    assert all(len(week) == 7 and week[0].isoweekday() == first_weekday for week in grid)
    assert inside[0] in grid[0]
    assert inside[-1] in grid[-1]


def test_spans_that_touch_become_one() -> None:
    def span(start: int, end: int) -> Span:
        return Span(datetime(2026, 1, start, tzinfo=UTC), datetime(2026, 1, end, tzinfo=UTC))

    assert merged([span(5, 7), span(1, 3), span(3, 4), span(6, 9), span(6, 8)]) == (span(1, 4), span(5, 9))
    assert merged([]) == ()
