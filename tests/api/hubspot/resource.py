"""Runs one client of HubSpot's resources against scripted replies, in virtual time."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from app.api.session import ApiSession
from app.api.versions import PATHS, ApiPaths, ApiVersion
from tests.api.virtual_time import run_virtual
from tests.api.wire import BASE, Handler, answer, sample, script, session_on

T = TypeVar("T")
C = TypeVar("C")
DATED = PATHS[ApiVersion.V2026_03]


def replied(name: str, status: int = 200, *, headers: dict[str, str] | None = None) -> httpx.Response:
    """A sample as a reply."""
    return answer(status, sample(name), headers=headers)


def use(
    kind: Callable[[ApiSession, ApiPaths], C],
    work: Callable[[C], Awaitable[T]],
    *steps: httpx.Response | Exception | Handler,
    paths: ApiPaths = DATED,
) -> tuple[T, list[httpx.Request]]:
    """What `work` makes of a client, and the requests it sent."""

    async def play() -> tuple[T, list[httpx.Request]]:
        handler, seen = script(*steps)
        return await work(kind(session_on(handler), paths)), seen

    return run_virtual(play())


def target_of(request: httpx.Request) -> str:
    """Path and query exactly as they were sent."""
    assert str(request.url).startswith(BASE)
    return request.url.raw_path.decode("ascii")
