"""What the desktop app asks for with its token: links registered, listed, removed; how the service is."""

import re
from datetime import datetime
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import __version__
from app.domain.addresses import https_host
from app.domain.provider import ProviderLinkId, read_link_id
from app.provider.bodies import read_object
from app.provider.credentials import Credentials
from app.provider.desk import Clock, Desk
from app.provider.invitations import find_zone
from app.provider.links import LinkOrigin, LinkState, UserLink
from app.provider.replies import answer, invalid_body, not_found, nothing
from app.provider.store.store import ProviderStore

_LAST_REQUESTS: Final = 50
_MOST_LETTERS: Final = 2_048
_MOST_ID: Final = 2**63 - 1
_LANGUAGE: Final = re.compile(r"[a-z]{2}")


class DesktopEndpoints:
    """Answers the desktop app."""

    def __init__(self, store: ProviderStore, now: Clock) -> None:
        self._store = store
        self._now = now
        self._began = now()

    def routes(self, desk: Desk, credentials: Credentials) -> list[Route]:
        """Where they answer."""
        check = credentials.check_desktop
        return [
            Route("/api/links", desk.open("links", check, self._list, is_noted=False), methods=["GET"]),
            Route("/api/links/{link_id}", desk.open("register", check, self._put), methods=["PUT"]),
            Route("/api/links/{link_id}", desk.open("unregister", check, self._remove), methods=["DELETE"]),
            Route("/api/status", desk.open("status", check, self._status, is_noted=False), methods=["GET"]),
        ]

    async def _list(self, _request: Request) -> Response:
        links = await run_in_threadpool(self._store.links)
        return answer({"links": [_shown(link) for link in links]})

    async def _put(self, request: Request) -> Response:
        link_id = _link_id(request)
        link = _read_link(await read_object(request), link_id, self._now())
        is_new = await run_in_threadpool(self._store.put_link, link)
        return answer(_shown(link), 201 if is_new else 200)

    async def _remove(self, request: Request) -> Response:
        if not await run_in_threadpool(self._store.remove_link, _link_id(request)):
            raise not_found("This link is not known.")
        return nothing()

    async def _status(self, _request: Request) -> Response:
        totals = await run_in_threadpool(self._store.totals)
        last = await run_in_threadpool(self._store.last_requests, _LAST_REQUESTS)
        return answer(
            {
                "version": __version__,
                "database": self._store.database,
                "now": self._now().isoformat(),
                "started": self._began.isoformat(),
                "links": totals.links,
                "meetings": totals.meetings,
                "requests": [{"kind": k, "status": s, "total": n} for k, s, n in totals.requests],
                "last_requests": [
                    {"at": one.at.isoformat(), "kind": one.kind, "status": one.status, "took_ms": one.took_ms}
                    for one in last
                ],
            }
        )


def _link_id(request: Request) -> ProviderLinkId:
    link_id = read_link_id(request.path_params["link_id"])
    if link_id is None:
        raise not_found("A link id is a UUID.")
    return link_id


def _read_link(body: dict[str, Any], link_id: ProviderLinkId, now: datetime) -> UserLink:
    language, zone, room_url = _text(body, "language"), _text(body, "zone"), _text(body, "room_url")
    if language and not _LANGUAGE.fullmatch(language):
        raise invalid_body("language must be a code of two small letters.")
    if zone and find_zone(zone) is None:
        raise invalid_body("zone must be an IANA time zone, for example Europe/Berlin.")
    if room_url and https_host(room_url) is None:
        raise invalid_body("room_url must be an https address.")
    return UserLink(
        link_id=link_id,
        user_id=_id(body, "user_id"),
        company_id=_id(body, "company_id"),
        state=LinkState.LINKED,
        origin=LinkOrigin.DESKTOP,
        created=now,
        language=language,
        zone=zone,
        room_url=room_url,
        room_password=_text(body, "room_password"),
    )


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name) or ""
    if not isinstance(value, str) or len(value) > _MOST_LETTERS or not value.isprintable():
        raise invalid_body(f"{name} must be a printable string of at most {_MOST_LETTERS} letters.")
    return value


def _id(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST_ID:
        raise invalid_body(f"{name} must be a positive whole number.")
    return value


def _shown(link: UserLink) -> dict[str, Any]:
    """A link without its password."""
    return {
        "link_id": link.link_id,
        "user_id": link.user_id,
        "company_id": link.company_id,
        "state": link.state.value,
        "origin": link.origin.value,
        "created": link.created.isoformat(),
        "language": link.language,
        "zone": link.zone,
        "room_url": link.room_url,
    }
