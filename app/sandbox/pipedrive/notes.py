"""Notes of API v1: on a person, an organization, a deal or a lead."""

from functools import partial
from typing import Any, Final

from starlette.responses import Response

from app.sandbox.pipedrive.activity_types import NOTE_READERS
from app.sandbox.pipedrive.company import Record, stamp
from app.sandbox.pipedrive.errors import PipedriveError, generic, not_found
from app.sandbox.pipedrive.links import read_uuid
from app.sandbox.pipedrive.note_body import ABSENT, PINS, TARGETS, note_payload, read_note
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import answer, day_of, instant_of, number_of, path_id, read_json, v1_page

WRITERS: Final = frozenset({"deals:full", "contacts:full"})
_SORTABLE: Final = ("id", "user_id", "deal_id", "person_id", "org_id", "content", "add_time", "update_time")


async def list_notes(call: Call) -> Response:
    """List the notes that pass the filters, newest id last unless `sort` says otherwise."""
    rows = [note for note in call.company.notes.all() if note["active_flag"]]
    for test in _filters(call):
        rows = [note for note in rows if test.items() <= note.items()]
    query = call.request.query_params
    since = instant_of(call.request, "updated_since")
    start, end = _day(query.get("start_date")), _day(query.get("end_date"))
    rows = [
        note
        for note in rows
        if (start is None or note["add_time"][:10] >= start)
        and (end is None or note["add_time"][:10] <= end)
        and (since is None or f"{note['update_time'].replace(' ', 'T')}Z" >= since)
    ]
    _sort(rows, query.get("sort", ""))
    return v1_page(call.request, [note_payload(call.company, note, call.user) for note in rows])


async def read_one(call: Call) -> Response:
    """Read a note."""
    return answer(note_payload(call.company, note_of(call), call.user))


async def add(call: Call) -> Response:
    """Make a note; answers 200."""
    fields = read_note(call, await read_json(call.request), before=None)
    now = stamp(call.now())
    note: Record = {
        "active_flag": True,
        "content": "",
        **dict.fromkeys((*TARGETS, *ABSENT)),
        **dict.fromkeys((*PINS, "pinned_to_project_flag", "pinned_to_task_flag"), False),
        "user_id": call.user.user_id,
        "last_update_user_id": None,
        "add_time": now,
        "update_time": now,
        **fields,
    }
    return answer(note_payload(call.company, call.company.notes.add(note), call.user))


async def change(call: Call) -> Response:
    """Change a note."""
    note = note_of(call)
    fields = read_note(call, await read_json(call.request), before=note)
    note.update(fields, update_time=stamp(call.now()), last_update_user_id=call.user.user_id)
    return answer(note_payload(call.company, note, call.user))


async def remove(call: Call) -> Response:
    """Delete a note."""
    note_of(call)["active_flag"] = False
    return answer(True)


def note_of(call: Call) -> Record:
    """Return the note of the path; PipedriveError 404 when there is none."""
    note = call.company.notes.get(path_id(call.request))
    if note is None or not note["active_flag"]:
        raise not_found("The note was not found.")
    return note


def _filters(call: Call) -> list[Record]:
    query = call.request.query_params
    found: list[Record] = []
    for name in ("user_id", "deal_id", "person_id", "org_id", *ABSENT):
        number = number_of(call.request, name)
        if number is not None:
            found.append({name: number})
    if "lead_id" in query:
        found.append({"lead_id": read_uuid(query["lead_id"]) or "none"})
    for pin in (*PINS, "pinned_to_project_flag", "pinned_to_task_flag"):
        if pin in query:
            if query[pin] not in ("0", "1"):
                raise _bad(f"{pin} must be 0 or 1.")
            found.append({pin: query[pin] == "1"})
    return found


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    day = day_of(text)
    if day is None:
        raise _bad("A date must be YYYY-MM-DD.")
    return day


def _sort(rows: list[Record], text: str) -> None:
    keys = [part.split() for part in text.split(",") if part.strip()]
    for words in reversed(keys):
        name, way = words[0], words[1].upper() if len(words) > 1 else "ASC"
        if len(words) > 2 or name not in _SORTABLE or way not in ("ASC", "DESC"):
            raise _bad("sort is not valid.")
        rows.sort(key=partial(_rank, name), reverse=way == "DESC")


def _rank(name: str, note: Record) -> tuple[bool, Any]:
    return note[name] is not None, note[name]


def _bad(info: str) -> PipedriveError:
    return generic(400, "Bad request", info)


def note_operations() -> list[Operation]:
    """Return the operations."""
    return [
        Operation(1, "GET", "/notes", 20, NOTE_READERS, list_notes),
        Operation(1, "POST", "/notes", 10, WRITERS, add),
        Operation(1, "GET", "/notes/{id}", 2, NOTE_READERS, read_one),
        Operation(1, "PUT", "/notes/{id}", 10, WRITERS, change),
        Operation(1, "DELETE", "/notes/{id}", 6, WRITERS, remove),
    ]
