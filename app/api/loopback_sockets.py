"""Binds one port on both loopback addresses, or the next one of a list when somebody holds it."""

import errno
import socket
from collections.abc import Sequence
from typing import Final

_ADDRESSES: Final = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
# Windows lets another process take over a port that was bound without this option.
_OPTION: Final[int] = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
_NO_SUCH_ADDRESS: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT})


class NoPortFree(Exception):  # noqa: N818
    """Every registered port is in use by another program; `ports` are the ones that were tried."""

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__(f"no free port among {', '.join(map(str, ports))}")
        self.ports = tuple(ports)


def bind_first_free(ports: Sequence[int]) -> tuple[int, list[socket.socket]]:
    """The first of `ports` that is free on every loopback address this computer has, bound there.

    A port held on only one of the two addresses counts as taken: the browser might go there. Port 0
    picks any free one (for a service without registered addresses). Raises NoPortFree.
    """
    for port in ports:
        bound = _bind_everywhere(port)
        if bound:
            return bound[0].getsockname()[1], bound
    raise NoPortFree(ports)


def _bind_everywhere(port: int) -> list[socket.socket]:
    bound: list[socket.socket] = []
    for family, address in _ADDRESSES:
        try:
            bound.append(_bind(family, address, port))
        except OSError as error:
            if error.errno in _NO_SUCH_ADDRESS:
                continue
            for other in bound:
                other.close()
            return []
        port = bound[-1].getsockname()[1]
    return bound


def _bind(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, _OPTION, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.setblocking(False)
        listener.bind((address, port))
        listener.listen(16)
    except OSError:
        listener.close()
        raise
    return listener
