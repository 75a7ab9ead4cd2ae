"""The labels two record types can be associated by: read, made, renamed and removed (v4 and dated)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.errors import not_found, validation_error
from app.sandbox.hubspot.association_wire import BATCH_BASES, ends_of, spec_json, types_of
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.wire import no_content, read_object, reply, whole_number

_LONGEST_LABEL = 255


async def labels(request: Request) -> Response:
    """Answer GET (all types of the direction), POST (200, both directions of a new one) and PUT (204)."""
    start, end = ends_of(request)
    types = types_of(request)
    if request.method == "GET":
        return reply({"results": [spec_json(spec) for spec in types.specs(start.type_id, end.type_id)]})
    body = await read_object(request)
    label = _words(body, "label")
    if request.method == "PUT":
        number = whole_number(str(body.get("associationTypeId")), "associationTypeId")
        table = portal_of(request).store.associations
        if not table.rename_label(start.type_id, end.type_id, number, label):
            raise _no_label(number)
        if body.get("inverseLabel") is not None:
            _rename_inverse(request, start.type_id, end.type_id, number, _words(body, "inverseLabel"))
        return no_content()
    _words(body, "name")
    inverse = _words(body, "inverseLabel") if body.get("inverseLabel") is not None else None
    if any(spec.label == label for spec in types.specs(start.type_id, end.type_id)):
        raise validation_error(f"The label {label} exists from {start.name} to {end.name} already.")
    made = types.define(start.type_id, end.type_id, label, inverse)
    return reply({"results": [spec_json(spec) for spec in made]})


async def remove_label(request: Request) -> Response:
    """Answer DELETE of one of the account's labels (204); associations that carried it lose it."""
    start, end = ends_of(request)
    number = whole_number(request.path_params["type_id"], "associationTypeId")
    if not portal_of(request).store.associations.remove_label(start.type_id, end.type_id, number):
        raise _no_label(number)
    return no_content()


def _rename_inverse(request: Request, start: str, end: str, number: int, label: str) -> None:
    types = types_of(request)
    spec = types.find(start, end, "USER_DEFINED", number)
    if spec is not None:
        back = types.inverse(start, end, spec)
        portal_of(request).store.associations.rename_label(end, start, back.type_id, label)


def _words(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value.strip()) <= _LONGEST_LABEL:
        raise validation_error(f"{name} must be a text of 1 to {_LONGEST_LABEL} characters.")
    return value.strip()


def _no_label(number: int) -> Exception:
    return not_found(f"No label of this account has the association type id {number}.")


def association_label_routes() -> list[Route]:
    """Return the label routes of every version."""
    routes = []
    for base in BATCH_BASES:
        stem = f"{base}/{{from_type}}/{{to_type}}/labels"
        routes.append(Route(stem, labels, methods=["GET", "POST", "PUT"]))
        routes.append(Route(f"{stem}/{{type_id}}", remove_label, methods=["DELETE"]))
    return routes
