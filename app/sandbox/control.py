"""Steering a running sandbox over HTTP, under `/__sandbox__`: trouble, the request log, the world, the clock.

Only for callers on this computer: the listener is bound to loopback, and requests that a web page made (they
carry `Origin` or `Sec-Fetch-Site`) are refused. All bodies are JSON.

| call | body | does |
|---|---|---|
| GET `/__sandbox__` | | says what is running |
| GET, POST, DELETE `/faults`, DELETE `/faults/{id}` | a `Fault`'s fields | scripted trouble |
| GET, DELETE `/requests` (`?method=`, `?path=` start) | | the request log |
| POST `/world/occupy` | `userId, start, end, hubId?` | takes a time in somebody's calendar |
| POST `/world/offline` | `userId, offline, hubId?` | disconnects or reconnects a calendar |
| POST `/clock/advance` | `seconds` | moves the clock |
| POST `/limits` | `enforced` | switches the real rate limits |
| POST `/search-lag` | `seconds` | lets search find changes that much later |
| POST `/required` | `typeId, properties, when?: {property, values}` | makes them required (2026-09 on) |
| POST `/external-options` | `typeId, property` | moves a property's choices elsewhere |
| POST `/oauth/expire` | | ends every access token |
| POST `/oauth/redirects` | `url` | registers another redirect address |
| POST `/oauth/grant` | `scopes?, hubId?, userId?` | a token pair without a browser |
| GET `/files/{hubId}/{fileId}/{name}` | | serves a file by its signed address |
"""

import mimetypes
from datetime import datetime
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.crm.object_types import object_type
from app.sandbox.crm.properties import DEFINITIONS
from app.sandbox.crm.writer import RequiredWhen
from app.sandbox.errors import HubSpotError, not_found, validation_error
from app.sandbox.faults import parse_fault
from app.sandbox.hubspot.api import json_application
from app.sandbox.hubspot.portal import Portal
from app.sandbox.instants import object_instant, parse_instant
from app.sandbox.oauth.scopes import in_order
from app.sandbox.sandbox import Sandbox
from app.sandbox.wire import no_content, read_object, reply, text_list

ROOT: Final = "/__sandbox__"


def _sandbox(request: Request) -> Sandbox:
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox


async def about(request: Request) -> Response:
    """Say what is running."""
    sandbox = _sandbox(request)
    return reply(
        {
            "now": object_instant(sandbox.clock.now()),
            "seed": sandbox.options.seed,
            "limits": sandbox.limits.enforced,
            "clientId": sandbox.desk.client.client_id,
            "redirectUrls": list(sandbox.desk.client.redirect_urls),
            "portals": [
                {"hubId": portal.hub_id, "name": portal.world.portal.name} for portal in sandbox.portals
            ],
        }
    )


async def faults(request: Request) -> Response:
    """List, add or clear scripted trouble."""
    script = _sandbox(request).faults
    if request.method == "POST":
        return reply({"id": script.add(parse_fault(await read_object(request)))}, 201)
    if request.method == "DELETE":
        script.clear()
        return no_content()
    return reply({"faults": script.rows()})


async def drop_fault(request: Request) -> Response:
    """Take one fault out of force."""
    if not _sandbox(request).faults.remove(request.path_params["number"]):
        raise not_found("No such fault is in force.")
    return no_content()


async def requests(request: Request) -> Response:
    """Show or forget what was asked of the sandbox."""
    log = _sandbox(request).requests
    if request.method == "DELETE":
        log.clear()
        return no_content()
    query = request.query_params
    rows = log.rows(method=query.get("method"), path_start=query.get("path", ""))
    return reply({"requests": [row.as_json() for row in rows]})


async def occupy(request: Request) -> Response:
    """Take a time in somebody's calendar, as if it were booked elsewhere."""
    body = await read_object(request)
    portal, user_id = _person(request, body)
    start, end = _instant(body, "start"), _instant(body, "end")
    if end <= start:
        raise validation_error("end must follow start.")
    portal.world.occupy(user_id, start, end)
    return no_content()


async def offline(request: Request) -> Response:
    """Disconnect or reconnect somebody's calendar."""
    body = await read_object(request)
    portal, user_id = _person(request, body)
    portal.world.set_offline(user_id, _flag(body, "offline"))
    return no_content()


async def advance(request: Request) -> Response:
    """Move the clock."""
    sandbox = _sandbox(request)
    sandbox.clock.advance(_seconds(await read_object(request)))
    return reply({"now": object_instant(sandbox.clock.now())})


async def limits(request: Request) -> Response:
    """Switch the real rate limits on or off."""
    _sandbox(request).limits.enforced = _flag(await read_object(request), "enforced")
    return no_content()


async def search_lag(request: Request) -> Response:
    """Let search find changes later."""
    seconds = _seconds(await read_object(request))
    for portal in _sandbox(request).portals:
        portal.engine.lag_s = seconds
    return no_content()


