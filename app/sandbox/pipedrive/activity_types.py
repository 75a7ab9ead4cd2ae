"""`GET /activityTypes` and `GET /noteFields` of API v1: what activities and notes are made of."""

from typing import Final

from starlette.responses import Response

from app.sandbox.pipedrive.company import Record
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import answer, v1_page

_FIELDS: Final = (
    ("content", "Content", "text"),
    ("person_id", "Person", "people"),
    ("org_id", "Organization", "org"),
    ("user_id", "Author", "user"),
    ("add_time", "Add time", "date"),
    ("update_time", "Update time", "date"),
    ("pinned_to_deal_flag", "Note is pinned to deal", "enum"),
    ("pinned_to_organization_flag", "Note is pinned to organization", "enum"),
    ("pinned_to_person_flag", "Note is pinned to person", "enum"),
)
_YES_NO: Final = ({"id": 1, "label": "Yes"}, {"id": 0, "label": "No"})
NOTE_READERS: Final = frozenset({"deals:read", "deals:full", "contacts:read", "contacts:full"})


async def list_types(call: Call) -> Response:
    """List the activity types, inactive ones too."""
    return answer(call.company.activity_types or None)


async def list_note_fields(call: Call) -> Response:
    """List the fields of a note."""
    rows: list[Record] = [
        {
            "id": place,
            "key": key,
            "name": name,
            "field_type": kind,
            "active_flag": True,
            "edit_flag": False,
            "bulk_edit_allowed": False,
            "mandatory_flag": key == "content",
            **({"options": list(_YES_NO)} if kind == "enum" else {}),
        }
        for place, (key, name, kind) in enumerate(_FIELDS, 1)
    ]
    return v1_page(call.request, rows)


def type_operations() -> list[Operation]:
    """Return the operations."""
    readers = frozenset({"activities:read", "activities:full", "admin"})
    return [
        Operation(1, "GET", "/activityTypes", 20, readers, list_types),
        Operation(1, "GET", "/noteFields", 20, NOTE_READERS, list_note_fields),
    ]
