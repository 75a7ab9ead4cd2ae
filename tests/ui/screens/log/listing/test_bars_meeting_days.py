"""The bar on time for meetings: agenda and log list over all zones and clock changes from 2025 to 2029."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.agenda import AgendaView, agenda_days
from app.domain.meetings import Meeting, MeetingDetails, MeetingId, MeetingIndex
from app.domain.projection import start_ms
from app.domain.zones import ClockChange, clock_changes
from app.ui.screens.log.listing.days import by_day
from tests.domain.strategies import ZONE_NAMES
from tests.guards.figures import Report

START, END = datetime(2025, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
REACH, STEP = timedelta(minutes=90), timedelta(minutes=15)
DAY = timedelta(days=1)


def meetings_around(change: ClockChange) -> list[Meeting]:
    """A quarter of an hour each, from 90 minutes before the change until 90 minutes after it."""
    starts = [change.at - REACH + STEP * step for step in range(int(2 * REACH / STEP) + 1)]
    return [
        Meeting(MeetingId(str(number)), MeetingDetails(start=start, end=start + STEP))
        for number, start in enumerate(starts)
    ]


def expected_day(instant: datetime, change: ClockChange) -> date:
    """The day by the offsets alone, without the zone's rules."""
    offset = change.before_minutes if instant < change.at else change.after_minutes
    return (instant + timedelta(minutes=offset)).date()


def days_touched(meeting: Meeting, change: ClockChange) -> list[date]:
    """Every day on which a meeting has at least an instant."""
    start, end = meeting.details.start, meeting.details.end
    assert start is not None
    assert end is not None
    first, last = expected_day(start, change), expected_day(end - timedelta.resolution, change)
    return [first + DAY * step for step in range((last - first).days + 1)] or [first]


def as_agenda(meetings: list[Meeting], zone: str, change: ClockChange) -> list[tuple[str, date]]:
    """What the agenda lists, day by day."""
    days = agenda_days(
        meetings,
        view=AgendaView.UPCOMING,
        first=(change.at - 3 * DAY).date(),
        last=(change.at + 3 * DAY).date(),
        zone=zone,
        now=change.at - 2 * DAY,
    )
    return [(entry.meeting_id, day.day) for day in days for entry in day.entries]


def as_list(meetings: list[Meeting], zone: str) -> list[tuple[str, date | None]]:
    """What the log list shows: a row and the day above it."""
    newest_first = sorted(meetings, key=start_ms, reverse=True)
    index = MeetingIndex(tuple(one.id for one in newest_first), tuple(map(start_ms, newest_first)))
    found = by_day(index, zone)
    ends = [section.first for section in found.sections[1:]] + [len(found)]
    return [
        (found.ids[row], section.day)
        for section, end in zip(found.sections, ends, strict=True)
        for row in range(section.first, end)
    ]


class Faults:
    """Rows that are not where they belong, counted over the whole sweep."""

    def __init__(self) -> None:
        self.rows = self.shifted = self.missing = self.doubled = 0

    def count(self, shown: list[tuple[str, date | None]], wanted: list[tuple[str, date]]) -> None:
        """Hold what is shown against what should be."""
        self.rows += len(wanted)
        self.doubled += len(shown) - len(set(shown))
        self.shifted += len(set(shown) - set(wanted))
        self.missing += len(set(wanted) - set(shown))

    def __str__(self) -> str:
        return f"{self.shifted}, {self.missing}, {self.doubled} of {self.rows} rows"


@pytest.mark.bar
def test_no_row_is_shifted_missing_or_doubled_at_any_clock_change(figure: Report) -> None:
    agenda, listed, changes = Faults(), Faults(), 0
    for zone in ZONE_NAMES:
        for change in clock_changes(zone, START, END):
            changes += 1
            meetings = meetings_around(change)
            touched = [(one.id, day) for one in meetings for day in days_touched(one, change)]
            agenda.count([*as_agenda(meetings, zone, change)], [(str(name), day) for name, day in touched])
            begun = [(str(one.id), days_touched(one, change)[0]) for one in meetings]
            listed.count(as_list(meetings, zone), begun)
    swept = f"{len(ZONE_NAMES)} zones, {changes} clock changes"
    figure("time: agenda rows shifted, missing, doubled", f"{agenda} ({swept})", "0, 0, 0")
    figure("time: log list rows shifted, missing, doubled", f"{listed} ({swept})", "0, 0, 0")
    assert changes > 1000
    for faults in (agenda, listed):
        assert (faults.shifted, faults.missing, faults.doubled) == (0, 0, 0)
