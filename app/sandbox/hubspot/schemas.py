"""The definitions of the account's custom objects, to read (`/crm/v3/schemas`, `/crm-object-schemas/...`)."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.object_types import CUSTOM_TYPES, MEETING, OBJECT_TYPES, USER, ObjectType
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.rendering import association_name
from app.sandbox.errors import not_found
from app.sandbox.hubspot.objects import kind_of
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.hubspot.properties import property_json
from app.sandbox.instants import object_instant
from app.sandbox.wire import bool_parameter, read_object, reply, text_list

BASES: Final = (
    "/crm/v3/schemas",
    "/crm-object-schemas/v3/schemas",
    "/crm-object-schemas/2026-03/schemas",
    "/crm-object-schemas/2026-09/schemas",
)
_LIST_SCOPES: Final = ("crm.schemas.custom.read", "crm.objects.custom.read")
_READ_SCOPES: Final = (*_LIST_SCOPES, "oauth")


def _schema(request: Request, kind: ObjectType) -> dict[str, Any]:
    account = portal_of(request).world.portal
    created = object_instant(account.created_at)
    definitions = DEFINITIONS[kind.type_id]
    return {
        "id": kind.type_id.removeprefix("2-"),
        "objectTypeId": kind.type_id,
        "name": kind.name,
        "fullyQualifiedName": f"p{account.hub_id}_{kind.name}",
        "labels": {"singular": kind.singular.capitalize(), "plural": kind.name.capitalize()},
        "description": kind.description,
        "primaryDisplayProperty": kind.searched_properties[0],
        "secondaryDisplayProperties": list(kind.searched_properties[1:]),
        "searchableProperties": list(kind.searched_properties),
        "requiredProperties": [kind.searched_properties[0]],
        "archived": False,
        "allowsSensitiveProperties": False,
        **({"createdAt": created, "updatedAt": created} if _asks(request, "includeAuditMetadata") else {}),
        "properties": [property_json(one, created) for one in definitions.values()]
        if _asks(request, "includePropertyDefinitions")
        else [],
        "associations": _associations(request, kind, created)
        if _asks(request, "includeAssociationDefinitions")
        else [],
    }


def _asks(request: Request, name: str) -> bool:
    return name not in request.query_params or bool_parameter(request, name)


def _associations(request: Request, kind: ObjectType, created: str) -> list[dict[str, Any]]:
    types = portal_of(request).store.associations.types
    return [
        {
            "id": str(spec.type_id),
            "fromObjectTypeId": start.type_id,
            "toObjectTypeId": end.type_id,
            "name": association_name(start.type_id, end.type_id),
            "createdAt": created,
            "updatedAt": created,
        }
        for other in OBJECT_TYPES.values()
        for start, end in ((kind, other), (other, kind))
        for spec in types.specs(start.type_id, end.type_id)[:1]
    ]


async def list_schemas(request: Request) -> Response:
    """Answer GET of all custom object schemas; none of them is archived."""
    require_any_scope(request, _LIST_SCOPES)
    kinds = () if bool_parameter(request, "archived") else CUSTOM_TYPES
    return reply({"results": [_schema(request, kind) for kind in kinds]})


async def read_schema(request: Request) -> Response:
    """Answer GET of one schema by its type id, its name or its fully qualified name."""
    require_any_scope(request, _READ_SCOPES)
    kind = kind_of(request)
    if kind.type_id in (MEETING, USER):
        raise not_found(f"No schema of {kind.name} is kept here.")
    return reply(_schema(request, kind))


async def batch_read(request: Request) -> Response:
    """Answer batch read of the dated versions; names that are no custom object are passed over."""
    require_any_scope(request, _READ_SCOPES)
    wanted = set(text_list(await read_object(request), "inputs"))
    hub_id = portal_of(request).hub_id
    found = [kind for kind in CUSTOM_TYPES if wanted & {kind.type_id, kind.name, f"p{hub_id}_{kind.name}"}]
    return reply({"results": [_schema(request, kind) for kind in found]})


def schema_routes() -> list[Route]:
    """Return the schema routes of every version."""
    routes = []
    for base in BASES:
        routes.append(Route(base, list_schemas, methods=["GET"]))
        routes.append(Route(f"{base}/batch/read", batch_read, methods=["POST"]))
        routes.append(Route(f"{base}/{{object_type}}", read_schema, methods=["GET"]))
    return routes
