"""Taking a gesture back, before it is sent, while it is, and after."""

from pathlib import Path

import pytest

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import Association, FieldEdit, FileId, MeetingField, MeetingId
from app.domain.problems import Rejected, Unknown
from app.services.outbox.undoing import put_back, undone
from tests.fakes.clock import settle
from tests.services.outbox.office import ADA, DETAILS, LOCAL, ON_ADA, ROLLOUT, at_work, edit_of, log
from tests.services.outbox.rows import row, same

A, B = MeetingId("a"), MeetingId("b")
BACK = AttachFile(A, spooled="", name="f", size=0)


@pytest.mark.parametrize(
    ("change", "opposite"),
    [
        (log(A), DeleteMeeting(A)),
        (ScheduleMeeting(A, DETAILS, "501", "Europe/Berlin"), DeleteMeeting(A)),
        (
            EditMeeting(A, (FieldEdit(MeetingField.TITLE, "x", "y"),), is_forced=True),
            EditMeeting(A, (FieldEdit(MeetingField.TITLE, "y", "x"),)),
        ),
        (LinkRecord(A, ON_ADA), UnlinkRecord(A, ADA)),
        (UnlinkRecord(A, ADA), LinkRecord(A, ON_ADA)),
        (PinMeeting(A, ADA, before=B), PinMeeting(B, ADA, before=A)),
        (PinMeeting(A, ADA), PinMeeting(A, ADA, is_pinned=False, before=A)),
        (PinMeeting(A, ADA, is_pinned=False, before=A), PinMeeting(A, ADA)),
        (DetachFile(A, FileId("f")), BACK),
        (DeleteMeeting(A), None),
        (AttachFile(A, "1-x", "x", 1), None),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_is_at_hubspot_is_answered_by_its_opposite(change: Change, opposite: Change | None) -> None:
    for state in (ChangeState.DONE, ChangeState.SENDING, ChangeState.UNKNOWN):
        plan = undone([row(change, state=state)], (), same)
        assert plan.removed == ()
        assert plan.opposites == ((opposite,) if opposite else ())
    for state in (ChangeState.QUEUED, ChangeState.DEAD, ChangeState.CONFLICT):
        waiting = row(change, state=state)
        plan = undone([waiting], (waiting,), same)
        assert (plan.removed, plan.opposites) == ((waiting.id,), ())


def test_an_attached_file_is_taken_off_and_a_detached_one_put_back() -> None:
    attached = row(AttachFile(A, "1-x", "x", 1), state=ChangeState.DONE, file_id=FileId("f"))
    assert undone([attached], (), same).opposites == (DetachFile(A, FileId("f")),)
    assert put_back(BACK) == FileId("f")
    assert put_back(attached.change) is put_back(log()) is None


def test_what_was_tried_before_may_have_happened() -> None:
    tried = row(LinkRecord(A, ON_ADA), started_at=DETAILS.start, attempt=1)
    assert undone([tried], (tried,), same).opposites == (UnlinkRecord(A, ADA),)
    log_tried = row(log(A), started_at=DETAILS.start, attempt=1)
    assert undone([log_tried], (log_tried,), same).removed == (log_tried.id,)


def test_a_question_has_to_be_answered_first() -> None:
    plan = undone([row(log(), state=ChangeState.ASKING)], (), same)
    assert (plan.removed, plan.opposites) == ((), ())


async def test_a_held_group_goes_without_a_trace() -> None:
    office = await at_work()
    first, second = (office.hubspot.add(DETAILS) for _ in range(2))
    async with office.working():
        await office.add(edit_of(first), edit_of(second), group="g", hold=8)
        await office.clock.advance(7)
        assert await office.outbox.undo("g")
        assert not await office.outbox.undo("g")
        await office.clock.advance(2)
        assert office.rows == ()
    assert office.hubspot.count("edit_many") == 0


async def test_a_held_group_is_sent_after_its_time_and_written_back_as_one() -> None:
    office = await at_work()
    first, second = (office.hubspot.add(DETAILS) for _ in range(2))
    async with office.working():
        await office.add(edit_of(first), edit_of(second), group="g", hold=8)
        await office.clock.advance(8)
        assert office.rows == ()
        assert office.hubspot.kept[first.id].meeting.details.title == "Renamed"
        assert await office.outbox.undo("g")
        await settle()
        assert office.rows == ()
    assert office.hubspot.kept[first.id].meeting.details == DETAILS
    assert office.hubspot.count("edit_many") == 2


async def test_a_log_is_undone_by_archiving_it_even_while_it_is_sent() -> None:
    office = await at_work()
    office.hubspot.lose("log", Unknown())
    async with office.working():
        await office.add(log(), PinMeeting(LOCAL, ADA), group="g")
        assert office.states == [ChangeState.UNKNOWN, ChangeState.QUEUED]
        assert await office.outbox.undo("g")
        assert [type(one.change) for one in office.rows][1:] == [DeleteMeeting]
        await office.clock.advance(2)
        assert office.rows == ()
    assert office.hubspot.kept == {}
    assert len(office.hubspot.bin) == 1


async def test_an_unsent_log_goes_with_all_that_follows_it() -> None:
    office = await at_work()
    office.hubspot.fail_always("log", Rejected("no"))
    office.paper.spool.kept["1-x"] = Path("1-x")
    async with office.working():
        await office.add(log(), group="g")
        await office.add(AttachFile(LOCAL, "1-x", "x", 1), LinkRecord(LOCAL, Association(ROLLOUT)))
        assert await office.outbox.undo("g")
        assert office.rows == ()
    assert office.paper.spool.kept == {}


async def test_undoing_a_deletion_puts_back_what_it_had_made_needless() -> None:
    office = await at_work()
    known = office.hubspot.add(DETAILS)
    office.hubspot.fail("edit", Rejected("no"))
    async with office.working():
        (refused,) = await office.add(edit_of(known))
        await office.add(DeleteMeeting(known.id), group="g", hold=8)
        assert office.states == [ChangeState.QUEUED]
        assert await office.outbox.undo("g")
        await settle()
        assert [one.id for one in office.rows] == [refused]
    assert list(office.hubspot.kept) == [known.id]


async def test_undoing_the_deletion_of_an_unsent_log_sends_it_after_all() -> None:
    office = await at_work()
    office.paper.spool.kept["1-x"] = Path("1-x")
    await office.add(log(), AttachFile(LOCAL, "1-x", "x", 1))
    assert await office.add(DeleteMeeting(LOCAL), group="g", hold=8) == ()
    assert office.rows == ()
    assert await office.outbox.undo("g")
    async with office.working():
        await settle()
        assert office.rows == ()
    assert [len(kept.meeting.attachments) for kept in office.hubspot.kept.values()] == [1]


async def test_a_change_without_a_group_can_be_undone_from_the_history() -> None:
    office = await at_work()
    async with office.working():
        await office.add(log())
        (done,) = await office.outbox.history()
        assert await office.outbox.undo(done.group)
        await settle()
        assert office.rows == ()
        assert not await office.outbox.undo("")
    assert len(office.hubspot.bin) == 1


async def test_a_deletion_that_was_sent_cannot_be_undone_and_brings_nothing_back() -> None:
    office = await at_work()
    known = office.hubspot.add(DETAILS)
    office.hubspot.fail("edit", Rejected("no"))
    async with office.working():
        await office.add(edit_of(known))
        await office.add(DeleteMeeting(known.id), group="g", hold=8)
        await office.clock.advance(8)
        assert not await office.outbox.undo("g")
        assert office.rows == ()


async def test_a_detached_file_comes_back_without_an_upload() -> None:
    office = await at_work()
    known = office.hubspot.add(DETAILS)
    await office.hubspot.attach(known.id, FileId("f-1"))
    async with office.working():
        await office.add(DetachFile(known.id, FileId("f-1")), group="g")
        assert office.hubspot.kept[known.id].meeting.attachments == ()
        assert await office.outbox.undo("g")
        await settle()
        assert office.rows == ()
    assert office.hubspot.kept[known.id].meeting.attachments == (FileId("f-1"),)
    assert office.hubspot.count("upload") == 0
