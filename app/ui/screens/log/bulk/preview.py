"""What a change of many meetings would do to each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.meetings import MeetingField, MeetingId
from app.services.meetings.state import MeetingRow, MeetingsState
from app.ui.kit.meetings.words import title_words
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.rows import ListRow
from app.ui.screens.log.values import value_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Preview:
    """A row for each meeting, the ones that do not change greyed, and the ids of the ones that do."""

    rows: tuple[ListRow, ...] = ()
    changing: tuple[MeetingId, ...] = ()


def derive_preview(
    rows: Sequence[MeetingRow],
    edits: Mapping[MeetingField, str],
    state: MeetingsState,
    words: TimeWords,
    zone: str,
) -> Preview:
    """The preview for an IANA zone; `edits` in canonical text form."""
    shown, changing = [], []
    for row in rows:
        details = row.meeting.details
        parts = []
        for name, after in edits.items():
            before = details.text(name)
            if before != after:
                old = value_words(name, before, state, words, zone)
                new = value_words(name, after, state, words, zone)
                parts.append(translate("log", "{before} → {after}").format(before=old, after=new))
        if parts:
            changing.append(row.meeting.id)
        when = (
            ""
            if details.start is None
            else value_words(MeetingField.START, details.text(MeetingField.START), state, words, zone)
        )
        stays = translate("log", "stays as it is")
        shown.append(
            ListRow(
                row.meeting.id,
                title_words(details.title),
                " · ".join(parts) or stays,
                trailing=when,
                enabled=bool(parts),
            )
        )
    return Preview(tuple(shown), tuple(changing))
