"""Why a time cannot be booked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.availability import Availability, merge
from app.domain.links import BookingInfo, LinkKind, Member, WeeklyHours
from app.domain.reasons import (
    BufferTime,
    BusyTime,
    Limited,
    NotLoaded,
    OffRaster,
    OutsideHours,
    OutsideWindow,
    Past,
    Reason,
    TooShort,
    why_not,
)
from app.domain.slots import Busy, Slot, YearMonth
from tests.domain.strategies import quarters
from tests.fakes.clock import NOW
from tests.fakes.samples import (
    HALF_HOUR,
    JONAS,
    MARIA,
    OFFLINE_JONAS,
    QUARTER,
    at,
    sample_info,
    sample_page,
    slot,
)

BOTH = (MARIA, JONAS)
MONDAYS = (
    WeeklyHours("Monday", 540, 1020),
    WeeklyHours("TUESDAY", 540, 720),
    WeeklyHours("TUESDAY", 780, 1020),
)
SLOTS = (slot(at(24, 9)), slot(at(24, 9, 30)), slot(at(24, 15)))
BUSY = {
    MARIA.user_id: [Busy(at(24, 10), at(24, 11)), Busy(at(24, 13), at(24, 14))],
    JONAS.user_id: [Busy(at(24, 10, 30), at(24, 12)), Busy(at(24, 13, 10), at(24, 13, 30))],
}


def known(members: tuple[Member, ...] = BOTH, slots: tuple[Slot, ...] = SLOTS) -> Availability:
    busy = {member.user_id: BUSY[member.user_id] for member in members if not member.is_offline}
    return merge([sample_page(YearMonth(2026, 11), {HALF_HOUR: slots}, members=members, busy=busy)], "UTC")


def ask(
    start: datetime,
    info: BookingInfo | None = None,
    *,
    members: tuple[Member, ...] = BOTH,
    kind: LinkKind = LinkKind.GROUP,
    host_zone: str | None = None,
    slots: tuple[Slot, ...] = SLOTS,
) -> Reason | None:
    return why_not(
        start,
        duration_ms=HALF_HOUR,
        info=info or sample_info(kind=kind, members=members),
        availability=known(members, slots),
        now=NOW,
        host_zone=host_zone,
    )


def test_a_free_slot_needs_no_reason() -> None:
    assert ask(at(24, 9)) is None


def test_the_past_and_the_unknown() -> None:
    assert ask(NOW) == Past()
    assert ask(at(20, 9)) == Past()
    assert ask(at(1, 9, month=12)) == NotLoaded()


def test_a_fixed_window() -> None:
    info = replace(sample_info(), window_start=at(24, 0), window_end=at(25, 0))
    assert ask(at(23, 23), info) == OutsideWindow(at(24, 0), at(25, 0))
    assert ask(at(25, 0), info) == OutsideWindow(at(24, 0), at(25, 0))
    assert ask(at(24, 20), info) == Limited()
    assert ask(at(26, 0), replace(info, window_end=None)) == Limited()


@pytest.mark.parametrize(
    ("kind", "members", "start", "reason"),
    [
        (LinkKind.GROUP, BOTH, at(24, 10), BusyTime((MARIA,), at(24, 11))),
        (LinkKind.GROUP, BOTH, at(24, 10, 45), BusyTime(BOTH, at(24, 12))),
        (LinkKind.PERSONAL, (MARIA,), at(24, 13, 30), BusyTime((MARIA,), at(24, 14))),
        (LinkKind.GROUP, BOTH, at(24, 9, 45), TooShort((MARIA,), 15, 30)),
        (LinkKind.ROUND_ROBIN, BOTH, at(24, 10, 30), BusyTime(BOTH, at(24, 11))),
        (LinkKind.ROUND_ROBIN, BOTH, at(24, 10), Limited()),
        (LinkKind.ROUND_ROBIN, BOTH, at(24, 10, 15), TooShort(BOTH, 15, 30)),
        (LinkKind.ROUND_ROBIN, BOTH, at(24, 11, 15), Limited()),
        (LinkKind.OTHER, BOTH, at(24, 13), TooShort(BOTH, 10, 30)),
        (LinkKind.ROUND_ROBIN, (MARIA, OFFLINE_JONAS), at(24, 13), Limited()),
        (LinkKind.GROUP, (MARIA, OFFLINE_JONAS), at(24, 13), BusyTime((MARIA,), at(24, 14))),
        (LinkKind.GROUP, (), at(24, 13), Limited()),
    ],
)
def test_who_stands_in_the_way(
    kind: LinkKind, members: tuple[Member, ...], start: datetime, reason: Reason
) -> None:
    assert ask(start, kind=kind, members=members, slots=()) == reason


def test_the_buffer_around_what_is_busy() -> None:
    info = replace(sample_info(members=(MARIA,)), buffer=timedelta(minutes=15))
    assert ask(at(24, 14), info, members=(MARIA,)) == BufferTime((MARIA,), 15)
    assert ask(at(24, 12, 20), info, members=(MARIA,)) == BufferTime((MARIA,), 15)
    assert ask(at(24, 14, 15), info, members=(MARIA,), slots=()) == Limited()


@pytest.mark.parametrize(
    ("hours", "zone", "start", "reason"),
    [
        (MONDAYS, "UTC", at(24, 8), OutsideHours()),
        (MONDAYS, "UTC", at(24, 12, 30), OutsideHours()),
        (MONDAYS, "UTC", at(24, 16, 30), Limited()),
        (MONDAYS, "UTC", at(24, 16, 31), OutsideHours()),
        (MONDAYS, "UTC", at(25, 10), OutsideHours()),
        (MONDAYS, "America/New_York", at(24, 15, 31), Limited()),
        (MONDAYS, None, at(24, 8), Limited()),
        ((), "UTC", at(24, 8), Limited()),
        ((WeeklyHours("WEEKDAYS", 540, 1020),), "UTC", at(24, 8), Limited()),
    ],
)
def test_weekly_hours_count_only_where_their_zone_and_days_are_known(
    hours: tuple[WeeklyHours, ...], zone: str | None, start: datetime, reason: Reason
) -> None:
    info = replace(sample_info(members=()), hours=hours)
    assert ask(start, info, members=(), host_zone=zone, slots=()) == reason


def test_the_raster_is_read_from_the_slots_around() -> None:
    free = sample_info(members=())
    assert ask(at(24, 14, 45), free, members=()) == OffRaster(30)
    assert ask(at(24, 14, 30), free, members=()) == Limited()
    quarter = replace(free, increment=timedelta(minutes=15))
    assert ask(at(24, 14, 45), quarter, members=()) == Limited()
    assert ask(at(24, 14, 50), quarter, members=()) == OffRaster(15)
    assert ask(at(24, 14, 45), free, members=(), slots=SLOTS[:1]) == Limited()
    mixed = (*SLOTS, slot(at(24, 16, 10)))
    assert ask(at(24, 14, 45), free, members=(), slots=mixed) == Limited()


busy_times = st.lists(
    st.tuples(quarters, st.integers(1, 20)).map(
        lambda pair: Busy(pair[0], pair[0] + timedelta(minutes=15 * pair[1]))
    ),
    max_size=12,
)


@given(
    st.lists(quarters, unique=True, min_size=1, max_size=30),
    busy_times,
    busy_times,
    st.sampled_from(LinkKind),
    st.sampled_from([None, 15, 30, 45]),
    st.sampled_from([0, 10, 60]),
    st.sampled_from([None, "UTC", "America/New_York"]),
    st.sampled_from([HALF_HOUR, QUARTER]),
)
def test_no_bookable_slot_ever_gets_a_reason_and_no_other_time_goes_without(
    starts: list[datetime],
    maria: list[Busy],
    jonas: list[Busy],
    kind: LinkKind,
    increment: int | None,
    buffer: int,
    zone: str | None,
    duration_ms: int,
) -> None:
    page = sample_page(
        YearMonth(2026, 11),
        {duration_ms: [slot(start, duration_ms) for start in sorted(starts)]},
        members=BOTH,
        busy={MARIA.user_id: maria, JONAS.user_id: jonas},
    )
    info = replace(
        sample_info(kind=kind, members=BOTH),
        hours=MONDAYS,
        increment=timedelta(minutes=increment) if increment else None,
        buffer=timedelta(minutes=buffer),
        window_start=datetime(2026, 6, 1, tzinfo=UTC),
    )
    availability = merge([page], "UTC")
    for start in (*starts, *(begin + timedelta(minutes=5) for begin in starts)):
        reason = why_not(
            start,
            duration_ms=duration_ms,
            info=info,
            availability=availability,
            now=NOW,
            host_zone=zone,
        )
        assert (reason is None) == (start in starts)


@given(busy_times, busy_times, quarters, st.sampled_from([LinkKind.GROUP, LinkKind.ROUND_ROBIN]))
def test_what_is_said_of_busy_members_is_true(
    maria: list[Busy], jonas: list[Busy], start: datetime, kind: LinkKind
) -> None:
    calendars = {MARIA: maria, JONAS: jonas}
    page = sample_page(
        YearMonth.of(start.date()),
        {HALF_HOUR: []},
        zone="UTC",
        members=BOTH,
        busy={member.user_id: busy for member, busy in calendars.items()},
    )
    end = start + timedelta(milliseconds=HALF_HOUR)
    reason = why_not(
        start,
        duration_ms=HALF_HOUR,
        info=sample_info(kind=kind, members=BOTH),
        availability=merge([page], "UTC"),
        now=datetime(2025, 1, 1, tzinfo=UTC),
    )
    hit = {member for member, busy in calendars.items() if any(b.start < end and start < b.end for b in busy)}
    blocked = bool(hit) if kind is LinkKind.GROUP else hit == set(BOTH)
    assert isinstance(reason, BusyTime | TooShort) == blocked
    if isinstance(reason, BusyTime | TooShort):
        assert set(reason.members) <= hit
    if isinstance(reason, BusyTime):
        assert reason.until > start
        assert all(any(b.start <= start < b.end for b in calendars[one]) for one in reason.members)
