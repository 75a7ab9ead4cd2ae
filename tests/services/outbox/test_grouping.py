"""Which changes may go, which go together, and when."""

from datetime import timedelta

from app.domain.changes import ChangeState, DeleteMeeting, EditMeeting, LinkRecord, PinMeeting
from app.domain.meetings import MeetingId
from app.services.outbox.grouping import Job, jobs, lanes, next_due
from tests.fakes.clock import NOW
from tests.services.outbox.office import ADA, LOCAL, ON_ADA, ROLLOUT, log
from tests.services.outbox.rows import row, same

A, B = MeetingId("a"), MeetingId("b")
LATER = NOW + timedelta(seconds=5)


def now_of(*rows: object, busy: tuple[object, ...] = ()) -> tuple[Job, ...]:
    return jobs(rows, now=NOW, busy=busy, resolve=same)  # type: ignore[arg-type]


def test_a_row_waits_for_earlier_ones_of_its_meeting_whatever_their_state() -> None:
    second = row(LinkRecord(A, ON_ADA), 2)
    for state in ChangeState:
        first = row(DeleteMeeting(A), 1, state=state)
        found = [job.rows[0] for job in now_of(first, second)]
        goes = state in (ChangeState.QUEUED, ChangeState.UNKNOWN)
        assert found == ([first] if goes else [second] if state is ChangeState.DONE else [])


def test_meetings_do_not_wait_for_each_other_but_pins_on_one_record_do() -> None:
    first, other = row(PinMeeting(A, ADA), 1), row(PinMeeting(B, ROLLOUT), 3)
    assert [job.rows for job in now_of(first, row(PinMeeting(B, ADA), 2))] == [(first,)]
    assert [job.rows for job in now_of(first, other)] == [(first,), (other,)]


def test_a_local_id_and_hubspots_are_the_same_meeting() -> None:
    first, second = row(LinkRecord(LOCAL, ON_ADA), 1), row(DeleteMeeting(A), 2)
    found = jobs((first, second), now=NOW, busy=(), resolve=lambda one: A if one == LOCAL else one)
    assert [job.rows for job in found] == [(first,)]
    assert lanes(first.change, same) == {LOCAL}


def test_a_busy_row_keeps_its_place() -> None:
    first = row(LinkRecord(A, ON_ADA), 1)
    assert now_of(first, row(DeleteMeeting(A), 2), busy=(first.id,)) == ()


def test_a_group_of_edits_or_deletions_goes_together_a_hundred_at_a_time() -> None:
    edits = [row(EditMeeting(MeetingId(f"{n}"), ()), n, group="g") for n in range(130)]
    deletions = [row(DeleteMeeting(MeetingId(f"{n}")), n, group="g") for n in range(130, 132)]
    alone = [row(EditMeeting(MeetingId(f"{n}"), ()), n) for n in range(132, 134)]
    links = [row(LinkRecord(MeetingId(f"{n}"), ON_ADA), n, group="g") for n in range(134, 136)]
    found = now_of(*edits, *deletions, *alone, *links)
    assert [len(job.rows) for job in found] == [100, 30, 2, 1, 1, 1, 1]


def test_time_keeps_rows_back_and_what_is_behind_them() -> None:
    held = row(DeleteMeeting(A), 1, not_before=LATER)
    behind = row(LinkRecord(A, ON_ADA), 2)
    assert now_of(held, behind) == ()
    assert next_due((held, behind), now=NOW, busy=(), resolve=same) == LATER
    assert next_due((held, behind), now=LATER, busy=(), resolve=same) is None
    assert [job.rows for job in jobs((held,), now=LATER, busy=(), resolve=same)] == [(held,)]


def test_a_lost_creation_is_looked_for_and_a_lost_link_is_sent_again() -> None:
    lost, link = row(log(), 1, state=ChangeState.UNKNOWN), row(LinkRecord(A, ON_ADA), 2)
    assert now_of(lost, link) == (Job((lost,), is_look=True), Job((link,)))
    unsure = row(LinkRecord(A, ON_ADA), 2, state=ChangeState.UNKNOWN)
    assert now_of(unsure) == (Job((unsure,)),)
