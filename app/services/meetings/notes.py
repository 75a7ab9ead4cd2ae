"""Short lists of an account as notes in the cache: JSON with the instant at which they were read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from app.domain.meetings import (
    AssociationLabel,
    Attachment,
    FileId,
    MeetingOption,
    MeetingOptions,
    RecordType,
)
from app.domain.ports_meetings import RecordKind
from app.domain.records import Owner, OwnerId

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A value and the UTC instant at which HubSpot was asked for it."""

    value: T
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class NoteShape(Generic[T]):
    """How a value is written as JSON and read back; `read` may raise what bad JSON makes it raise."""

    write: Callable[[T], Any]
    read: Callable[[Any], T]

    def text(self, kept: Kept[T]) -> str:
        """The note's text."""
        return json.dumps({"at": kept.fetched_at.isoformat(), "value": self.write(kept.value)})

    def kept(self, text: str | None) -> Kept[T] | None:
        """What a note says; None where there is none or it cannot be read."""
        if text is None:
            return None
        try:
            note = json.loads(text)
            fetched_at = datetime.fromisoformat(note["at"])
            value = self.read(note["value"])
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        return Kept(value, fetched_at) if fetched_at.tzinfo else None


def instant_from(text: str | None) -> datetime | None:
    """The instant of a note; None where there is none or it cannot be read."""
    try:
        instant = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return instant if instant and instant.tzinfo else None


def _options(options: MeetingOptions) -> dict[str, Any]:
    return {
        "outcomes": [[one.value, one.label, one.is_hidden] for one in options.outcomes],
        "types": [[one.value, one.label, one.is_hidden] for one in options.activity_types],
        "open": options.types_are_open,
    }


def _options_from(note: dict[str, Any]) -> MeetingOptions:
    return MeetingOptions(
        outcomes=tuple(_option(*row) for row in note["outcomes"]),
        activity_types=tuple(_option(*row) for row in note["types"]),
        types_are_open=bool(note["open"]),
    )


def _option(value: object, label: object, is_hidden: object) -> MeetingOption:
    return MeetingOption(str(value), str(label), bool(is_hidden))


def _owner(row: dict[str, Any]) -> Owner:
    user_id = row["user_id"]
    return Owner(
        id=OwnerId(str(row["id"])),
        user_id=None if user_id is None else str(user_id),
        email=str(row["email"]),
        full_name=str(row["name"]),
        is_active=bool(row["is_active"]),
    )


def _owner_row(owner: Owner) -> dict[str, Any]:
    return {
        "id": owner.id,
        "user_id": owner.user_id,
        "email": owner.email,
        "name": owner.full_name,
        "is_active": owner.is_active,
    }


def _kind(kind: object, singular: object, plural: object) -> RecordKind:
    return RecordKind(RecordType(str(kind)), str(singular), str(plural))


def _label(category: object, type_id: object, name: object) -> AssociationLabel:
    return AssociationLabel(str(category), int(str(type_id)), str(name))


def _attachment(file_id: object, name: object, size: object) -> Attachment:
    return Attachment(FileId(str(file_id)), str(name), None if size is None else int(str(size)))


OPTIONS: Final[NoteShape[MeetingOptions]] = NoteShape(_options, _options_from)
OWNERS: Final[NoteShape[tuple[Owner, ...]]] = NoteShape(
    lambda owners: [_owner_row(owner) for owner in owners],
    lambda rows: tuple(_owner(row) for row in rows),
)
KINDS: Final[NoteShape[tuple[RecordKind, ...]]] = NoteShape(
    lambda kinds: [[kind.type, kind.singular, kind.plural] for kind in kinds],
    lambda rows: tuple(_kind(*row) for row in rows),
)
LABELS: Final[NoteShape[tuple[AssociationLabel, ...]]] = NoteShape(
    lambda labels: [[label.category, label.type_id, label.name] for label in labels],
    lambda rows: tuple(_label(*row) for row in rows),
)
ATTACHMENTS: Final[NoteShape[tuple[Attachment, ...]]] = NoteShape(
    lambda files: [[one.id, one.name, one.size] for one in files],
    lambda rows: tuple(_attachment(*row) for row in rows),
)
TEXTS: Final[NoteShape[tuple[str, ...]]] = NoteShape(list, lambda rows: tuple(str(row) for row in rows))
