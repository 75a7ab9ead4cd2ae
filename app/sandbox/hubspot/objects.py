"""CRM records one at a time: list, create, read, update, archive (`/crm/.../objects/{type}`)."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.object_types import ObjectType, object_type
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.rendering import Renderer, Wanted
from app.sandbox.crm.store import Record
from app.sandbox.errors import HubSpotError, not_found, validation_error
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.wire import (
    bool_parameter,
    int_parameter,
    list_parameter,
    no_content,
    read_object,
    reply,
)

BASES: Final = ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
_LARGEST_PAGE: Final = 100
_NO_SUCH_OBJECT: Final = "Object not found.  objectId are usually numeric."


def kind_of(request: Request, parameter: str = "object_type") -> ObjectType:
    """Return the record type named in the path; HubSpotError 400 for one HubSpot cannot infer."""
    name = request.path_params[parameter]
    kind = object_type(name)
    if kind is None:
        raise validation_error(f"Unable to infer object type from: {name}", context={"objectType": [name]})
    return kind


def is_strict(request: Request) -> bool:
    """Say whether the version enforces admin-set required properties (2026-09 and later do)."""
    return "/2026-09/" in request.url.path


def record_at(request: Request, kind: ObjectType, number: str, unique: str | None = None) -> Record:
    """Return the live record with an id, or with a unique property; HubSpotError 404 without one."""
    record = find_record(request, kind, number, unique)
    if record is None or record.archived:
        raise not_found(_NO_SUCH_OBJECT)
    return record


def find_record(request: Request, kind: ObjectType, value: str, unique: str | None) -> Record | None:
    """Return the record whose id (or unique property) is `value`; HubSpotError 400 when it is not unique."""
    store = portal_of(request).store
    if not unique or unique == "hs_object_id":
        return store.get(kind.type_id, value)
    definition = DEFINITIONS[kind.type_id].get(unique)
    if definition is None or not definition.unique:
        raise validation_error(
            f'Property "{unique}" is not a unique identifier of {kind.name}.',
            context={"idProperty": [unique]},
        )
    return store.find_by(kind.type_id, unique, value)


def wanted_by(request: Request) -> Wanted:
    """Return what the query asks to see."""
    return Wanted(
        properties=tuple(list_parameter(request, "properties")),
        history=tuple(list_parameter(request, "propertiesWithHistory")),
        associations=tuple(list_parameter(request, "associations")),
    )


async def list_or_create(request: Request) -> Response:
    """Answer GET (a page of records, lowest id first) and POST (201 with the new record)."""
    kind = kind_of(request)
    if request.method == "POST":
        return await _create(request, kind)
    require_any_scope(request, kind.read_scopes)
    limit = int_parameter(request, "limit", 10, low=1, high=_LARGEST_PAGE)
    after = int_parameter(request, "after", 0, low=0, high=10**17)
    archived = bool_parameter(request, "archived")
    store = portal_of(request).store
    records, cursor = store.page(kind.type_id, after=after, limit=limit, archived=archived)
    renderer = Renderer(store, kind, wanted_by(request))
    return reply({"results": renderer.render_all(records), **paging(request, cursor)})


def paging(request: Request, cursor: int | str | None) -> dict[str, object]:
    """Return the `paging` part of a reply, empty on the last page."""
    if cursor is None:
        return {}
    link = str(request.url.include_query_params(after=cursor))
    return {"paging": {"next": {"after": str(cursor), "link": link}}}


async def _create(request: Request, kind: ObjectType) -> Response:
    require_any_scope(request, kind.write_scopes)
    portal = portal_of(request)
    body = await read_object(request)
    new = portal.writer.check_new(kind, body, strict=is_strict(request))
    record = portal.writer.create(new)
    shown = Renderer(portal.store, kind, Wanted(properties=tuple(new.values))).render(record)
    return reply({**shown, **_trace(body), "url": record_url(request, record)}, 201)


async def read_change_or_archive(request: Request) -> Response:
    """Answer GET, PATCH and DELETE of one record."""
    kind = kind_of(request)
    number = request.path_params["record_id"]
    unique = request.query_params.get("idProperty")
    if request.method == "PATCH":
        return await _change(request, kind, number, unique)
    if request.method == "DELETE":
        require_any_scope(request, kind.write_scopes)
        record = find_record(request, kind, number, unique)
        if record is not None:
            portal_of(request).store.archive(record)
        return no_content()
    require_any_scope(request, kind.read_scopes)
    record = find_record(request, kind, number, unique)
    if record is None or record.archived is not bool_parameter(request, "archived"):
        raise not_found(_NO_SUCH_OBJECT)
    shown = Renderer(portal_of(request).store, kind, wanted_by(request)).render(record)
    return reply({**shown, "url": record_url(request, record)})


async def _change(request: Request, kind: ObjectType, number: str, unique: str | None) -> Response:
    require_any_scope(request, kind.write_scopes)
    portal = portal_of(request)
    record = record_at(request, kind, number, unique)
    body = await read_object(request)
    values = portal.writer.check_change(kind, record, body, strict=is_strict(request))
    portal.store.update(record, values)
    shown = Renderer(portal.store, kind, Wanted(properties=tuple(values))).render(record)
    return reply({**shown, **_trace(body), "url": record_url(request, record)})


def _trace(body: dict[str, object]) -> dict[str, str]:
    trace = body.get("objectWriteTraceId")
    return {"objectWriteTraceId": trace} if isinstance(trace, str) else {}


def record_url(request: Request, record: Record) -> str:
    """Return where HubSpot shows a record in the browser."""
    portal = portal_of(request).world.portal
    return f"https://{portal.ui_domain}/contacts/{portal.hub_id}/record/{record.type_id}/{record.id}"


def unknown_object(kind: ObjectType, numbers: list[str]) -> HubSpotError:
    """Return the error of a batch row whose record does not exist."""
    return HubSpotError(
        404,
        "OBJECT_NOT_FOUND",
        f"Could not get some {kind.singular.upper()} objects, they may be deleted or not exist. "
        "Check that ids are valid.",
        context={"ids": numbers},
    )


def object_routes() -> list[Route]:
    """Return the routes of single records; they come after the batch and search routes."""
    routes = []
    for base in BASES:
        routes.append(Route(f"{base}/{{object_type}}", list_or_create, methods=["GET", "POST"]))
        routes.append(
            Route(
                f"{base}/{{object_type}}/{{record_id}}",
                read_change_or_archive,
                methods=["GET", "PATCH", "DELETE"],
            )
        )
    return routes
