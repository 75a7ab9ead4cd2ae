"""The axis is monotone and invertible on every day of every zone, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.calendar.axis import DAY_MINUTES, build_axis, runs_of

ZONES = (
    "UTC",
    "America/New_York",
    "America/St_Johns",
    "America/Havana",
    "America/Asuncion",
    "America/Sao_Paulo",
    "Europe/Berlin",
    "Asia/Beirut",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Antarctica/Troll",
)
zones = st.sampled_from(ZONES)
dates = st.dates(date(2000, 1, 1), date(2036, 12, 25))
NEW_YORK = ZoneInfo("America/New_York")


def week(first: date, count: int = 7) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def changes_of(zone: str) -> list[date]:
    """The days between 2000 and 2036 on which a zone changes its clocks."""
    place = ZoneInfo(zone)
    days = [date(2000, 1, 1) + timedelta(days=number) for number in range(365 * 36)]
    noon = [datetime(day.year, day.month, day.day, 12, tzinfo=place).utcoffset() for day in days]
    return [day for day, before, after in zip(days[1:], noon, noon[1:], strict=False) if before != after]


CHANGES = [(zone, day) for zone in ZONES for day in changes_of(zone)]


@given(zones, dates, st.lists(st.integers(0, 48 * 60), min_size=2, max_size=20))
def test_a_later_instant_is_never_above_an_earlier_one(zone: str, first: date, minutes: list[int]) -> None:
    assert_monotone(zone, first, minutes)


@given(
    st.sampled_from(CHANGES), st.integers(0, 6), st.lists(st.integers(0, 48 * 60), min_size=2, max_size=20)
)
def test_nor_in_a_week_with_a_clock_change(change: tuple[str, date], before: int, minutes: list[int]) -> None:
    zone, day = change
    assert_monotone(zone, day - timedelta(days=before), minutes)


def assert_monotone(zone: str, first: date, minutes: list[int]) -> None:
    for day in build_axis(week(first), zone).days:
        instants = sorted({day.start + timedelta(minutes=minute) for minute in minutes})
        inside = [instant for instant in instants if instant < day.end]
        positions = [day.position(instant) for instant in inside]
        assert positions == sorted(set(positions))
        assert [day.instant(position) for position in positions] == inside
        assert all(day.end_position(instant) <= day.position(instant) for instant in inside)


@given(st.sampled_from(CHANGES), st.integers(0, 6))
def test_pieces_and_gaps_fill_the_axis_without_overlap(change: tuple[str, date], before: int) -> None:
    zone, day = change
    axis = build_axis(week(day - timedelta(days=before)), zone)
    for each in axis.days:
        stretches = sorted([(piece.top, piece.bottom) for piece in each.pieces] + list(each.gaps()))
        assert [low for low, _ in stretches] == [0.0, *(high for _, high in stretches[:-1])]
        assert stretches[-1][1] == axis.length


@given(st.sampled_from(CHANGES))
def test_runs_follow_each_other_and_change_the_clock(change: tuple[str, date]) -> None:
    zone, day = change
    place = ZoneInfo(zone)
    for each in (day - timedelta(days=1), day):
        runs = runs_of(each, place)
        for before, after in pairwise(runs):
            assert before.end == after.start
            assert before.wall_end != after.wall
        for run in runs:
            local = run.start.astimezone(place).replace(tzinfo=None)
            midnight = datetime.combine(each, datetime.min.time())
            assert local - midnight == timedelta(minutes=run.wall)


@given(zones, dates, st.integers(0, DAY_MINUTES - 1))
def test_an_ordinary_day_is_its_wall_clock(zone: str, day: date, minute: int) -> None:
    place = ZoneInfo(zone)
    if len(runs_of(day, place)) != 1:
        return
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=place)
    shown = build_axis([day], zone).days[0].position(wall.astimezone(UTC))
    run = runs_of(day, place)[0]
    assert shown == minute or run.wall != 0


def test_a_skipped_hour_is_a_gap_of_its_day_only() -> None:
    axis = build_axis(week(date(2026, 3, 7), 3), "America/New_York")
    saturday, sunday, monday = axis.days
    assert axis.length == DAY_MINUTES
    assert sunday.gaps() == ((120.0, 180.0),)
    assert saturday.gaps() == monday.gaps() == ()
    change = datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert sunday.position(change) == 180
    assert sunday.end_position(change) == 120
    assert sunday.instant(150) is None


def test_a_repeated_hour_has_a_band_of_its_own_on_all_days() -> None:
    axis = build_axis(week(date(2026, 10, 31), 3), "America/New_York")
    saturday, sunday, monday = axis.days
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK).astimezone(UTC)
    second = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK).astimezone(UTC)
    assert axis.length == DAY_MINUTES + 60
    assert sunday.gaps() == ()
    assert saturday.gaps() == monday.gaps() == ((120.0, 180.0),)
    assert (sunday.position(first), sunday.position(second)) == (90, 150)
    marks = [(mark.wall, mark.repeated) for mark in axis.marks() if 0 < mark.wall <= 120]
    assert marks == [(60, False), (60, True), (120, False)]


def test_the_same_wall_time_stands_at_one_height_after_a_repeated_hour() -> None:
    axis = build_axis(week(date(2026, 10, 31), 3), "America/New_York")
    heights = {
        day.position(
            datetime(day.date.year, day.date.month, day.date.day, 9, tzinfo=NEW_YORK).astimezone(UTC)
        )
        for day in axis.days
    }
    assert heights == {600.0}


def test_a_change_of_half_an_hour_is_a_band_of_half_an_hour() -> None:
    axis = build_axis([date(2026, 4, 5)], "Australia/Lord_Howe")
    assert axis.length == DAY_MINUTES + 30
    assert axis.days[0].gaps() == ()


def test_a_day_that_begins_at_one_has_no_first_hour() -> None:
    axis = build_axis([date(2026, 3, 29)], "Asia/Beirut")
    assert axis.days[0].gaps() == ((0.0, 60.0),)


def test_the_clock_may_fall_back_into_the_day_before() -> None:
    axis = build_axis(week(date(2010, 11, 6), 2), "America/St_Johns")
    assert axis.length == DAY_MINUTES + 60
    assert [run.wall for run in runs_of(date(2010, 11, 7), ZoneInfo("America/St_Johns"))] == [0, -59]


def test_a_date_that_was_left_out_has_no_time() -> None:
    axis = build_axis(week(date(2011, 12, 29), 3), "Pacific/Apia")
    left_out = axis.days[1]
    assert left_out.pieces == ()
    assert left_out.gaps() == ((0.0, float(DAY_MINUTES)),)
    assert left_out.position(left_out.start) == left_out.end_position(left_out.start) == 0
    assert left_out.instant(600) is None


@pytest.mark.parametrize("zone", ZONES)
def test_hour_marks_run_from_midnight_to_midnight(zone: str) -> None:
    marks = build_axis(week(date(2026, 10, 25)), zone).marks()
    assert (marks[0].wall, marks[-1].wall) == (0, DAY_MINUTES)
    positions = [mark.position for mark in marks]
    assert positions == sorted(set(positions))
