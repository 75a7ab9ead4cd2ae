"""What both listeners do around their API: host check, steering, scripted trouble, and the request log."""

import asyncio
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.sandbox.control import ROOT, control_application
from app.sandbox.errors import HubSpotError
from app.sandbox.faults import FaultKind
from app.sandbox.request_log import LoggedRequest
from app.sandbox.sandbox import Sandbox
from app.sandbox.trouble import Refusals, play
from app.sandbox.web_pages import refuse_web_pages
from app.sandbox.wire import refusal

_LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
_LONGEST_ADDRESS: Final = 8000
_DOWNLOADS: Final = f"{ROOT}/files/"


class Listener:
    """One service on one port: `service` names it in the log, `api` answers what is not `/__sandbox__`.

    `refusals` says a fault in the service's own words; without it, or where it has none, in HubSpot's.
    """

    def __init__(
        self, sandbox: Sandbox, service: str, api: ASGIApp, refusals: Refusals | None = None
    ) -> None:
        self._sandbox = sandbox
        self._service = service
        self._api = api
        self._refusals = refusals
        self._control = control_application(sandbox)
        self._closing = asyncio.Event()

    def stop_waiting(self) -> None:
        """End every scripted latency at once (the listener is shutting down)."""
        self._closing.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and log it."""
        scope["path"] = scope["path"].rstrip("/") or "/"
        scope.setdefault("state", {})
        started = time.perf_counter()
        status = 0
        logged = False

        def log() -> None:
            nonlocal logged
            if not logged:
                logged = True
                self._log(scope, status, (time.perf_counter() - started) * 1000)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif not message.get("more_body", False):
                log()  # before the caller can know the answer, so that it finds its request in the log
            await send(message)

        try:
            await self._answer(scope, receive, noting)
        finally:
            log()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            require_local_host(scope)
            refuse_long_address(scope)
            if _is_steering(scope["path"]):
                if not scope["path"].startswith(_DOWNLOADS):
                    refuse_web_pages(scope["headers"])
                await self._control(scope, receive, send)
                return
        except HubSpotError as problem:
            await refusal(problem)(scope, receive, send)
            return
        for fault in self._sandbox.faults.strike(scope["method"], scope["path"]):
            scope["state"]["fault"] = fault.kind.value
            if fault.kind is FaultKind.LATENCY:
                await self._wait(fault.seconds)
            elif fault.kind is FaultKind.ROW_REFUSED:
                scope["state"]["refused_row"] = fault.row
            else:
                await play(fault, self._api, scope, receive, send, self._refusals)
                return
        await self._api(scope, receive, send)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return

    def _log(self, scope: Scope, status: int, took_ms: float) -> None:
        if _is_steering(scope["path"]):
            return
        self._sandbox.requests.add(
            LoggedRequest(
                service=self._service,
                method=scope["method"],
                path=scope["path"],
                query=scope["query_string"].decode("latin-1"),
                status=status,
                at=self._sandbox.clock.now(),
                took_ms=took_ms,
                fault=scope["state"].get("fault"),
            )
        )


def _is_steering(path: str) -> bool:
    return path == ROOT or path.startswith(f"{ROOT}/")


def require_local_host(scope: Scope) -> None:
    """HubSpotError 421 for a request addressed to another host than this computer (DNS rebinding)."""
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1 or _host_name(hosts[0]) not in _LOCAL_HOSTS:
        raise HubSpotError(421, "VALIDATION_ERROR", "The sandbox answers only on localhost.")


def refuse_long_address(scope: Scope) -> None:
    """HubSpotError 414 for an address beyond 8,000 bytes; HubSpot says to search or read in batches then."""
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > _LONGEST_ADDRESS:
        raise HubSpotError(414, "VALIDATION_ERROR", "HTTP 414 URI Too Long")


def _host_name(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()
