"""How new changes join the rows that wait, where an earlier attempt may have happened."""

from collections.abc import Sequence

from app.domain.changes import (
    Change,
    ChangeState,
    EditMeeting,
    LinkRecord,
    PendingChange,
    PinMeeting,
    Refusal,
)
from app.domain.meetings import FieldEdit, MeetingField, MeetingId
from app.services.outbox.entering import Entry, entered
from tests.services.outbox.office import ADA, LOCAL, ON_ADA, log
from tests.services.outbox.rows import row, same

A = MeetingId("a")
TITLE = MeetingField.TITLE


def enter(rows: Sequence[PendingChange], *changes: Change) -> Entry:
    numbers = iter(range(50, 99))
    return entered(rows, changes, fresh=lambda change: row(change, next(numbers)), resolve=same)


def edit(*edits: FieldEdit) -> EditMeeting:
    return EditMeeting(A, edits)


def refused(change: Change, attempt: int) -> PendingChange:
    return row(change, state=ChangeState.DEAD, attempt=attempt, refusal=Refusal("Rejected"))


def test_an_edit_back_to_the_start_leaves_nothing_when_nothing_was_sent() -> None:
    waiting = row(edit(FieldEdit(TITLE, "x", "y")))
    entry = enter([waiting], edit(FieldEdit(TITLE, "y", "x")))
    assert entry == Entry(removed=(waiting,))


def test_a_pin_against_another_meetings_pin_is_a_row_of_its_own() -> None:
    waiting = row(PinMeeting(A, ADA, before=MeetingId("")))
    pin = PinMeeting(MeetingId("b"), ADA, before=A)
    entry = enter([waiting], pin)
    assert [(one.id, one.change) for one in entry.rows] == [
        (row(number=50).id, PinMeeting(MeetingId("b"), ADA, before=MeetingId("")))
    ]
    assert entry.removed == (waiting,)


def test_a_link_of_a_refused_row_takes_its_place() -> None:
    tried = refused(LinkRecord(A, ON_ADA), 1)
    (merged,) = enter([tried], LinkRecord(A, ON_ADA)).rows
    assert (merged.id, merged.state, merged.attempt) == (tried.id, ChangeState.QUEUED, 1)


def test_several_changes_join_each_other() -> None:
    renamed = EditMeeting(LOCAL, (FieldEdit(TITLE, "Intro call", "Renamed"),))
    entry = enter([], log(), LinkRecord(LOCAL, ON_ADA), renamed)
    assert [one.change for one in entry.rows] == [log(title="Renamed")]
    assert entry.ids == (row(number=50).id,)
