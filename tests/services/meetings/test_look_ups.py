"""What is asked because the rep looks at a meeting, types a name, or has just booked."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.changes import EditMeeting, LogMeeting
from app.domain.meetings import (
    CONTACT,
    Attachment,
    CrmRecord,
    FieldEdit,
    FileId,
    Meeting,
    MeetingField,
    MeetingId,
    RecordRef,
    local_meeting_id,
)
from app.domain.problems import (
    Gone,
    NotAllowed,
    Offline,
    Problem,
    ServiceBroken,
    SignInNeeded,
    StorageFailed,
    StorageTrouble,
)
from app.domain.records import Contact, ContactId
from app.services.meetings.state import MeetingRow
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import ADA, BIG_DEAL, FIRST, NORTHWIND, RECORDS, SECOND, Rig, meeting

ONE = MeetingId("1")
LOCAL = local_meeting_id("a")
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")
EDIT = EditMeeting(ONE, (FieldEdit(MeetingField.TITLE, "Intro call", "Mine"),))


async def test_a_refresh_reads_the_meeting_its_records_and_their_pins() -> None:
    rig = await Rig().start(meeting("1", title="Old"))
    rig.directory.put(meeting("1", NOW, ADA, title="New", updated_at=NOW))
    rig.finder.kept[ADA] = replace(RECORDS[0], pinned=ONE)
    rig.outbox.put(EDIT)
    revision = rig.state.revision
    row = await rig.meetings.refresh(ONE)
    assert rig.state.revision > revision
    assert (row.meeting.details.title, row.records) == ("Mine", (replace(RECORDS[0], pinned=ONE),))
    assert rig.kept[ONE].details.title == "New"


async def test_names_that_fail_do_not_spoil_a_refresh() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", NOW, ADA))
    rig.finder.fail("records", Offline())
    row = await rig.meetings.refresh(ONE)
    assert row.records == (CrmRecord(ADA, ""),)


async def test_a_meeting_that_is_gone_is_forgotten_unless_changes_wait() -> None:
    rig = await Rig().start(meeting("1"), meeting("2"))
    rig.outbox.put(EDIT)
    for meeting_id in ("1", "2"):
        with pytest.raises(Gone):
            await rig.meetings.refresh(MeetingId(meeting_id))
    assert set(rig.kept) == {ONE}


async def test_a_local_meeting_is_refreshed_from_here() -> None:
    rig = await Rig().start()
    rig.outbox.put(LogMeeting(LOCAL, meeting("x").details))
    row = await rig.meetings.refresh(LOCAL)
    assert row.meeting.id == LOCAL
    with pytest.raises(Gone):
        await rig.meetings.refresh(local_meeting_id("b"))
    assert rig.directory.calls == []


async def test_a_refresh_offline_raises_and_keeps_the_meeting() -> None:
    rig = await Rig().start(meeting("1"))
    rig.directory.fail("meeting", Offline())
    with pytest.raises(Offline):
        await rig.meetings.refresh(ONE)
    assert set(rig.kept) == {ONE}


async def test_an_answer_after_a_switch_is_kept_for_nobody() -> None:
    rig = await Rig().start(meeting("1"))
    rig.directory.put(meeting("1", NOW, ADA, updated_at=NOW))
    for step in ("meeting", "between"):
        rig.directory.hold(step)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_gone(rig))
        await settle()
        await rig.accounts.activate(SECOND.id)
        rig.directory.release("meeting")
        await task
    assert rig.kept == {ONE: meeting("1")}
    assert rig.sides[SECOND.id].finder.calls == []


async def _gone(rig: Rig) -> None:
    with pytest.raises(Gone):
        await rig.meetings.refresh(ONE)


async def test_rows_on_screen_get_their_records_and_names_in_batches() -> None:
    rig = await Rig().start(*(meeting(str(one), is_bare=True) for one in range(150)))
    refs = [RecordRef(CONTACT, str(one)) for one in range(150)]
    rig.directory.put(*(meeting(str(one), NOW, refs[one]) for one in range(150)))
    rig.finder.kept = {ref: CrmRecord(ref, f"Person {ref.id}") for ref in refs}
    ids = [MeetingId(str(one)) for one in range(150)]
    await rig.meetings.details_needed(ids)
    assert (rig.directory.times("associations"), rig.finder.count("records")) == (2, 2)
    rows = await rig.meetings.rows(ids)
    assert [row.records[0].name for row in rows] == [f"Person {one}" for one in range(150)]
    await rig.meetings.details_needed(ids)
    assert (rig.directory.times("associations"), rig.finder.count("records")) == (2, 2)


async def test_news_of_rows_on_screen_are_told_once() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    before = rig.state.revision
    await rig.meetings.details_needed([ONE])
    await rig.meetings.details_needed([ONE])
    assert rig.state.revision == before + 1


async def test_a_record_hubspot_does_not_know_is_asked_for_again_after_ten_minutes() -> None:
    rig = await Rig().start(meeting("1", NOW, RecordRef(CONTACT, "404")))
    await rig.meetings.details_needed([ONE])
    await rig.meetings.details_needed([ONE])
    assert rig.finder.count("records") == 1
    await rig.clock.advance(600)
    await rig.meetings.details_needed([ONE])
    assert rig.finder.count("records") == 2


async def test_details_run_one_after_the_other_and_failures_are_not_told() -> None:
    rig = await Rig().start(meeting("1", is_bare=True), meeting("2", is_bare=True))
    rig.directory.put(meeting("1", NOW, ADA), meeting("2", NOW, ADA))
    rig.directory.hold("associations")
    async with asyncio.TaskGroup() as group:
        for meeting_id in ("1", "2"):
            group.create_task(rig.meetings.details_needed([MeetingId(meeting_id)]))
        await settle()
        assert rig.directory.times("associations") == 1
        rig.directory.fail_always("associations", Offline())
        rig.directory.release("associations")
    assert [rig.kept[MeetingId(one)].associations is None for one in "12"] == [True, True]
    assert rig.state.problem is None
    # The failure has told that HubSpot cannot be reached: nothing more is asked until it can.
    await rig.meetings.details_needed([ONE])
    assert rig.directory.times("associations") == 2


async def test_details_for_an_account_that_is_no_longer_active_are_dropped() -> None:
    rig = await Rig().start(meeting("1", is_bare=True), meeting("2", NOW, ADA))
    rig.directory.put(meeting("1", NOW, ADA))
    rig.directory.hold("associations")
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.meetings.details_needed([ONE, MeetingId("2")]))
        await settle()
        await rig.accounts.activate(SECOND.id)
        rig.directory.release("associations")
    assert rig.kept[ONE].associations is None
    assert all(not side.finder.calls for side in rig.sides.values())


async def test_names_that_arrive_after_a_switch_are_not_kept() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    rig.finder.hold("records")
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.meetings.details_needed([ONE]))
        await settle()
        await rig.accounts.activate(SECOND.id)
        rig.finder.release("records")
    assert rig.cache.kept_records == {}


async def test_records_are_searched_from_two_letters_on_and_their_names_kept() -> None:
    rig = await Rig().start()
    assert await rig.meetings.search_records(CONTACT, " a ") == ()
    assert await rig.meetings.search_records(CONTACT, " ada ") == (RECORDS[0],)
    assert rig.finder.calls == [("search", CONTACT, "ada", 20)]
    assert rig.cache.kept_records[FIRST.id] == {ADA: RECORDS[0]}
    rig.finder.fail("search", Offline())
    with pytest.raises(Offline):
        await rig.meetings.search_records(CONTACT, "ada")


async def test_suggestions_leave_out_what_is_linked_and_what_cannot_be_read() -> None:
    rig = await Rig().start()
    rig.finder.relations = {ADA: (RECORDS[2], RECORDS[1], RECORDS[0])}
    assert await rig.meetings.suggestions([ADA]) == (RECORDS[1], RECORDS[2])
    rig.finder.fail("related", ServiceBroken("c-1"), None, Offline())
    assert await rig.meetings.suggestions([NORTHWIND, ADA]) == (RECORDS[2],)
    assert await rig.meetings.suggestions([ADA]) == ()
    assert await rig.meetings.suggestions([ADA]) == ()
    assert rig.finder.count("related") == 4
    assert set(rig.cache.kept_records[FIRST.id]) == {ADA, NORTHWIND, BIG_DEAL}


async def test_the_names_of_files_are_asked_for_once_and_known_offline() -> None:
    rig = await Rig().start()
    plan, gone, new = FileId("f-1"), FileId("f-2"), FileId("f-3")
    rig.sides[FIRST.id].files.kept[plan] = Attachment(plan, "plan.pdf", 10)
    expected = (Attachment(gone, gone), Attachment(plan, "plan.pdf", 10))
    assert await rig.meetings.attachments([gone, plan]) == expected
    rig.sides[FIRST.id].files.fail_always("attachments", Offline())
    again = rig.made()
    assert await again.attachments([gone, plan]) == expected
    assert await again.attachments([new]) == (Attachment(new, new),)
    assert await again.attachments([new]) == (Attachment(new, new),)
    assert rig.sides[FIRST.id].files.count("attachments") == 2
    assert await again.attachments([]) == ()


async def test_names_of_files_that_arrive_after_a_switch_are_not_kept() -> None:
    rig = await Rig().start()
    files = rig.sides[FIRST.id].files
    files.hold("attachments")
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.meetings.attachments([FileId("f-1")]))
        await settle()
        await rig.accounts.activate(SECOND.id)
        files.release("attachments")
    assert rig.notes == {}


async def test_a_file_opens_by_a_signed_address() -> None:
    rig = await Rig().start()
    assert (await rig.meetings.file_address(FileId("f-1"))).startswith("https://files.example/f-1?")
    rig.sides[FIRST.id].files.fail("signed_address", Offline())
    with pytest.raises(Offline):
        await rig.meetings.file_address(FileId("f-1"))


EMAIL = "ada@northwind.example"
BOOKED = meeting("1", NOW, ADA, updated_at=NOW, created_at=NOW)


async def booking(*there: Meeting) -> Rig:
    rig = await Rig().start()
    rig.crm.records.contacts = [Contact(ContactId("71"), "Ada", "Okafor", EMAIL)]
    rig.directory.put(*there)
    return rig


async def test_a_booked_meeting_is_found_at_once_with_its_records() -> None:
    near = meeting("2", NOW + timedelta(seconds=60), ADA, created_at=None)
    rig = await booking(meeting("3", NOW + timedelta(minutes=2), ADA), meeting("4", None, ADA), near, BOOKED)
    assert await rig.meetings.find_booked(EMAIL, NOW) == MeetingRow(BOOKED, (RECORDS[0],))
    assert rig.clock.slept == []


async def test_a_booked_meeting_is_looked_for_during_a_minute() -> None:
    rig = await booking()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rig.meetings.find_booked(EMAIL, NOW))
        await settle()
        await rig.clock.advance(2)
        rig.directory.fail("meetings_of", ServiceBroken("c-1"))
        await rig.clock.advance(8)
        rig.directory.put(BOOKED)
        await rig.clock.advance(50)
        assert task.done()
    assert task.result() == MeetingRow(BOOKED, (RECORDS[0],))
    assert rig.clock.slept == [2, 8, 50]


async def looked_in_vain(rig: Rig) -> MeetingRow | Problem | None:
    """What the search for a booked meeting ends with when all time has passed."""
    answers: list[MeetingRow | Problem | None] = []

    async def look() -> None:
        try:
            answers.append(await rig.meetings.find_booked(EMAIL, NOW))
        except Problem as problem:
            answers.append(problem)

    async with asyncio.TaskGroup() as group:
        group.create_task(look())
        await settle()
        await rig.clock.advance(60)
    return answers[0]


async def test_a_meeting_that_does_not_appear_is_none() -> None:
    assert await looked_in_vain(await booking(meeting("2", NOW - timedelta(hours=1), ADA))) is None


async def test_a_contact_that_does_not_appear_is_none() -> None:
    rig = await booking(BOOKED)
    rig.crm.records.contacts = []
    assert await looked_in_vain(rig) is None
    assert rig.crm.records.count("contact_by_email") == 4


async def test_the_last_looks_problem_is_raised() -> None:
    rig = await booking()
    rig.crm.records.fail_always("contact_by_email", Offline())
    assert isinstance(await looked_in_vain(rig), Offline)


@pytest.mark.parametrize("problem", [SignInNeeded(FIRST.id), NotAllowed(("crm.objects.contacts.read",))])
async def test_what_waiting_does_not_mend_is_raised_at_once(problem: Problem) -> None:
    rig = await booking()
    rig.crm.records.fail("contact_by_email", problem)
    with pytest.raises(type(problem)):
        await rig.meetings.find_booked(EMAIL, NOW)
    assert rig.clock.slept == []


async def test_looking_ends_when_the_account_is_switched() -> None:
    rig = await booking()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(rig.meetings.find_booked(EMAIL, NOW))
        await settle()
        await rig.accounts.activate(SECOND.id)
        await rig.clock.advance(60)
        assert task.done()
    assert task.result() is None
    assert rig.crm.records.count("contact_by_email") == 1
