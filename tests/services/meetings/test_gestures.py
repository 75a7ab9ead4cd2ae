"""What the rep does to meetings: which changes reach the outbox as which group, and what a failure leaves."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.changes import (
    AttachFile,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    Association,
    AssociationLabel,
    CrmRecord,
    FieldEdit,
    FileId,
    MeetingDetails,
    MeetingField,
    MeetingId,
    Outcome,
    is_local,
    local_meeting_id,
)
from app.domain.problems import Gone, SignInNeeded, StorageFailed, StorageTrouble
from tests.fakes.clock import NOW
from tests.services.meetings.rig import ADA, FIRST, ME, NORTHWIND, OTHER, RECORDS, Rig, meeting

ONE, TWO, THREE = (MeetingId(one) for one in "123")
LOCAL = local_meeting_id("a")
FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")
DETAILS = MeetingDetails(title="Intro", start=NOW, end=NOW + timedelta(minutes=30), outcome="COMPLETED")
PHOTO, PLAN = Path("photo.jpg"), Path("somewhere", "plan.pdf")


async def logging_rig() -> Rig:
    """A rig that knows who the rep is."""
    rig = await Rig().start()
    await rig.meetings.start_sync()
    return rig


async def test_a_log_is_one_group_with_its_pins_and_files_and_forgets_its_draft() -> None:
    rig = await logging_rig()
    meeting_id = await rig.meetings.log(
        DETAILS, [Association(ADA)], pins=[ADA], files=[PHOTO, PLAN], draft_key="log/new"
    )
    assert is_local(meeting_id)
    added = rig.outbox.added[0]
    assert added.changes == (
        LogMeeting(meeting_id, replace(DETAILS, owner_id=ME), (Association(ADA),)),
        PinMeeting(meeting_id, ADA),
        AttachFile(meeting_id, "spooled-1", "photo.jpg", 10),
        AttachFile(meeting_id, "spooled-2", "plan.pdf", 10),
    )
    assert (added.group, added.hold_seconds, added.drafts) == (str(meeting_id), 0, ("log/new",))
    row = await rig.meetings.row(meeting_id)
    assert row is not None
    assert row.meeting.refs == (ADA,)


async def test_two_logs_are_two_meetings_and_the_owner_who_met_is_kept() -> None:
    rig = await logging_rig()
    theirs = replace(DETAILS, owner_id=OTHER)
    ids = {await rig.meetings.log(theirs, []) for _ in range(2)}
    assert len(ids) == 2
    assert {row.change.meeting_id for row in rig.outbox.state.value.rows} == ids
    assert rig.outbox.added[0].changes[0] == LogMeeting(rig.outbox.added[0].changes[0].meeting_id, theirs, ())


async def test_a_plain_meeting_is_scheduled_for_the_rep() -> None:
    rig = await logging_rig()
    meeting_id = await rig.meetings.schedule(
        DETAILS,
        [Association(ADA)],
        zone="Europe/Berlin",
        attendee_owner_ids=[OTHER],
        location_type="PHONE",
        reminders=[10, 60],
        draft_key="plain",
    )
    added = rig.outbox.added[0]
    assert added.changes == (
        ScheduleMeeting(
            meeting_id,
            replace(DETAILS, owner_id=ME),
            "501",
            "Europe/Berlin",
            (Association(ADA),),
            (OTHER,),
            "PHONE",
            (10, 60),
        ),
    )
    assert (added.group, added.drafts) == (str(meeting_id), ("plain",))


async def test_a_file_that_is_not_there_keeps_the_log_from_being_sent_and_leaves_no_copy() -> None:
    rig = await logging_rig()
    rig.spool.missing.add(PLAN)
    with pytest.raises(Gone):
        await rig.meetings.log(DETAILS, [], files=[PHOTO, PLAN])
    assert (rig.outbox.added, rig.spool.kept) == ([], {})


async def test_a_log_that_cannot_be_kept_leaves_no_copy() -> None:
    rig = await logging_rig()
    rig.outbox.failure = FULL
    with pytest.raises(StorageFailed):
        await rig.meetings.log(DETAILS, [], files=[PHOTO])
    assert rig.spool.kept == {}


async def test_an_edit_sends_what_differs_from_what_the_rep_has_seen() -> None:
    # A colleague's notes came while the form was open: they are not written back to what they were.
    seen = meeting("1")
    theirs = replace(
        seen, details=replace(seen.details, notes="theirs"), updated_at=NOW - timedelta(minutes=1)
    )
    rig = await Rig().start(theirs)
    after = replace(seen.details, title="Renamed")
    group = await rig.meetings.edit(ONE, after, seen=seen, draft_key="log/1")
    added = rig.outbox.added[0]
    assert added.changes == (
        EditMeeting(ONE, (FieldEdit(MeetingField.TITLE, "Intro call", "Renamed"),), seen.updated_at),
    )
    assert (added.group, added.drafts, added.hold_seconds) == (group, ("log/1",), 0)
    row = await rig.meetings.row(ONE)
    assert row is not None
    assert (row.meeting.details.title, row.meeting.details.notes) == ("Renamed", "theirs")


async def test_an_edit_without_a_form_is_compared_with_what_is_shown() -> None:
    rig = await Rig().start(meeting("1"))
    first = await rig.meetings.edit(ONE, replace(meeting("1").details, title="Two"))
    assert first is not None
    assert await rig.meetings.edit(ONE, replace(meeting("1").details, title="Two")) is None
    second = await rig.meetings.edit(ONE, replace(meeting("1").details, title=""))
    assert rig.outbox.added[1].changes == (
        EditMeeting(ONE, (FieldEdit(MeetingField.TITLE, "Two", ""),), meeting("1").updated_at),
    )
    assert first != second


async def test_a_meeting_that_nobody_knows_cannot_be_edited() -> None:
    rig = await Rig().start()
    with pytest.raises(Gone):
        await rig.meetings.edit(ONE, DETAILS)


async def test_an_outcome_is_one_held_group_without_the_meetings_that_have_it() -> None:
    rig = await Rig().start(meeting("1"), meeting("2"), meeting("3", outcome="NO_SHOW"))
    rig.outbox.identities[LOCAL] = TWO
    group = await rig.meetings.set_outcome([ONE, LOCAL, THREE, MeetingId("404")], Outcome.NO_SHOW)
    edit = FieldEdit(MeetingField.OUTCOME, "SCHEDULED", "NO_SHOW")
    base = meeting("1").updated_at
    added = rig.outbox.added[0]
    assert added.changes == (EditMeeting(ONE, (edit,), base), EditMeeting(TWO, (edit,), base))
    assert (added.group, added.hold_seconds) == (group, 8)


async def test_a_bulk_change_of_nothing_adds_nothing() -> None:
    rig = await Rig().start(meeting("1"))
    assert await rig.meetings.change_many([ONE], {MeetingField.TITLE: "Intro call"})
    assert rig.outbox.added == []
    with pytest.raises(ValueError, match="yesterday"):
        await rig.meetings.change_many([ONE], {MeetingField.START: "yesterday"})


async def test_deletions_are_one_held_group() -> None:
    rig = await Rig().start(meeting("1"), meeting("2"))
    rig.outbox.identities[LOCAL] = ONE
    group = await rig.meetings.delete([LOCAL, ONE, TWO])
    added = rig.outbox.added[0]
    assert added.changes == (DeleteMeeting(ONE), DeleteMeeting(TWO))
    assert (added.group, added.hold_seconds) == (group, 8)
    assert await rig.meetings.rows([ONE, TWO]) == ()


async def test_a_link_names_all_labels() -> None:
    rig = await Rig().start(meeting("1"))
    association = Association(ADA, (AssociationLabel("USER_DEFINED", 7, "Decision maker"),))
    await rig.meetings.link(ONE, association)
    assert rig.outbox.added[0].changes == (LinkRecord(ONE, association),)


async def test_unlinking_takes_the_pin_away_first() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA, NORTHWIND))
    pinned = replace(RECORDS[0], pinned=ONE)
    rig.cache.kept_records[FIRST.id] = {ADA: pinned, NORTHWIND: RECORDS[1]}
    await rig.meetings.unlink(ONE, NORTHWIND)
    await rig.meetings.unlink(ONE, ADA)
    assert [added.changes for added in rig.outbox.added] == [
        (UnlinkRecord(ONE, NORTHWIND),),
        (PinMeeting(ONE, ADA, is_pinned=False, before=ONE), UnlinkRecord(ONE, ADA)),
    ]


async def test_a_pin_says_what_was_pinned_before() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    rig.cache.kept_records[FIRST.id] = {ADA: replace(RECORDS[0], pinned=TWO)}
    await rig.meetings.pin(ONE, ADA, True)
    await rig.meetings.pin(ONE, ADA, False)
    assert [added.changes for added in rig.outbox.added] == [
        (PinMeeting(ONE, ADA, is_pinned=True, before=TWO),),
        (PinMeeting(ONE, ADA, is_pinned=False, before=ONE),),
    ]


async def test_what_is_pinned_already_or_by_another_meeting_is_left_alone() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA, NORTHWIND))
    rig.cache.kept_records[FIRST.id] = {
        ADA: replace(RECORDS[0], pinned=ONE),
        NORTHWIND: replace(RECORDS[1], pinned=TWO),
    }
    await rig.meetings.pin(ONE, ADA, True)
    await rig.meetings.pin(ONE, NORTHWIND, False)
    assert rig.outbox.added == []


async def test_a_pin_on_a_record_the_meeting_is_not_on_puts_it_there_first() -> None:
    rig = await Rig().start(meeting("1"), meeting("2", is_bare=True))
    await rig.meetings.pin(ONE, ADA, True)
    await rig.meetings.pin(TWO, ADA, True)
    await rig.meetings.pin(ONE, NORTHWIND, False)
    assert [added.changes for added in rig.outbox.added] == [
        (LinkRecord(ONE, Association(ADA)), PinMeeting(ONE, ADA)),
        (PinMeeting(TWO, ADA),),
        (PinMeeting(ONE, NORTHWIND, is_pinned=False),),
    ]


async def test_files_are_attached_and_detached() -> None:
    rig = await Rig().start(meeting("1"))
    await rig.meetings.attach(ONE, PLAN)
    await rig.meetings.detach(ONE, FileId("f-1"))
    assert [added.changes for added in rig.outbox.added] == [
        (AttachFile(ONE, "spooled-1", "plan.pdf", 10),),
        (DetachFile(ONE, FileId("f-1")),),
    ]
    rig.outbox.failure = FULL
    with pytest.raises(StorageFailed):
        await rig.meetings.attach(ONE, PHOTO)
    assert list(rig.spool.kept.values()) == [PLAN]


async def test_a_pin_is_read_from_the_record_alone() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    rig.cache.kept_records[FIRST.id] = {ADA: CrmRecord(ADA, "")}
    await rig.meetings.unlink(ONE, ADA)
    assert rig.outbox.added[0].changes == (UnlinkRecord(ONE, ADA),)


async def test_nobody_signed_in_changes_nothing() -> None:
    rig = Rig()
    for command in (
        rig.meetings.edit(ONE, DETAILS),
        rig.meetings.set_outcome([ONE], "COMPLETED"),
        rig.meetings.refresh(ONE),
    ):
        with pytest.raises(SignInNeeded):
            await command
    assert rig.outbox.added == []
