"""The meeting ports against the sandbox over real HTTP: walks, logging, finding, editing, deleting."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.domain.changes import LogMeeting
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    RECORD_TYPES,
    TICKET,
    Association,
    FieldEdit,
    MeetingDetails,
    MeetingField,
    RecordRef,
    edits_between,
    local_meeting_id,
)
from app.domain.problems import Gone, Rejected, Unknown
from app.sandbox.crm.object_types import MEETING
from app.sandbox.faults import Fault, FaultKind
from tests.gateways.meeting_desk import NOBODY, SITES, START, Desk


async def test_every_meeting_comes_with_its_records(desk: Desk) -> None:
    pages = [page async for page in desk.ports.directory.all()]
    meetings = [meeting for page in pages for meeting in page.meetings]
    assert {meeting.id for meeting in meetings} == {each.id for each in desk.world.store.all(MEETING)}
    assert sum(page.skipped for page in pages) == 0
    store = desk.world.store
    for kind in (*RECORD_TYPES, SITES):
        found = {ref.id for meeting in meetings for ref in meeting.refs if ref.type == kind}
        assert found == {number for each in meetings for number in store.associated(MEETING, each.id, kind)}
        assert found


async def test_a_range_and_the_changes_since_come_whole(desk: Desk) -> None:
    directory = desk.ports.directory
    everything = {m.id: m async for page in directory.all() for m in page.meetings}
    starts = sorted(m.details.start for m in everything.values() if m.details.start)
    low, high = starts[10], starts[-10]
    within = [m.id async for page in directory.between(low, high) for m in page.meetings]
    assert len(within) == len(set(within)) >= len(starts) - 19
    owner = next(m.details.owner_id for m in everything.values() if m.details.owner_id)
    mine = [m async for page in directory.between(low, high, owner_id=owner) for m in page.meetings]
    assert mine
    assert {m.details.owner_id for m in mine} == {owner}
    assert await directory.count() == len(everything)

    made = await desk.logged("since-1", title="New")
    assert made.updated_at is not None
    changed = [m async for page in directory.changed_since(made.updated_at) for m in page.meetings]
    assert made.id in {m.id for m in changed}
    assert all(m.updated_at and m.updated_at >= made.updated_at for m in changed)
    assert all(m.associations is None for m in changed)


async def test_a_meeting_is_logged_on_five_records_and_read_back_as_it_was_typed(desk: Desk) -> None:
    refs = [desk.ref(kind) for kind in (CONTACT, COMPANY, DEAL, TICKET, SITES)]
    typed = {
        "title": "Kick-off <b>&amp; more",
        "outcome": "COMPLETED",
        "location": "Room 1",
        "body": "Hello,\n\n  - one\n  - two & three",
        "notes": "They said <yes>\nreally",
        "external_url": "https://calendar.example/1",
    }
    made = await desk.logged("log-5", *refs, **typed)
    read = await desk.ports.directory.meeting(made.id)
    for meeting in (made, read):
        assert {name: getattr(meeting.details, name) for name in typed} == typed
        assert (meeting.details.start, meeting.details.end) == (START, START + timedelta(hours=1))
    assert set(made.refs) == set(read.refs) == set(refs)
    stored = desk.stored(made.id)
    assert stored["hs_timestamp"] == stored["hs_meeting_start_time"] == "2026-11-18T09:00:00Z"
    assert stored["hs_internal_meeting_notes"] == "They said &lt;yes&gt;<br>really<br>[slotdesk:log-5]"
    assert read.updated_at is not None
    (again,) = await desk.ports.directory.meetings([made.id, NOBODY, local_meeting_id("x"), made.id])
    assert again == replace(read, associations=None)


async def test_a_meeting_is_found_by_its_mark(desk: Desk) -> None:
    find = desk.ports.directory.find
    first, second = uuid4().hex, uuid4().hex
    linked = await desk.logged(first, desk.ref(CONTACT, 3), title="On a record")
    alone = await desk.logged(second, title="On none")
    details = MeetingDetails(start=START)
    on_it = LogMeeting(local_meeting_id("a"), details, (Association(desk.ref(CONTACT, 3)),))
    off_it = LogMeeting(local_meeting_id("b"), details, (Association(RecordRef(CONTACT, "404")),))
    undated = LogMeeting(local_meeting_id("c"), MeetingDetails(title="?"))
    assert [found.id for found in [await find(first, on_it)] if found] == [linked.id]
    assert [found.id for found in [await find(second, off_it)] if found] == [alone.id]
    assert await find("no-such-mark", on_it) is None
    assert await find("no-such-mark", undated) is None
    by_the_mark_alone = await find(second, undated)
    assert by_the_mark_alone is not None
    assert by_the_mark_alone.id == alone.id


async def test_a_log_whose_answer_is_lost_is_unknown_and_found(desk: Desk) -> None:
    ref = desk.ref(CONTACT, 5)
    desk.server.faults.add(Fault(FaultKind.RESET_AFTER, method="POST", path="*/objects*/meetings"))
    before = sum(1 for _ in desk.world.store.all(MEETING))
    with pytest.raises(Unknown):
        await desk.logged("lost-1", ref)
    assert sum(1 for _ in desk.world.store.all(MEETING)) == before + 1
    sent = LogMeeting(local_meeting_id("a"), MeetingDetails(start=START), (Association(ref),))
    assert await desk.ports.directory.find("lost-1", sent) is not None


async def test_only_what_is_edited_is_written(desk: Desk) -> None:
    made = await desk.logged("edit-1", title="Before", notes="keep")
    html = "<p>Line <b>one</b></p><p>Line two</p>"
    record = desk.world.store.get(MEETING, made.id)
    assert record is not None
    desk.world.store.update(record, {"hs_meeting_body": html, "hs_meeting_outcome": "OUR_OWN"})
    before = await desk.ports.directory.meeting(made.id)
    assert before.details.body == "Line one\nLine two"
    assert before.details.outcome == "OUR_OWN"
    later = START + timedelta(days=1)
    wanted = replace(before.details, title="After", start=later, end=later + timedelta(hours=1), location="")
    edited = await desk.ports.writer.edit(made.id, edits_between(before.details, wanted))
    assert edited.details == wanted
    stored = desk.stored(made.id)
    assert stored["hs_meeting_body"] == html
    assert "[slotdesk:edit-1]" in (stored["hs_internal_meeting_notes"] or "")
    assert stored["hs_timestamp"] == stored["hs_meeting_start_time"] == "2026-11-19T09:00:00Z"
    cleared = await desk.ports.writer.edit(
        made.id, [FieldEdit(MeetingField.NOTES, "keep", ""), FieldEdit(MeetingField.BODY, "x", "a\nb")]
    )
    assert (cleared.details.notes, cleared.details.body) == ("", "a\nb")
    assert not desk.stored(made.id)["hs_internal_meeting_notes"]
    assert await desk.ports.writer.edit(made.id, []) == cleared


async def test_what_hubspot_refuses_is_told_by_field(desk: Desk) -> None:
    made = await desk.logged("refuse-1")
    with pytest.raises(Rejected) as refusal:
        await desk.ports.writer.edit(made.id, [FieldEdit(MeetingField.OUTCOME, "", "NONSENSE")])
    assert set(refusal.value.fields) <= {"outcome"}
    assert "NONSENSE" in refusal.value.message
    with pytest.raises(Gone):
        await desk.ports.writer.edit(NOBODY, [FieldEdit(MeetingField.TITLE, "", "x")])
    with pytest.raises(Gone):
        await desk.ports.directory.meeting(NOBODY)
    with pytest.raises(Gone):
        await desk.ports.directory.meeting(local_meeting_id("x"))


async def test_many_are_edited_and_deleted_at_once_row_by_row(desk: Desk) -> None:
    made = [await desk.logged(f"many-{number}") for number in range(3)]
    done = [FieldEdit(MeetingField.OUTCOME, "", "COMPLETED")]
    bad = [FieldEdit(MeetingField.OUTCOME, "", "NONSENSE")]
    result = await desk.ports.writer.edit_many(
        {made[0].id: done, made[1].id: bad, NOBODY: done, made[2].id: done}
    )
    assert {meeting.id for meeting in result.done} == {made[0].id, made[2].id}
    assert {meeting.details.outcome for meeting in result.done} == {"COMPLETED"}
    assert set(result.failed) == {made[1].id, NOBODY}
    assert isinstance(result.failed[NOBODY], Gone)
    rejected = result.failed[made[1].id]
    assert isinstance(rejected, Rejected)
    assert "NONSENSE" in rejected.message

    await desk.ports.writer.delete_many([meeting.id for meeting in made])
    await desk.ports.writer.delete_many([made[0].id, NOBODY])
    assert await desk.ports.directory.meetings([meeting.id for meeting in made]) == ()
