"""Groups go in one call, fail row by row, and are compared with HubSpot's version first."""

from dataclasses import replace
from datetime import timedelta

from app.domain.changes import ChangeState, DeleteMeeting, EditMeeting
from app.domain.conflicts import Side
from app.domain.meetings import FieldEdit, Meeting, MeetingField, local_meeting_id
from app.domain.problems import Gone, Offline, Rejected
from tests.fakes.clock import settle
from tests.services.outbox.office import DETAILS, LOCAL, Office, at_work, edit_of, log

OUTCOME = MeetingField.OUTCOME


def meetings(office: Office, count: int) -> list[Meeting]:
    return [office.hubspot.add(replace(DETAILS, outcome="SCHEDULED")) for _ in range(count)]


def title_of(office: Office, meeting: Meeting) -> str:
    return office.hubspot.kept[meeting.id].meeting.details.title


def changed_elsewhere(office: Office, meeting: Meeting, title: str) -> None:
    """A colleague is faster."""
    details = replace(office.hubspot.kept[meeting.id].meeting.details, title=title)
    changed = office.hubspot.change(meeting.id, details)
    kept = office.hubspot.kept[meeting.id]
    kept.meeting = replace(changed, updated_at=office.clock.now() + timedelta(seconds=1))


async def test_a_group_of_outcomes_is_one_read_and_one_write() -> None:
    office = await at_work()
    known = meetings(office, 30)
    async with office.working():
        await office.add(*[edit_of(one, "COMPLETED", OUTCOME) for one in known], group="g")
        assert office.rows == ()
    assert (office.hubspot.count("meetings"), office.hubspot.count("edit_many")) == (1, 1)
    assert {kept.meeting.details.outcome for kept in office.hubspot.kept.values()} == {"COMPLETED"}
    assert len(office.sent) == 30


async def test_a_batch_fails_row_by_row() -> None:
    office = await at_work()
    good, refused, gone, silent = meetings(office, 4)
    office.hubspot.row_problems = {refused.id: Rejected("no"), gone.id: Gone("meeting")}
    office.hubspot.silent_rows = {silent.id}
    changes = [edit_of(one, "COMPLETED", OUTCOME) for one in (good, refused, gone, silent)]
    async with office.working():
        await office.add(*changes, group="g")
        assert office.reasons == ["Rejected", "Gone", "ServiceBroken"]
        assert office.states == [ChangeState.DEAD, ChangeState.DEAD, ChangeState.QUEUED]
        office.hubspot.silent_rows = set()
        await office.clock.advance(1)
        assert office.reasons == ["Rejected", "Gone"]
    assert [row.change for row, _, _ in office.sent] == [changes[0], changes[3]]


async def test_a_batch_of_which_nobody_heard_is_sent_again() -> None:
    office = await at_work()
    known = meetings(office, 3)
    office.hubspot.lose("edit_many", Offline())
    async with office.working():
        await office.add(*[edit_of(one, "COMPLETED", OUTCOME) for one in known], group="g")
        assert office.reasons == ["Offline"] * 3
        await office.clock.advance(3)
        assert office.rows == ()


async def test_a_group_of_deletions_is_one_call_and_needs_none_for_what_never_was() -> None:
    office = await at_work()
    known = meetings(office, 3)
    never = local_meeting_id("never")
    async with office.working():
        await office.add(*[DeleteMeeting(one.id) for one in known], DeleteMeeting(never), group="g")
        assert office.rows == ()
        await office.add(DeleteMeeting(never))
        assert office.rows == ()
    assert office.hubspot.count("delete_many") == 1
    assert len(office.hubspot.bin) == 3


async def test_an_edit_of_what_never_was_is_said_to_be_gone() -> None:
    office = await at_work()
    (known,) = meetings(office, 1)
    never = EditMeeting(local_meeting_id("never"), (FieldEdit(MeetingField.TITLE, "", "x"),))
    async with office.working():
        await office.add(edit_of(known), never, group="g")
        assert office.reasons == ["Gone"]
    assert title_of(office, known) == "Renamed"


async def test_somebody_elses_change_of_the_same_field_is_a_conflict() -> None:
    office = await at_work()
    mine, theirs = meetings(office, 2)
    for one in (mine, theirs):
        changed_elsewhere(office, one, "Theirs")
    async with office.working():
        first, second = await office.add(edit_of(mine), edit_of(theirs), group="g")
        assert office.states == [ChangeState.CONFLICT] * 2
        assert office.rows[0].theirs == {"title": "Theirs"}
        assert office.rows[0].their_update == office.hubspot.kept[mine.id].meeting.updated_at
        assert office.hubspot.count("edit_many") == 0
        await office.outbox.resolve_conflict(first, {MeetingField.TITLE: Side.MINE})
        await office.outbox.resolve_conflict(second, {MeetingField.TITLE: Side.THEIRS})
        await settle()
        assert office.rows == ()
        await office.outbox.resolve_conflict(first, {})
    assert (title_of(office, mine), title_of(office, theirs)) == ("Renamed", "Theirs")


async def test_changes_of_other_fields_go_together() -> None:
    office = await at_work()
    (known,) = meetings(office, 1)
    changed_elsewhere(office, known, "Theirs")
    async with office.working():
        await office.add(edit_of(known, "NO_SHOW", OUTCOME))
        assert office.rows == ()
    assert title_of(office, known) == "Theirs"
    assert office.hubspot.kept[known.id].meeting.details.outcome == "NO_SHOW"


async def test_a_change_the_rep_insists_on_is_not_compared() -> None:
    office = await at_work()
    (known,) = meetings(office, 1)
    changed_elsewhere(office, known, "Theirs")
    async with office.working():
        await office.add(replace(edit_of(known), is_forced=True))
        assert office.rows == ()
    assert title_of(office, known) == "Renamed"
    assert office.hubspot.count("meetings") == 0


async def test_an_edit_joins_the_log_that_waits() -> None:
    office = await at_work()
    (first,) = await office.add(log())
    edit = EditMeeting(LOCAL, (FieldEdit(MeetingField.TITLE, DETAILS.title, "Renamed"),))
    assert await office.outbox.add([edit], discard_drafts=["log/1"]) == (first,)
    assert office.store.forgotten_drafts == ["log/1"]
    async with office.working():
        assert office.rows == ()
    assert [kept.meeting.details.title for kept in office.hubspot.kept.values()] == ["Renamed"]
    assert office.hubspot.count("edit") == 0


async def test_a_log_that_could_not_be_sent_is_still_edited_and_deleted_in_its_row() -> None:
    office = await at_work()
    office.hubspot.fail_always("log", Offline())
    async with office.working():
        (first,) = await office.add(log())
        assert office.reasons == ["Offline"]
        edit = EditMeeting(LOCAL, (FieldEdit(MeetingField.TITLE, DETAILS.title, "Renamed"),))
        assert await office.add(edit) == (first,)
        assert [row.change for row in office.rows] == [log(title="Renamed")]
        await office.add(DeleteMeeting(LOCAL))
        assert office.rows == ()
    assert office.hubspot.kept == {}


async def test_deleting_a_log_that_waits_leaves_nothing() -> None:
    office = await at_work()
    await office.add(log())
    assert await office.add(DeleteMeeting(LOCAL)) == ()
    assert office.rows == ()
    assert office.store.kept == {}
