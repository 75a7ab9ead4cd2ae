"""What a meeting with pending changes looks like."""

from dataclasses import replace
from datetime import timedelta
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
    local_meeting_id,
)
from app.domain.projection import (
    PendingMark,
    ProjectedMeeting,
    applied,
    edited,
    mark_of,
    project,
    with_pins,
)
from tests.domain.meeting_world import (
    ADA,
    LABEL,
    MEETING_ID,
    NINE,
    NORTHWIND,
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
TITLE, START = MeetingField.TITLE, MeetingField.START


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
