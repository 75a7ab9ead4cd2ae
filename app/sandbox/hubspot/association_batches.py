"""Associations many at a time (v4 and dated)."""

from collections.abc import Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.crm.object_types import ObjectType
from app.sandbox.errors import HubSpotError
from app.sandbox.hubspot.association_wire import (
    BATCH_BASES,
    ends_of,
    labelled,
    nothing_associated,
    pair_json,
    read_specs,
    require_live,
    types_of,
)
from app.sandbox.hubspot.associations import both_ways
from app.sandbox.hubspot.batch_reply import batch_reply, refuse_row, standard_error
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.instants import object_instant
from app.sandbox.wire import no_content, object_list, read_object, record_reference, reply, whole_number

_MOST_READ: Final = 1000
_MOST_CREATED: Final = 2000
_MOST_ARCHIVED: Final = 100
_PAGE: Final = 500
_Row = dict[str, Any]


async def batch_read(request: Request) -> Response:
    """Answer batch read: for every id its page of associations; 207 when some have none."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()
    results, errors = [], []
    for row in await _inputs(request, _MOST_READ):
        number = record_reference(row, "inputs")
        after = whole_number(str(row.get("after") or "0"), "after")
        ids = sorted(map(int, portal.store.associated(start.type_id, number, end.type_id)))
        if not ids:
            errors.append(standard_error(nothing_associated(start, number, end)))
            continue
        rest = [str(one) for one in ids if one > after]
        labels = portal.store.associations.of((start.type_id, number), end.type_id)
        result: _Row = {"from": {"id": number}, "to": [labelled(one, labels[one]) for one in rest[:_PAGE]]}
        if len(rest) > _PAGE:
            result["paging"] = {"next": {"after": rest[_PAGE - 1]}}
        results.append(result)
    return batch_reply(results, errors, started=started, ended=portal.clock())


async def batch_default(request: Request) -> Response:
    """Answer batch associate default: always 200, with `errors` for the pairs that failed."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()

    def link(row: _Row) -> list[_Row]:
        from_id, to_id = _pair(request, start, end, row)
        portal.store.associate(start.type_id, from_id, end.type_id, to_id)
        return both_ways(types_of(request), start, from_id, end, to_id)

    results, errors = _each(request, await _inputs(request, _MOST_CREATED), link)
    return batch_reply(results, errors, started=started, ended=portal.clock(), error_status=200)


async def batch_create(request: Request) -> Response:
    """Answer batch create with labels: 201, or 207 when some pairs failed."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()

    def link(row: _Row) -> list[_Row]:
        wanted = read_specs(request, start, end, object_list(row, "types", required=True))
        from_id, to_id = _pair(request, start, end, row)
        labels = portal.store.associations.add((start.type_id, from_id), (end.type_id, to_id), wanted)
        return [pair_json(start, from_id, end, to_id, labels)]

    results, errors = _each(request, await _inputs(request, _MOST_CREATED), link)
    return batch_reply(results, errors, started=started, ended=portal.clock(), status=201)


async def batch_archive(request: Request) -> Response:
    """Answer batch archive: everything between each `from` and its `to` list is removed."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()
    for row in await _inputs(request, _MOST_ARCHIVED):
        from_id = record_reference(row.get("from"), "inputs.from")
        for other in object_list(row, "to", required=True):
            to_id = record_reference(other, "inputs.to")
            portal.store.associations.remove((start.type_id, from_id), (end.type_id, to_id))
    return _done(request, object_instant(started))


async def batch_remove_labels(request: Request) -> Response:
    """Answer batch labels archive; removing the unlabelled type removes every label."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()
    for row in await _inputs(request, _MOST_CREATED):
        unwanted = read_specs(request, start, end, object_list(row, "types", required=True))
        from_id = record_reference(row.get("from"), "inputs.from")
        to_id = record_reference(row.get("to"), "inputs.to")
        portal.store.associations.remove_labels((start.type_id, from_id), (end.type_id, to_id), unwanted)
    return _done(request, object_instant(started))


async def _inputs(request: Request, most: int) -> list[_Row]:
    return object_list(await read_object(request), "inputs", most=most, required=True)


def _pair(request: Request, start: ObjectType, end: ObjectType, row: _Row) -> tuple[str, str]:
    from_id = record_reference(row.get("from"), "inputs.from")
    to_id = record_reference(row.get("to"), "inputs.to")
    require_live(request, start, from_id)
    require_live(request, end, to_id)
    return from_id, to_id


def _each(
    request: Request, rows: list[_Row], act: Callable[[_Row], list[_Row]]
) -> tuple[list[_Row], list[_Row]]:
    results: list[_Row] = []
    errors: list[_Row] = []
    for place, row in enumerate(rows):
        try:
            refuse_row(request, place, [])
            results += act(row)
        except HubSpotError as problem:
            errors.append(standard_error(problem))
    return results, errors


def _done(request: Request, started: str) -> Response:
    """Return `BatchResponseVoid`; v4 answered 204 instead, which is what its clients accept."""
    if "/v4/" in request.url.path:
        return no_content()
    ended = object_instant(portal_of(request).clock())
    return reply({"status": "COMPLETE", "startedAt": started, "completedAt": ended})


def association_batch_routes() -> list[Route]:
    """Return the batch routes of every version."""
    verbs = {
        "batch/read": batch_read,
        "batch/associate/default": batch_default,
        "batch/create": batch_create,
        "batch/archive": batch_archive,
        "batch/labels/archive": batch_remove_labels,
    }
    routes = []
    for base in BATCH_BASES:
        stem = f"{base}/{{from_type}}/{{to_type}}"
        routes += [Route(f"{stem}/{verb}", act, methods=["POST"]) for verb, act in verbs.items()]
    return routes
