"""User provider links of API v1: what ties a user of the video calling app to a user of Pipedrive."""

import uuid
from typing import Any, Final

from starlette.responses import Response

from app.sandbox.pipedrive.company import Company, LinkRedirect, ProviderLink, Record
from app.sandbox.pipedrive.errors import PipedriveError, link_refusal
from app.sandbox.pipedrive.operations import Call, Operation
from app.sandbox.pipedrive.wire import read_json
from app.sandbox.wire import reply

_SCOPES: Final = frozenset({"video-calls"})
_ROOT: Final = "/meetings/userProviderLinks"


async def add(call: Call) -> Response:
    """Link the caller. The same UUID of the same user may come again: a lost answer must be repeatable."""
    try:
        body = await read_json(call.request)
    except PipedriveError as problem:
        raise link_refusal(problem.status, str(problem)) from problem
    if not _is_id(body.get("user_id")) or not _is_id(body.get("company_id")):
        raise link_refusal(401, "Missing user id or company id")
    if (body["user_id"], body["company_id"]) != (call.user.user_id, call.company.company_id):
        raise link_refusal(401, "The token belongs to another user or company")
    if body.get("marketplace_client_id") != call.client_id:
        raise link_refusal(403, "Incorrect parameter: marketplace_client_id")
    link_id = read_uuid(body.get("user_provider_id"))
    if link_id is None:
        raise link_refusal(400, "Incorrect parameter: user_provider_id must be a UUID")
    known = call.company.links.get(link_id)
    if known is not None and known.user_id != call.user.user_id:
        raise link_refusal(403, "Incorrect parameter: user_provider_id")
    call.company.links[link_id] = ProviderLink(link_id, call.user.user_id, call.client_id, call.now())
    return reply(_added(call.company))


async def remove(call: Call) -> Response:
    """Remove a link of the caller."""
    link_id = read_uuid(call.request.path_params["id"])
    link = None if link_id is None else call.company.links.get(link_id)
    if link is None:
        raise link_refusal(403, "Incorrect parameter: the link is not known")
    if link.user_id != call.user.user_id:
        raise link_refusal(401, "The link belongs to another user")
    del call.company.links[link.uuid]
    return reply({"success": True, "data": {"message": "The user data was successfully removed"}})


def read_uuid(value: Any) -> str | None:
    """Return a UUID in lower case, written with its four dashes; None for anything else."""
    if not isinstance(value, str) or len(value) != 36:
        return None
    try:
        return value.lower() if str(uuid.UUID(value)) == value.lower() else None
    except ValueError:
        return None


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _added(company: Company) -> Record:
    data: Record = {"message": "The user was added successfully"}
    body: Record = {"success": True, "data": data}
    address = f"https://{company.domain}.pipedrive.com/settings/marketplace/video-calls"
    match company.redirect:
        case LinkRedirect.DATA:
            data["redirectUrl"] = address
        case LinkRedirect.SNAKE:
            data["redirect_url"] = address
        case LinkRedirect.TOP:
            body["redirectUrl"] = address
        case LinkRedirect.FOREIGN:
            data["redirectUrl"] = "https://pipedrive.com.example/settings"
        case LinkRedirect.NONE:
            pass
    return body


def link_operations() -> list[Operation]:
    """Return the operations."""
    return [
        Operation(1, "POST", _ROOT, 10, _SCOPES, add),
        Operation(1, "DELETE", f"{_ROOT}/{{id}}", 6, _SCOPES, remove),
    ]
