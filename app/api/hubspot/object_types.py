"""CRM object types: those the app knows by name, and an account's own (reference section 2, note d)."""

import re
from enum import StrEnum
from typing import Final

_TYPE_ID: Final = re.compile(r"[0-9]{1,4}-[0-9]{1,18}", re.ASCII)
_TYPE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,99}", re.ASCII)


class ObjectType(StrEnum):
    """The CRM object types as they stand in paths; deals by their id, as every spec version has it."""

    CONTACTS = "contacts"
    COMPANIES = "companies"
    DEALS = "0-3"
    TICKETS = "tickets"
    MEETINGS = "meetings"


_ALIASES: Final = {
    "contact": ObjectType.CONTACTS,
    "0-1": ObjectType.CONTACTS,
    "company": ObjectType.COMPANIES,
    "0-2": ObjectType.COMPANIES,
    "deal": ObjectType.DEALS,
    "deals": ObjectType.DEALS,
    "ticket": ObjectType.TICKETS,
    "0-5": ObjectType.TICKETS,
    "meeting": ObjectType.MEETINGS,
    "0-47": ObjectType.MEETINGS,
}


def type_segment(kind: str) -> str:
    """`kind` as one path segment: a member of ObjectType, an id such as `2-3456789`, or a type's name.

    Raises ValueError for anything else, which could name another resource.
    """
    if _TYPE_ID.fullmatch(kind) or _TYPE_NAME.fullmatch(kind):
        return str(kind)
    raise ValueError("an object type is a name or an id")


def known_type(name: str) -> str:
    """The member of ObjectType that `name` means in an answer (`deals`, `0-3`); else `name` itself."""
    return _ALIASES.get(name.lower()) or name
