"""What merging months and switching week, duration or zone cost without the painting (goal P8); only prints.

Run it with `python -m tests.benchmarks.availability`.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from app.domain.availability import busy_between, free_by_day, merge, nearest, next_free, slots_between
from app.domain.days import days_bounds
from app.domain.links import Member, Slug, UserId
from app.domain.months import month_bounds
from app.domain.slots import AvailabilityPage, Busy, Slot, YearMonth

GOAL_MS = 8.0
ROUNDS = 21
DURATIONS_MS = (900_000, 1_800_000, 3_600_000)
RASTER = timedelta(minutes=15)
ZONE, OTHER_ZONE = "Europe/Berlin", "America/New_York"
MEMBERS = tuple(Member(UserId(str(number)), "", f"Host {number}", is_offline=False) for number in range(8))
WEEK = (date(2026, 11, 30), date(2026, 12, 6))


def raster(month: YearMonth, zone: str) -> Iterator[datetime]:
    """Every quarter of an hour of the month."""
    bounds = month_bounds(month, zone)
    start = bounds.start
    while start < bounds.end:
        yield start
        start += RASTER


def made_page(month: YearMonth, zone: str = ZONE) -> AvailabilityPage:
    """A month around the clock, for three durations, with eight calendars."""
    starts = list(raster(month, zone))
    return AvailabilityPage(
        slug=Slug("team/link"),
        month=month,
        zone=zone,
        slots={
            ms: tuple(Slot(one, one + timedelta(milliseconds=ms)) for one in starts) for ms in DURATIONS_MS
        },
        members=MEMBERS,
        busy={
            member.user_id: tuple(Busy(one, one + timedelta(minutes=45)) for one in starts[::9])
            for member in MEMBERS
        },
        has_more=True,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


def median_ms(call: Callable[[], object]) -> float:
    """The middle of several runs."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def main() -> None:
    """Print every figure beside the goal."""
    pages = [made_page(YearMonth(2026, 11).plus(step)) for step in range(3)]
    merged = merge(pages, ZONE)
    slots = merged.of(DURATIONS_MS[1])
    total = sum(len(merged.of(ms)) for ms in DURATIONS_MS)
    week = days_bounds(*WEEK, ZONE)
    middle = slots[len(slots) // 2].start

    def busy_week() -> None:
        for busy in merged.busy.values():
            busy_between(busy, *week)

    figures: dict[str, Callable[[], object]] = {
        "one more month arrives (merge of 3)": lambda: merge(pages, ZONE),
        "zone switch (merge seen from another zone)": lambda: merge(pages, OTHER_ZONE),
        "week switch (slots of 7 days, by day)": lambda: free_by_day(slots_between(slots, *week), ZONE),
        "duration switch (the same)": lambda: free_by_day(
            slots_between(merged.of(DURATIONS_MS[0]), *week), ZONE
        ),
        "month view (3 months by day)": lambda: free_by_day(slots, OTHER_ZONE),
        "busy times of 8 hosts for a week": busy_week,
        "next free": lambda: next_free(slots, middle),
        "three nearest": lambda: nearest(slots, middle),
        "coverage of a week": lambda: merged.covers(*week),
    }
    print(f"P8: {len(pages)} months, {total} slots, goal {GOAL_MS:.0f} ms with decoding and layout")
    for name, call in figures.items():
        print(f"BAR availability {name:<45} {median_ms(call):7.3f} ms")


if __name__ == "__main__":
    main()
