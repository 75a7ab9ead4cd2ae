"""Associations of one record (v4 and dated), and v3's older form of the same calls."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.crm.association_types import AssociationCatalogue, AssociationSpec
from app.sandbox.crm.object_types import ObjectType
from app.sandbox.crm.rendering import Renderer, Wanted, association_name
from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.hubspot.association_wire import (
    default_json,
    labelled,
    pair_json,
    read_specs,
    require_crm_scope,
    require_live,
    require_pair,
    types_of,
)
from app.sandbox.hubspot.batch_reply import batch_reply, standard_error
from app.sandbox.hubspot.objects import kind_of, paging
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.wire import int_parameter, invalid_json, no_content, parse_json, read_body, reply

BASES: Final = ("/crm/v4/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
_LARGEST_PAGE: Final = 500


async def list_associated(request: Request) -> Response:
    """Answer GET `.../associations/{toType}`: record ids with every label, 500 a page."""
    start, end = _ends(request)
    from_id = request.path_params["record_id"]
    require_live(request, start, from_id)
    limit = int_parameter(request, "limit", _LARGEST_PAGE, low=1, high=_LARGEST_PAGE)
    after = int_parameter(request, "after", 0, low=0, high=10**17)
    store = portal_of(request).store
    ids = sorted(map(int, store.associated(start.type_id, from_id, end.type_id)))
    rest = [str(number) for number in ids if number > after]
    page = rest[:limit]
    labels = store.associations.of((start.type_id, from_id), end.type_id)
    cursor = page[-1] if len(rest) > limit else None
    return reply({"results": [labelled(one, labels[one]) for one in page], **paging(request, cursor)})


async def put_default(request: Request) -> Response:
    """Answer PUT `.../associations/default/{toType}/{toId}`: 200 even on failure, look at `errors`."""
    start, end = _ends(request)
    portal = portal_of(request)
    started = portal.clock()
    from_id, to_id = request.path_params["record_id"], request.path_params["to_id"]
    try:
        require_pair(request, start, end)
        require_live(request, start, from_id)
        require_live(request, end, to_id)
    except HubSpotError as problem:
        errors = [standard_error(problem)]
        return batch_reply([], errors, started=started, ended=portal.clock(), error_status=200)
    portal.store.associate(start.type_id, from_id, end.type_id, to_id)
    made = both_ways(types_of(request), start, from_id, end, to_id)
    return batch_reply(made, [], started=started, ended=portal.clock())


def both_ways(
    types: AssociationCatalogue, start: ObjectType, from_id: str, end: ObjectType, to_id: str
) -> list[dict[str, Any]]:
    """Return the default association of two records as seen from each of them."""
    spec = types.specs(start.type_id, end.type_id)[0]
    return [
        default_json(from_id, to_id, spec),
        default_json(to_id, from_id, types.inverse(start.type_id, end.type_id, spec)),
    ]


async def put_or_delete(request: Request) -> Response:
    """Answer PUT (201 with the labels) and DELETE (204, everything between the two is gone)."""
    start, end = _ends(request)
    from_id, to_id = request.path_params["record_id"], request.path_params["to_id"]
    store = portal_of(request).store
    if request.method == "DELETE":
        store.associations.remove((start.type_id, from_id), (end.type_id, to_id))
        return no_content()
    rows = parse_json(await read_body(request))
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise invalid_json(
            b"", "Cannot deserialize the request body: a list of association types is expected"
        )
    require_pair(request, start, end)
    wanted = read_specs(request, start, end, rows)
    require_live(request, start, from_id)
    require_live(request, end, to_id)
    labels = store.associations.add((start.type_id, from_id), (end.type_id, to_id), wanted)
    return reply(pair_json(start, from_id, end, to_id, labels), 201)


async def list_associated_v3(request: Request) -> Response:
    """Answer v3's GET `.../associations/{toType}`: ids with the association's name."""
    start, end = _ends(request)
    from_id = request.path_params["record_id"]
    require_live(request, start, from_id)
    name = association_name(start.type_id, end.type_id)
    ids = portal_of(request).store.associated(start.type_id, from_id, end.type_id)
    return reply({"results": [{"id": number, "type": name} for number in ids[:_LARGEST_PAGE]]})


async def put_or_delete_v3(request: Request) -> Response:
    """Answer v3's PUT (200 with the record) and DELETE (204) of `.../{toType}/{toId}/{type id or name}`.

    Removing the unlabelled type removes everything between the two records.
    """
    start, end = _ends(request)
    from_id, to_id = request.path_params["record_id"], request.path_params["to_id"]
    portal = portal_of(request)
    require_pair(request, start, end)
    wanted = _named_type(request, start, end)
    record = require_live(request, start, from_id)
    if request.method == "DELETE":
        portal.store.associations.remove_labels((start.type_id, from_id), (end.type_id, to_id), wanted)
        return no_content()
    require_live(request, end, to_id)
    portal.store.associations.add((start.type_id, from_id), (end.type_id, to_id), wanted)
    return reply(Renderer(portal.store, start, Wanted(associations=(end.name,))).render(record))


def _named_type(request: Request, start: ObjectType, end: ObjectType) -> tuple[AssociationSpec, ...]:
    text = request.path_params["type_id"]
    if text == association_name(start.type_id, end.type_id):
        return types_of(request).specs(start.type_id, end.type_id)[:1]
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise validation_error(f"Unable to infer an association type from: {text}")
    published = types_of(request).specs(start.type_id, end.type_id)
    found = tuple(spec for spec in published if spec.type_id == int(text))
    if not found:
        raise validation_error(
            f"Association type {text} is not valid from {start.name} to {end.name}.",
            context={"associationTypeId": [text]},
        )
    return found


def _ends(request: Request) -> tuple[ObjectType, ObjectType]:
    require_crm_scope(request)
    return kind_of(request), kind_of(request, "to_type")


def association_routes() -> list[Route]:
    """Return the association routes of single records."""
    routes = []
    for base in BASES:
        stem = f"{base}/{{object_type}}/{{record_id}}/associations"
        routes.append(Route(f"{stem}/default/{{to_type}}/{{to_id}}", put_default, methods=["PUT"]))
        routes.append(Route(f"{stem}/{{to_type}}", list_associated, methods=["GET"]))
        routes.append(Route(f"{stem}/{{to_type}}/{{to_id}}", put_or_delete, methods=["PUT", "DELETE"]))
    stem = "/crm/v3/objects/{object_type}/{record_id}/associations/{to_type}"
    routes.append(Route(stem, list_associated_v3, methods=["GET"]))
    routes.append(Route(f"{stem}/{{to_id}}/{{type_id}}", put_or_delete_v3, methods=["PUT", "DELETE"]))
    return routes
