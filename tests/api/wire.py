"""A scripted service below httpx: answers by function, streams that break, and sessions on it."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx
import msgspec

from app.api.clock import Clock
from app.api.pacing import FlightGate
from app.api.rules import CallRules
from app.api.session import ApiSession, FixedToken, TokenSource
from app.api.throttle import Throttle
from tests.api.virtual_time import virtual_clock

BASE = "https://api.example.test"
SAMPLES = Path(__file__).parent / "samples"
Handler = Callable[[httpx.Request], Coroutine[None, None, httpx.Response]]


class Pieces(httpx.AsyncByteStream):
    """A body that arrives piece by piece, and may break off with `error`."""

    def __init__(self, pieces: Iterable[bytes], error: Exception | None = None) -> None:
        self._pieces = pieces
        self._error = error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            await asyncio.sleep(0)
            yield piece
        if self._error is not None:
            raise self._error


def answer(
    status: int = 200,
    body: bytes | object = b"{}",
    *,
    headers: Mapping[str, str] | None = None,
    content_type: str = "application/json",
    error: Exception | None = None,
    is_packed: bool = False,
) -> httpx.Response:
    """A reply; `body` is bytes or anything that encodes as JSON."""
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    found = {"Content-Type": content_type, **(headers or {})}
    if is_packed:
        raw = gzip.compress(raw)
        found["Content-Encoding"] = "gzip"
    return httpx.Response(status, headers=found, stream=Pieces([raw], error))


def sample(name: str) -> bytes:
    """A sample reply written from the reference's field tables."""
    return (SAMPLES / f"{name}.json").read_bytes()


def script(*steps: httpx.Response | Exception | Handler) -> tuple[Handler, list[httpx.Request]]:
    """A handler that plays the steps in order, and the requests it has seen."""
    seen: list[httpx.Request] = []
    left = list(steps)

    async def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        step = left.pop(0)
        if isinstance(step, Exception):
            raise step
        if isinstance(step, httpx.Response):
            return step
        return await step(request)

    return handle, seen


def client(handler: Handler) -> httpx.AsyncClient:
    """An HTTP client on a scripted service."""
    return httpx.AsyncClient(transport=httpx.MockTransport(handler), trust_env=False)


class NoJitter:
    """Always the longest wait."""

    def uniform(self, a: float, b: float) -> float:
        return max(a, b)


def session_on(
    handler: Handler,
    *,
    tokens: TokenSource | None = None,
    rules: CallRules | None = None,
    clock: Clock | None = None,
) -> ApiSession:
    """A session on a scripted service, in the virtual time of the running loop."""
    clock = clock or virtual_clock()
    rules = rules or CallRules(clock=clock, randomness=NoJitter())
    throttle = Throttle(FlightGate(), clock=clock)
    return ApiSession(client(handler), BASE, tokens or FixedToken("T1"), throttle, rules=rules)


def json_of(request: httpx.Request) -> Any:
    """The JSON body of a request."""
    return msgspec.json.decode(request.content)
