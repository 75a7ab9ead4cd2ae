"""Forbids every socket that would leave this computer, also below the libraries."""

import ipaddress
import sys
from collections.abc import Iterator

import pytest

_attempts = pytest.StashKey[list[str]]()
_NAMES = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})
_LISTENING = "socket.bind"


class OutsideNetworkError(RuntimeError):
    """A test tried to reach, name or listen on an address that is not loopback."""


def is_loopback(host: object) -> bool:
    """Whether `host` (a name, an address, bytes of either, or None) stays on this computer."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in _NAMES:
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _host_of(event: str, args: tuple[object, ...]) -> object:
    """The host an audit event of the socket module speaks of; None where it names none."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        return args[0]
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        address = args[1] if len(args) > 1 else None
        return address[0] if isinstance(address, tuple) and address else None
    return None


def pytest_configure(config: pytest.Config) -> None:
    """Watch the interpreter's own audit events: no library can go round them."""
    attempts: list[str] = []
    config.stash[_attempts] = attempts

    def refuse(event: str, args: tuple[object, ...]) -> None:
        if not event.startswith("socket."):
            return
        host = _host_of(event, args)
        if is_loopback(host) and not (event == _LISTENING and host == ""):
            return
        attempts.append(f"{event} {host!r}")
        raise OutsideNetworkError(
            f"{event} {host!r}: tests may only use loopback; give the code a transport or the local server"
        )

    sys.addaudithook(refuse)


@pytest.fixture
def outside_attempts(request: pytest.FixtureRequest) -> list[str]:
    """What this test tried beyond loopback; a test that means to try empties it again."""
    return request.config.stash[_attempts]


@pytest.fixture(autouse=True)
def _stays_on_this_computer(outside_attempts: list[str]) -> Iterator[None]:
    outside_attempts.clear()
    yield
    if outside_attempts:
        pytest.fail("reached beyond loopback: " + "; ".join(outside_attempts), pytrace=False)
