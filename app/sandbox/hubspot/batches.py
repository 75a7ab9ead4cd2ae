"""CRM records up to a hundred at a time: batch read, create, update, upsert and archive."""

from collections.abc import Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.object_types import ObjectType
from app.sandbox.crm.rendering import Renderer, Wanted
from app.sandbox.crm.store import Record
from app.sandbox.crm.writer import NewRecord
from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.hubspot.batch_reply import batch_reply, refuse_row, standard_error
from app.sandbox.hubspot.objects import BASES, find_record, is_strict, kind_of, unknown_object
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.wire import (
    bool_parameter,
    id_text,
    no_content,
    object_list,
    read_object,
    record_reference,
    text_list,
)

MOST_INPUTS: Final = 100
_Row = dict[str, Any]
_Rows = list[_Row]


async def read(request: Request) -> Response:
    """Answer batch read: 200, or 207 when some ids are unknown; associations are never part of it."""
    kind = kind_of(request)
    require_any_scope(request, kind.read_scopes)
    portal = portal_of(request)
    started = portal.clock()
    body = await read_object(request)
    numbers = list(dict.fromkeys(record_reference(one, "inputs") for one in _inputs(body)))
    unique = _unique(body)
    archived = bool_parameter(request, "archived")
    wanted = Wanted(tuple(text_list(body, "properties")), tuple(text_list(body, "propertiesWithHistory")))
    renderer = Renderer(portal.store, kind, wanted)
    results, missing = [], []
    for number in numbers:
        record = find_record(request, kind, number, unique)
        if record is None or record.archived is not archived:
            missing.append(number)
        else:
            results.append(renderer.render(record))
    errors = [standard_error(unknown_object(kind, missing))] if missing else []
    return batch_reply(results, errors, started=started, ended=portal.clock())


async def create(request: Request) -> Response:
    """Answer batch create: all or nothing, unless rows carry a trace id, which makes each row count alone."""
    kind = kind_of(request)
    require_any_scope(request, kind.write_scopes)
    portal = portal_of(request)
    started = portal.clock()
    inputs = _inputs(await read_object(request))
    strict = is_strict(request)

    def make(row: _Row) -> Record:
        return portal.writer.create(portal.writer.check_new(kind, row, strict=strict))

    if _is_traced(inputs) or hasattr(request.state, "refused_row"):
        results, errors = _row_by_row(request, kind, inputs, make)
        return batch_reply(results, errors, started=started, ended=portal.clock(), status=201)
    checked = [portal.writer.check_new(kind, row, strict=strict) for row in inputs]
    _refuse_twins(checked)
    results = [
        _shown(request, kind, row, portal.writer.create(new))
        for row, new in zip(inputs, checked, strict=True)
    ]
    return batch_reply(results, [], started=started, ended=portal.clock(), status=201)


async def update(request: Request) -> Response:
    """Answer batch update: 200, or 207 when some records do not exist."""
    kind = kind_of(request)
    require_any_scope(request, kind.write_scopes)
    portal = portal_of(request)
    started = portal.clock()
    inputs = _inputs(await read_object(request))
    strict = is_strict(request)

    def change(row: _Row) -> Record:
        record = _existing(request, kind, row)
        values = portal.writer.check_change(kind, record, row, strict=strict)
        return portal.store.update(record, values)

    if not _is_traced(inputs):
        for row in inputs:
            found = find_record(request, kind, id_text(row.get("id"), "inputs.id"), _unique(row))
            if found is not None:
                portal.writer.check_change(kind, found, row, strict=strict)
    results, errors = _row_by_row(request, kind, inputs, change)
    return batch_reply(results, errors, started=started, ended=portal.clock())


async def upsert(request: Request) -> Response:
    """Answer batch upsert: rows are found by a unique property, or created; `new` says which."""
    kind = kind_of(request)
    require_any_scope(request, kind.write_scopes)
    portal = portal_of(request)
    started = portal.clock()
    inputs = _inputs(await read_object(request))
    fresh: set[str] = set()
    strict = is_strict(request)

    def put(row: _Row) -> Record:
        unique, value = _unique(row), id_text(row.get("id"), "inputs.id")
        record = find_record(request, kind, value, unique)
        if record is not None and not record.archived:
            return portal.store.update(record, portal.writer.check_change(kind, record, row, strict=strict))
        if unique is None:
            raise unknown_object(kind, [value])
        given = row.get("properties")
        body = {"properties": {unique: value, **given}} if isinstance(given, dict) else row
        made = portal.writer.create(portal.writer.check_new(kind, body, strict=strict))
        fresh.add(made.id)
        return made

    results, errors = _row_by_row(request, kind, inputs, put)
    shown = [{**one, "new": one["id"] in fresh} for one in results]
    return batch_reply(shown, errors, started=started, ended=portal.clock())


async def archive(request: Request) -> Response:
    """Answer batch archive: 204; unknown ids are passed over."""
    kind = kind_of(request)
    require_any_scope(request, kind.write_scopes)
    store = portal_of(request).store
    inputs = _inputs(await read_object(request))
    for number in [record_reference(one, "inputs") for one in inputs]:
        record = store.get(kind.type_id, number)
        if record is not None:
            store.archive(record)
    return no_content()


def _inputs(body: _Row) -> _Rows:
    return object_list(body, "inputs", most=MOST_INPUTS, required=True)


def _unique(body: _Row) -> str | None:
    value = body.get("idProperty")
    if value is not None and not isinstance(value, str):
        raise validation_error("idProperty must be a property name.")
    return value or None


def _is_traced(inputs: _Rows) -> bool:
    return any(isinstance(row.get("objectWriteTraceId"), str) for row in inputs)


def _existing(request: Request, kind: ObjectType, row: _Row) -> Record:
    number = id_text(row.get("id"), "inputs.id")
    record = find_record(request, kind, number, _unique(row))
    if record is None or record.archived:
        raise unknown_object(kind, [number])
    return record


def _row_by_row(
    request: Request, kind: ObjectType, inputs: _Rows, act: Callable[[_Row], Record]
) -> tuple[_Rows, _Rows]:
    """Act on every row by itself; a refused row becomes an error that names its trace id."""
    results, errors = [], []
    for place, row in enumerate(inputs):
        try:
            refuse_row(request, place, [str(row["id"])] if row.get("id") else [])
            results.append(_shown(request, kind, row, act(row)))
        except HubSpotError as problem:
            trace = row.get("objectWriteTraceId")
            errors.append(standard_error(problem, {"objectWriteTraceId": [str(trace)]} if trace else None))
    return results, errors


def _shown(request: Request, kind: ObjectType, row: _Row, record: Record) -> _Row:
    names = tuple(row["properties"])
    data = Renderer(portal_of(request).store, kind, Wanted(names)).render(record)
    trace = row.get("objectWriteTraceId")
    return {**data, "objectWriteTraceId": trace} if isinstance(trace, str) else data


def _refuse_twins(rows: list[NewRecord]) -> None:
    seen: set[str] = set()
    for row in rows:
        email = row.values.get("email")
        if email and email in seen:
            raise validation_error(f"The batch has more than one contact with the email {email}.")
        seen.add(email or "")


def batch_routes() -> list[Route]:
    """Return the batch routes of every version."""
    verbs = {"read": read, "create": create, "update": update, "upsert": upsert, "archive": archive}
    return [
        Route(f"{base}/{{object_type}}/batch/{verb}", endpoint, methods=["POST"])
        for base in BASES
        for verb, endpoint in verbs.items()
    ]
