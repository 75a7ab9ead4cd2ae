"""Days, headings, the line of the present time, and what is said where there is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.agenda import AgendaView
from app.domain.meetings import Outcome
from app.domain.problems import Offline, Problem, ServiceBroken, SignInNeeded
from app.services.meetings.state import SyncState
from app.ui.screens.agenda.listing.inputs import (
    FIRST_DAY,
    LAST_DAY,
    Answer,
    Days,
    Elsewhere,
    Look,
    Question,
    RowKey,
)
from app.ui.screens.agenda.listing.nothing import Note, Nothing, Way
from app.ui.screens.agenda.listing.props import derive_agenda, step_of
from tests.fakes.samples import sample_account
from tests.ui.screens.agenda.bench import berlin
from tests.ui.screens.agenda.listing.snapshots import AFTERNOON, row, snapshot, texts

MONDAY = date(2026, 11, 23)
DAY = Question(look=Look.DAY)


def nothing(inputs: object) -> Nothing:
    shown = derive_agenda(inputs).nothing  # type: ignore[arg-type]
    assert shown is not None
    return shown


def note(inputs: object) -> Note:
    shown = derive_agenda(inputs).note  # type: ignore[arg-type]
    assert shown is not None
    return shown


def test_days_have_names_and_the_first_one_its_zone() -> None:
    rows = [row(1, "A", berlin(0, 18)), row(2, "B", berlin(1, 9)), row(3, "C", berlin(3, 9))]
    assert texts(snapshot(rows)) == [
        "Today, Mon 23 Nov · Berlin time",
        "A",
        "Tomorrow, Tue 24 Nov",
        "B",
        "Thu 26 Nov",
        "C",
    ]


def test_today_without_meetings_says_so_above_the_other_days() -> None:
    shown = texts(snapshot([row(1, "A", berlin(1, 9))]))
    assert shown[:2] == ["Today, Mon 23 Nov · Berlin time", "Nothing today."]
    line = derive_agenda(snapshot([row(1, "A", berlin(1, 9))])).now_line
    assert line is not None
    assert line.after == 0


def test_past_days_come_newest_first_and_another_year_is_named() -> None:
    question = Question(AgendaView.PAST, anchor=date(2025, 1, 3))
    rows = [
        row(1, "A", datetime(2025, 1, 2, 9, tzinfo=UTC)),
        row(2, "B", datetime(2025, 1, 3, 9, tzinfo=UTC)),
    ]
    assert texts(snapshot(rows, question)) == ["Fri 3 Jan 2025 · Berlin time", "B", "Thu 2 Jan 2025", "A"]
    yesterday = texts(snapshot([row(1, "A", berlin(-1, 9))], Question(AgendaView.PAST)))
    assert yesterday[0] == "Yesterday, Sun 22 Nov · Berlin time"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 29), "clocks go forward to 03:00"),
        (date(2026, 10, 25), "clocks go back to 02:00"),
    ],
)
def test_the_day_of_a_clock_change_says_so(day: date, said: str) -> None:
    start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    made = snapshot([row(1, "A", start)], Question(anchor=day), now=start - timedelta(days=3))
    assert texts(made)[0].endswith(f"Berlin time · {said}")


@pytest.mark.parametrize(
    ("now", "after"),
    [
        (berlin(0, 8), 0),
        (berlin(0, 9), 1),
        (berlin(0, 9, 15), 1),
        (berlin(0, 16, 15), 1),
        (berlin(0, 17), 2),
        (berlin(0, 23), 2),
    ],
)
def test_the_line_stands_between_what_has_begun_and_what_has_not(now: datetime, after: int) -> None:
    rows = [row(1, "A", berlin(0, 9)), row(2, "B", berlin(0, 17)), row(3, "C", berlin(1, 9))]
    line = derive_agenda(snapshot(rows, now=now)).now_line
    assert line is not None
    assert line.after == after
    assert line.spoken == f"It is {line.text} in Berlin"


@pytest.mark.parametrize("view", [AgendaView.PAST, AgendaView.CANCELED])
def test_other_lists_have_no_line(view: AgendaView) -> None:
    rows = [row(1, "A", berlin(0, 9)), row(2, "B", berlin(0, 9), outcome=Outcome.CANCELED)]
    assert derive_agenda(snapshot(rows, Question(view))).now_line is None


def test_without_a_choice_the_present_or_the_next_one_is_open() -> None:
    rows = [row(1, "A", berlin(0, 9)), row(2, "B", berlin(0, 17)), row(3, "C", berlin(1, 9))]
    assert derive_agenda(snapshot(rows)).selected == RowKey(MONDAY, rows[1].meeting.id)
    on_now = [*rows, row(4, "D", berlin(0, 16))]
    assert derive_agenda(snapshot(on_now)).selected == RowKey(MONDAY, on_now[3].meeting.id)
    past = derive_agenda(snapshot(rows, Question(AgendaView.PAST)))
    assert past.selected == RowKey(MONDAY, rows[0].meeting.id)
    assert derive_agenda(snapshot()).selected is None


def test_the_reps_choice_stays_and_follows_its_meeting_to_another_day() -> None:
    rows = [row(1, "A", berlin(0, 17)), row(2, "B", berlin(2, 9))]
    chosen = RowKey(date(2026, 11, 25), rows[1].meeting.id)
    assert derive_agenda(snapshot(rows, selected=chosen)).selected == chosen
    moved = RowKey(MONDAY, rows[1].meeting.id)
    assert derive_agenda(snapshot(rows, selected=moved)).selected == chosen
    gone = RowKey(MONDAY, row(9, "X", None).meeting.id)
    assert derive_agenda(snapshot(rows, selected=gone)).selected == RowKey(MONDAY, rows[0].meeting.id)


@pytest.mark.parametrize(
    ("question", "back", "on"),
    [
        (Question(), False, True),
        (Question(anchor=date(2026, 11, 30)), True, True),
        (Question(AgendaView.PAST), True, False),
        (Question(AgendaView.PAST, anchor=date(2026, 11, 16)), True, True),
        (Question(AgendaView.CANCELED), True, True),
        (Question(AgendaView.CANCELED, anchor=FIRST_DAY), False, True),
        (Question(anchor=LAST_DAY), True, False),
    ],
)
def test_upcoming_ends_at_today_on_one_side_and_past_on_the_other(
    question: Question, back: bool, on: bool
) -> None:
    props = derive_agenda(snapshot((), question))
    assert (props.can_go_back, props.can_go_on) == (back, on)


@pytest.mark.parametrize(
    ("question", "by", "anchor"),
    [
        (Question(), 1, date(2026, 11, 30)),
        (DAY, 1, date(2026, 11, 24)),
        (Question(anchor=date(2026, 11, 26)), -1, None),
        (Question(AgendaView.PAST), -1, date(2026, 11, 16)),
        (Question(AgendaView.PAST, anchor=date(2026, 11, 20)), 1, None),
        (Question(AgendaView.CANCELED), -1, date(2026, 11, 16)),
        (Question(anchor=LAST_DAY), 1, date(2999, 12, 24)),
    ],
)
def test_a_step_is_a_day_or_a_week_and_stays_inside_the_calendar(
    question: Question, by: int, anchor: date | None
) -> None:
    assert step_of(question, by, MONDAY) == anchor


def test_the_answer_before_is_shown_until_the_next_one_comes() -> None:
    old = Answer(Days(MONDAY, MONDAY), (row(1, "A", berlin(0, 18)),), 4)
    made = snapshot((), Question(anchor=date(2026, 11, 30)), serial=5, answer=old)
    assert "A" in texts(made)
    assert derive_agenda(made).title == "30 Nov – 6 Dec"


def test_first_load_lasts_until_there_is_an_answer() -> None:
    assert derive_agenda(replace(snapshot(), answer=None)).is_first_load
    running = SyncState(is_running=True)
    assert derive_agenda(snapshot(sync=running)).is_first_load
    assert not derive_agenda(snapshot([row(1, "A", berlin(0, 18))], sync=running)).is_first_load
    assert not derive_agenda(snapshot()).is_first_load


def test_nothing_on_a_day_names_the_next_meeting_with_its_zone() -> None:
    question = Question(look=Look.DAY, anchor=date(2026, 11, 26))
    found = Elsewhere(row(1, "Partner call", berlin(7, 18, 30)))
    shown = nothing(snapshot((), question, elsewhere=found))
    assert shown.title == "No meetings on Thursday 26 November"
    assert shown.text == "Next: Partner call, Mon 30 Nov, 18:30 Berlin time."
    assert (shown.way, shown.label) == (Way.ELSEWHERE, "Show it")


@pytest.mark.parametrize(
    ("question", "title", "way"),
    [
        (Question(), "No meetings in the week 23 – 29 Nov", Way.PLAN),
        (Question(AgendaView.PAST), "No past meetings in the week 17 – 23 Nov", Way.NONE),
        (Question(AgendaView.CANCELED), "Nothing was canceled in the week 23 – 29 Nov", Way.NONE),
        (Question(person="Ada <b>"), "No meeting with “Ada <b>” in the week 23 – 29 Nov", Way.CLEAR),
    ],
)
def test_nothing_anywhere_has_a_next_step_too(question: Question, title: str, way: Way) -> None:
    shown = nothing(snapshot((), question, elsewhere=Elsewhere(None)))
    assert (shown.title, shown.way) == (title, way)
    assert shown.text
    asking = nothing(snapshot((), question))
    assert (asking.title, asking.text, asking.way) == (title, "", Way.NONE)


def test_what_was_before_the_days_is_said_to_be_before() -> None:
    question = Question(AgendaView.PAST, anchor=date(2026, 11, 16))
    shown = nothing(snapshot((), question, elsewhere=Elsewhere(row(1, "Call", berlin(-20, 9)))))
    assert shown.text == "Before that: Call, Tue 3 Nov, 09:00 Berlin time."


def test_a_missing_permission_names_itself_and_who_can_grant_it() -> None:
    account = replace(sample_account(), scopes=frozenset({"oauth", "crm.objects.contacts.read"}))
    shown = nothing(snapshot(account=account))
    assert "crm.objects.contacts.write" in shown.text
    assert account.portal_name in shown.text
    assert shown.way is Way.RECONNECT


@pytest.mark.parametrize(
    ("problem", "way"), [(ServiceBroken(), Way.RETRY), (SignInNeeded("x"), Way.RECONNECT)]
)
def test_a_problem_stands_in_the_place_of_rows_or_below_them(problem: Problem, way: Way) -> None:
    answer = Answer(Days(MONDAY, date(2026, 11, 29)), (), 0, problem)
    assert nothing(snapshot(answer=answer)).way is way
    with_rows = replace(answer, rows=(row(1, "A", berlin(0, 18)),))
    below = note(snapshot(answer=with_rows))
    assert (below.way, below.tone) == (way, "warn")


def test_offline_names_the_age_of_what_is_shown() -> None:
    rows = [row(1, "A", berlin(0, 18))]
    shown = note(snapshot(rows, is_online=False, sync=SyncState(synced_at=AFTERNOON)))
    assert shown.text == "Offline. Meetings are from 16:15 Berlin time."
    older = SyncState(synced_at=AFTERNOON - timedelta(days=2))
    assert note(snapshot(rows, is_online=False, sync=older)).text == (
        "Offline. Meetings are from Sat 21 Nov, 16:15 Berlin time."
    )
    never = note(snapshot((), is_online=False, sync=SyncState()))
    assert never.text == "Offline. No meetings have been read yet."


def test_a_lost_sign_in_keeps_the_rows_and_offers_to_reconnect() -> None:
    shown = snapshot([row(1, "A", berlin(0, 18))], is_lost=True)
    assert "A" in texts(shown)
    assert note(shown).way is Way.RECONNECT
    assert note(shown).text.endswith("Reconnect HubSpot to read on.")


def test_the_first_reading_counts_and_later_ones_are_silent() -> None:
    rows = [row(1, "A", berlin(0, 18))]
    counting = note(snapshot(rows, sync=SyncState(is_running=True, done=1200, total=10000)))
    assert (counting.text, counting.way) == ("Loading 1,200 of 10,000", Way.STOP)
    assert note(snapshot(rows, sync=SyncState(is_running=True))).text == "Loading meetings"
    again = snapshot(rows, sync=SyncState(is_running=True, synced_at=AFTERNOON))
    assert derive_agenda(again).note is None
    quiet = snapshot(rows, sync=SyncState(synced_at=AFTERNOON, problem=Offline()))
    assert derive_agenda(quiet).note is None
