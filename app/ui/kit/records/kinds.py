"""What record types are called and which icon they have."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.meetings import COMPANY, CONTACT, DEAL, TICKET, RecordType
from app.domain.ports_meetings import RecordKind
from app.ui.kit.text import clean

translate = QCoreApplication.translate
_ICONS: Final = {CONTACT: "user", COMPANY: "building-2", DEAL: "handshake", TICKET: "ticket"}


def kind_icon(record_type: RecordType) -> str:
    """The icon of a record type; custom objects share one."""
    return _ICONS.get(record_type, "box")


def kind_name(record_type: RecordType, kinds: Sequence[RecordKind] = ()) -> str:
    """`Contact`; a custom object by its own name where `kinds` has it, else `Record`."""
    match record_type:
        case "0-1":
            return translate("records", "Contact")
        case "0-2":
            return translate("records", "Company")
        case "0-3":
            return translate("records", "Deal")
        case "0-5":
            return translate("records", "Ticket")
        case _:
            custom = next((kind.singular for kind in kinds if kind.type == record_type), "")
            return clean(custom) or translate("records", "Record")


def shown_name(name: str, record_type: RecordType, record_id: str, kinds: Sequence[RecordKind] = ()) -> str:
    """A record's name, or its kind and number where the name is not known: `Deal 4711`."""
    return clean(name) or f"{kind_name(record_type, kinds)} {record_id}"
