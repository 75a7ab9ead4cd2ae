"""Meetings of the CRM as the rep knows them: what was agreed, how it went, and on which records it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NewType

from app.domain.records import OwnerId

MeetingId = NewType("MeetingId", str)
"""HubSpot's number, or `local:<uuid>` for a meeting that HubSpot does not know yet."""

RecordType = NewType("RecordType", str)
"""HubSpot's object type id: the four below, or `2-…` for a custom object of the account."""

FileId = NewType("FileId", str)

CONTACT: Final = RecordType("0-1")
COMPANY: Final = RecordType("0-2")
DEAL: Final = RecordType("0-3")
TICKET: Final = RecordType("0-5")
RECORD_TYPES: Final = (CONTACT, COMPANY, DEAL, TICKET)

_LOCAL: Final = "local:"


def local_meeting_id(uuid: str) -> MeetingId:
    """The id of a meeting that only this computer knows, until it has been sent."""
    return MeetingId(f"{_LOCAL}{uuid}")


def is_local(meeting_id: MeetingId) -> bool:
    """Whether HubSpot does not know the meeting yet."""
    return meeting_id.startswith(_LOCAL)


class Outcome(StrEnum):
    """HubSpot's own outcomes; an account may define more, and other values are kept as they are."""

    SCHEDULED = "SCHEDULED"
    COMPLETED = "COMPLETED"
    RESCHEDULED = "RESCHEDULED"
    NO_SHOW = "NO_SHOW"
    CANCELED = "CANCELED"


class MeetingField(StrEnum):
    """What of a meeting can be changed one by one; the values are the keys of drafts and outbox rows."""

    TITLE = "title"
    START = "start"
    END = "end"
    OUTCOME = "outcome"
    ACTIVITY_TYPE = "activity_type"
    OWNER = "owner"
    LOCATION = "location"
    BODY = "body"
    NOTES = "notes"
    EXTERNAL_URL = "external_url"


@dataclass(frozen=True, slots=True)
class MeetingDetails:
    """The writable values (HubSpot reference 6.2); instants in UTC, texts plain, empty where nothing is set.

    `body` is what attendees see, `notes` what only the team sees. `hs_timestamp` always equals `start`.
    """

    title: str = ""
    start: datetime | None = None
    end: datetime | None = None
    outcome: str = ""
    activity_type: str = ""
    owner_id: OwnerId | None = None
    location: str = ""
    body: str = ""
    notes: str = ""
    external_url: str = ""

    def text(self, name: MeetingField) -> str:
        """A field in its canonical text form: instants as ISO 8601 in UTC, empty where nothing is set."""
        value = getattr(self, _ATTRIBUTES[name])
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        return value or ""

    def with_texts(self, texts: Mapping[MeetingField, str]) -> "MeetingDetails":
        """A copy with these fields, given in the canonical text form. Raises ValueError for a bad instant."""
        values: dict[str, Any] = {_ATTRIBUTES[name]: _value(name, text) for name, text in texts.items()}
        return replace(self, **values)


_ATTRIBUTES: Final[Mapping[MeetingField, str]] = MappingProxyType(
    {name: "owner_id" if name is MeetingField.OWNER else name.value for name in MeetingField}
)


def _value(name: MeetingField, text: str) -> object:
    match name:
        case MeetingField.START | MeetingField.END:
            return _instant(text) if text else None
        case MeetingField.OWNER:
            return OwnerId(text) if text else None
        case _:
            return text


def _instant(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    try:
        return read.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError(f"{text!r} lies outside the calendar") from problem


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field's change, both ends in the canonical text form of `MeetingDetails.text`."""

    name: MeetingField
    before: str
    after: str


def edits_between(before: MeetingDetails, after: MeetingDetails) -> tuple[FieldEdit, ...]:
    """What has to be sent to get from one to the other, in the order of `MeetingField`."""
    return tuple(
        FieldEdit(name, before.text(name), after.text(name))
        for name in MeetingField
        if before.text(name) != after.text(name)
    )


@dataclass(frozen=True, slots=True)
class RecordRef:
    """A CRM record by its type and id."""

    type: RecordType
    id: str


@dataclass(frozen=True, slots=True)
class CrmRecord:
    """A record as it is shown: `detail` is its address, domain or stage; empty `name` where it is not known.

    `pinned` is the meeting pinned on it, "" when none is, None when nobody has looked.
    """

    ref: RecordRef
    name: str
    detail: str = ""
    owner_id: OwnerId | None = None
    pinned: MeetingId | None = None


@dataclass(frozen=True, slots=True)
class AssociationLabel:
    """A label between meetings and a record type, as the account defines it; `name` "" is the plain one."""

    category: str
    type_id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Association:
    """A record on which a meeting stands, with its labels (the unlabelled one left out)."""

    ref: RecordRef
    labels: tuple[AssociationLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting engagement; `associations` is None until they have been read.

    `updated_at` is HubSpot's last change of properties (associations do not count, reference 7.2).
    `calendar_id` is `hs_unique_id`; `join_url` is `hs_video_conference_url`; `source` is `hs_meeting_source`.
    """

    id: MeetingId
    details: MeetingDetails
    associations: tuple[Association, ...] | None = None
    attachments: tuple[FileId, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    calendar_id: str = ""
    join_url: str = ""
    source: str = ""

    @property
    def refs(self) -> tuple[RecordRef, ...]:
        """The records it stands on, as far as they are known."""
        return tuple(association.ref for association in self.associations or ())


@dataclass(frozen=True, slots=True)
class MeetingOption:
    """One value of a property as the account defines it; hidden ones are shown only where they are stored."""

    value: str
    label: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class MeetingOptions:
    """The account's outcomes and activity types (reference 9).

    `types_are_open` says that HubSpot keeps the types elsewhere, so that any text may be typed.
    """

    outcomes: tuple[MeetingOption, ...] = ()
    activity_types: tuple[MeetingOption, ...] = ()
    types_are_open: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on a meeting; `size` in bytes."""

    id: FileId
    name: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingQuery:
    """Which meetings a list shows; empty sets mean any.

    `text` is searched in title, description, notes and the names of records; `to_log_before` keeps only
    meetings that ended before this UTC instant and are still scheduled. `earliest` and `latest` bound the
    start, both included. Newest first, or oldest first with `is_ascending`.
    """

    text: str = ""
    outcomes: frozenset[str] = frozenset()
    activity_types: frozenset[str] = frozenset()
    owner_ids: frozenset[OwnerId] = frozenset()
    record: RecordRef | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    to_log_before: datetime | None = None
    is_ascending: bool = False


@dataclass(frozen=True, slots=True)
class MeetingIndex:
    """The answer to a query without its rows: ids and starts (epoch ms; 0 without one) side by side."""

    ids: tuple[MeetingId, ...] = ()
    starts_ms: Sequence[int] = field(default=())

    def __len__(self) -> int:
        return len(self.ids)
