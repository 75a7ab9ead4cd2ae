"""What a meeting with pending changes looks like, and which lists it belongs to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    Association,
    CrmRecord,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingIndex,
    MeetingQuery,
    local_meeting_id,
)
from app.domain.projection import (
    PendingMark,
    ProjectedMeeting,
    applied,
    edited,
    mark_of,
    matches,
    merge_index,
    project,
    start_ms,
    with_pins,
)
from app.domain.records import OwnerId
from tests.domain.meeting_world import (
    ADA,
    HALF_AN_HOUR,
    LABEL,
    MEETING_ID,
    MEI,
    NINE,
    NORTHWIND,
    PROJECT,
    ROLLOUT,
    SEEN,
    associations,
    edit,
    meeting,
    meetings,
    refs,
    row,
    texts,
)

LOCAL = local_meeting_id("a1")
DETAILS = MeetingDetails(title="Intro call", start=NINE)
ON_ADA = (Association(ADA),)
TITLE, START, OUTCOME = MeetingField.TITLE, MeetingField.START, MeetingField.OUTCOME


@pytest.mark.parametrize(
    ("change", "associations", "attachments"),
    [
        (LinkRecord(MEETING_ID, Association(ROLLOUT)), (Association(ADA), Association(ROLLOUT)), ("f1",)),
        (LinkRecord(MEETING_ID, Association(ADA, (LABEL,))), (Association(ADA, (LABEL,)),), ("f1",)),
        (UnlinkRecord(MEETING_ID, ADA), (), ("f1",)),
        (UnlinkRecord(MEETING_ID, ROLLOUT), ON_ADA, ("f1",)),
        (PinMeeting(MEETING_ID, ADA), ON_ADA, ("f1",)),
        (AttachFile(MEETING_ID, "s", "notes.pdf", 3), ON_ADA, ("f1",)),
        (DetachFile(MEETING_ID, FileId("f1")), ON_ADA, ()),
        (DetachFile(MEETING_ID, FileId("f2")), ON_ADA, ("f1",)),
    ],
)
def test_one_change(
    change: Change, associations: tuple[Association, ...], attachments: tuple[str, ...]
) -> None:
    before = replace(meeting(), attachments=(FileId("f1"),))
    shown = project(before, [row(change)])
    assert shown is not None
    assert shown.meeting == replace(
        before, associations=associations, attachments=tuple(map(FileId, attachments))
    )
    assert shown.pending is PendingMark.WAITING


def test_an_edit_sets_and_clears_fields() -> None:
    later = (NINE + timedelta(hours=1)).isoformat()
    shown = project(meeting(), [row(edit((TITLE, "Intro call with Ada Okafor", ""), (START, "", later)))])
    assert shown is not None
    assert shown.meeting.details == replace(meeting().details, title="", start=NINE + timedelta(hours=1))


@pytest.mark.parametrize("bad", ["soon", "2026-11-23T09:00:00", "0001-01-01T00:00:00+14:00"])
def test_an_instant_that_cannot_be_read_is_left_and_the_rest_is_shown(bad: str) -> None:
    change = edit((START, "", bad), (TITLE, "", "Demo"))
    assert edited(DETAILS, change.edits) == replace(DETAILS, title="Demo")


@pytest.mark.parametrize(
    "change",
    [LogMeeting(LOCAL, DETAILS, ON_ADA), ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin", ON_ADA)],
)
def test_a_new_meeting_is_shown_before_hubspot_knows_it(change: LogMeeting | ScheduleMeeting) -> None:
    assert project(None, [row(change)]) == ProjectedMeeting(
        Meeting(LOCAL, DETAILS, ON_ADA, created_at=SEEN), PendingMark.WAITING
    )


def test_a_new_meeting_that_hubspot_answers_with_already_is_hubspots() -> None:
    known = meeting(title="From the calendar")
    assert project(known, [row(LogMeeting(LOCAL, DETAILS), state=ChangeState.VERIFYING)]) == ProjectedMeeting(
        known, PendingMark.CHECKING
    )


def test_a_change_of_a_meeting_that_nobody_knows_shows_nothing() -> None:
    assert project(None, [row(edit((TITLE, "", "Demo")))]) is None
    assert project(None, []) is None


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [
        (ChangeState.QUEUED, False),
        (ChangeState.SENDING, False),
        (ChangeState.UNKNOWN, False),
        (ChangeState.DEAD, True),
        (ChangeState.CONFLICT, True),
        (ChangeState.DONE, True),
    ],
)
def test_a_deletion_hides_the_meeting_until_it_is_stuck(state: ChangeState, is_shown: bool) -> None:
    assert (project(meeting(), [row(DeleteMeeting(MEETING_ID), state=state)]) is not None) == is_shown


@pytest.mark.parametrize("state", [ChangeState.DEAD, ChangeState.CONFLICT, ChangeState.ASKING])
def test_what_is_stuck_stays_in_sight(state: ChangeState) -> None:
    shown = project(meeting(), [row(edit((TITLE, "", "Demo")), state=state)])
    assert shown is not None
    assert shown.meeting.details.title == "Demo"
    assert shown.pending is not None


def test_what_is_done_is_hubspots_to_tell() -> None:
    done = row(edit((TITLE, "", "Demo")), state=ChangeState.DONE)
    assert project(meeting(), [done]) == ProjectedMeeting(meeting())


@pytest.mark.parametrize(
    ("states", "mark"),
    [
        ([], None),
        ([ChangeState.DONE], None),
        ([ChangeState.QUEUED], PendingMark.WAITING),
        ([ChangeState.SENDING, ChangeState.QUEUED], PendingMark.SENDING),
        ([ChangeState.UNKNOWN, ChangeState.SENDING], PendingMark.CHECKING),
        ([ChangeState.VERIFYING, ChangeState.QUEUED], PendingMark.CHECKING),
        ([ChangeState.QUEUED, ChangeState.DEAD, ChangeState.SENDING], PendingMark.FAILED),
        ([ChangeState.CONFLICT, ChangeState.DEAD], PendingMark.CONFLICT),
        ([ChangeState.ASKING, ChangeState.CONFLICT, ChangeState.DONE], PendingMark.ASKING),
    ],
)
def test_the_worst_state_is_marked(states: list[ChangeState], mark: PendingMark | None) -> None:
    assert mark_of(row(DeleteMeeting(MEETING_ID), state=state) for state in states) is mark


def test_an_upload_that_is_done_is_attached_once() -> None:
    uploaded = replace(row(AttachFile(MEETING_ID, "s", "notes.pdf", 3)), file_id=FileId("f1"))
    shown = project(meeting(), [uploaded, uploaded])
    assert shown is not None
    assert shown.meeting.attachments == ("f1",)


def test_associations_that_nobody_has_read_stay_unknown_until_one_is_added() -> None:
    unknown = meeting(on=None)
    off = project(unknown, [row(UnlinkRecord(MEETING_ID, ADA))])
    assert off is not None
    assert off.meeting.associations is None
    on = project(unknown, [row(LinkRecord(MEETING_ID, Association(ADA)))])
    assert on is not None
    assert on.meeting.refs == (ADA,)


changes = st.one_of(
    st.builds(LogMeeting, st.just(MEETING_ID), meetings.map(lambda one: one.details), associations),
    st.tuples(st.sampled_from(MeetingField), texts).map(lambda one: edit((one[0], "", one[1]))),
    st.just(DeleteMeeting(MEETING_ID)),
    refs.map(lambda ref: LinkRecord(MEETING_ID, Association(ref, (LABEL,)))),
    refs.map(lambda ref: UnlinkRecord(MEETING_ID, ref)),
    refs.map(lambda ref: PinMeeting(MEETING_ID, ref)),
    st.just(AttachFile(MEETING_ID, "s", "a", 1)),
    st.just(DetachFile(MEETING_ID, FileId("f1"))),
)
rows = st.lists(st.builds(row, changes, state=st.sampled_from(ChangeState)), max_size=8)


@given(st.none() | meetings, rows)
def test_changes_are_projected_one_after_the_other(
    server: Meeting | None, pending: list[PendingChange]
) -> None:
    is_open = [one for one in pending if one.state is not ChangeState.DONE]
    expected = reduce(applied, is_open, server)
    shown = project(server, pending)
    assert (shown.meeting if shown else None) == expected
    if shown:
        assert shown.pending is mark_of(pending)


@given(meetings)
def test_without_changes_a_meeting_is_what_hubspot_says(server: Meeting) -> None:
    assert project(server, []) == ProjectedMeeting(server)


@pytest.mark.parametrize(
    ("pinned", "pins", "shown"),
    [
        ("1", [], "1"),
        ("1", [PinMeeting(MEETING_ID, ADA)], MEETING_ID),
        (None, [PinMeeting(MEETING_ID, ADA)], MEETING_ID),
        ("1", [PinMeeting(MEETING_ID, ADA), PinMeeting(MeetingId("2"), ADA)], "2"),
        (MEETING_ID, [PinMeeting(MEETING_ID, ADA, is_pinned=False)], ""),
        (None, [PinMeeting(MEETING_ID, ADA, is_pinned=False)], ""),
        ("1", [PinMeeting(MEETING_ID, NORTHWIND)], "1"),
    ],
)
def test_pins(pinned: str | None, pins: list[PinMeeting], shown: str) -> None:
    record = CrmRecord(ADA, "Ada Okafor", pinned=MeetingId(pinned) if pinned is not None else None)
    pending = [row(pin) for pin in pins]
    assert with_pins([record], pending) == (replace(record, pinned=MeetingId(shown)),)
    done = [replace(one, state=ChangeState.DONE) for one in pending]
    assert with_pins([record], [*done, row(edit())]) == (record,)


NAMES = {ADA: "Ada Okafor", NORTHWIND: "Nørthwind AG"}


@pytest.mark.parametrize(
    ("query", "is_match"),
    [
        (MeetingQuery(), True),
        (MeetingQuery("  "), True),
        (MeetingQuery("INTRO"), True),
        (MeetingQuery("okaf ada int"), True),
        (MeetingQuery("tro"), False),
        (MeetingQuery("northw"), True),
        (MeetingQuery("budget"), True),
        (MeetingQuery("goals"), True),
        (MeetingQuery("berlin"), False),
        (MeetingQuery("intro nobody"), False),
        (MeetingQuery(outcomes=frozenset({"SCHEDULED"})), True),
        (MeetingQuery(outcomes=frozenset({"COMPLETED"})), False),
        (MeetingQuery(activity_types=frozenset({"Demo"})), True),
        (MeetingQuery(activity_types=frozenset({""})), False),
        (MeetingQuery(owner_ids=frozenset({MEI})), True),
        (MeetingQuery(owner_ids=frozenset({OwnerId("12")})), False),
        (MeetingQuery(record=NORTHWIND), True),
        (MeetingQuery(record=ROLLOUT), False),
        (MeetingQuery(earliest=NINE, latest=NINE), True),
        (MeetingQuery(earliest=NINE + timedelta(seconds=1)), False),
        (MeetingQuery(latest=NINE - timedelta(seconds=1)), False),
        (MeetingQuery(to_log_before=NINE + HALF_AN_HOUR), False),
        (MeetingQuery(to_log_before=NINE + timedelta(minutes=31)), True),
    ],
)
def test_which_queries_a_meeting_matches(query: MeetingQuery, is_match: bool) -> None:
    shown = meeting(on=(ADA, NORTHWIND, PROJECT), activity_type="Demo", body="Goals", notes="Owns the budget")
    shown = replace(shown, details=replace(shown.details, location="Berlin"))
    assert matches(query, shown, NAMES) is is_match


def test_a_meeting_without_times_lies_in_no_range() -> None:
    timeless = meeting(start=None, end=None)
    assert matches(MeetingQuery(), timeless)
    assert not matches(MeetingQuery(earliest=datetime(1, 1, 1, tzinfo=UTC)), timeless)
    assert not matches(MeetingQuery(to_log_before=datetime(9999, 1, 1, tzinfo=UTC)), timeless)
    assert matches(MeetingQuery(to_log_before=NINE + HALF_AN_HOUR), meeting(end=None))


@given(texts, meetings, st.none() | meetings.map(lambda one: one.details.start))
def test_every_query_is_answered(text: str, shown: Meeting, instant: datetime | None) -> None:
    query = MeetingQuery(text, earliest=instant, to_log_before=instant)
    assert matches(query, shown, {ADA: text}) in (True, False)
    assert matches(MeetingQuery(shown.details.title), shown)


few_starts = st.none() | st.integers(-3, 3).map(lambda hours: NINE + timedelta(hours=hours))
small_meetings = st.builds(
    lambda number, start: meeting(str(number), start=start), st.integers(1, 12), few_starts
)


@given(
    st.lists(small_meetings, unique_by=lambda one: one.id, max_size=8),
    st.dictionaries(st.integers(1, 15).map(str).map(MeetingId), st.none() | few_starts, max_size=8),
    st.booleans(),
)
def test_an_index_with_pending_changes_is_the_one_of_the_projected_meetings(
    cached: list[Meeting], pending: dict[MeetingId, datetime | None], is_ascending: bool
) -> None:
    query = MeetingQuery(is_ascending=is_ascending, latest=NINE + timedelta(hours=2))
    there = sorted((one for one in cached if matches(query, one)), key=start_ms, reverse=not is_ascending)
    index = MeetingIndex(tuple(one.id for one in there), [start_ms(one) for one in there])
    projected = {
        meeting_id: ProjectedMeeting(meeting(meeting_id, start=start)) if start else None
        for meeting_id, start in pending.items()
    }
    merged = merge_index(index, projected, query)
    expected = {one.id: start_ms(one) for one in there if one.id not in projected}
    expected |= {
        meeting_id: start_ms(one.meeting)
        for meeting_id, one in projected.items()
        if one and matches(query, one.meeting)
    }
    assert dict(zip(merged.ids, merged.starts_ms, strict=True)) == expected
    assert len(merged) == len(expected)
    assert list(merged.starts_ms) == sorted(merged.starts_ms, reverse=not is_ascending)


@pytest.mark.parametrize("is_ascending", [True, False])
def test_a_row_whose_start_is_the_same_keeps_its_place(is_ascending: bool) -> None:
    index = MeetingIndex(tuple(map(MeetingId, "abc")), [start_ms(meeting())] * 3)
    projected = {one: ProjectedMeeting(meeting(one)) for one in map(MeetingId, "bx")}
    merged = merge_index(index, projected, MeetingQuery(is_ascending=is_ascending))
    assert merged.ids == tuple("abcx")


def test_starts_are_epoch_milliseconds() -> None:
    assert start_ms(meeting(start=datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))) == 1000
    assert start_ms(meeting(start=datetime(1, 1, 1, tzinfo=UTC))) == -62135596800000
    assert start_ms(meeting(start=None)) == 0


def test_an_outcome_that_waits_takes_the_meeting_off_the_list_to_log() -> None:
    query = MeetingQuery(to_log_before=NINE + timedelta(days=1))
    index = MeetingIndex((MEETING_ID,), [start_ms(meeting())])
    shown = project(meeting(), [row(edit((OUTCOME, "SCHEDULED", "COMPLETED")))])
    assert merge_index(index, {MEETING_ID: shown}, query).ids == ()
