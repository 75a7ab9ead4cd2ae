"""Plays scripted trouble on a request: refusals, lost connections and damaged replies."""

import asyncio
import contextlib
import os
import socket
import struct
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import assert_never

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.sandbox.errors import (
    CONFLICT,
    EXPIRED_AUTHENTICATION,
    INVALID_AUTHENTICATION,
    MISSING_SCOPES,
    HubSpotError,
)
from app.sandbox.faults import Fault, FaultKind, RetryAfter
from app.sandbox.limits import limit_body
from app.sandbox.wire import refusal, reply

Refusals = Callable[[Fault, str], Response | None]


async def play(
    fault: Fault,
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    refusals: Refusals | None = None,
) -> None:
    """Answer one request of `app` as the fault says (latencies and refused rows are others' work).

    `refusals` gives the reply for a fault on a path in another service's words, or None for HubSpot's.
    """
    if fault.kind is FaultKind.RESET_BEFORE:
        await cut(scope, receive)
        return
    original = await _captured(app, scope, receive) if fault.happens_after else Response(b"{}")
    if fault.kind is FaultKind.RESET_AFTER:
        await cut(scope, receive)
        return
    own = None if refusals is None else refusals(fault, scope["path"])
    await (own or _answer(fault, original))(scope, receive, send)


async def cut(scope: Scope, receive: Receive) -> None:
    """Reset the request's connection: the peer sees ECONNRESET, not an orderly end.

    RuntimeError without a real connection (an application called in process has none to cut).
    """
    transport: asyncio.Transport | None = scope.get("state", {}).get("transport")
    if transport is None:
        message = "there is no connection to cut: this request did not come through the sandbox's server"
        raise RuntimeError(message)
    connection: socket.socket = transport.get_extra_info("socket")
    linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    with contextlib.suppress(OSError):  # the peer may have gone already
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        pass


async def _captured(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Let the application answer, but keep its reply instead of sending it."""
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, keep)
    response = Response(bytes(body), start["status"])
    response.raw_headers = list(start["headers"])
    return response


def _answer(fault: Fault, original: Response) -> Response:
    body = bytes(original.body)
    status = original.status_code
    match fault.kind:
        case FaultKind.TRUNCATED_JSON:
            return _json(body[: max(1, len(body) * 2 // 3)], status)
        case FaultKind.GARBAGE_JSON:
            return _json(b"\x00\xfe{]:\x80 not JSON \xff" + body[::-1], status)
        case FaultKind.WRONG_CONTENT_TYPE:
            page = b"<!doctype html><title>Just a moment</title><p>Checking your browser."
            return Response(page, status, media_type="text/html")
        case FaultKind.HUGE_BODY:
            return _json(b'{"results":[],"filler":"' + b"x" * fault.size + b'"}', status)
        case FaultKind.RATE_LIMITED:
            return reply(limit_body(fault.policy), 429, retry_after(fault))
        case FaultKind.SERVER_ERROR:
            return reply(_server_error(), fault.status, retry_after(fault))
        case FaultKind.UNAUTHORIZED | FaultKind.EXPIRED | FaultKind.MISSING_SCOPE | FaultKind.CONFLICT:
            return refusal(_refusal(fault))
        case FaultKind.LATENCY | FaultKind.ROW_REFUSED | FaultKind.RESET_BEFORE | FaultKind.RESET_AFTER:
            return original
        case _:
            assert_never(fault.kind)


def _refusal(fault: Fault) -> HubSpotError:
    if fault.kind is FaultKind.UNAUTHORIZED:
        return HubSpotError(401, INVALID_AUTHENTICATION, "Authentication credentials not found.")
    if fault.kind is FaultKind.EXPIRED:
        message = "The OAuth token used to make this call expired."
        return HubSpotError(401, EXPIRED_AUTHENTICATION, message)
    if fault.kind is FaultKind.MISSING_SCOPE:
        message = "This app hasn't been granted all required scopes to make this call."
        return HubSpotError(403, MISSING_SCOPES, message, context={"missingScopes": fault.scopes})
    return HubSpotError(409, CONFLICT, "The record was changed at the same time.")


def retry_after(fault: Fault) -> dict[str, str]:
    """Return the `Retry-After` header of a fault, if it has one."""
    match fault.retry_after:
        case RetryAfter.NONE:
            return {}
        case RetryAfter.SECONDS:
            return {"Retry-After": str(round(fault.seconds))}
        case RetryAfter.DATE:
            moment = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=fault.seconds)
            return {"Retry-After": format_datetime(moment, usegmt=True)}
        case _:
            assert_never(fault.retry_after)


def _server_error() -> dict[str, str]:
    return {
        "status": "error",
        "message": "internal error",
        "correlationId": str(uuid.uuid4()),
        "category": "INTERNAL_ERROR",
    }


def _json(body: bytes, status: int) -> Response:
    return Response(body, status, media_type="application/json;charset=utf-8")
