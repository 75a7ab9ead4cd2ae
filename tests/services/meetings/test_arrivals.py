"""What HubSpot answered to a change is in the cache before the projection goes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.changes import (
    Change,
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
    Meeting,
    MeetingField,
    MeetingId,
    MeetingQuery,
    local_meeting_id,
)
from tests.fakes.clock import NOW
from tests.services.meetings.rig import ADA, BIG_DEAL, FIRST, NORTHWIND, RECORDS, Rig, meeting

ONE = MeetingId("1")
LOCAL = local_meeting_id("a")
DETAILS = meeting("x").details
TITLE = FieldEdit(MeetingField.TITLE, "Intro call", "Renamed")
LABELLED = Association(BIG_DEAL, (AssociationLabel("USER_DEFINED", 7, "Upsell"),))


async def test_a_log_becomes_hubspots_meeting_on_the_records_it_was_sent_with() -> None:
    rig = await Rig().start()
    row = rig.outbox.put(LogMeeting(LOCAL, DETAILS, (Association(ADA),)))
    answer = replace(meeting("1", is_bare=True, updated_at=NOW), details=DETAILS)
    await rig.outbox.finish(row, answer, server_id="1")
    assert rig.kept == {ONE: replace(answer, associations=(Association(ADA),))}
    assert (await rig.meetings.index(MeetingQuery())).ids == (ONE,)
    shown = await rig.meetings.row(LOCAL)
    assert shown is not None
    assert (shown.meeting.id, shown.pending) == (ONE, None)


async def test_an_adopted_meeting_with_known_records_is_kept_as_it_is() -> None:
    rig = await Rig().start()
    row = rig.outbox.put(LogMeeting(LOCAL, DETAILS, (Association(ADA),)))
    found = meeting("1", NOW, ADA, NORTHWIND)
    await rig.outbox.finish(row, found, server_id="1")
    assert rig.kept == {ONE: found}


async def test_a_scheduled_meeting_without_an_answer_is_kept_as_it_was_sent() -> None:
    rig = await Rig().start()
    row = rig.outbox.put(ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin", (Association(ADA),)))
    await rig.outbox.finish(row, server_id="1")
    assert rig.kept == {ONE: Meeting(ONE, DETAILS, (Association(ADA),))}


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (EditMeeting(ONE, (TITLE,)), meeting("1", NOW, ADA, title="Renamed")),
        (
            LinkRecord(ONE, LABELLED),
            replace(meeting("1", NOW), associations=(Association(ADA), LABELLED)),
        ),
        (UnlinkRecord(ONE, ADA), meeting("1", NOW)),
        (DetachFile(ONE, FileId("f-1")), meeting("1", NOW, ADA)),
    ],
)
async def test_without_an_answer_the_meeting_is_what_was_sent(change: Change, after: Meeting) -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    await rig.outbox.finish(rig.outbox.put(change))
    assert rig.kept == {ONE: after}


async def test_hubspots_answer_counts_more_than_what_was_sent() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    answer = meeting("1", NOW, title="Renamed by a workflow", updated_at=NOW, is_bare=True)
    await rig.outbox.finish(rig.outbox.put(EditMeeting(ONE, (TITLE,))), answer)
    assert rig.kept == {ONE: replace(answer, associations=(Association(ADA),))}


async def test_after_a_link_the_records_are_the_ones_hubspot_read_again() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    said = (Association(ADA), LABELLED, Association(NORTHWIND))
    await rig.outbox.finish(rig.outbox.put(LinkRecord(ONE, LABELLED)), None, said)
    assert rig.kept[ONE].associations == said


async def test_a_meeting_that_is_not_known_here_stays_so_without_an_answer() -> None:
    rig = await Rig().start()
    await rig.outbox.finish(rig.outbox.put(EditMeeting(ONE, (TITLE,))))
    assert rig.kept == {}


async def test_a_pin_is_noted_on_its_record() -> None:
    rig = await Rig().start(meeting("1", NOW, ADA))
    rig.cache.kept_records[FIRST.id] = {ADA: RECORDS[0]}
    await rig.outbox.finish(rig.outbox.put(PinMeeting(LOCAL, ADA)), server_id="1")
    assert rig.cache.kept_records[FIRST.id] == {ADA: replace(RECORDS[0], pinned=ONE)}
    await rig.outbox.finish(rig.outbox.put(PinMeeting(ONE, ADA, is_pinned=False)))
    assert rig.cache.kept_records[FIRST.id] == {ADA: RECORDS[0]}
    await rig.outbox.finish(rig.outbox.put(PinMeeting(ONE, NORTHWIND)))
    assert rig.cache.kept_records[FIRST.id][NORTHWIND] == CrmRecord(NORTHWIND, "", pinned=ONE)


async def test_a_deleted_meeting_goes_and_a_lagging_search_does_not_bring_it_back() -> None:
    rig = await Rig().start()
    rig.directory.put(meeting("1", NOW))
    await rig.meetings.start_sync()
    del rig.directory.kept[ONE]
    await rig.outbox.finish(rig.outbox.put(DeleteMeeting(ONE)))
    rig.directory.stale[ONE] = meeting("1", NOW)
    await rig.meetings.start_sync()
    assert rig.kept == {}
    await rig.clock.advance(600)
    await rig.meetings.start_sync()
    assert set(rig.kept) == {ONE}  # Somebody has taken it out of the recycle bin again.


async def test_a_meeting_just_written_is_not_forgotten_while_searches_lag() -> None:
    rig = await Rig().start()
    await rig.meetings.start_sync()
    row = rig.outbox.put(LogMeeting(LOCAL, meeting("x", NOW).details))
    logged = meeting("1", NOW, created_at=None)
    await rig.outbox.finish(row, logged, server_id="1")
    await rig.meetings.start_sync(full=True)
    assert set(rig.kept) == {ONE}
    await rig.clock.advance(120)
    await rig.meetings.start_sync(full=True)
    assert rig.kept == {}


async def test_a_meeting_just_made_elsewhere_is_not_forgotten_either() -> None:
    rig = await Rig().start(meeting("1", NOW, created_at=NOW - timedelta(seconds=90)))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {ONE}


async def test_a_meeting_with_changes_that_wait_is_not_forgotten() -> None:
    rig = await Rig().start(meeting("1", NOW), meeting("2", NOW))
    rig.outbox.put(EditMeeting(ONE, (TITLE,)))
    await rig.meetings.start_sync()
    assert set(rig.kept) == {ONE}


async def test_a_lagging_search_does_not_undo_an_edit_or_a_link() -> None:
    rig = await Rig().start()
    before = meeting("1", NOW)
    rig.directory.put(before)
    await rig.meetings.start_sync()
    answer = meeting("1", NOW, title="Renamed", updated_at=NOW, is_bare=True)
    await rig.outbox.finish(rig.outbox.put(EditMeeting(ONE, (TITLE,))), answer)
    await rig.outbox.finish(rig.outbox.put(LinkRecord(ONE, LABELLED)), None, (LABELLED,))
    rig.directory.stale[ONE] = before
    await rig.meetings.start_sync(full=True)
    assert rig.kept == {ONE: replace(answer, associations=(LABELLED,))}


async def test_a_batch_that_was_done_is_not_told_row_by_row() -> None:
    rig = await Rig().start(*(meeting(str(one)) for one in range(100)))
    rows = [rig.outbox.put(EditMeeting(MeetingId(str(one)), (TITLE,))) for one in range(100)]
    revisions: list[int] = []
    rig.meetings.state.subscribe(lambda state: revisions.append(state.revision))
    await rig.outbox.finish_all(rows)
    assert len(set(revisions)) <= 2
    assert {one.details.title for one in rig.kept.values()} == {"Renamed"}


async def test_each_change_that_was_done_is_told() -> None:
    rig = await Rig().start(meeting("1"))
    row = rig.outbox.put(EditMeeting(ONE, (TITLE,)))
    revision = rig.state.revision
    await rig.outbox.finish(row)
    assert rig.state.revision > revision
