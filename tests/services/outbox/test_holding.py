"""A run of gestures that can be undone is sent as one batch when it has ended."""

from dataclasses import replace
from datetime import timedelta

from app.domain.changes import ChangeState, DeleteMeeting, EditMeeting, LinkRecord
from app.domain.meetings import MeetingField, MeetingId
from app.services.outbox.grouping import jobs
from app.services.outbox.holding import LONGEST, held_longer, is_held
from tests.fakes.clock import NOW
from tests.services.outbox.office import DETAILS, ON_ADA, at_work, edit_of
from tests.services.outbox.rows import row, same

A, B = MeetingId("a"), MeetingId("b")
SOON, LATER = NOW + timedelta(seconds=2), NOW + timedelta(seconds=8)


def test_only_edits_and_deletions_that_were_never_tried_are_held() -> None:
    held = row(EditMeeting(A, ()), 1, not_before=SOON)
    assert is_held(held)
    assert is_held(row(DeleteMeeting(A), 1, not_before=SOON))
    assert not is_held(row(EditMeeting(A, ()), 1))
    assert not is_held(replace(held, attempt=1))
    assert not is_held(replace(held, state=ChangeState.DEAD))
    assert not is_held(row(LinkRecord(A, ON_ADA), 1, not_before=SOON))


def test_held_rows_wait_for_the_newest_gesture_but_not_for_ever() -> None:
    first = row(EditMeeting(A, ()), 1, not_before=SOON)
    old = replace(row(EditMeeting(B, ()), 2, not_before=SOON), created_at=SOON - LONGEST)
    plain = row(EditMeeting(B, ()), 3)
    assert held_longer((first, old, plain), LATER) == (replace(first, not_before=LATER),)
    assert held_longer((first,), LATER, besides={first.id}) == ()
    assert held_longer((first,), NOW) == ()


def test_held_gestures_that_are_due_go_in_one_call_whatever_their_groups() -> None:
    edits = [row(EditMeeting(MeetingId(f"{n}"), ()), n, group=f"{n}", not_before=NOW) for n in range(3)]
    gone = row(DeleteMeeting(A), 3, group="3", not_before=NOW)
    found = jobs((*edits, gone), now=NOW, busy=(), resolve=same)
    assert [len(job.rows) for job in found] == [3, 1]


async def test_a_run_of_outcomes_is_one_batch() -> None:
    office = await at_work()
    async with office.working():
        meetings = [office.hubspot.add(DETAILS) for _ in range(4)]
        for number, meeting in enumerate(meetings):
            edit = edit_of(meeting, "COMPLETED", MeetingField.OUTCOME)
            await office.add(edit, group=f"{number}", hold=8)
            await office.clock.advance(5)
        assert office.hubspot.count("edit_many") == 0
        await office.outbox.undo("3")
        await office.clock.advance(8)
        sent = [call[1] for call in office.hubspot.calls if call[0] == "edit_many"]
        assert [set(one) for one in sent if isinstance(one, dict)] == [{one.id for one in meetings[:3]}]
        assert office.hubspot.count("edit") == 0
