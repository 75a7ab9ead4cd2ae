"""Months as the scheduler counts them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.months import month_bounds, month_of, month_offset, months_between
from app.domain.slots import YearMonth
from tests.domain.strategies import instants, zones

NEW_YEAR = datetime(2027, 1, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "month"),
    [
        ("Europe/Berlin", YearMonth(2027, 1)),
        ("America/New_York", YearMonth(2026, 12)),
        ("Nowhere/Else", YearMonth(2027, 1)),
    ],
)
def test_the_month_depends_on_the_zone(zone: str, month: YearMonth) -> None:
    assert month_of(NEW_YEAR, zone) == month


def test_offsets_count_from_the_present_month_of_the_zone() -> None:
    assert month_offset(YearMonth(2027, 1), NEW_YEAR, "Europe/Berlin") == 0
    assert month_offset(YearMonth(2027, 1), NEW_YEAR, "America/New_York") == 1
    assert month_offset(YearMonth(2026, 10), NEW_YEAR, "America/New_York") == -2


@given(instants, zones)
def test_an_instant_lies_within_the_bounds_of_its_month(instant: datetime, zone: str) -> None:
    bounds = month_bounds(month_of(instant, zone), zone)
    assert bounds.start <= instant < bounds.end


@given(instants, zones)
def test_months_follow_each_other_without_gap_or_overlap(instant: datetime, zone: str) -> None:
    month = month_of(instant, zone)
    assert month_bounds(month, zone).end == month_bounds(month.plus(1), zone).start


@given(instants, st.timedeltas(timedelta(0), timedelta(days=100)), zones)
def test_months_between_are_those_that_hold_some_of_the_time(
    start: datetime, length: timedelta, zone: str
) -> None:
    end = start + length
    months = months_between(start, end, zone)
    first = month_of(start, zone)
    for step in range(-1, 6):
        month = first.plus(step)
        bounds = month_bounds(month, zone)
        holds_some = max(bounds.start, start) < min(bounds.end, end)
        assert (month in months) == holds_some


@given(st.integers(1990, 2090), st.integers(1, 12), st.integers(-50, 50))
def test_year_months_count_forth_and_back(year: int, month: int, steps: int) -> None:
    start = YearMonth(year, month)
    assert start.plus(steps).minus(start) == steps
    assert start.plus(steps).plus(-steps) == start
    assert YearMonth.of(start.first_day) == start
