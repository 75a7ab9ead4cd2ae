"""Every kind of change reaches HubSpot, once, in its order."""

import asyncio
from pathlib import Path

from app.domain.changes import (
    AttachFile,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    LinkRecord,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import Association, FileId, MeetingId
from app.domain.problems import Offline
from tests.fakes.clock import settle
from tests.services.outbox.office import (
    ADA,
    DETAILS,
    LOCAL,
    ON_ADA,
    ROLLOUT,
    at_work,
    edit_of,
    log,
)

SCHEDULED = ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin", (ON_ADA,))


async def test_a_log_is_kept_before_it_is_sent_and_gone_when_it_is_done() -> None:
    office = await at_work()
    (change_id,) = await office.add(log())
    assert office.states == [ChangeState.QUEUED]
    assert office.disk_row(change_id) == office.rows[0]
    async with office.working():
        await settle()
        assert office.rows == ()
    (meeting_id,) = office.hubspot.kept
    assert office.hubspot.kept[meeting_id].meeting.details == DETAILS
    assert office.hubspot.kept[meeting_id].mark == change_id
    assert office.outbox.identities == {LOCAL: meeting_id}
    assert office.outbox.resolve(LOCAL) == meeting_id
    done = office.disk_row(change_id)
    assert (done.state, done.server_id, done.attempt) == (ChangeState.DONE, meeting_id, 1)
    assert office.sent == [(done, office.hubspot.kept[meeting_id].meeting, None)]
    writes = [call[1] for call in office.store.calls if call[0] == "write"]
    assert [row.state for rows in writes for row in rows] == [  # type: ignore[attr-defined]
        ChangeState.QUEUED,
        ChangeState.SENDING,
        ChangeState.DONE,
    ]


async def test_what_follows_a_log_waits_for_it_and_uses_its_id() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with office.working():
        await office.add(log())
        await office.add(
            LinkRecord(LOCAL, Association(ROLLOUT)),
            PinMeeting(LOCAL, ROLLOUT),
            UnlinkRecord(LOCAL, ADA),
            DetachFile(LOCAL, FileId("f-9")),
        )
        assert office.hubspot.count("link") == 0
        assert office.outbox.state.value.waiting == 5
        office.hubspot.release("log")
        await settle(400)
        assert office.rows == ()
    (meeting_id,) = office.hubspot.kept
    assert office.hubspot.pins == {ROLLOUT: meeting_id}
    assert office.hubspot.kept[meeting_id].meeting.refs == (ROLLOUT,)
    assert office.hubspot.count("detach") == 1
    assert [answer[2] for answer in office.sent][1] == (ON_ADA, Association(ROLLOUT))


async def test_an_edit_a_deletion_and_a_pin_of_a_known_meeting() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS, (ON_ADA,))
    office.hubspot.pins[ADA] = MeetingId("9")
    async with office.working():
        await office.add(edit_of(meeting))
        assert office.hubspot.kept[meeting.id].meeting.details.title == "Renamed"
        assert office.sent[0][1] == office.hubspot.kept[meeting.id].meeting
        await office.add(PinMeeting(meeting.id, ADA, is_pinned=False))
        assert office.hubspot.pins == {ADA: MeetingId("9")}
        await office.add(PinMeeting(meeting.id, ADA, before=MeetingId("9")))
        assert office.hubspot.pins == {ADA: meeting.id}
        await office.add(PinMeeting(meeting.id, ADA, is_pinned=False, before=meeting.id))
        assert office.hubspot.pins == {}
        await office.add(DeleteMeeting(meeting.id))
        assert office.rows == ()
    assert list(office.hubspot.bin) == [meeting.id]


async def test_a_file_is_uploaded_kept_attached_and_its_copy_removed() -> None:
    office = await at_work()
    meeting = office.hubspot.add(DETAILS)
    office.paper.spool.kept["1-notes.pdf"] = Path("1-notes.pdf")
    office.hubspot.hold("upload")
    async with office.working():
        (change_id,) = await office.add(AttachFile(meeting.id, "1-notes.pdf", "notes.pdf", 10))
        assert office.outbox.state.value.progress == {change_id: (0, 10)}
        assert office.outbox.state.value.is_sending
        office.hubspot.release("upload")
        await settle()
        assert office.rows == ()
        assert office.outbox.state.value.progress == {}
        assert not office.outbox.state.value.is_sending
    assert office.hubspot.kept[meeting.id].meeting.attachments == (FileId("file-1"),)
    assert office.hubspot.uploads == {(f"/slotdesk/{change_id}", "notes.pdf"): FileId("file-1")}
    assert office.paper.spool.kept == {}


async def test_a_scheduled_meeting_is_looked_for_when_its_id_is_not_named() -> None:
    office = await at_work()
    office.hubspot.names_scheduled = False
    office.hubspot.lag = 1.0
    async with office.working():
        (change_id,) = await office.add(ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin"))
        assert office.states == [ChangeState.SENDING]
        await office.clock.advance(2)
        assert office.rows == ()
    assert list(office.hubspot.kept) == [office.outbox.resolve(LOCAL)]
    assert office.disk_row(change_id).server_id is not None


async def test_a_scheduled_meeting_whose_id_never_turns_up_is_done_all_the_same() -> None:
    office = await at_work()
    office.hubspot.names_scheduled = False
    office.hubspot.lag = 99
    office.hubspot.fail("find", None, Offline())
    async with office.working():
        await office.add(ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin"))
        await office.clock.advance(10)
        assert office.rows == ()
        await office.add(PinMeeting(LOCAL, ADA))
        assert office.states == [ChangeState.DEAD]
        assert office.reasons == ["Gone"]
    assert len(office.hubspot.kept) == 1


async def test_meetings_go_side_by_side_but_four_at_most() -> None:
    office = await at_work()
    office.hubspot.hold("log")
    async with office.working():
        await office.add(*[log(MeetingId(f"local:{number}")) for number in range(6)])
        assert office.states == [ChangeState.SENDING] * 4 + [ChangeState.QUEUED] * 2
        office.hubspot.release("log")
        await settle(400)
        assert office.rows == ()
    assert len(office.hubspot.kept) == 6


async def test_quitting_leaves_nothing_running() -> None:
    office = await at_work()
    async with office.working():
        await office.add(log())
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []
