"""The list of meeting links (5.1) and the payment link of one."""

import base64
import binascii
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.auth import require_any_scope
from app.sandbox.errors import HubSpotError, validation_error
from app.sandbox.hubspot.scheduler.parameters import link_in_path, world_of
from app.sandbox.hubspot.scheduler.scopes import READ_SCOPES, WRITE_SCOPES
from app.sandbox.instants import object_instant
from app.sandbox.wire import int_parameter, read_object, reply
from app.sandbox.world.links import LinkType, MeetingLink

_DEFAULT_LIMIT = 100
_LARGEST_LIMIT = 100
_CURSOR = "links:"
PAYMENT_VERSIONS = frozenset({"v3", "2026-03", "2026-09"})


class LinkListEndpoint:
    """Lists links in one API version; `version` decides whether `paymentLinkId` is shown."""

    def __init__(self, version: str) -> None:
        self._shows_payment = version in PAYMENT_VERSIONS

    async def get(self, request: Request) -> Response:
        """GET `/meeting-links`: filters `name` (part of it, any case), `organizerUserId`, `type`; paged."""
        require_any_scope(request, READ_SCOPES)
        limit = int_parameter(request, "limit", _DEFAULT_LIMIT, low=1, high=_LARGEST_LIMIT)
        start = _position(request.query_params.get("after"))
        found = _filtered(request)
        body: dict[str, Any] = {
            "total": len(found),
            "results": [self.metadata(link) for link in found[start : start + limit]],
        }
        if start + limit < len(found):
            body["paging"] = {"next": {"after": _cursor(start + limit)}}
        return reply(body)

    async def patch_payment(self, request: Request) -> Response:
        """PATCH `/meeting-links/{slug}`: put a payment link on a meeting link, or take it off with null."""
        require_any_scope(request, WRITE_SCOPES)
        body = await read_object(request)
        payment = body.get("paymentLinkId")
        if payment is not None and not isinstance(payment, str):
            raise validation_error("Invalid input JSON: 'paymentLinkId' must be a string.")
        world = world_of(request)
        with world.lock:
            link = link_in_path(request)
            if "paymentLinkId" in body:
                link = world.links.set_payment(link, payment or None, at=world.now())
        return reply(self.metadata(link))

    def metadata(self, link: MeetingLink) -> dict[str, Any]:
        """Return `ExternalLinkMetadata`; a missing name or payment link is left out."""
        body: dict[str, Any] = {
            "id": link.id,
            "slug": link.slug,
            "link": link.url,
            "type": link.type.value,
            "organizerUserId": str(link.organizer),
            "userIdsOfLinkMembers": [str(member) for member in link.members],
            "defaultLink": link.default,
            "createdAt": object_instant(link.created_at),
            "updatedAt": object_instant(link.updated_at),
        }
        if link.name is not None:
            body["name"] = link.name
        if self._shows_payment and link.payment_link_id is not None:
            body["paymentLinkId"] = link.payment_link_id
        return body


def _filtered(request: Request) -> list[MeetingLink]:
    query = request.query_params
    kind = query.get("type")
    if kind is not None and kind not in set(LinkType):
        raise validation_error(
            f"Invalid value for type: {kind!r} is not one of {', '.join(LinkType)}.", context={"type": [kind]}
        )
    name = (query.get("name") or "").casefold()
    organizer = query.get("organizerUserId")
    world = world_of(request)
    with world.lock:
        return [
            link
            for link in world.links
            if (kind is None or link.type == kind)
            and (not organizer or str(link.organizer) == organizer)
            and (not name or name in (link.name or "").casefold())
        ]


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"{_CURSOR}{position}".encode()).decode().rstrip("=")


def _position(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeError, ValueError):
        raise _bad_cursor(cursor) from None
    digits = text.removeprefix(_CURSOR)
    if digits == text or not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise _bad_cursor(cursor)
    return int(digits)


def _bad_cursor(cursor: str) -> HubSpotError:
    return validation_error(
        "Invalid value for after: it is not a cursor of this list.", context={"after": [cursor]}
    )
