"""Reading from this computer: the cache with the outbox laid over it, no network."""

import asyncio
from datetime import timedelta

from app.domain.changes import ChangeState, DeleteMeeting, EditMeeting, LinkRecord, LogMeeting, PinMeeting
from app.domain.meetings import (
    Association,
    CrmRecord,
    FieldEdit,
    MeetingField,
    MeetingId,
    MeetingIndex,
    MeetingQuery,
    local_meeting_id,
)
from app.domain.projection import PendingMark
from app.services.meetings.state import MeetingRow
from tests.fakes.clock import NOW, settle
from tests.services.meetings.rig import ADA, FIRST, NORTHWIND, RECORDS, SECOND, Rig, meeting

ONE, TWO = MeetingId("1"), MeetingId("2")
LOCAL = local_meeting_id("a")


def renamed(meeting_id: MeetingId, before: str, after: str) -> EditMeeting:
    return EditMeeting(meeting_id, (FieldEdit(MeetingField.TITLE, before, after),))


async def test_nobody_signed_in_reads_nothing() -> None:
    rig = Rig()
    await rig.meetings.load()
    assert await rig.meetings.index(MeetingQuery()) == MeetingIndex()
    assert await rig.meetings.rows((ONE,)) == ()
    await rig.meetings.details_needed((ONE,))
    await rig.meetings.start_sync()
    assert rig.cache.calls == []


async def test_an_index_without_waiting_changes_is_the_caches() -> None:
    rig = await Rig().start(meeting("1"), meeting("2", NOW))
    index = await rig.meetings.index(MeetingQuery())
    assert index.ids == (TWO, ONE)
    assert rig.cache.times("records") == 0


async def test_waiting_changes_are_laid_over_the_index() -> None:
    rig = await Rig().start(meeting("1"), meeting("2", NOW), meeting("3", NOW - timedelta(days=1)))
    rig.outbox.put(DeleteMeeting(ONE))
    rig.outbox.put(LogMeeting(LOCAL, meeting("x", NOW - timedelta(hours=1)).details))
    assert (await rig.meetings.index(MeetingQuery())).ids == (TWO, LOCAL, MeetingId("3"))


async def test_a_waiting_meeting_is_found_by_the_name_of_its_record() -> None:
    rig = await Rig().start()
    rig.cache.kept_records[FIRST.id] = {RECORDS[0].ref: RECORDS[0]}
    rig.outbox.put(LogMeeting(LOCAL, meeting("x").details, (Association(ADA), Association(NORTHWIND))))
    assert (await rig.meetings.index(MeetingQuery(text="okafor"))).ids == (LOCAL,)
    assert (await rig.meetings.index(MeetingQuery(text="northwind"))).ids == ()


async def test_another_accounts_rows_do_not_count() -> None:
    rig = await Rig().start(meeting("1"))
    rig.outbox.put(DeleteMeeting(ONE), account_id=SECOND.id)
    assert (await rig.meetings.index(MeetingQuery())).ids == (ONE,)


async def test_a_done_row_counts_until_its_result_is_in_the_cache() -> None:
    rig = await Rig().start(meeting("1"), meeting("2", NOW, ADA))
    rig.cache.kept_records[FIRST.id] = {RECORDS[0].ref: RECORDS[0]}
    rig.outbox.put(DeleteMeeting(ONE), ChangeState.DONE)
    rig.outbox.put(PinMeeting(TWO, ADA), ChangeState.DONE)
    assert (await rig.meetings.index(MeetingQuery())).ids == (TWO,)
    (row,) = await rig.meetings.rows((TWO,))
    assert row.records[0].pinned == TWO


async def test_rows_come_in_the_order_asked_for_with_their_records() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA, NORTHWIND), meeting("2"))
    rig.cache.kept_records[FIRST.id] = {RECORDS[0].ref: RECORDS[0]}
    rows = await rig.meetings.rows((TWO, MeetingId("404"), ONE))
    assert rows == (
        MeetingRow(meeting("2")),
        MeetingRow(meeting("1", NOW, ADA, NORTHWIND), (RECORDS[0], CrmRecord(NORTHWIND, ""))),
    )
    assert await rig.meetings.row(MeetingId("404")) is None
    assert rig.directory.calls == []


async def test_a_row_shows_what_waits() -> None:
    rig = await Rig().start(meeting("1"))
    rig.outbox.put(renamed(ONE, "Intro call", "Second call"))
    rig.outbox.put(LinkRecord(ONE, Association(ADA)), ChangeState.DEAD)
    row = await rig.meetings.row(ONE)
    assert row is not None
    assert (row.meeting.details.title, row.meeting.refs) == ("Second call", (ADA,))
    assert row.pending is PendingMark.FAILED


async def test_pins_that_wait_are_shown_on_the_record_also_for_other_meetings() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA), meeting("2", NOW, ADA))
    rig.cache.kept_records[FIRST.id] = {RECORDS[0].ref: RECORDS[0]}
    rig.outbox.put(PinMeeting(ONE, ADA))
    rows = await rig.meetings.rows((ONE, TWO))
    assert [row.records[0].pinned for row in rows] == [ONE, ONE]


async def test_a_local_id_leads_to_the_meeting_hubspot_made_of_it() -> None:
    rig = await Rig().start(meeting("1"))
    rig.outbox.identities[LOCAL] = ONE
    rig.outbox.put(renamed(LOCAL, "Intro call", "Later"))
    row = await rig.meetings.row(LOCAL)
    assert row is not None
    assert (row.meeting.id, row.meeting.details.title) == (ONE, "Later")
    assert await rig.meetings.rows((LOCAL, ONE)) == (row,)


async def test_a_change_that_is_done_during_the_reading_is_in_the_answer_once() -> None:
    rig = await Rig().start(meeting("2", NOW, ADA))
    rig.cache.kept_records[FIRST.id] = {RECORDS[0].ref: RECORDS[0]}
    log = rig.outbox.put(LogMeeting(LOCAL, meeting("x").details))
    pin = rig.outbox.put(PinMeeting(TWO, ADA))
    for step in ("index", "meetings", "records"):
        rig.cache.hold(step)
    async with asyncio.TaskGroup() as group:
        index = group.create_task(rig.meetings.index(MeetingQuery()))
        rows = group.create_task(rig.meetings.rows((LOCAL, TWO)))
        await settle()
        rig.cache.release("meetings")
        rig.cache.release("records")
        done = group.create_task(rig.outbox.finish(log, meeting("1"), server_id="1"))
        await settle()
        await done
        await rig.outbox.finish(pin)
        rig.cache.release("index")
    assert index.result().ids == (TWO, ONE)
    assert [row.meeting.id for row in rows.result()] == [LOCAL, TWO]
    assert rows.result()[1].records[0].pinned == TWO
