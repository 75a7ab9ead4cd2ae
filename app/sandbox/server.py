"""Running a sandbox: its listeners on loopback, in a thread of their own or on the caller's loop."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Final, Self

import uvicorn
from starlette.types import ASGIApp

from app.sandbox.app import HubSpotApplication
from app.sandbox.clock import SandboxClock
from app.sandbox.crm.store import RecordStore
from app.sandbox.faults import FaultScript
from app.sandbox.limits import RateLimits
from app.sandbox.listener import Listener
from app.sandbox.pipedrive.app import PipedriveApplication
from app.sandbox.pipedrive.trouble import pipedrive_trouble
from app.sandbox.request_log import RequestLog
from app.sandbox.sandbox import Sandbox, SandboxOptions
from app.sandbox.sockets import StartError, TransportProtocol, loopback_sockets
from app.sandbox.world.world import World

_LAST_REPLIES_S: Final = 2.0


class ServiceServer(uvicorn.Server):
    """uvicorn for one listener: leaves signals alone, tells when it is ready, and stops without lingering."""

    def __init__(self, listener: Listener, on_ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                listener,
                http=TransportProtocol,
                ws="none",
                lifespan="off",
                loop="asyncio",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
            )
        )
        self._listener = listener
        self._on_ready = on_ready

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to whoever runs the loop."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening and say so."""
        await super().startup(sockets)
        self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the sockets and every connection; handlers still at work get two seconds to notice."""
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
        self._listener.stop_waiting()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=_LAST_REPLIES_S)


class SandboxServer:
    """A sandbox on loopback. As a context manager it runs in a thread; `serve` runs it on the caller's loop.

    Port 0 takes any free port. StartError when a port is in use. It works any number of times in one process.
    """

    def __init__(
        self, options: SandboxOptions | None = None, *, hubspot_port: int = 0, pipedrive_port: int = 0
    ) -> None:
        self._ports = {"hubspot": hubspot_port, "pipedrive": pipedrive_port}
        self._bound: dict[str, list[socket.socket]] = {}
        self._urls: dict[str, str] = {}
        self._servers: list[ServiceServer] = []
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.sandbox = Sandbox(options or SandboxOptions())

    def __enter__(self) -> Self:
        """Start in a thread; returns when both listeners answer."""
        ready = threading.Event()
        self.bind()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self.serve(ready.set)), name="sandbox", daemon=True
        )
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop and wait for the thread."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def bind(self) -> None:
        """Take the ports; StartError when one is in use."""
        try:
            for service, port in self._ports.items():
                sockets = loopback_sockets(port)
                self._bound[service] = sockets
                self._urls[service] = f"http://localhost:{sockets[0].getsockname()[1]}"
        except StartError:
            for one in self._bound.get("hubspot", []):
                one.close()
            raise

    async def serve(self, on_ready: Callable[[], None]) -> None:
        """Serve until `stop`; `on_ready` is called once both listeners answer. Ports must be bound."""
        starting = set(self._bound)

        def ready(service: str) -> None:
            starting.discard(service)
            if not starting:
                on_ready()

        apis: dict[str, ASGIApp] = {
            "hubspot": HubSpotApplication(self.sandbox),
            "pipedrive": PipedriveApplication(self.sandbox.pipedrive),
        }
        async with asyncio.TaskGroup() as group:
            for service, api in apis.items():
                refusals = pipedrive_trouble if service == "pipedrive" else None
                listener = Listener(self.sandbox, service, api, refusals)
                server = ServiceServer(listener, partial(ready, service))
                server.should_exit = self._stopping
                self._servers.append(server)
                group.create_task(server.serve(self._bound[service]))

    def stop(self) -> None:
        """Ask the listeners to stop; safe from any thread and from signal handlers."""
        self._stopping = True
        for server in self._servers:
            server.should_exit = True

    @property
    def hubspot_url(self) -> str:
        """HubSpot's base address, `http://localhost:<port>`."""
        return self._urls["hubspot"]

    @property
    def pipedrive_url(self) -> str:
        """Pipedrive's base address."""
        return self._urls["pipedrive"]

    @property
    def clock(self) -> SandboxClock:
        """The sandbox's clock."""
        return self.sandbox.clock

    @property
    def world(self) -> World:
        """The main portal's world."""
        return self.sandbox.portals[0].world

    @property
    def store(self) -> RecordStore:
        """The main portal's records."""
        return self.sandbox.portals[0].store

    @property
    def faults(self) -> FaultScript:
        """The scripted trouble in force."""
        return self.sandbox.faults

    @property
    def requests(self) -> RequestLog:
        """What was asked so far."""
        return self.sandbox.requests

    @property
    def limits(self) -> RateLimits:
        """The rate limits."""
        return self.sandbox.limits