async def require(request: Request) -> Response:
    """Make properties of a record type required, always or by a condition, as an admin would."""
    body = await read_object(request)
    kind = object_type(str(body.get("typeId")))
    if kind is None:
        raise validation_error("typeId must be a record type.")
    needed, when = tuple(text_list(body, "properties")), body.get("when")
    if when is not None and not (isinstance(when, dict) and isinstance(when.get("property"), str)):
        raise validation_error("when must be an object with a property and values.")
    for portal in _sandbox(request).portals:
        if when is None:
            portal.required[kind.type_id] = needed
        else:
            values = frozenset(text_list(when, "values"))
            portal.conditional.append(RequiredWhen(kind.type_id, when["property"], values, needed))
    return no_content()


async def external_options(request: Request) -> Response:
    """Let a property have `externalOptions`: it shows none itself and takes any value."""
    body = await read_object(request)
    kind, name = object_type(str(body.get("typeId"))), str(body.get("property"))
    if kind is None or name not in DEFINITIONS[kind.type_id]:
        raise validation_error("typeId and property must name a property of a record type.")
    for portal in _sandbox(request).portals:
        portal.definitions.make_external(kind.type_id, name)
    return no_content()


async def expire(request: Request) -> Response:
    """End every access token."""
    return reply({"expired": _sandbox(request).tokens.expire_access_tokens()})


async def add_redirect(request: Request) -> Response:
    """Register another redirect address."""
    url = (await read_object(request)).get("url")
    if not isinstance(url, str) or not url.startswith(("http://localhost:", "https://")):
        raise validation_error("url must begin with https:// or http://localhost:")
    _sandbox(request).desk.register_redirect(url)
    return no_content()


async def grant(request: Request) -> Response:
    """Hand out a token pair without a browser."""
    body = await read_object(request)
    scopes = frozenset(text_list(body, "scopes")) if "scopes" in body else None
    hub_id, user_id = body.get("hubId"), body.get("userId")
    try:
        pair = _sandbox(request).grant(scopes=scopes, hub_id=hub_id, user_id=user_id)
    except (KeyError, TypeError) as problem:
        raise validation_error(f"No such account or scope: {problem}") from problem
    return reply(
        {
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
            "expires_in": pair.expires_in,
            "scopes": in_order(pair.grant.scopes),
        }
    )


async def download(request: Request) -> Response:
    """Serve a file to whoever holds a live signed address; private files need one."""
    sandbox = _sandbox(request)
    portal = sandbox.portal(request.path_params["hub_id"])
    file = None if portal is None else portal.files.get(request.path_params["file_id"])
    query = request.query_params
    if portal is None or file is None:
        raise not_found("No such file.")
    signed = portal.files.may_fetch(
        file, query.get("expires", ""), query.get("signature", ""), sandbox.clock.now()
    )
    if not signed:
        raise HubSpotError(403, "FORBIDDEN", "The address has expired or was never signed.")
    kind = mimetypes.guess_type(file.full_name)[0] or "application/octet-stream"
    headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
    return Response(file.content, media_type=kind, headers=headers)


def _person(request: Request, body: dict[str, Any]) -> tuple[Portal, int]:
    sandbox = _sandbox(request)
    portal = sandbox.portal(body.get("hubId") or sandbox.portals[0].hub_id)
    if portal is None:
        raise validation_error("hubId must be one of the sandbox's portals.")
    text = str(body.get("userId"))
    user = portal.world.user(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if user is None:
        raise validation_error("userId must be a user of the portal.")
    return portal, user.user_id


def _instant(body: dict[str, Any], name: str) -> datetime:
    moment = parse_instant(str(body.get(name)))
    if moment is None:
        raise validation_error(f"{name} must be epoch ms or an ISO 8601 instant with a zone.")
    return moment


def _flag(body: dict[str, Any], name: str) -> bool:
    value = body.get(name)
    if not isinstance(value, bool):
        raise validation_error(f"{name} must be true or false.")
    return value


def _seconds(body: dict[str, Any]) -> float:
    value = body.get("seconds")
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 10**9:
        raise validation_error("seconds must be a number.")
    return value


def control_application(sandbox: Sandbox) -> Starlette:
    """Return the application behind `/__sandbox__`."""
    app = json_application(
        [
            Route(ROOT, about, methods=["GET"]),
            Route(f"{ROOT}/faults", faults, methods=["GET", "POST", "DELETE"]),
            Route(f"{ROOT}/faults/{{number:int}}", drop_fault, methods=["DELETE"]),
            Route(f"{ROOT}/requests", requests, methods=["GET", "DELETE"]),
            Route(f"{ROOT}/world/occupy", occupy, methods=["POST"]),
            Route(f"{ROOT}/world/offline", offline, methods=["POST"]),
            Route(f"{ROOT}/clock/advance", advance, methods=["POST"]),
            Route(f"{ROOT}/limits", limits, methods=["POST"]),
            Route(f"{ROOT}/search-lag", search_lag, methods=["POST"]),
            Route(f"{ROOT}/required", require, methods=["POST"]),
            Route(f"{ROOT}/external-options", external_options, methods=["POST"]),
            Route(f"{ROOT}/oauth/expire", expire, methods=["POST"]),
            Route(f"{ROOT}/oauth/redirects", add_redirect, methods=["POST"]),
            Route(f"{ROOT}/oauth/grant", grant, methods=["POST"]),
            Route(f"{ROOT}/files/{{hub_id:int}}/{{file_id}}/{{name}}", download, methods=["GET"]),
        ]
    )
    app.state.sandbox = sandbox
    return app
