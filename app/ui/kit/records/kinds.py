"""What record types are called and which icon they have."""

from collections.abc import Sequence
from typing import Final

from app.domain.meetings import COMPANY, CONTACT, DEAL, RECORD_TYPES, TICKET, RecordType
from app.domain.ports_meetings import RecordKind
from app.ui.kit.meetings.words import kind_words
from app.ui.kit.text import clean

_ICONS: Final = {CONTACT: "user", COMPANY: "building-2", DEAL: "handshake", TICKET: "ticket"}


def kind_icon(record_type: RecordType) -> str:
    """The icon of a record type; custom objects share one."""
    return _ICONS.get(record_type, "box")


def kind_name(record_type: RecordType, kinds: Sequence[RecordKind] = ()) -> str:
    """`Contact`; a custom object by its own name, as the account has it."""
    custom = next((kind for kind in kinds if kind.type == record_type), None)
    if record_type not in RECORD_TYPES and custom is not None and custom.singular:
        return clean(custom.singular)
    return kind_words(record_type)


def shown_name(name: str, record_type: RecordType, record_id: str, kinds: Sequence[RecordKind] = ()) -> str:
    """A record's name, or its kind and number where the name is not known: `Deal 4711`."""
    return clean(name) or f"{kind_name(record_type, kinds)} {record_id}"
