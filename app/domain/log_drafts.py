"""The editor of a meeting as it was left: what was typed, and for a new one its records and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.drafts import instant_from
from app.domain.meetings import (
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
    RecordType,
)
from app.domain.records import OwnerId

NEW_KEY = "log/new"
"""Where the keys of meetings that are being logged begin."""


PLAN_KEY = "log/plan"
"""Where the keys of meetings that are being put into the calendar begin."""


def draft_key(meeting_id: MeetingId) -> str:
    """The key under which the draft of a meeting is kept."""
    return f"log/{meeting_id}"


def new_key(details: MeetingDetails, records: Sequence[CrmRecord]) -> str:
    """The key of a new meeting's draft: `NEW_KEY`, with what it began with where it began with something."""
    began = [details.text(MeetingField.START), *(f"{one.ref.type}:{one.ref.id}" for one in records[:1])]
    return "/".join([NEW_KEY, *(part for part in began if part)])


def plan_key(details: MeetingDetails, records: Sequence[CrmRecord]) -> str:
    """The same for one that is to be put into the calendar."""
    return PLAN_KEY + new_key(details, records).removeprefix(NEW_KEY)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What only a meeting that is put into the calendar has; units and values as in `ScheduleMeeting`."""

    location_type: str = ""
    attendees: tuple[OwnerId, ...] = ()
    reminders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LogDraft:
    """What the rep has typed.

    `typed` are the fields the rep touched: the others follow HubSpot. `seen` are the values these fields had
    when the rep began (canonical text form), `seen_at` that version's `updated_at`. `records`, `pins` and
    `files` (paths) are only used for a meeting that is not logged yet, `plan` for one that is being planned.
    """

    details: MeetingDetails = field(default_factory=MeetingDetails)
    typed: frozenset[MeetingField] = frozenset()
    seen: Mapping[MeetingField, str] = field(default_factory=dict)
    seen_at: datetime | None = None
    records: tuple[CrmRecord, ...] = ()
    pins: frozenset[RecordRef] = frozenset()
    files: tuple[str, ...] = ()
    saved_at: datetime | None = None
    plan: Arrangement = field(default_factory=Arrangement)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.typed or self.records or self.files or self.plan != Arrangement())

    def begun_with(self, meeting: Meeting) -> Meeting:
        """The meeting as it was when the rep began to type, as far as typed fields go."""
        seen = {name: self.seen[name] for name in self.typed if name in self.seen}
        details = meeting.details.with_texts(seen)
        return replace(meeting, details=details, updated_at=self.seen_at or meeting.updated_at)


def log_draft_payload(draft: LogDraft) -> dict[str, object]:
    """The draft as JSON-ready values; only fields that were typed."""
    return {
        "fields": {name.value: draft.details.text(name) for name in sorted(draft.typed)},
        "seen": {name.value: draft.seen[name] for name in sorted(draft.typed) if name in draft.seen},
        "seen_at": draft.seen_at.isoformat() if draft.seen_at else None,
        "records": [
            [record.ref.type, record.ref.id, record.name, record.detail, record.ref in draft.pins]
            for record in draft.records
        ],
        "files": list(draft.files),
        "saved_at": draft.saved_at.isoformat() if draft.saved_at else None,
        "location_type": draft.plan.location_type,
        "attendees": list(draft.plan.attendees),
        "reminders": list(draft.plan.reminders),
    }


def log_draft_from(payload: Mapping[str, object], under: MeetingDetails) -> LogDraft:
    """The draft of a payload over the values of the meeting; what cannot be read is left out."""
    texts = _fields(payload.get("fields"))
    typed = _readable(texts)
    rows = [_record(row) for row in _list(payload.get("records"))]
    known = [row for row in rows if row is not None]
    return LogDraft(
        details=under.with_texts(typed),
        typed=frozenset(typed),
        seen=_readable(_fields(payload.get("seen"))),
        seen_at=instant_from(payload.get("seen_at")),
        records=tuple(record for record, _ in known),
        pins=frozenset(record.ref for record, is_pinned in known if is_pinned),
        files=tuple(path for path in _list(payload.get("files")) if isinstance(path, str)),
        saved_at=instant_from(payload.get("saved_at")),
        plan=_arrangement(payload),
    )


def _arrangement(payload: Mapping[str, object]) -> Arrangement:
    location_type = payload.get("location_type")
    attendees = (one for one in _list(payload.get("attendees")) if isinstance(one, str))
    reminders = (one for one in _list(payload.get("reminders")) if isinstance(one, int) and one > 0)
    return Arrangement(
        location_type=location_type if isinstance(location_type, str) else "",
        attendees=tuple(OwnerId(one) for one in attendees),
        reminders=tuple(int(one) for one in reminders),
    )


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _fields(value: object) -> dict[MeetingField, str]:
    if not isinstance(value, Mapping):
        return {}
    names = {name.value: name for name in MeetingField}
    return {names[key]: text for key, text in value.items() if key in names and isinstance(text, str)}


def _readable(texts: dict[MeetingField, str]) -> dict[MeetingField, str]:
    """The texts that mean something in their field."""
    return {name: text for name, text in texts.items() if _is_readable(name, text)}


def _is_readable(name: MeetingField, text: str) -> bool:
    try:
        MeetingDetails().with_texts({name: text})
    except (ValueError, OverflowError):
        return False
    return True


def _record(row: object) -> tuple[CrmRecord, bool] | None:
    cells = _list(row)
    texts = [cell for cell in cells[:4] if isinstance(cell, str)]
    if len(cells) != 5 or len(texts) != 4:
        return None
    ref = RecordRef(RecordType(texts[0]), texts[1])
    return CrmRecord(ref, texts[2], texts[3]), cells[4] is True
