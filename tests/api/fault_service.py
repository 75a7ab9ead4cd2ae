"""A service that fails by seed, keeps book of what it applied, and notes every call it had barred."""

import asyncio
import gzip
import random
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from typing import Final

import httpx
import msgspec

from app.api.decoding import Decoder
from app.api.errors import ApiError, ConnectFailed, ConnectFault, Delivery, ErrorDetails, RateLimited
from app.api.pacing import FlightGate
from app.api.request import ApiRequest, get, post
from app.api.retry import RequestClass
from app.api.rules import CallRules
from app.api.session import ApiSession
from app.api.throttle import CallKind, Throttle
from app.api.tokens import RefreshingTokens
from app.api.urgency import Urgency
from tests.api.token_service import FakeStore, FakeTokenService
from tests.api.virtual_time import START, run_virtual, virtual_clock
from tests.api.wire import BASE, Pieces, answer, client, json_of

_MEGABYTE: Final = bytes(1024 * 1024)
_BOMB: Final = gzip.compress(bytes(64 * 1024 * 1024))
_NOT_LEFT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_LOST: Final = (httpx.ReadError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.WriteError)


class Echo(msgspec.Struct):
    """What a good answer holds."""

    mark: str


@dataclass
class Books:
    """What one schedule shows."""

    calls: int = 0
    arrivals: int = 0
    unhandled: list[BaseException] = field(default_factory=list)
    resent: list[str] = field(default_factory=list)
    barred: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        """Whether every rule held."""
        return not (self.unhandled or self.resent or self.barred or self.untrue)


class FaultyService:
    """Answers by a seeded source; `share` of the requests meet a fault."""

    def __init__(self, source: random.Random, books: Books) -> None:
        self._source = source
        self._books = books
        self._share = source.choice([0.2, 0.5, 0.8, 0.95])
        self._barred_from = 0.0
        self._barred_until = -1.0
        self._answered: set[str] = set()
        self.applied: Counter[str] = Counter()

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        now = asyncio.get_running_loop().time()
        if self._barred_from < now < self._barred_until:
            self._books.barred.append(f"{request.url.path} at {now}, barred until {self._barred_until}")
        self._books.arrivals += 1
        await asyncio.sleep(self._source.choice([0.0, 0.01, 0.2, self._source.uniform(0.0, 35.0)]))
        mark = self._mark(request)
        if self._source.random() > self._share:
            return self._good(request, mark)
        return await self._source.choice(self._faults())(request, mark)

    def _faults(self) -> list[Callable[[httpx.Request, str], Coroutine[None, None, httpx.Response]]]:
        return [
            self._not_left,
            self._head_only,
            self._lost,
            self._refusal,
            self._limit,
            self._limit,
            self._overload,
            self._server_fault,
            self._spoilt,
            self._spoilt,
        ]

    def _mark(self, request: httpx.Request) -> str:
        return str(json_of(request)["mark"]) if request.content else request.url.path

    def _arrive(self, request: httpx.Request, mark: str) -> None:
        """The whole request is here; an ambiguous one only once."""
        if request.url.path != "/book":
            return
        if mark in self._answered:
            self._books.resent.append(mark)
        self._answered.add(mark)

    def _good(self, request: httpx.Request, mark: str) -> httpx.Response:
        self._arrive(request, mark)
        self.applied[mark] += 1
        headers = {}
        if self._source.random() < 0.2:
            headers = {
                "X-HubSpot-RateLimit-Remaining": str(self._source.randrange(0, 20)),
                "X-HubSpot-RateLimit-Interval-Milliseconds": "10000",
            }
        return answer(200, {"mark": mark}, headers=headers, is_packed=self._source.random() < 0.3)

    async def _not_left(self, request: httpx.Request, mark: str) -> httpx.Response:
        raise self._source.choice(_NOT_LEFT)("x")

    async def _head_only(self, request: httpx.Request, mark: str) -> httpx.Response:
        await request.extensions["trace"]("http11.send_request_headers.started", {})
        raise httpx.WriteTimeout("x")

    async def _lost(self, request: httpx.Request, mark: str) -> httpx.Response:
        self._arrive(request, mark)
        if self._source.random() < 0.5:
            self.applied[mark] += 1
        raise self._source.choice(_LOST)("x")

    async def _refusal(self, request: httpx.Request, mark: str) -> httpx.Response:
        status = self._source.choice([400, 401, 403, 404, 409, 414, 423, 477])
        if status != 401:
            self._arrive(request, mark)
        return answer(status, self._source.choice([b"", b"{", {"message": "no"}]))

    async def _limit(self, request: httpx.Request, mark: str) -> httpx.Response:
        self._arrive(request, mark)
        headers = self._pause()
        policy = self._source.choice(["TEN_SECONDLY_ROLLING", "SECONDLY", "DAILY", None])
        return answer(429, {"policyName": policy}, headers=headers)

    async def _overload(self, request: httpx.Request, mark: str) -> httpx.Response:
        self._arrive(request, mark)
        headers = self._pause()
        if not headers and self._source.random() < 0.5:
            self.applied[mark] += 1
        return answer(503, b"", headers=headers)

    def _pause(self) -> dict[str, str]:
        """A Retry-After in one of its forms, or none; the latest end of all of them is what counts."""
        seconds = self._source.choice([0, 1, 3, 10, 45, 800, 5_000])
        form = self._source.choice(["seconds", "date", "none", "garbage"])
        if form in {"none", "garbage"}:
            return {} if form == "none" else {"Retry-After": "soon"}
        now = asyncio.get_running_loop().time()
        made_at = (START + timedelta(seconds=now)).replace(microsecond=0)
        self._barred_from = now
        self._barred_until = max(self._barred_until, now + min(seconds, 900))
        if form == "seconds":
            return {"Retry-After": str(seconds)}
        skew = timedelta(hours=self._source.choice([0, -24, 24]))
        until = format_datetime(made_at + skew + timedelta(seconds=seconds), usegmt=True)
        return {"Retry-After": until, "Date": format_datetime(made_at + skew, usegmt=True)}

    async def _server_fault(self, request: httpx.Request, mark: str) -> httpx.Response:
        self._arrive(request, mark)
        if self._source.random() < 0.5:
            self.applied[mark] += 1
        return answer(
            self._source.choice([500, 502, 504, 520, 523, 524]), b"<html>", content_type="text/html"
        )

    async def _spoilt(self, request: httpx.Request, mark: str) -> httpx.Response:
        self._arrive(request, mark)
        self.applied[mark] += 1
        json = {"Content-Type": "application/json"}
        packed = {**json, "Content-Encoding": "gzip"}
        spoilt: list[Callable[[], httpx.Response]] = [
            lambda: answer(200, b'{"mark": "x'),
            lambda: answer(200, b'{"mark"', error=httpx.ReadError("x")),
            lambda: answer(200, b"\xff\x00garbage"),
            lambda: answer(200, {"other": 1}),
            lambda: answer(200, b"[" * 50_000),
            lambda: answer(200, b""),
            lambda: answer(200, b"<html>", content_type="text/html"),
            lambda: answer(302, b"", headers={"Location": "https://evil.test/"}),
            lambda: httpx.Response(200, headers=json, stream=Pieces([_MEGABYTE] * 12)),
            lambda: httpx.Response(200, headers=packed, stream=Pieces([_BOMB])),
            lambda: httpx.Response(200, headers=packed, stream=Pieces([_BOMB[:100]])),
        ]
        return self._source.choice(spoilt)()


