"""A meeting engagement on the wire and in the domain; only what is named is ever written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from app.api.hubspot.instants import iso
from app.api.hubspot.object_payloads import ObjectPayload
from app.domain.meetings import (
    Association,
    FieldEdit,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
)
from app.domain.records import OwnerId
from app.gateways.notes import note_html, note_text

TITLE: Final = "hs_meeting_title"
START: Final = "hs_meeting_start_time"
END: Final = "hs_meeting_end_time"
OUTCOME: Final = "hs_meeting_outcome"
ACTIVITY_TYPE: Final = "hs_activity_type"
NOTES: Final = "hs_internal_meeting_notes"
ATTACHMENTS: Final = "hs_attachment_ids"
_TIMELINE: Final = "hs_timestamp"
_NAMES: Final[Mapping[MeetingField, str]] = {
    MeetingField.TITLE: TITLE,
    MeetingField.START: START,
    MeetingField.END: END,
    MeetingField.OUTCOME: OUTCOME,
    MeetingField.ACTIVITY_TYPE: ACTIVITY_TYPE,
    MeetingField.OWNER: "hubspot_owner_id",
    MeetingField.LOCATION: "hs_meeting_location",
    MeetingField.BODY: "hs_meeting_body",
    MeetingField.NOTES: NOTES,
    MeetingField.EXTERNAL_URL: "hs_meeting_external_url",
}
_FIELDS: Final = {name: field for field, name in _NAMES.items()} | {_TIMELINE: MeetingField.START}
_MARK_LINE: Final = re.compile(r"\[slotdesk:[^\]\s]{1,100}\]")


def meeting_of(payload: ObjectPayload, associations: tuple[Association, ...] | None = None) -> Meeting:
    """A meeting as it is stored: unknown values stay, and what cannot be read is as if it were not set."""
    return Meeting(
        id=MeetingId(str(payload.id)),
        details=_details_of(payload),
        associations=associations,
        attachments=attachments_of(payload),
        created_at=payload.instant("hs_createdate") or payload.created,
        updated_at=payload.updated or payload.instant("hs_lastmodifieddate"),
        calendar_id=payload.text("hs_unique_id"),
        join_url=payload.text("hs_video_conference_url"),
        source=payload.text("hs_meeting_source"),
    )


def _details_of(payload: ObjectPayload) -> MeetingDetails:
    owner = payload.text("hubspot_owner_id")
    return MeetingDetails(
        title=payload.text(TITLE),
        start=payload.instant(START) or payload.instant(_TIMELINE),
        end=payload.instant(END),
        outcome=payload.text(OUTCOME),
        activity_type=payload.text(ACTIVITY_TYPE),
        owner_id=OwnerId(owner) if owner else None,
        location=payload.text("hs_meeting_location"),
        body=note_text(payload.text("hs_meeting_body")),
        notes=_unmarked(note_text(payload.text(NOTES))),
        external_url=payload.text("hs_meeting_external_url"),
    )


def attachments_of(payload: ObjectPayload) -> tuple[FileId, ...]:
    """The ids of the files on a meeting, each once."""
    text = payload.text(ATTACHMENTS)
    if not text:
        return ()
    ids = (number.strip() for number in text.split(";"))
    return tuple(dict.fromkeys(FileId(number) for number in ids if number))


def attached(file_ids: Sequence[FileId]) -> dict[str, str]:
    """The property that puts exactly these files on a meeting."""
    return {ATTACHMENTS: ";".join(file_ids)}


def marked(notes: str, mark: str) -> str:
    """Notes with the line by which a sent meeting is known again, as HubSpot keeps them."""
    return note_html(f"{notes.strip()}\n[slotdesk:{mark}]")


def is_marked(payload: ObjectPayload, mark: str) -> bool:
    """Whether the meeting was sent with this mark."""
    return f"[slotdesk:{mark}]" in note_text(payload.text(NOTES)).split("\n")


def _unmarked(notes: str) -> str:
    if "[slotdesk:" not in notes:
        return notes.strip()
    lines = notes.split("\n")
    return "\n".join(line for line in lines if not _MARK_LINE.fullmatch(line.strip())).strip()


def properties_of(details: MeetingDetails) -> dict[str, str]:
    """Every property that is set, for a new meeting."""
    texts = ((name, details.text(name)) for name in MeetingField)
    return _properties((name, text) for name, text in texts if text)


def changes_of(edits: Sequence[FieldEdit]) -> dict[str, str]:
    """The properties that `edits` set; what they do not name stays as it is, HTML and all."""
    return _properties((edit.name, edit.after) for edit in edits)


def field_named(name: str) -> str:
    """The field of a meeting that a property is; the name itself for any other."""
    field = _FIELDS.get(name)
    return field.value if field is not None else name


def _properties(texts: Iterable[tuple[MeetingField, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in texts:
        found[_NAMES[name]] = _value(name, text)
        if name is MeetingField.START and text:
            found[_TIMELINE] = found[START]
    return found


def _value(name: MeetingField, text: str) -> str:
    match name:
        case MeetingField.START | MeetingField.END:
            return iso(datetime.fromisoformat(text)) if text else ""
        case MeetingField.BODY | MeetingField.NOTES:
            return note_html(text)
        case _:
            return text
