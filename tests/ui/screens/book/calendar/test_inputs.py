"""Which days, slots and busy times are on screen."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.domain.days import Span
from app.domain.links import LinkKind, UserId
from app.domain.slots import Busy, YearMonth
from app.services.availability_state import AvailabilityState
from app.ui.screens.book.calendar.inputs import CalendarLook, blocked_spans, risky_starts, slot_key
from tests.fakes.clock import NOW
from tests.fakes.samples import (
    HALF_HOUR,
    JONAS,
    MARIA,
    OFFLINE_JONAS,
    QUARTER,
    at,
    sample_info,
    sample_link,
    slot,
)
from tests.ui.screens.book.snapshots import TUESDAY, calendar, known, with_state

NEW_YORK, KIRITIMATI = "America/New_York", "Pacific/Kiritimati"
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("look", "week_days", "first_weekday", "first", "count"),
    [
        (CalendarLook.WEEK, 5, 1, MONDAY, 5),
        (CalendarLook.WEEK, 7, 1, MONDAY, 7),
        (CalendarLook.WEEK, 7, 7, date(2026, 11, 22), 7),
        (CalendarLook.WEEK, 3, 1, MONDAY, 3),
        (CalendarLook.WEEK, 1, 1, MONDAY, 1),
        (CalendarLook.COLUMNS, 5, 1, MONDAY, 5),
        (CalendarLook.LIST, 5, 1, MONDAY, 14),
        (CalendarLook.MONTH, 5, 1, date(2026, 10, 26), 42),
        (CalendarLook.MONTH, 5, 7, date(2026, 11, 1), 35),
    ],
)
def test_the_look_decides_the_days(
    look: CalendarLook, week_days: int, first_weekday: int, first: date, count: int
) -> None:
    days = calendar(look=look, week_days=week_days, first_weekday=first_weekday).days
    assert days[0] == first
    assert len(days) == count
    assert all(after - before == timedelta(1) for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("anchor", "first_weekday", "first"),
    [
        (date(2026, 11, 21), 1, MONDAY),
        (date(2026, 11, 22), 1, MONDAY),
        (date(2026, 11, 22), 7, MONDAY),
        (date(2026, 11, 28), 7, date(2026, 11, 30)),
        (date(2026, 11, 20), 6, date(2026, 11, 22)),
    ],
    ids=["Saturday", "Sunday", "Sunday first", "Saturday last", "Friday of a week from Saturday"],
)
def test_a_working_week_looks_ahead_from_the_weekend(anchor: date, first_weekday: int, first: date) -> None:
    days = calendar(anchor=anchor, first_weekday=first_weekday).days
    assert days[0] == first
    assert len(days) == 5


def test_a_weekend_with_free_times_shows_its_whole_week() -> None:
    inputs = calendar(at(28, 10), anchor=date(2026, 11, 28))
    assert inputs.days[0] == MONDAY
    assert len(inputs.days) == 7


def test_the_span_is_the_guests_days() -> None:
    inputs = calendar(guest_zone=NEW_YORK)
    assert inputs.span == Span(at(23, 5), at(28, 5))


def test_a_week_of_a_clock_change_has_an_hour_more() -> None:
    span = calendar(guest_zone=NEW_YORK, anchor=date(2026, 11, 1), week_days=1).span
    assert span.end - span.start == timedelta(hours=25)


def test_slots_that_have_begun_are_not_offered() -> None:
    inputs = calendar(at(23, 9), NOW, at(23, 9, 30), at(24, 9))
    assert [one.start for one in inputs.slots] == [at(23, 9, 30), at(24, 9)]


def test_all_slots_over_leaves_none() -> None:
    assert calendar(at(20, 9)).slots == ()


@pytest.mark.parametrize(("duration_ms", "count"), [(HALF_HOUR, 3), (QUARTER, 3), (3_600_000, 0), (0, 0)])
def test_the_duration_picks_its_own_slots(duration_ms: int, count: int) -> None:
    assert len(calendar(*TUESDAY, duration_ms=duration_ms).slots) == count


@pytest.mark.parametrize(
    ("zone", "today"), [(NEW_YORK, MONDAY), (KIRITIMATI, MONDAY), ("Pacific/Pago_Pago", date(2026, 11, 22))]
)
def test_today_is_the_guests_day(zone: str, today: date) -> None:
    assert calendar(guest_zone=zone).today == today


NOTHING = AvailabilityState()


@pytest.mark.parametrize(
    ("changes", "is_loading"),
    [
        ({}, True),
        ({"is_opening": True}, True),
        ({"slug": "maria/intro-call", "is_opening": True}, True),
        ({"slug": "maria/intro-call", "loading_months": frozenset({YearMonth(2026, 11)})}, True),
        ({"slug": "maria/intro-call", "is_searching": True}, True),
        ({"slug": "maria/intro-call"}, False),
    ],
    ids=["not asked yet", "about to ask", "opening", "fetching", "searching", "asked and nothing came"],
)
def test_nothing_known_of_the_link_is_loading_until_the_answer(
    changes: dict[str, object], is_loading: bool
) -> None:
    inputs = calendar(state=replace(NOTHING, **changes))  # type: ignore[arg-type]
    assert inputs.is_loading is is_loading
    assert inputs.is_answered is False


@pytest.mark.parametrize(
    "changes",
    [
        {"link": None},
        {"link": replace(sample_link(), payment_link_id="pay-1")},
        {"anchor": date(2026, 11, 2)},
    ],
    ids=["no link", "a paid link", "a week that is over"],
)
def test_what_needs_no_answer_is_not_loading(changes: dict[str, object]) -> None:
    assert calendar(**{"state": NOTHING, **changes}).is_loading is False  # type: ignore[arg-type]


def test_a_refresh_of_known_days_is_not_loading() -> None:
    inputs = with_state(calendar(*TUESDAY), loading_months=frozenset({YearMonth(2026, 11)}), is_opening=True)
    assert inputs.is_loading is False


def test_days_beyond_the_fetched_months_are_loading_while_they_are_fetched() -> None:
    inputs = with_state(
        calendar(*TUESDAY, anchor=date(2026, 11, 30)), loading_months=frozenset({YearMonth(2026, 12)})
    )
    assert inputs.is_loading is True


def busy(*spans: tuple[int, int], day: int = 24) -> tuple[Busy, ...]:
    return tuple(Busy(at(day, start), at(day, end)) for start, end in spans)


def hours(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start.hour, span.end.hour) for span in spans]


@pytest.mark.parametrize(
    ("kind", "members", "expected"),
    [
        (LinkKind.PERSONAL, (MARIA, JONAS), [(9, 13), (15, 16)]),
        (LinkKind.GROUP, (MARIA, JONAS), [(9, 13), (15, 16)]),
        (LinkKind.ROUND_ROBIN, (MARIA, JONAS), [(11, 12)]),
        (LinkKind.GROUP, (MARIA, OFFLINE_JONAS), [(9, 12)]),
        (LinkKind.ROUND_ROBIN, (MARIA, OFFLINE_JONAS), [(9, 12)]),
    ],
    ids=["personal", "group", "round robin", "group with a hidden calendar", "round robin with one"],
)
def test_a_link_is_closed_by_anybody_or_by_all(
    kind: LinkKind, members: tuple[object, ...], expected: list[tuple[int, int]]
) -> None:
    info = sample_info(kind=kind, members=members)  # type: ignore[arg-type]
    inputs = calendar(info=info)
    times = {UserId("501"): busy((9, 12)), UserId("502"): busy((11, 13), (15, 16))}
    inputs = with_state(inputs, availability=known(busy=times, info=info))
    assert hours(blocked_spans(inputs)) == expected


def test_busy_times_are_cut_to_what_is_on_screen() -> None:
    times = {
        UserId("501"): (Busy(at(20, 0), at(23, 10)), Busy(at(27, 20), at(29, 0)), Busy(at(29, 1), at(29, 2)))
    }
    inputs = with_state(calendar(), availability=known(busy=times))
    assert blocked_spans(inputs) == (Span(at(22, 23), at(23, 10)), Span(at(27, 20), at(27, 23)))


def test_a_round_robin_that_nobody_is_known_of_is_open() -> None:
    assert blocked_spans(calendar(info=sample_info(kind=LinkKind.ROUND_ROBIN))) == ()


def test_slots_that_only_a_hidden_calendar_offers_are_risky() -> None:
    info = sample_info(kind=LinkKind.ROUND_ROBIN, members=(MARIA, OFFLINE_JONAS))
    times = {UserId("501"): busy((9, 10))}
    inputs = with_state(calendar(*TUESDAY, info=info), availability=known(*TUESDAY, busy=times, info=info))
    risky = risky_starts(inputs, inputs.slots)
    assert at(24, 9) in risky
    assert risky_starts(calendar(*TUESDAY), calendar(*TUESDAY).slots) == frozenset()


def test_a_key_names_one_instant() -> None:
    assert slot_key(slot(at(24, 9))) == slot_key(slot(at(24, 9), QUARTER))
    assert len({slot_key(slot(start)) for start in TUESDAY}) == 3
