"""What a change does to each field in words, and in a conflict what HubSpot has."""

from dataclasses import dataclass

from app.domain.changes import ChangeState, EditMeeting, PendingChange
from app.domain.conflicts import conflict_in
from app.domain.meetings import MeetingField
from app.services.meetings.state import MeetingsState
from app.ui.kit.meetings.words import field_words
from app.ui.kit.times import TimeWords
from app.ui.screens.log.values import value_words


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a change: what it was, what the rep wants, and in a conflict what HubSpot has."""

    name: MeetingField
    label: str
    before: str
    mine: str
    theirs: str | None = None


def field_lines(
    row: PendingChange, state: MeetingsState, words: TimeWords, zone: str
) -> tuple[FieldLine, ...]:
    """The fields of an edit, none for other changes; `zone` is the IANA zone of the times."""
    if not isinstance(row.change, EditMeeting):
        return ()
    crossed = conflict_in(row) if row.state is ChangeState.CONFLICT else ()
    theirs = {one.name: one.theirs for one in crossed}

    def shown(name: MeetingField, text: str) -> str:
        return value_words(name, text, state, words, zone)

    return tuple(
        FieldLine(
            edit.name,
            field_words(edit.name),
            shown(edit.name, edit.before),
            shown(edit.name, edit.after),
            shown(edit.name, theirs[edit.name]) if edit.name in theirs else None,
        )
        for edit in row.change.edits
    )
