"""What a row of the Agenda says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.agenda import AgendaView
from app.domain.meetings import Outcome
from app.domain.preferences import ClockStyle
from app.domain.projection import PendingMark
from app.domain.records import Owner
from app.services.meetings.state import MeetingsState
from app.ui.screens.agenda.listing.faces import RowAction, soon_words
from app.ui.screens.agenda.listing.inputs import Question
from tests.ui.screens.agenda.bench import ADA, IMANI, RAVI, TAILSPIN, berlin
from tests.ui.screens.agenda.listing.snapshots import AFTERNOON, ME, TOM, faces, row, snapshot

BOSTON = {IMANI.ref: "America/New_York"}


def test_the_next_one_says_how_soon_and_the_guests_time() -> None:
    made = snapshot([row(1, "Product demo", berlin(0, 16, 30), IMANI, TAILSPIN, minutes=45)], zones=BOSTON)
    face = faces(made)[0]
    assert (face.start, face.end) == ("16:30", "17:15")
    assert face.line == "Imani Yusuf · Tailspin · 10:30 in New York · in 15 minutes"
    assert (face.action, face.is_primary, face.is_dim) == (RowAction.JOIN, True, False)
    assert face.spoken == (
        "Monday 23 November, 16:30 to 17:15, Berlin time, Product demo, "
        "Imani Yusuf · Tailspin · 10:30 in New York · in 15 minutes, J joins"
    )


def test_later_ones_join_quietly_and_past_ones_log() -> None:
    made = snapshot(
        [row(1, "Over", berlin(0, 9), IMANI), row(2, "Next", berlin(0, 17)), row(3, "Later", berlin(0, 18))],
        zones=BOSTON,
    )
    over, following, later = faces(made)
    assert (over.action, over.is_dim, over.line) == (RowAction.LOG, True, "Imani Yusuf")
    assert following.is_primary
    assert (later.action, later.is_primary) == (RowAction.JOIN, False)
    assert over.spoken.endswith("L logs")


def test_the_present_one_says_now() -> None:
    face = faces(snapshot([row(1, "Call", berlin(0, 16)), row(2, "After", berlin(0, 17))]))[0]
    assert (face.line, face.is_primary, face.is_dim) == ("On no record yet · now", True, False)


def test_in_another_week_nothing_is_next() -> None:
    question = Question(anchor=date(2026, 12, 7))
    face = faces(snapshot([row(1, "Call", berlin(14, 9))], question))[0]
    assert not face.is_primary


@pytest.mark.parametrize(
    ("outcome", "hour", "action", "badge"),
    [
        (Outcome.SCHEDULED, 9, RowAction.LOG, ""),
        ("", 9, RowAction.LOG, ""),
        (Outcome.COMPLETED, 9, RowAction.NONE, "Completed"),
        (Outcome.NO_SHOW, 9, RowAction.NONE, "No show"),
        (Outcome.RESCHEDULED, 18, RowAction.JOIN, "Rescheduled"),
        ("INVENTED", 9, RowAction.NONE, "INVENTED"),
    ],
)
def test_what_was_decided_is_shown_instead_of_log(
    outcome: str, hour: int, action: RowAction, badge: str
) -> None:
    face = faces(snapshot([row(1, "Call", berlin(0, hour), outcome=outcome)]))[0]
    assert (face.action, face.badge) == (action, badge)


def test_canceled_ones_are_struck_and_neither_joined_nor_logged() -> None:
    question = Question(AgendaView.CANCELED)
    face = faces(snapshot([row(1, "Lunch", berlin(0, 18), outcome=Outcome.CANCELED)], question))[0]
    assert (face.is_canceled, face.is_dim, face.badge) == (True, True, "Canceled")
    assert face.action is RowAction.NONE
    assert "Canceled" in face.spoken


@pytest.mark.parametrize("location", ["http://meet.example/a", "javascript:alert(1)", "Room 4", ""])
def test_only_https_can_be_joined(location: str) -> None:
    assert faces(snapshot([row(1, "Call", berlin(0, 18), location=location)]))[0].action is RowAction.NONE


def test_a_night_meeting_stands_on_both_days_and_names_the_other() -> None:
    first, second = faces(snapshot([row(1, "Night", berlin(2, 23), minutes=180)]))
    assert (first.start, first.end) == ("23:00", "Thu 02:00")
    assert (second.start, second.end) == ("until 02:00", "since Wed 23:00")
    assert "23:00 to Thu 02:00" in first.spoken
    assert "Thursday 26 November, until 02:00 since Wed 23:00, Berlin time" in second.spoken


def test_the_days_between_are_whole_and_a_missing_end_stays_missing() -> None:
    days = faces(snapshot([row(1, "Fair", berlin(1, 9), minutes=60 * 50)]))
    assert [(face.start, face.end) for face in days] == [
        ("09:00", "Thu 11:00"),
        ("All day", ""),
        ("until 11:00", "since Tue 09:00"),
    ]
    open_end = faces(snapshot([row(1, "Call", berlin(1, 9), minutes=None)]))[0]
    assert (open_end.start, open_end.end) == ("09:00", "")
    assert "09:00, Berlin time" in open_end.spoken


def test_half_days_are_written_as_the_rep_reads_them() -> None:
    face = faces(snapshot([row(1, "Call", berlin(0, 16, 30))], clock=ClockStyle.HOURS_12))[0]
    assert (face.start, face.end) == ("4:30 PM", "5:00 PM")


def test_a_guest_with_the_same_clock_needs_no_second_time() -> None:
    zones = {RAVI.ref: "Europe/Paris", ADA.ref: "Asia/Kolkata"}
    people = [row(1, "A", berlin(0, 17), RAVI), row(2, "B", berlin(0, 18), RAVI, ADA)]
    alone, both = faces(snapshot(people, zones=zones))
    assert " in " not in alone.line.replace("in 45 minutes", "")
    assert "22:30 in Kolkata" in both.line


def test_clocks_change_apart_and_so_do_the_times_of_guests() -> None:
    """America changes on 8 March, Europe on 29 March: Boston is 5 hours behind in between."""
    now = datetime(2026, 3, 6, 8, tzinfo=UTC)
    starts = [datetime(2026, 3, day, 15, tzinfo=UTC) for day in (6, 9)]
    made = snapshot([row(n, "Call", start, IMANI) for n, start in enumerate(starts)], now=now, zones=BOSTON)
    assert [face.line.split(" · ")[1] for face in faces(made)] == ["10:00 in New York", "11:00 in New York"]


def test_a_colleagues_meeting_names_the_colleague() -> None:
    owners = (Owner(TOM, "600", "tom@slotdesk.example", "Tom Reed"),)
    state = MeetingsState(1, my_owner_id=ME, owners=owners)
    known = row(1, "Call", berlin(0, 18), RAVI, owner=TOM)
    unknown = row(2, "Call", berlin(0, 19), RAVI, owner=None)
    lines = [face.line for face in faces(snapshot([known, unknown], meetings=state))]
    assert lines == ["Ravi Menon · Tom Reed · in 1 h 45 min", "Ravi Menon"]


def test_hostile_words_are_harmless_and_nothing_is_an_untitled_meeting() -> None:
    evil = replace(IMANI, name="<img src=x>\u202egnp.exe\x00")
    shown = faces(
        snapshot([row(1, "<b>Hi</b>\u202e\n&amp;", berlin(0, 18), evil), row(2, "", berlin(0, 19))])
    )
    assert shown[0].title == "<b>Hi</b> &amp;"
    assert shown[0].line.startswith("<img src=x>gnp.exe")
    assert shown[1].title == "Untitled meeting"


def test_what_is_on_its_way_is_marked_and_spoken() -> None:
    waiting = replace(row(1, "Call", berlin(0, 18)), pending=PendingMark.WAITING)
    face = faces(snapshot([waiting]))[0]
    assert face.pending is PendingMark.WAITING
    assert face.spoken.endswith("Will be sent")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-1, ""),
        (0, "now"),
        (20, "in a minute"),
        (61, "in 2 minutes"),
        (15 * 60, "in 15 minutes"),
        (59 * 60 + 1, "in an hour"),
        (3600, "in an hour"),
        (2 * 3600, "in 2 hours"),
        (135 * 60, "in 2 h 15 min"),
        (13 * 3600, ""),
    ],
)
def test_how_soon(seconds: int, said: str) -> None:
    assert soon_words(timedelta(seconds=seconds)) == said


def test_the_snapshots_agree_on_the_time() -> None:
    assert berlin(0, 16, 15) == AFTERNOON
