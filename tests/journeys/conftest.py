"""The fixtures of every story."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.sandbox.sandbox import SandboxOptions
from app.sandbox.server import SandboxServer
from app.sandbox.sockets import loopback_sockets
from tests.journeys.clock import START
from tests.journeys.house import House

MEETINGS = 40


@pytest.fixture
def redirect_ports() -> tuple[int, ...]:
    """Three ports that are free on both loopback addresses."""
    bound = [loopback_sockets(0) for _ in range(3)]
    ports = tuple(sockets[0].getsockname()[1] for sockets in bound)
    for sockets in bound:
        for one in sockets:
            one.close()
    return ports


@pytest.fixture
def server(redirect_ports: tuple[int, ...]) -> Iterator[SandboxServer]:
    """A sandbox on loopback that starts at `START`, with HubSpot's forty-two links and few meetings."""
    urls = tuple(f"http://localhost:{port}/oauth/callback" for port in redirect_ports)
    with SandboxServer(SandboxOptions(meetings=MEETINGS, now=START, redirect_urls=urls)) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, server: SandboxServer, redirect_ports: tuple[int, ...]) -> Iterator[House]:
    """The surroundings of one story."""
    with contextlib.ExitStack() as stack:
        yield House(tmp_path / "slotdesk", server, redirect_ports, stack)
