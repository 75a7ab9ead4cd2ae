"""What of a record's place on a meeting is still on its way."""

from collections.abc import Iterable

from app.domain.changes import LinkRecord, PendingChange, PinMeeting, UnlinkRecord
from app.domain.meetings import RecordRef
from app.domain.projection import mark_of
from app.ui.kit.meetings.words import pending_words


def pending_note(ref: RecordRef, changes: Iterable[PendingChange]) -> str:
    """`Will be sent`: the worst of the changes of one meeting that are about this record; empty for none."""
    mark = mark_of([row for row in changes if _ref_of(row) == ref])
    return "" if mark is None else pending_words(mark)


def _ref_of(row: PendingChange) -> RecordRef | None:
    match row.change:
        case LinkRecord(association=association):
            return association.ref
        case UnlinkRecord(ref=ref) | PinMeeting(ref=ref):
            return ref
        case _:
            return None
