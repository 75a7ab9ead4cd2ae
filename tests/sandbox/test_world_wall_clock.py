"""Wall-clock times as instants: ordinary days, skipped and repeated hours, month edges in every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sandbox.instants import epoch_ms, from_epoch_ms
from app.sandbox.world.wall_clock import instant_of, local_day, month_edges, zone_names

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    return epoch_ms(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("day", "minutes", "zone", "expected"),
    [
        (date(2026, 11, 23), 540, "Europe/Berlin", "2026-11-23T08:00Z"),
        (date(2026, 7, 1), 540, "Europe/Berlin", "2026-07-01T07:00Z"),
        (date(2026, 7, 1), 0, "Asia/Kolkata", "2026-06-30T18:30Z"),
        (date(2026, 12, 31), 1440, "America/New_York", "2027-01-01T05:00Z"),
        (date(2026, 10, 5), 540, "Australia/Sydney", "2026-10-04T22:00Z"),
        (date(2027, 4, 5), 540, "Australia/Sydney", "2027-04-04T23:00Z"),
    ],
)
def test_minutes_are_wall_clock_minutes(day: date, minutes: int, zone: str, expected: str) -> None:
    assert instant_of(day, minutes, ZoneInfo(zone)) == at(expected)


def test_a_skipped_time_is_the_instant_of_the_change() -> None:
    for minutes in (120, 150, 179):
        assert instant_of(date(2027, 3, 28), minutes, BERLIN) == at("2027-03-28T01:00Z")
        assert instant_of(date(2027, 3, 28), minutes, BERLIN, latest=True) == at("2027-03-28T01:00Z")
    assert instant_of(date(2027, 3, 28), 180, BERLIN) == at("2027-03-28T01:00Z")


def test_a_repeated_time_has_a_first_and_a_last_instant() -> None:
    assert instant_of(date(2026, 10, 25), 150, BERLIN) == at("2026-10-25T00:30Z")
    assert instant_of(date(2026, 10, 25), 150, BERLIN, latest=True) == at("2026-10-25T01:30Z")


@pytest.mark.parametrize(
    ("zone", "year", "month"),
    [
        ("America/Santiago", 2024, 9),
        ("Asia/Beirut", 2024, 3),
        ("Africa/Cairo", 2026, 5),
        ("Asia/Gaza", 2025, 4),
    ],
)
def test_month_edges_where_midnight_may_be_skipped(zone: str, year: int, month: int) -> None:
    start, end = month_edges(year, month, ZoneInfo(zone))
    assert local_day(start, ZoneInfo(zone)) == date(year, month, 1)
    assert local_day(start - 1, ZoneInfo(zone)) < date(year, month, 1)
    assert local_day(end - 1, ZoneInfo(zone)).month == month


@given(st.sampled_from(sorted(zone_names())), st.integers(1971, 2037), st.integers(1, 12))
def test_months_touch_and_hold_their_own_days(zone_name: str, year: int, month: int) -> None:
    zone = ZoneInfo(zone_name)
    start, end = month_edges(year, month, zone)
    following = month_edges(year + month // 12, month % 12 + 1, zone)
    assert end == following[0]
    for moment in (start, end - 1000):
        local = from_epoch_ms(moment).astimezone(zone)
        assert (local.year, local.month) == (year, month)


@given(
    st.sampled_from(sorted(zone_names())),
    st.dates(date(1971, 1, 2), date(2037, 12, 30)),
    st.integers(0, 1439),
)
def test_an_existing_time_reads_back_as_itself(zone_name: str, day: date, minutes: int) -> None:
    zone = ZoneInfo(zone_name)
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minutes)
    exists = wall.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(tzinfo=None)
    first, last = instant_of(day, minutes, zone), instant_of(day, minutes, zone, latest=True)
    assert first <= last
    for moment in (first, last):
        shown = from_epoch_ms(moment).astimezone(zone).replace(tzinfo=None, fold=0)
        if exists:
            assert shown == wall.replace(tzinfo=None)
        else:
            assert shown > wall.replace(tzinfo=None)
            assert from_epoch_ms(moment - 1000).astimezone(zone).replace(tzinfo=None) < wall.replace(
                tzinfo=None
            )
