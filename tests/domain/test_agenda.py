"""The agenda's days, also where clocks change, its line of the present time and what is free around."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.agenda import (
    AgendaDay,
    AgendaEntry,
    AgendaView,
    Surroundings,
    agenda_days,
    is_canceled,
    surroundings,
)
from app.domain.days import Span, day_bounds
from app.domain.meetings import Meeting, MeetingId
from tests.domain.meeting_world import meeting, meetings
from tests.domain.strategies import zones

BERLIN = "Europe/Berlin"
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
NOW = datetime(2026, 11, 23, 15, 15, tzinfo=UTC)


def utc(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def at(name: str, start: datetime, minutes: int | None = 30, *, outcome: str = "SCHEDULED") -> Meeting:
    end = None if minutes is None else start + timedelta(minutes=minutes)
    return meeting(name, start=start, end=end, outcome=outcome)


INTRO = at("intro", utc(23, 8))
RENEWAL = at("renewal", utc(23, 10, 30))
DEMO = at("demo", utc(23, 15, 30), 45)
PARTNER = at("partner", utc(23, 17, 30))
SCOPING = at("scoping", utc(24, 9), 60)
LOST = at("lost", utc(23, 12), outcome="CANCELED")
YESTERDAY = at("yesterday", utc(22, 9))
WEEK = (SCOPING, DEMO, LOST, INTRO, PARTNER, YESTERDAY, RENEWAL)


def days(
    meetings: tuple[Meeting, ...] = WEEK,
    view: AgendaView = AgendaView.UPCOMING,
    *,
    first: date = date(2026, 11, 16),
    last: date = date(2026, 11, 29),
    zone: str = BERLIN,
    now: datetime = NOW,
) -> tuple[AgendaDay, ...]:
    return agenda_days(meetings, view=view, first=first, last=last, zone=zone, now=now)


def named(found: tuple[AgendaDay, ...]) -> list[tuple[date, list[str]]]:
    return [(day.day, [entry.meeting_id for entry in day.entries]) for day in found]


def test_upcoming_holds_all_of_today_with_the_line_of_now() -> None:
    found = days()
    assert named(found) == [(MON, ["intro", "renewal", "demo", "partner"]), (TUE, ["scoping"])]
    assert [day.now_line for day in found] == [2, None]
    assert [entry.is_past for entry in found[0].entries] == [True, True, False, False]
    assert [entry.is_next for entry in found[0].entries] == [False, False, True, False]


def test_past_days_come_newest_first() -> None:
    found = days(view=AgendaView.PAST)
    assert named(found) == [(MON, ["intro", "renewal"]), (date(2026, 11, 22), ["yesterday"])]
    assert [day.now_line for day in found] == [None, None]


def test_canceled_ones_stand_apart() -> None:
    found = days(view=AgendaView.CANCELED)
    assert named(found) == [(MON, ["lost"])]
    assert found[0].entries[0].is_canceled


def test_today_is_there_without_meetings_as_long_as_it_is_asked_for() -> None:
    assert days(()) == (AgendaDay(MON, (), 0),)
    assert days((), first=TUE) == ()
    assert days((), AgendaView.PAST) == ()


@pytest.mark.parametrize(
    ("start", "minutes", "flags"),
    [
        (utc(23, 15), 15, "past"),
        (utc(23, 15), 16, "now"),
        (utc(23, 15, 15), 30, "now"),
        (utc(23, 15, 16), 30, "next"),
        (utc(23, 15, 14), None, "past"),
        (utc(23, 15, 15), None, "next"),
        (utc(23, 15, 15), 0, "next"),
        (utc(23, 15), -30, "past"),
    ],
)
def test_what_is_over_on_or_next(start: datetime, minutes: int | None, flags: str) -> None:
    entry = days((at("m", start, minutes),))[0].entries[0]
    assert entry.is_past is (flags == "past")
    assert entry.is_now is (flags == "now")
    assert entry.is_next is (flags == "next" or start == NOW)
    assert (entry.end is None) is (minutes is None or minutes < 0)


def test_a_canceled_meeting_is_neither_on_nor_next() -> None:
    lost = at("lost", utc(23, 15), 60, outcome="CANCELED")
    later = at("later", utc(23, 16), 60, outcome="CANCELED")
    entries = days((lost, later), AgendaView.CANCELED)[0].entries
    assert not any(entry.is_now or entry.is_next for entry in entries)
    assert is_canceled(lost)
    assert not is_canceled(DEMO)


@pytest.mark.parametrize(
    ("zone", "start", "minutes", "on"),
    [
        (BERLIN, utc(23, 22, 30), 30, [23]),
        (BERLIN, utc(23, 22, 30), 31, [23, 24]),
        (BERLIN, utc(23, 23), 30, [24]),
        (BERLIN, utc(23, 23), None, [24]),
        ("America/New_York", utc(23, 23), 30, [23]),
        ("Pacific/Kiritimati", utc(23, 10), 30, [24]),
        (BERLIN, utc(23, 22, 30), 60 * 48, [23, 24, 25]),
    ],
)
def test_days_are_those_of_the_zone(zone: str, start: datetime, minutes: int | None, on: list[int]) -> None:
    found = [day for day in days((at("m", start, minutes),), zone=zone) if day.entries]
    assert [day.day.day for day in found] == on
    assert [day.entries[0].continues for day in found] == [False] + [True] * (len(on) - 1)
    assert [day.entries[0].goes_on for day in found] == [True] * (len(on) - 1) + [False]


@pytest.mark.parametrize(
    ("zone", "start", "minutes", "on"),
    [
        pytest.param(BERLIN, utc(25, 22, month=10), 60, [25], id="25 hours, still the long day"),
        pytest.param(BERLIN, utc(24, 22, month=10), 25 * 60, [25], id="all of the long day"),
        pytest.param(BERLIN, utc(28, 23, month=3), 23 * 60, [29], id="all of the short day"),
        pytest.param(BERLIN, utc(28, 23, month=3), 23 * 60 + 1, [29, 30], id="a minute more"),
        pytest.param("Australia/Lord_Howe", utc(3, 13, month=10), 60 * 24, [3, 4], id="half an hour less"),
        pytest.param("Australia/Lord_Howe", utc(3, 13, 30, month=10), 60 * 23 + 30, [4], id="23.5 hours"),
        pytest.param("Australia/Lord_Howe", utc(4, 13, month=4), 60 * 24 + 30, [5], id="24.5 hours"),
        pytest.param("Africa/Cairo", utc(23, 21, 30, month=4), 30, [23], id="until midnight is skipped"),
        pytest.param("Africa/Cairo", utc(23, 22, month=4), 30, [24], id="from the skipped midnight"),
        pytest.param("America/Santiago", utc(6, 3, month=9), 61, [5, 6], id="over the skipped midnight"),
        pytest.param("America/Santiago", utc(5, 3, month=4), 60, [4], id="the hour before midnight twice"),
        pytest.param("America/Havana", utc(1, 4, month=11), 60 * 25, [1], id="the hour after midnight twice"),
    ],
)
def test_days_at_clock_changes(zone: str, start: datetime, minutes: int, on: list[int]) -> None:
    first, last = start.date() - timedelta(days=2), start.date() + timedelta(days=3)
    found = days((at("m", start, minutes),), zone=zone, first=first, last=last, now=start)
    assert [day.day.day for day in found if day.entries] == on


def test_only_the_days_asked_for_are_filled() -> None:
    ages = meeting("ages", start=datetime.min.replace(tzinfo=UTC), end=datetime.max.replace(tzinfo=UTC))
    found = days((ages,), first=MON, last=TUE)
    assert named(found) == [(MON, ["ages"]), (TUE, ["ages"])]
    assert all(entry.continues and entry.goes_on for day in found for entry in day.entries)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "UTC"])
@pytest.mark.parametrize("edge", [0, 1])
def test_the_ends_of_the_calendar_have_days_too(zone: str, edge: int) -> None:
    ends = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    far = at("far", ends[edge], None)
    found = days((far,), AgendaView.UPCOMING, first=date.min, last=date.max, zone=zone, now=NOW)
    shown = [day.day.year for day in found if day.entries]
    assert shown == [[], [9999]][edge]


def test_a_meeting_without_a_start_is_on_no_day() -> None:
    assert days((meeting(start=None),)) == (AgendaDay(MON, (), 0),)


@given(st.lists(meetings, unique_by=lambda one: one.id, max_size=8), zones, st.sampled_from(AgendaView))
def test_every_meeting_stands_on_each_of_its_days(made: list[Meeting], zone: str, view: AgendaView) -> None:
    first, last = date(1970, 1, 1), date(1970, 3, 1)
    now = made[0].details.start if made and made[0].details.start else NOW
    found = agenda_days(made, view=view, first=first, last=last, zone=zone, now=now)
    listed = [day.day for day in found]
    assert listed == sorted(set(listed), reverse=view is AgendaView.PAST)
    assert all(first <= day <= last for day in listed)
    entries = [entry for day in found for entry in day.entries]
    assert len({entry.meeting_id for entry in entries if entry.is_next}) <= 1
    for day in found:
        assert [entry.start for entry in day.entries] == sorted(entry.start for entry in day.entries)
        bounds = day_bounds(day.day, zone)
        for entry in day.entries:
            assert entry.start < bounds.end
            assert (entry.end or entry.start) >= bounds.start


quarter_meetings = st.builds(
    lambda name, start, length: at(str(name), utc(22, 0) + timedelta(minutes=15 * start), 15 * length),
    st.integers(1, 50),
    st.integers(0, 300),
    st.integers(0, 200),
)
busy = st.lists(quarter_meetings, unique_by=lambda one: one.id, max_size=8).map(tuple)


@given(busy, zones, st.integers(0, 300))
def test_the_line_of_now_parts_what_has_begun_from_what_has_not(
    made: tuple[Meeting, ...], zone: str, quarter: int
) -> None:
    now = utc(22, 0) + timedelta(minutes=15 * quarter)
    found = days(made, zone=zone, now=now)
    lined = [day for day in found if day.now_line is not None]
    assert len(lined) == 1
    above = lined[0].now_line or 0
    assert all(entry.start <= now for entry in lined[0].entries[:above])
    assert all(entry.start > now for entry in lined[0].entries[above:])


@given(busy, zones)
def test_upcoming_and_past_leave_no_day_of_a_meeting_out(made: tuple[Meeting, ...], zone: str) -> None:
    def shown(view: AgendaView) -> set[tuple[date, MeetingId]]:
        return {(day.day, entry.meeting_id) for day in days(made, view, zone=zone) for entry in day.entries}

    everything = shown(AgendaView.UPCOMING) | shown(AgendaView.PAST)
    for one in made:
        start, end = one.details.start, one.details.end
        assert start is not None
        assert end is not None
        if end <= NOW or start > NOW:
            touched = {
                day
                for day in (date(2026, 11, 16) + timedelta(days=step) for step in range(14))
                if (bounds := day_bounds(day, zone)).start <= start < bounds.end
                or (start < bounds.end and bounds.start < end)
            }
            assert {day for day, meeting_id in everything if meeting_id == one.id} == touched


@pytest.mark.parametrize(
    ("made", "around"),
    [
        (WEEK, Surroundings(MeetingId("renewal"), Span(utc(23, 11), utc(23, 15, 30)), MeetingId("partner"),
                            Span(utc(23, 16, 15), utc(23, 17, 30)))),
        ((DEMO, SCOPING, YESTERDAY, LOST), Surroundings()),
        ((DEMO, at("a", utc(23, 15))), Surroundings(previous=MeetingId("a"))),
        ((DEMO, at("a", utc(23, 16, 15))), Surroundings(following=MeetingId("a"))),
        ((DEMO, at("a", utc(23, 15), 31)), Surroundings(overlapping=(MeetingId("a"),))),
        (
            (DEMO, at("a", utc(23, 15), 60), INTRO, PARTNER),
            Surroundings(
                previous=MeetingId("intro"),
                following=MeetingId("partner"),
                free_after=Span(utc(23, 16, 15), utc(23, 17, 30)),
                overlapping=(MeetingId("a"),),
            ),
        ),
        (
            (DEMO, at("a", utc(23, 16), 60), INTRO, PARTNER),
            Surroundings(
                previous=MeetingId("intro"),
                free_before=Span(utc(23, 8, 30), utc(23, 15, 30)),
                following=MeetingId("partner"),
                overlapping=(MeetingId("a"),),
            ),
        ),
        ((DEMO, at("a", utc(23, 15, 30), None)), Surroundings(overlapping=(MeetingId("a"),))),
        ((INTRO,), Surroundings()),
        ((DEMO, meeting("a", start=None)), Surroundings()),
    ],
)  # fmt: skip
def test_what_lies_around_a_meeting(made: tuple[Meeting, ...], around: Surroundings) -> None:
    assert surroundings(made, MeetingId("demo"), zone=BERLIN) == around


def test_a_meeting_over_midnight_has_its_neighbours_on_two_days() -> None:
    night = at("night", utc(23, 22), 120)
    made = (INTRO, night, SCOPING)
    assert surroundings(made, night.id, zone=BERLIN) == Surroundings(
        INTRO.id, Span(utc(23, 8, 30), utc(23, 22)), SCOPING.id, Span(utc(24, 0), utc(24, 9))
    )
    assert surroundings(made, night.id, zone="UTC").following is None


@given(busy, zones)
def test_free_time_holds_no_meeting(made: tuple[Meeting, ...], zone: str) -> None:
    for this in made:
        around = surroundings(made, this.id, zone=zone)
        for span, other in itertools.product((around.free_before, around.free_after), made):
            start, end = other.details.start, other.details.end
            assert start is not None
            assert end is not None
            if span is not None and end > start:
                assert end <= span.start or start >= span.end


def test_entries_are_values() -> None:
    entry = AgendaEntry(MeetingId("1"), NOW, None)
    assert replace(entry, is_next=True) != entry
