"""Deriving again and again says the same as deriving anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.agenda import AgendaView
from app.domain.meetings import Outcome, RecordRef
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.ui.screens.agenda.listing.derivation import AgendaDerivation
from app.ui.screens.agenda.listing.inputs import AgendaInputs, Look, Question
from app.ui.screens.agenda.listing.props import derive_agenda
from tests.ui.screens.agenda.bench import ADA, IMANI, RAVI, TAILSPIN, berlin
from tests.ui.screens.agenda.listing.snapshots import AFTERNOON, ME, TOM, faces, row, snapshot

ROWS = st.builds(
    row,
    st.integers(1, 5),
    st.sampled_from(["Call", "Demo", ""]),
    st.integers(-3, 9).map(lambda day: berlin(day, 15)) | st.none(),
    st.sampled_from([ADA, IMANI, RAVI, TAILSPIN]),
    minutes=st.sampled_from([None, 30, 60 * 40]),
    outcome=st.sampled_from([Outcome.SCHEDULED.value, Outcome.CANCELED.value, Outcome.COMPLETED.value]),
    owner=st.sampled_from([ME, TOM]),
)
QUESTIONS = st.builds(Question, st.sampled_from(AgendaView), st.sampled_from(Look))
ZONES: st.SearchStrategy[Mapping[RecordRef, str]] = st.sampled_from(
    [{}, {IMANI.ref: "America/New_York"}, {IMANI.ref: "Asia/Kolkata", ADA.ref: "America/New_York"}]
)


def _unique(rows: list[MeetingRow]) -> tuple[MeetingRow, ...]:
    return tuple({one.meeting.id: one for one in rows}.values())


SNAPSHOTS = st.builds(
    lambda rows, question, hours, zones, revision: snapshot(
        _unique(rows),
        question,
        now=AFTERNOON + timedelta(hours=hours),
        zones=zones,
        meetings=MeetingsState(revision, my_owner_id=ME),
    ),
    st.lists(ROWS, max_size=5),
    QUESTIONS,
    st.sampled_from([0, 0.25, 1, 9, 30]),
    ZONES,
    st.integers(0, 1),
)


@given(st.lists(SNAPSHOTS, min_size=2, max_size=6))
def test_what_is_remembered_changes_nothing(snapshots: list[AgendaInputs]) -> None:
    derive = AgendaDerivation()
    for one in snapshots:
        assert derive(one) == derive_agenda(one)


def test_a_selection_or_a_sync_makes_no_row_anew_and_a_minute_only_the_next_one() -> None:
    derive = AgendaDerivation()
    rows = [row(1, "Over", berlin(0, 9)), row(2, "Next", berlin(0, 17)), row(3, "Later", berlin(1, 9))]
    before = snapshot(rows)
    first = derive(before)
    chosen = derive(replace(before, selected=faces(before)[2].key, sync=SyncState(is_running=True)))
    assert chosen.items is first.items
    assert chosen.selected != first.selected
    later = derive(replace(before, now=before.now + timedelta(minutes=1)))
    pairs = zip(first.items, later.items, strict=True)
    assert [old is new for old, new in pairs if getattr(old, "title", "")] == [True, False, True]
