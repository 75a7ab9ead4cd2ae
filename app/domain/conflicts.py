"""Conflicts: when somebody else's version and the rep's change of a meeting cannot both stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.domain.changes import EditMeeting, PendingChange
from app.domain.meetings import FieldEdit, Meeting, MeetingField


class Side(StrEnum):
    """Whose value of a field stays."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field with three versions in canonical text form: what the rep saw, wants, and what HubSpot has."""

    name: MeetingField
    base: str
    mine: str
    theirs: str


def conflict_of(edit: EditMeeting, theirs: Meeting) -> tuple[FieldConflict, ...]:
    """The fields that the edit and somebody else have set differently since the rep saw the meeting.

    `theirs` is HubSpot's present version. Nothing is in conflict where it is not newer than what the rep saw
    (reference 6.3), where the rep has seen it (`is_forced`), or where the meeting was still local.
    """
    base = edit.base_updated_at
    if edit.is_forced or base is None:
        return ()
    if theirs.updated_at is not None and theirs.updated_at <= base:
        return ()
    return _conflicts(edit, their_texts(edit, theirs))


def their_texts(edit: EditMeeting, theirs: Meeting) -> dict[str, str]:
    """HubSpot's version of the edited fields, as an outbox row in conflict keeps it."""
    return {one.name.value: theirs.details.text(one.name) for one in edit.edits}


def conflict_in(row: PendingChange) -> tuple[FieldConflict, ...]:
    """What the rep has to choose in a row that is in conflict; () for a change that edits nothing."""
    if not isinstance(row.change, EditMeeting):
        return ()
    return _conflicts(row.change, row.theirs)


def resolved(
    edit: EditMeeting,
    choices: Mapping[MeetingField, Side],
    *,
    theirs: Mapping[str, str],
    their_update: datetime | None,
) -> EditMeeting | None:
    """The edit after the rep's choice, based on the version with which it was in conflict.

    Fields without a choice stay the rep's; `theirs` and `their_update` are those of the outbox row. It is
    None where nothing is left to send. A third version that comes later is a conflict again.
    """
    kept = tuple(
        FieldEdit(one.name, theirs.get(one.name, one.before), one.after)
        for one in edit.edits
        if choices.get(one.name) is not Side.THEIRS and not _is_same(theirs.get(one.name), one.after)
    )
    if not kept:
        return None
    return replace(
        edit,
        edits=kept,
        base_updated_at=their_update or edit.base_updated_at,
        is_forced=their_update is None,
    )


def _conflicts(edit: EditMeeting, theirs: Mapping[str, str]) -> tuple[FieldConflict, ...]:
    return tuple(
        FieldConflict(one.name, one.before, one.after, text)
        for one in edit.edits
        if (text := theirs.get(one.name)) is not None
        and not _is_same(text, one.before)
        and not _is_same(text, one.after)
    )


def _is_same(text: str | None, other: str) -> bool:
    """Line ends and blanks at the end are not worth a question."""
    return text is not None and _plain(text) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").rstrip()
