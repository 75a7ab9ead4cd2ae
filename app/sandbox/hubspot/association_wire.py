"""How associations read on the wire: v4's labels and specs, and the checks every association call makes."""

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request

from app.sandbox.auth import AccessToken, require_any_scope
from app.sandbox.crm.association_types import AssociationCatalogue, AssociationSpec
from app.sandbox.crm.object_types import ObjectType
from app.sandbox.crm.store import Record
from app.sandbox.crm.writer import type_of
from app.sandbox.errors import HubSpotError, not_found, validation_error
from app.sandbox.hubspot.objects import kind_of
from app.sandbox.hubspot.portal import portal_of

BATCH_BASES: Final = (
    "/crm/v4/associations",
    "/crm/associations/v4",  # as the v4 schema specification spells it
    "/crm/associations/2026-03",
    "/crm/associations/2026-09",
)
NO_ASSOCIATIONS = "crm.associations.NO_ASSOCIATIONS_FOUND"


def require_crm_scope(request: Request) -> None:
    """Let the request pass with any CRM scope (the documents list 80, owners not among them); else 403."""
    token: AccessToken = request.state.token
    records = token.scopes - {"crm.objects.owners.read"}
    if not any(name == "tickets" or name.startswith(("crm.objects.", "tickets.")) for name in records):
        require_any_scope(request, ("crm.objects.contacts.read", "crm.objects.contacts.write"))


def require_live(request: Request, kind: ObjectType, number: str) -> Record:
    """Return a record; HubSpotError 404 when it does not exist or is archived."""
    record = portal_of(request).store.get(kind.type_id, number)
    if record is None or record.archived:
        raise not_found(f"No {kind.singular} with id {number} was found.")
    return record


def types_of(request: Request) -> AssociationCatalogue:
    """Return the association types of the account a request is about."""
    return portal_of(request).store.associations.types


def require_pair(request: Request, start: ObjectType, end: ObjectType) -> None:
    """HubSpotError 400 when two types cannot be associated."""
    if not types_of(request).specs(start.type_id, end.type_id):
        raise validation_error(f"No association is defined from {start.name} to {end.name}.")


def ends_of(request: Request) -> tuple[ObjectType, ObjectType]:
    """Return the two types in the path of a batch call, once the caller may ask and the pair exists."""
    require_crm_scope(request)
    start, end = kind_of(request, "from_type"), kind_of(request, "to_type")
    require_pair(request, start, end)
    return start, end


def read_specs(
    request: Request, start: ObjectType, end: ObjectType, rows: Sequence[dict[str, Any]]
) -> tuple[AssociationSpec, ...]:
    """Read `[{associationCategory, associationTypeId}]`; HubSpotError 400 for a type of another direction."""
    found = []
    for row in rows:
        category, type_id = type_of(row)
        spec = types_of(request).find(start.type_id, end.type_id, category, type_id)
        if spec is None:
            raise validation_error(
                f"Association type {category} {type_id} is not valid from {start.name} to {end.name}.",
                context={"associationTypeId": [str(type_id)]},
            )
        found.append(spec)
    return tuple(found)


def labelled(to_id: str, labels: Sequence[AssociationSpec]) -> dict[str, Any]:
    """Return `MultiAssociatedObjectWithLabel`."""
    return {"toObjectId": to_id, "associationTypes": [spec_json(spec) for spec in labels]}


def spec_json(spec: AssociationSpec) -> dict[str, Any]:
    """Return `AssociationSpecWithLabel`; an unlabelled type has a null label."""
    return {"category": spec.category, "typeId": spec.type_id, "label": spec.label}


def pair_json(
    start: ObjectType, from_id: str, end: ObjectType, to_id: str, labels: Sequence[AssociationSpec]
) -> dict[str, Any]:
    """Return `LabelsBetweenObjectPair`."""
    return {
        "fromObjectTypeId": start.type_id,
        "fromObjectId": from_id,
        "toObjectTypeId": end.type_id,
        "toObjectId": to_id,
        "labels": [spec.label for spec in labels if spec.label is not None],
    }


def default_json(from_id: str, to_id: str, spec: AssociationSpec) -> dict[str, Any]:
    """Return `PublicDefaultAssociation`."""
    return {
        "from": {"id": from_id},
        "to": {"id": to_id},
        "associationSpec": {"associationCategory": spec.category, "associationTypeId": spec.type_id},
    }


def nothing_associated(start: ObjectType, from_id: str, end: ObjectType) -> HubSpotError:
    """Return the error of a batch row whose record has no associations."""
    return HubSpotError(
        404,
        "OBJECT_NOT_FOUND",
        f"No {end.singular} is associated with {start.singular} {from_id}.",
        sub_category=NO_ASSOCIATIONS,
        context={
            "fromObjectId": [from_id],
            "fromObjectType": [start.type_id],
            "toObjectType": [end.type_id],
        },
    )
