"""What the left pane says, as tables of snapshots."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QLocale

from app.domain.problems import NotAllowed, Offline, SignInNeeded
from app.services.meetings.state import MeetingsState, SyncState
from app.ui.kit.times import TimeWords
from app.ui.screens.log.listing.days import DayList, DaySection
from app.ui.screens.log.listing.narrowing import Filters, Narrowing, Segment
from app.ui.screens.log.listing.props import ListInputs, day_words, derive_list
from tests.fakes.clock import NOW

BRITISH = TimeWords(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
TODAY = date(2026, 11, 23)
INPUTS = ListInputs(Narrowing(), BRITISH, MeetingsState(), SyncState(synced_at=NOW), days=DayList())
ROWS = DayList(("1",), (DaySection(0, TODAY),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (TODAY, "Today, Mon 23 Nov · Berlin time"),
        (TODAY - timedelta(days=1), "Yesterday, Sun 22 Nov · Berlin time"),
        (TODAY + timedelta(days=1), "Tomorrow, Tue 24 Nov · Berlin time"),
        (date(2026, 11, 20), "Fri 20 Nov · Berlin time"),
        (date(2025, 11, 20), "Thu 20 Nov 2025 · Berlin time"),
        (None, "Without a time"),
    ],
)
def test_the_heading_of_a_day(day: date | None, words: str) -> None:
    assert day_words(DaySection(0, day), BRITISH, now=NOW, zone="Europe/Berlin") == words


@pytest.mark.parametrize(
    ("to_log", "in_outbox", "labels"),
    [
        (0, 0, ["To log", "All"]),
        (3, 0, ["To log · 3", "All"]),
        (1234, 2, ["To log · 1,234", "All", "Outbox · 2"]),
    ],
)
def test_the_segments(to_log: int, in_outbox: int, labels: list[str]) -> None:
    inputs = replace(INPUTS, meetings=MeetingsState(to_log=to_log), in_outbox=in_outbox)
    assert [label for _, label in derive_list(inputs).segments] == labels


@pytest.mark.parametrize(
    ("change", "remedy"),
    [
        ({"narrowing": Narrowing(text="x")}, "clear"),
        ({"narrowing": Narrowing(filters=Filters(activity_type="demo"))}, "clear"),
        ({}, "all"),
        ({"narrowing": Narrowing(Segment.ALL)}, "log"),
        ({"problem": Offline()}, "sync"),
        ({"meetings": MeetingsState(problem=NotAllowed(("x",)))}, "reconnect"),
        ({"sync": SyncState(problem=SignInNeeded("1"))}, "reconnect"),
        ({"sync": SyncState()}, "sync"),
    ],
)
def test_nothing_has_a_reason_and_a_next_step(change: dict[str, object], remedy: str) -> None:
    nothing = derive_list(replace(INPUTS, **change)).nothing  # type: ignore[arg-type]
    assert nothing is not None
    assert nothing.remedy == remedy
    assert nothing.title
    assert nothing.text
    assert nothing.label


def test_a_first_load_is_no_emptiness() -> None:
    unread = derive_list(replace(INPUTS, days=None))
    assert unread.is_first_load
    assert unread.nothing is None
    syncing = SyncState(is_running=True, done=3200, total=10_000)
    first = derive_list(replace(INPUTS, sync=syncing))
    assert (first.is_first_load, first.progress, first.share) == (True, "Loading 3,200 of 10,000", 0.32)
    again = derive_list(replace(INPUTS, sync=replace(syncing, synced_at=NOW)))
    assert not again.is_first_load


def test_nothing_is_called_logged_before_the_list_has_seen_what_was_read() -> None:
    behind = derive_list(replace(INPUTS, is_behind=True))
    assert behind.is_first_load
    assert behind.nothing is None
    assert not derive_list(replace(INPUTS, is_behind=True, problem=Offline())).is_first_load


def test_a_sync_of_unknown_length_still_says_what_it_does() -> None:
    props = derive_list(replace(INPUTS, sync=SyncState(is_running=True, done=5)))
    assert (props.progress, props.share) == ("Loading meetings", None)


def test_rows_stay_beside_a_problem() -> None:
    props = derive_list(replace(INPUTS, days=ROWS, sync=SyncState(problem=SignInNeeded("1"))))
    assert props.nothing is None
    assert props.note.startswith("HubSpot no longer accepts")
    assert props.can_reconnect


def test_open_ended_days_have_words() -> None:
    since = replace(INPUTS, narrowing=Narrowing(filters=Filters(first_day=TODAY)))
    until = replace(INPUTS, narrowing=Narrowing(filters=Filters(last_day=TODAY)))
    assert derive_list(since).chips == (("days", "since Mon 23 Nov"),)
    assert derive_list(until).chips == (("days", "until Mon 23 Nov"),)
