"""Comments under notes, API v1."""

import uuid
from typing import Final

from starlette.responses import Response

from app.sandbox.instants import object_instant
from app.sandbox.pipedrive.activity_types import NOTE_READERS
from app.sandbox.pipedrive.company import Record
from app.sandbox.pipedrive.errors import not_found
from app.sandbox.pipedrive.links import read_uuid
from app.sandbox.pipedrive.note_body import read_content
from app.sandbox.pipedrive.notes import WRITERS, note_of
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import answer, read_json, v1_page

_ROOT: Final = "/notes/{id}/comments"


async def list_comments(call: Call) -> Response:
    """List a note's comments, oldest first."""
    note_id = str(note_of(call)["id"])
    comments = call.company.comments.values()
    return v1_page(
        call.request, [one for one in comments if one["object_id"] == note_id and one["active_flag"]]
    )


async def add(call: Call) -> Response:
    """Comment on a note."""
    note = note_of(call)
    now = object_instant(call.now())
    comment: Record = {
        "uuid": str(uuid.uuid4()),
        "active_flag": True,
        "add_time": now,
        "update_time": now,
        **read_content(await read_json(call.request), required=True),
        "object_id": str(note["id"]),
        "object_type": "note",
        "user_id": call.user.user_id,
        "updater_id": call.user.user_id,
        "company_id": call.company.company_id,
    }
    call.company.comments[comment["uuid"]] = comment
    return answer(comment)


async def read_one(call: Call) -> Response:
    """Read a comment."""
    return answer(_comment_of(call))


async def change(call: Call) -> Response:
    """Change a comment's content."""
    comment = _comment_of(call)
    content = read_content(await read_json(call.request), required=True)
    comment.update(content, update_time=object_instant(call.now()), updater_id=call.user.user_id)
    return answer(comment)


async def remove(call: Call) -> Response:
    """Delete a comment."""
    _comment_of(call)["active_flag"] = False
    return answer(True)


def _comment_of(call: Call) -> Record:
    note_id = str(note_of(call)["id"])
    comment = call.company.comments.get(read_uuid(call.request.path_params["comment_id"]) or "")
    if comment is None or comment["object_id"] != note_id or not comment["active_flag"]:
        raise not_found("The comment was not found.")
    return comment


def comment_operations() -> list[Operation]:
    """Return the operations."""
    one = f"{_ROOT}/{{comment_id}}"
    return [
        Operation(1, "GET", _ROOT, 20, NOTE_READERS, list_comments),
        Operation(1, "POST", _ROOT, 10, WRITERS, add),
        Operation(1, "GET", one, 2, NOTE_READERS, read_one),
        Operation(1, "PUT", one, 10, WRITERS, change),
        Operation(1, "DELETE", one, 6, WRITERS, remove),
    ]
