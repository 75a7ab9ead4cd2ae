"""The bar of the rule on time: a sweep over all zones and all their clock changes from 2025 to 2029."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app.domain.availability import free_by_day, merge, slots_between
from app.domain.days import days_bounds, local_day, minute_of_day, week_of
from app.domain.months import month_bounds, months_between
from app.domain.slots import Slot
from app.domain.zones import ClockChange, clock_changes
from tests.domain.strategies import ZONE_NAMES
from tests.fakes.samples import HALF_HOUR, sample_page, slot
from tests.guards.figures import Report

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
REACH, STEP = timedelta(minutes=90), timedelta(minutes=5)
DAY = timedelta(days=1)


def slots_around(change: ClockChange) -> tuple[Slot, ...]:
    steps = range(int(2 * REACH / STEP) + 1)
    return tuple(slot(change.at - REACH + STEP * step) for step in steps)


def as_shown(slots: tuple[Slot, ...], zone: str) -> list[Slot]:
    """What a week view shows: pages by month, merged, cut into weeks and days."""
    months = months_between(slots[0].start, slots[-1].end, zone)
    bounds = {month: month_bounds(month, zone) for month in months}
    pages = [
        sample_page(month, {HALF_HOUR: slots_between(slots, *bounds[month])}, zone=zone) for month in months
    ]
    merged = merge(pages, zone).of(HALF_HOUR)
    first, last = local_day(slots[0].start, zone), local_day(slots[-1].start, zone)
    weeks = {week_of(day, 1, 7) for day in (first, last)}
    shown: list[Slot] = []
    for week in sorted(weeks):
        span = days_bounds(week[0], week[-1], zone)
        days = free_by_day(slots_between(merged, span.start, span.end), zone)
        assert set(days) <= set(week)
        shown.extend(one for day in week for one in days.get(day, ()))
    return shown


def misplaced(slots: tuple[Slot, ...], zone: str, change: ClockChange) -> int:
    """Slots whose local day or minute is not the UTC one plus the offset in force."""
    wrong = 0
    for one in slots:
        offset = change.before_minutes if one.start < change.at else change.after_minutes
        clock = one.start + timedelta(minutes=offset)
        expected = (clock.date(), clock.hour * 60 + clock.minute)
        wrong += (local_day(one.start, zone), minute_of_day(one.start, zone)) != expected
    return wrong


@pytest.mark.bar
def test_no_slot_is_shifted_missing_or_doubled_at_any_clock_change(figure: Report) -> None:
    changes = shifted = missing = doubled = 0
    for zone in ZONE_NAMES:
        for change in clock_changes(zone, START, END):
            slots = slots_around(change)
            shown = as_shown(slots, zone)
            changes += 1
            shifted += misplaced(slots, zone, change)
            missing += len(set(slots) - set(shown))
            doubled += len(shown) - len(set(shown))
            assert shown == list(slots), (zone, change)
    figure(f"time: zones swept, {changes} clock changes", len(ZONE_NAMES), "all")
    figure("time: slots shifted, missing, doubled", f"{shifted}, {missing}, {doubled}", "0, 0, 0")
    assert changes > 1000
    assert (shifted, missing, doubled) == (0, 0, 0)


def test_the_sweep_knows_every_clock_change() -> None:
    days = [START + DAY * step for step in range((END - START) // DAY + 1)]
    for zone in ZONE_NAMES[::7]:
        rules = ZoneInfo(zone)
        offsets = [day.astimezone(rules).utcoffset() for day in days]
        expected = sum(before != after for before, after in pairwise(offsets))
        assert len(clock_changes(zone, START, END)) == expected, zone
