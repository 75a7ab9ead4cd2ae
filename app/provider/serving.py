"""Serving: one process, or several workers that share a listening socket and a PostgreSQL database."""

import json
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from app.provider.application import ApplicationFactory
from app.provider.logs import start_logging
from app.provider.settings import BadSetting, ProviderSettings
from app.provider.store.engine import is_sqlite
from app.provider.store.store import ProviderStore

_LAST_REPLIES_S: Final = 10
_BACKLOG: Final = 2_048


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen and with how many processes; port 0 takes any free one."""

    host: str
    port: int
    workers: int


@dataclass(frozen=True, slots=True)
class LoggedFactory:
    """Sets up the logs of a worker's process before it makes the application."""

    make: ApplicationFactory

    def __call__(self) -> object:
        """The application."""
        start_logging()
        return self.make()


def serve(settings: ProviderSettings, listening: Listening, *, base_url: str) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code. BadSetting or StoreTrouble before it listens.

    An empty `base_url` stands for the address it listens at. Prints one JSON line with the address when the
    socket is open.
    """
    if listening.workers > 1 and is_sqlite(settings.database_url):
        raise BadSetting("several workers need PostgreSQL: give --database-url, or leave out --workers")
    # Migrated once, and known to answer, before anybody is told to come.
    ProviderStore.open(settings.database_url).close()
    bound = _bind(listening)
    address = f"http://{_host(listening.host)}:{bound.getsockname()[1]}"
    chosen = replace(settings, base_url=base_url or address)
    config = uvicorn.Config(
        LoggedFactory(ApplicationFactory(chosen)),
        factory=True,
        workers=listening.workers,
        http="h11",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_LAST_REPLIES_S,
    )
    start_logging()
    sys.stdout.write(json.dumps({"provider": address}) + "\n")
    sys.stdout.flush()
    if listening.workers > 1:
        Multiprocess(config, sockets=[bound]).run()
        return 0
    server = uvicorn.Server(config)
    # uvicorn raises the signal again once it has ended in good order.
    with suppress(KeyboardInterrupt):
        server.run(sockets=[bound])
    return 0 if server.started else 1


def _bind(listening: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((listening.host, listening.port))
        bound.listen(_BACKLOG)
    except OSError as error:
        bound.close()
        raise BadSetting(
            f"cannot listen at {listening.host} port {listening.port}: {error.strerror}"
        ) from error
    bound.set_inheritable(True)
    return bound


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
