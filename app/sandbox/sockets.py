"""Loopback sockets for a listener, on both address families, and a protocol that hands its transport on."""

import asyncio
import errno
import os
import socket
from typing import Final

from uvicorn.protocols.http.h11_impl import H11Protocol

_TRIES: Final = 20
_BACKLOG: Final = 128


class StartError(Exception):
    """The sandbox cannot start; the text is one sentence for a person."""


def loopback_sockets(port: int) -> list[socket.socket]:
    """Bind a port on 127.0.0.1 and, where the computer has it, on ::1; 0 takes any port free on both.

    StartError when the port is in use or not allowed.
    """
    for _ in range(_TRIES):
        first = _bound(socket.AF_INET, "127.0.0.1", port)
        try:
            second = _bound(socket.AF_INET6, "::1", first.getsockname()[1])
        except StartError:
            first.close()
            if port:
                raise
            continue
        except OSError:
            return [first]
        return [first, second]
    message = "No port is free on both 127.0.0.1 and ::1."
    raise StartError(message)


def _bound(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    # asyncio turns off Nagle only on sockets that say they are TCP; else every reply waits 40 ms.
    connection = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if family == socket.AF_INET6:
            connection.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        if os.name != "nt":  # on Windows this option would let two programs share the port
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        connection.bind((address, port))
        connection.listen(_BACKLOG)
    except OSError as problem:
        connection.close()
        if problem.errno == errno.EADDRINUSE:
            message = f"Port {port} is in use by another program; choose another one, or 0 for any."
            raise StartError(message) from problem
        if problem.errno in (errno.EACCES, errno.EPERM):
            message = f"This user may not listen on port {port}; choose one above 1023."
            raise StartError(message) from problem
        raise
    return connection


class TransportProtocol(H11Protocol):
    """uvicorn's HTTP protocol with the connection's transport in `scope["state"]`, so it can be cut."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a new connection."""
        self.app_state = {**self.app_state, "transport": transport}
        super().connection_made(transport)
