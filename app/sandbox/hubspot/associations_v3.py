"""Version 3's batch associations, which HubSpot's client libraries still offer beside v4."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.crm.association_types import AssociationSpec
from app.sandbox.crm.object_types import ObjectType
from app.sandbox.crm.rendering import association_name
from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.hubspot.association_wire import (
    ends_of,
    nothing_associated,
    require_live,
    types_of,
)
from app.sandbox.hubspot.batch_reply import batch_reply, standard_error
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.wire import no_content, object_list, read_object, record_reference, reply

_STEM: Final = "/crm/v3/associations/{from_type}/{to_type}"
_MOST: Final = 1000
_Row = dict[str, Any]


async def read(request: Request) -> Response:
    """Answer batch read: for every id the ids it is associated with."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()
    name = association_name(start.type_id, end.type_id)
    results, errors = [], []
    for row in await _inputs(request):
        number = record_reference(row, "inputs")
        linked = portal.store.associated(start.type_id, number, end.type_id)
        if linked:
            to = [{"id": one, "type": name} for one in linked]
            results.append({"from": {"id": number}, "to": to})
        else:
            errors.append(standard_error(nothing_associated(start, number, end)))
    return batch_reply(results, errors, started=started, ended=portal.clock())


async def create(request: Request) -> Response:
    """Answer batch create: 201, or 207 when some pairs failed."""
    start, end = ends_of(request)
    portal = portal_of(request)
    started = portal.clock()
    results, errors = [], []
    for row in await _inputs(request):
        try:
            from_id, to_id, spec = _pair(request, row, start, end)
            require_live(request, start, from_id)
            require_live(request, end, to_id)
        except HubSpotError as problem:
            errors.append(standard_error(problem))
            continue
        portal.store.associations.add((start.type_id, from_id), (end.type_id, to_id), (spec,))
        results.append({"from": {"id": from_id}, "to": {"id": to_id}, "type": row["type"]})
    return batch_reply(results, errors, started=started, ended=portal.clock(), status=201)


async def archive(request: Request) -> Response:
    """Answer batch archive with 204."""
    start, end = ends_of(request)
    store = portal_of(request).store
    for row in await _inputs(request):
        from_id, to_id, spec = _pair(request, row, start, end)
        store.associations.remove_labels((start.type_id, from_id), (end.type_id, to_id), (spec,))
    return no_content()


async def types(request: Request) -> Response:
    """Answer GET types: the names two record types can be associated by."""
    start, end = ends_of(request)
    published = types_of(request).specs(start.type_id, end.type_id)
    found = [{"id": str(spec.type_id), "name": _name(start, end, spec)} for spec in published]
    return reply({"results": found})


def _name(start: ObjectType, end: ObjectType, spec: AssociationSpec) -> str:
    if spec.label is None:
        return association_name(start.type_id, end.type_id)
    return "_".join(spec.label.lower().split())


def _pair(
    request: Request, row: _Row, start: ObjectType, end: ObjectType
) -> tuple[str, str, AssociationSpec]:
    from_id = record_reference(row.get("from"), "inputs.from")
    to_id = record_reference(row.get("to"), "inputs.to")
    wanted = row.get("type")
    published = types_of(request).specs(start.type_id, end.type_id)
    for spec in published:
        if wanted in (_name(start, end, spec), spec.type_id, str(spec.type_id)):
            return from_id, to_id, spec
    raise validation_error(f"{wanted} is not an association type from {start.name} to {end.name}.")


async def _inputs(request: Request) -> list[_Row]:
    return object_list(await read_object(request), "inputs", most=_MOST, required=True)


def association_v3_routes() -> list[Route]:
    """Return version 3's batch routes."""
    return [
        Route(f"{_STEM}/batch/read", read, methods=["POST"]),
        Route(f"{_STEM}/batch/create", create, methods=["POST"]),
        Route(f"{_STEM}/batch/archive", archive, methods=["POST"]),
        Route(f"{_STEM}/types", types, methods=["GET"]),
    ]
