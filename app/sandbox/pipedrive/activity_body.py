"""What an activity's body may say, API v2: strict about types, times and unknown names."""

import re
from typing import Any, Final

from app.sandbox.pipedrive.company import Company, Record
from app.sandbox.pipedrive.errors import not_a_value, semantic
from app.sandbox.pipedrive.wire import day_of

LOCATION: Final = (
    "value",
    "country",
    "admin_area_level_1",
    "admin_area_level_2",
    "locality",
    "sublocality",
    "route",
    "street_number",
    "subpremise",
    "postal_code",
)
_TEXTS: Final = ("subject", "type", "public_description", "note")
_FLAGS: Final = ("busy", "done")
_RECORDS: Final = ("owner_id", "deal_id", "org_id", "lead_id", "project_id")
_OTHERS: Final = ("due_date", "due_time", "duration", "location", "participants", "attendees", "priority")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_LENGTH: Final = re.compile(r"\d\d:[0-5]\d(:[0-5]\d)?")
_ATTENDEE: Final = {
    "email": str,
    "name": str,
    "status": str,
    "is_organizer": bool,
    "person_id": int,
    "user_id": int,
}


def read_activity(company: Company, body: Record) -> Record:
    """Return the checked fields; PipedriveError 400 with the code Pipedrive gives."""
    if "person_id" in body:
        raise semantic("person_id is a read-only field; use participants")
    unknown = sorted(set(body) - {*_TEXTS, *_FLAGS, *_RECORDS, *_OTHERS})
    if unknown:
        raise not_a_value(unknown[0], "is not allowed")
    fields: Record = {}
    for name, value in body.items():
        fields[name] = None if value is None else _field(company, name, value)
    if fields.get("type", "") is None or fields.get("owner_id", 0) is None:
        raise not_a_value("type, owner_id", "must not be null")
    if "participants" in fields:
        fields["person_id"] = _primary(fields["participants"] or [])
    return fields


def _field(company: Company, name: str, value: Any) -> Any:
    if name in _FLAGS:
        return _typed(name, value, bool)
    if name in _RECORDS:
        return _record(company, name, value)
    match name:
        case "type":
            return _type(company, _typed(name, value, str))
        case "due_date":
            if not isinstance(value, str) or day_of(value) is None:
                raise not_a_value(name, "This value is not a valid date")
            return value
        case "due_time":
            return _clock(name, value, _TIME, "This value is not a valid datetime")
        case "duration":
            return _clock(name, value, _LENGTH, "This value is not a valid duration")
        case "location":
            return _location(value)
        case "participants":
            return _participants(company, value)
        case "attendees":
            return [_attendee(one) for one in _typed(name, value, list)]
        case "priority":
            return _typed(name, value, int)
        case _:
            return _typed(name, value, str)


def _typed(name: str, value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise not_a_value(name, f"must be of type {kind.__name__}")
    return value


def _record(company: Company, name: str, value: Any) -> int | str:
    tables = {"deal_id": company.deals, "org_id": company.organizations}
    if name == "lead_id":
        known = _typed(name, value, str) in company.leads
    elif name == "owner_id":
        known = company.user(_typed(name, value, int)) is not None
    else:
        number = _typed(name, value, int)
        known = name in tables and tables[name].get(number) is not None
    if not known:
        raise semantic(f"{name}: the item was not found")
    found: int | str = value
    return found


def _type(company: Company, key: str) -> str:
    if not any(one["key_string"] == key and one["active_flag"] for one in company.activity_types):
        raise semantic(f"Activity type {key[:40]!r} does not exist")
    return key


def _clock(name: str, value: Any, form: re.Pattern[str], words: str) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise not_a_value(name, words)
    return value if len(value) == 8 else f"{value}:00"


def _location(value: Any) -> Record:
    parts: Record = _typed("location", value, dict)
    if not set(parts) <= set(LOCATION):
        raise not_a_value("location", "has a name that is not allowed")
    for name, part in parts.items():
        if part is not None:
            _typed(f"location.{name}", part, str)
    return {name: parts.get(name) for name in LOCATION}


def _participants(company: Company, value: Any) -> list[Record]:
    found: list[Record] = []
    for one in _typed("participants", value, list):
        row: Record = _typed("participants", one, dict)
        if not set(row) <= {"person_id", "primary"}:
            raise not_a_value("participants", "has a name that is not allowed")
        number = _typed("participants.person_id", row.get("person_id"), int)
        primary = _typed("participants.primary", row.get("primary", False), bool)
        if company.persons.get(number) is None:
            raise semantic(f"Person {number} was not found")
        if any(known["person_id"] == number for known in found):
            raise semantic(f"Person {number} is named twice")
        found.append({"person_id": number, "primary": primary})
    if sum(row["primary"] for row in found) > 1:
        raise semantic("Only one participant can be primary")
    if found and not any(row["primary"] for row in found):
        found[0]["primary"] = True
    return found


def _attendee(value: Any) -> Record:
    row: Record = _typed("attendees", value, dict)
    for name, part in row.items():
        if name not in _ATTENDEE:
            raise not_a_value("attendees", "has a name that is not allowed")
        if part is not None:
            _typed(f"attendees.{name}", part, _ATTENDEE[name])
    if not row.get("email"):
        raise not_a_value("attendees.email", "is required")
    return {name: row.get(name) for name in _ATTENDEE} | {"is_organizer": row.get("is_organizer") or False}


def _primary(participants: list[Record]) -> int | None:
    return next((row["person_id"] for row in participants if row["primary"]), None)
