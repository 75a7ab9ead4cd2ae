"""Taking a gesture back: what was not sent goes, what is at HubSpot is answered by its opposite; pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeId,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import Association, FieldEdit, FileId
from app.services.outbox.grouping import Resolve
from app.services.outbox.verdicts import is_creation

_REMOVABLE = frozenset({ChangeState.QUEUED, ChangeState.DEAD, ChangeState.CONFLICT})


@dataclass(frozen=True, slots=True)
class Undo:
    """Rows that go, and the opposites to send."""

    removed: tuple[ChangeId, ...] = ()
    opposites: tuple[Change, ...] = ()


def is_surely_unsent(row: PendingChange) -> bool:
    """Whether HubSpot has nothing of the row, so that removing it leaves nothing behind."""
    if row.state is ChangeState.QUEUED and not is_creation(row.change):
        return row.started_at is None
    return row.state in _REMOVABLE


def with_followers(
    row: PendingChange, open_rows: Sequence[PendingChange], resolve: Resolve
) -> tuple[PendingChange, ...]:
    """The row, and for a creation every other row of a meeting that will never be."""
    if not is_creation(row.change):
        return (row,)
    own = resolve(row.change.meeting_id)
    return tuple(one for one in open_rows if resolve(one.change.meeting_id) == own)


def undone(rows: Iterable[PendingChange], open_rows: Sequence[PendingChange], resolve: Resolve) -> Undo:
    """How to take back the rows of one gesture, open or done; what cannot be taken back is left out."""
    removed: dict[ChangeId, None] = {}
    opposites: list[Change] = []
    for row in sorted(rows, key=lambda one: one.id, reverse=True):
        if is_surely_unsent(row):
            removed.update({one.id: None for one in with_followers(row, open_rows, resolve)})
        elif row.state is not ChangeState.ASKING:
            opposites += _opposites(row)
    return Undo(tuple(removed), tuple(opposites))


def put_back(change: Change) -> FileId | None:
    """The file that an undone detaching puts back; None for everything else."""
    if isinstance(change, AttachFile) and not change.spooled:
        return FileId(change.name)
    return None


def _opposites(row: PendingChange) -> Iterator[Change]:
    change = row.change
    match change:
        case LogMeeting() | ScheduleMeeting():
            yield DeleteMeeting(change.meeting_id)
        case EditMeeting(edits=edits):
            back = tuple(FieldEdit(one.name, one.after, one.before) for one in edits)
            yield replace(change, edits=back, is_forced=False)
        case LinkRecord(association=association):
            yield UnlinkRecord(change.meeting_id, association.ref)
        case UnlinkRecord(ref=ref):
            yield LinkRecord(change.meeting_id, Association(ref))
        case PinMeeting(ref=ref, is_pinned=False):
            yield PinMeeting(change.meeting_id, ref)
        case PinMeeting(ref=ref, before=before) if before:
            yield PinMeeting(before, ref, before=change.meeting_id)
        case PinMeeting(ref=ref):
            yield PinMeeting(change.meeting_id, ref, is_pinned=False, before=change.meeting_id)
        case AttachFile() if row.file_id is not None:
            yield DetachFile(change.meeting_id, row.file_id)
        case DetachFile(file_id=file_id):
            yield AttachFile(change.meeting_id, spooled="", name=file_id, size=0)
        case AttachFile() | DeleteMeeting():
            return
        case _:
            assert_never(change)
