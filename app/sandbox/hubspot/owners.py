"""Owners: the people records can be assigned to, among them one who has left the company."""

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.errors import not_found, validation_error
from app.sandbox.hubspot.objects import paging
from app.sandbox.hubspot.portal import Portal, portal_of
from app.sandbox.instants import object_instant
from app.sandbox.wire import bool_parameter, int_parameter, reply, whole_number
from app.sandbox.world.people import HANNA, User

BASES: Final = ("/crm/v3/owners", "/crm/owners/2026-03", "/crm/owners/2026-09")
_SCOPES: Final = ("crm.objects.owners.read", "automation")
_DEFAULT_PAGE: Final = 100
_LARGEST_PAGE: Final = 500


def _owner(user: User, portal: Portal) -> dict[str, Any]:
    created = object_instant(portal.world.portal.created_at)
    return {
        "id": str(user.owner_id),
        "email": user.email,
        "type": "PERSON",
        "firstName": user.first_name,
        "lastName": user.last_name,
        "userId": user.user_id,
        "userIdIncludingInactive": user.user_id,
        "createdAt": created,
        "updatedAt": created,
        "archived": False,
        "teams": [{"id": str(user.team.id), "name": user.team.name, "primary": True}],
    }


def _former_owner(portal: Portal) -> dict[str, Any]:
    created = object_instant(portal.world.portal.created_at)
    return {
        "id": str(HANNA.owner_id),
        "email": HANNA.email,
        "type": "PERSON",
        "firstName": HANNA.first_name,
        "lastName": HANNA.last_name,
        "userIdIncludingInactive": HANNA.user_id,
        "createdAt": created,
        "updatedAt": created,
        "archived": True,
    }


def _owners(portal: Portal, *, archived: bool) -> list[dict[str, Any]]:
    if archived:
        return [_former_owner(portal)]
    return sorted((_owner(user, portal) for user in portal.world.users), key=lambda one: int(one["id"]))


async def list_owners(request: Request) -> Response:
    """Answer GET owners: by id, optionally one e-mail (exact) or the archived ones."""
    require_any_scope(request, _SCOPES)
    limit = int_parameter(request, "limit", _DEFAULT_PAGE, low=1, high=_LARGEST_PAGE)
    after = int_parameter(request, "after", 0, low=0, high=10**17)
    email = request.query_params.get("email")
    owners = _owners(portal_of(request), archived=bool_parameter(request, "archived"))
    if email:
        owners = [owner for owner in owners if owner["email"] == email.strip().lower()]
    rest = [owner for owner in owners if int(owner["id"]) > after]
    cursor = rest[limit - 1]["id"] if len(rest) > limit else None
    return reply({"results": rest[:limit], **paging(request, cursor)})


async def read_owner(request: Request) -> Response:
    """Answer GET of one owner, by owner id or, with `idProperty=userId`, by user id."""
    require_any_scope(request, _SCOPES)
    number = whole_number(request.path_params["owner_id"], "ownerId")
    id_property = request.query_params.get("idProperty", "id")
    if id_property not in ("id", "userId"):
        raise validation_error("idProperty must be id or userId.", context={"idProperty": [id_property]})
    archived = bool_parameter(request, "archived")
    field = "id" if id_property == "id" else "userIdIncludingInactive"
    for owner in _owners(portal_of(request), archived=archived):
        if int(owner[field]) == number:
            return reply(owner)
    raise not_found(f"No owner with {id_property} {number} was found.")


def owner_routes() -> list[Route]:
    """Return the owner routes of every version."""
    routes = []
    for base in BASES:
        routes.append(Route(base, list_owners, methods=["GET"]))
        routes.append(Route(f"{base}/{{owner_id}}", read_owner, methods=["GET"]))
    return routes
