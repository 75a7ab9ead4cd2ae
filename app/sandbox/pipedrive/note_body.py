"""What a note's body may say: its record, its pins, its author and its time; and how notes are shown."""

import re
from typing import Any, Final

from app.sandbox.pipedrive.company import Company, PipedriveUser, Record
from app.sandbox.pipedrive.errors import PipedriveError, generic
from app.sandbox.pipedrive.links import read_uuid
from app.sandbox.pipedrive.operations import Call
from app.sandbox.pipedrive.wire import day_of

LONGEST: Final = 100_000
TARGETS: Final = ("lead_id", "deal_id", "person_id", "org_id")
PINS: Final = {
    "pinned_to_lead_flag": "lead_id",
    "pinned_to_deal_flag": "deal_id",
    "pinned_to_organization_flag": "org_id",
    "pinned_to_person_flag": "person_id",
}
ABSENT: Final = ("project_id", "task_id")
_CLOCK: Final = re.compile(r"(\d{4}-\d\d-\d\d) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
_SCRIPT: Final = re.compile(
    r"(?is)<(script|style|iframe|object)\b.*?(</\1\s*>|$)|\son\w+\s*=\s*(\"[^\"]*\"|'[^']*')"
)


def read_content(body: Record, *, required: bool) -> Record:
    """Return the content, sanitized; PipedriveError 400 when it is missing, no text or too long."""
    if "content" not in body and not required:
        return {}
    content = body.get("content")
    if not isinstance(content, str) or not content.strip():
        raise _bad("content is a required field.")
    if len(content.encode("utf-8", "replace")) > LONGEST:
        raise _bad("content is longer than 100 KB.")
    return {"content": _SCRIPT.sub("", content)}


def read_note(call: Call, body: Record, *, before: Record | None) -> Record:
    """Return the checked fields of a note to be made or changed; PipedriveError 400 or 403."""
    fields = read_content(body, required=before is None)
    for name in TARGETS:
        if name in body:
            fields[name] = _target(call.company, name, body[name])
    if any(body.get(name) is not None for name in ABSENT):
        raise _bad("The project or task is not known.")
    held = {name: fields.get(name, before.get(name) if before else None) for name in TARGETS}
    if not any(held.values()):
        raise _bad("At least one of deal_id, person_id, org_id, lead_id, project_id or task_id is needed.")
    for pin, target in PINS.items():
        if pin in body:
            fields[pin] = _pin(pin, body[pin], body.get(target))
    if "user_id" in body:
        fields["user_id"] = _author(call, body["user_id"])
    if "add_time" in body:
        fields["add_time"] = _time(body["add_time"])
    return fields


def note_payload(company: Company, note: Record, reader: PipedriveUser) -> Record:
    """Return a note in the API's shape, with the names of what it is about."""
    person, deal = company.persons.get(note["person_id"]), company.deals.get(note["deal_id"])
    organization, author = company.organizations.get(note["org_id"]), company.user(note["user_id"])
    assert author is not None
    return {
        **note,
        "person": None if person is None else {"name": person["name"]},
        "organization": None if organization is None else {"name": organization["name"]},
        "deal": None if deal is None else {"title": deal["title"]},
        "project": None,
        "task": None,
        "user": {
            "email": author.email,
            "name": author.name,
            "icon_url": None,
            "is_you": author.user_id == reader.user_id,
        },
    }


def _target(company: Company, name: str, value: Any) -> int | str | None:
    if value is None:
        return None
    known: Any = None
    if name == "lead_id":
        known = company.leads.get(read_uuid(value) or "")
    elif isinstance(value, int) and not isinstance(value, bool):
        table = {"deal_id": company.deals, "person_id": company.persons, "org_id": company.organizations}
        known = table[name].get(value)
    if known is None:
        raise _bad(f"{name}: the item was not found.")
    found: int | str = known["id"]
    return found


def _pin(pin: str, value: Any, target: Any) -> bool:
    if value not in (0, 1) or isinstance(value, str):
        raise _bad(f"{pin} must be 0 or 1.")
    if value and target is None:
        raise _bad(f"{pin} needs the id of the item in the same request.")
    return bool(value)


def _author(call: Call, value: Any) -> int:
    user = call.company.user(value) if isinstance(value, int) and not isinstance(value, bool) else None
    if user is None:
        raise _bad("user_id: the user was not found.")
    if user.user_id != call.user.user_id and not call.user.is_admin:
        raise generic(403, "Forbidden", "Only an admin may set another author.")
    return user.user_id


def _time(value: Any) -> str:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None or day_of(found[1]) is None:
        raise _bad("add_time must be YYYY-MM-DD HH:MM:SS.")
    return found[0]


def _bad(info: str) -> PipedriveError:
    return generic(400, "Bad request", info)