DECODER: Final = Decoder(Echo)


def _random_request(source: random.Random, number: int) -> ApiRequest:
    urgency = source.choice(list(Urgency))
    kind = source.choice([RequestClass.SAFE, RequestClass.IDEMPOTENT, RequestClass.AMBIGUOUS])
    mark = {"mark": f"m{number}"}
    match kind:
        case RequestClass.AMBIGUOUS:
            return post("/book", mark, request_class=kind, urgency=urgency)
        case RequestClass.IDEMPOTENT:
            return ApiRequest(
                method="PATCH",
                path="/record",
                body=msgspec.json.encode(mark),
                request_class=kind,
                urgency=urgency,
            )
        case RequestClass.SAFE:
            if source.random() < 0.5:
                return get(f"/read/{number}", urgency=urgency)
            return post("/search", mark, request_class=kind, kind=CallKind.SEARCH, urgency=urgency)


async def _play(source: random.Random, books: Books) -> None:
    clock = virtual_clock()
    service = FaultyService(source, books)
    token_service = FakeTokenService(rotates=source.random() < 0.5)
    token_service.source = source
    token_service.failures = source.choice(
        [
            [],
            [],
            [ConnectFailed(ConnectFault.NAME)],
            [RateLimited(ErrorDetails(status=429), retry_after=20.0)],
        ]
    )
    tokens = RefreshingTokens(FakeStore(), token_service.refresh, clock=clock)
    rules = CallRules(clock=clock, randomness=source)
    session = ApiSession(
        client(service.handle), BASE, tokens, Throttle(FlightGate(), clock=clock), rules=rules
    )

    async def call(number: int) -> None:
        request = _random_request(source, number)
        await asyncio.sleep(source.choice([0.0, 0.0, source.uniform(0.0, 60.0)]))
        mark = f"m{number}" if request.body else request.path
        books.calls += 1
        try:
            found = await session.fetch(request, DECODER)
        except ApiError as error:
            books.seen[type(error).__name__] += 1
            is_write = request.request_class is not RequestClass.SAFE
            if is_write and error.delivery is Delivery.REFUSED and service.applied[mark]:
                _note_untrue(books, request, mark, error)
        except BaseException as error:
            books.unhandled.append(error)
            raise
        else:
            books.seen["success"] += 1
            if found.value.mark != mark or not service.applied[mark]:
                books.untrue.append(f"{mark}: success that was not applied")

    async with asyncio.TaskGroup() as group:
        for number in range(source.randrange(1, 9)):
            group.create_task(call(number))
    await tokens.aclose()


def _note_untrue(books: Books, request: ApiRequest, mark: str, error: ApiError) -> None:
    # A refusal of a repeated idempotent write speaks of the last try: the state it left is the same.
    if request.request_class is RequestClass.AMBIGUOUS:
        books.untrue.append(f"{mark}: {error!r}, though it was applied")


def play_schedule(seed: int) -> Books:
    """One whole schedule in virtual time."""
    books = Books()
    run_virtual(_play(random.Random(seed), books))
    return books
