"""The last resorts: an unforeseen error, a client that went away, ports that cannot be had."""

import errno
import socket
from typing import Any

import httpx
import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.errors import HubSpotError
from app.sandbox.hubspot.api import json_application
from app.sandbox.sockets import StartError, loopback_sockets
from tests.sandbox import wire_tables as tables


def test_every_part_of_the_error_body() -> None:
    error = HubSpotError(
        400,
        "VALIDATION_ERROR",
        "No.",
        sub_category="X.Y",
        context={"a": ("b",)},
        errors=[{"message": "m", "code": "C", "in": "f"}],
        links={"knowledge-base": "https://x.example"},
    )
    tables.ERROR(error.body())
    assert set(error.body()) == {
        "status",
        "message",
        "correlationId",
        "category",
        "subCategory",
        "context",
        "errors",
        "links",
    }
    assert set(HubSpotError(404, "X", "y").body()) == {"status", "message", "correlationId", "category"}
    assert error.body()["correlationId"] != error.body()["correlationId"]


async def test_the_unforeseen_is_a_500_in_hubspots_form() -> None:
    async def broken(_: Request) -> Response:
        raise ZeroDivisionError

    async def gone(_: Request) -> Response:
        raise ClientDisconnect

    app = json_application([Route("/broken", broken), Route("/gone", gone)])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        reply = await client.get("/broken")
        assert reply.status_code == 500
        tables.ERROR(reply.json())
        assert (await client.get("/gone")).status_code == 400


def failing(code: int, family: int) -> Any:
    class Failing(socket.socket):
        def bind(self, address: Any) -> None:
            if self.family == family:
                raise OSError(code, "no")
            super().bind(address)

    return Failing


@pytest.mark.parametrize(
    ("code", "said"), [(errno.EADDRINUSE, "Port 81 is in use"), (errno.EACCES, "may not listen on port 81")]
)
def test_ports_that_cannot_be_had(monkeypatch: pytest.MonkeyPatch, code: int, said: str) -> None:
    monkeypatch.setattr(socket, "socket", failing(code, socket.AF_INET))
    with pytest.raises(StartError, match=said):
        loopback_sockets(81)


def test_without_ipv6_one_family_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", failing(errno.EADDRNOTAVAIL, socket.AF_INET6))
    (only,) = loopback_sockets(0)
    assert only.family == socket.AF_INET
    only.close()


def test_no_port_free_on_both_families(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", failing(errno.EADDRINUSE, socket.AF_INET6))
    with pytest.raises(StartError, match="No port is free"):
        loopback_sockets(0)
