"""Property definitions with their options, to read (`/crm/.../properties/{type}`)."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.object_types import ObjectType
from app.sandbox.crm.properties import DEFINITIONS, PropertyDefinition, PropertyOption
from app.sandbox.errors import HubSpotError, not_found, validation_error
from app.sandbox.hubspot.batch_reply import batch_reply, standard_error
from app.sandbox.hubspot.objects import kind_of
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.instants import object_instant
from app.sandbox.wire import bool_parameter, object_list, read_object, reply

BASES: Final = ("/crm/v3/properties", "/crm/properties/2026-03", "/crm/properties/2026-09")
_SENSITIVITIES: Final = ("non_sensitive", "sensitive", "highly_sensitive")


def _option(option: PropertyOption) -> dict[str, Any]:
    return {
        "label": option.label,
        "value": option.value,
        "description": option.description,
        "displayOrder": option.display_order,
        "hidden": option.hidden,
    }


def property_json(definition: PropertyDefinition, created: str) -> dict[str, Any]:
    """Return `Property`; `created` is when it was made, as it is written on the wire."""
    return {
        "name": definition.name,
        "label": definition.label,
        "type": definition.type,
        "fieldType": definition.field_type,
        "description": definition.description,
        "groupName": definition.group,
        "options": [_option(option) for option in definition.options],
        "displayOrder": -1,
        "calculated": False,
        "externalOptions": definition.external_options,
        "hasUniqueValue": definition.unique,
        "hidden": definition.hidden,
        "hubspotDefined": definition.hubspot_defined,
        "archived": False,
        "formField": not definition.read_only,
        "dataSensitivity": "non_sensitive",
        "createdAt": created,
        "updatedAt": created,
        "modificationMetadata": {
            "archivable": False,
            "readOnlyDefinition": True,
            "readOnlyValue": definition.read_only,
            **({"readOnlyOptions": False} if definition.type == "enumeration" else {}),
        },
    }


def _found(request: Request, kind: ObjectType, name: str) -> dict[str, Any]:
    definition = portal_of(request).definitions.of(kind.type_id).get(name)
    if definition is None:
        raise not_found(f"No property named {name} exists on {kind.name}.")
    return property_json(definition, object_instant(portal_of(request).world.portal.created_at))


def _shows(request: Request) -> bool:
    """Say whether the sandbox has anything to show for `archived` and `dataSensitivity`."""
    sensitivity = request.query_params.get("dataSensitivity", "non_sensitive")
    if sensitivity not in _SENSITIVITIES:
        raise validation_error(f"dataSensitivity must be one of {', '.join(_SENSITIVITIES)}.")
    return not bool_parameter(request, "archived") and sensitivity == "non_sensitive"


async def list_properties(request: Request) -> Response:
    """Answer GET of all properties of a type; there is no paging."""
    kind = kind_of(request)
    require_any_scope(request, kind.read_scopes)
    names = DEFINITIONS[kind.type_id] if _shows(request) else {}
    return reply({"results": [_found(request, kind, name) for name in names]})


async def read_property(request: Request) -> Response:
    """Answer GET of one property."""
    kind = kind_of(request)
    require_any_scope(request, kind.read_scopes)
    name = request.path_params["property_name"]
    if not _shows(request):
        raise not_found(f"No such property named {name} exists on {kind.name}.")
    return reply(_found(request, kind, name))


async def batch_read(request: Request) -> Response:
    """Answer batch read: 200, or 207 with an error for every unknown name."""
    kind = kind_of(request)
    require_any_scope(request, kind.read_scopes)
    portal = portal_of(request)
    started = portal.clock()
    results, errors = [], []
    for row in object_list(await read_object(request), "inputs", most=100, required=True):
        try:
            results.append(_found(request, kind, str(row.get("name"))))
        except HubSpotError as problem:
            errors.append(standard_error(problem))
    return batch_reply(results, errors, started=started, ended=portal.clock())


def property_routes() -> list[Route]:
    """Return the property routes of every version."""
    routes = []
    for base in BASES:
        stem = f"{base}/{{object_type}}"
        routes.append(Route(f"{stem}/batch/read", batch_read, methods=["POST"]))
        routes.append(Route(stem, list_properties, methods=["GET"]))
        routes.append(Route(f"{stem}/{{property_name}}", read_property, methods=["GET"]))
    return routes
