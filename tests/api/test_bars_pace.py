"""The bar "0 self-made 429": a working day against a service that enforces HubSpot's rolling limits."""

import asyncio
import random
from collections import deque

import httpx
import pytest

from app.api.decoding import Decoder
from app.api.errors import ApiError
from app.api.pacing import FlightGate
from app.api.request import ApiRequest, get, post
from app.api.retry import RequestClass
from app.api.rules import CallRules
from app.api.session import ApiSession, FixedToken
from app.api.throttle import CallKind, Throttle
from app.api.urgency import Urgency
from tests.api.fault_service import Echo
from tests.api.virtual_time import run_virtual, virtual_clock
from tests.api.wire import BASE, answer, client
from tests.guards.figures import Count, Report

DECODER = Decoder(Echo)
SEARCH = post("/search", {}, request_class=RequestClass.SAFE, kind=CallKind.SEARCH)


class StrictService:
    """Counts every request a while after it was sent, also when nobody waits any more."""

    def __init__(self, source: random.Random) -> None:
        self._source = source
        self._counted: dict[str, deque[float]] = {"/search": deque(), "": deque()}
        self.requests = 0
        self.refused = 0

    async def handle(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        self.requests += 1
        there, back = (self._source.choice([0.01, 0.05, self._source.uniform(0.0, 0.6)]) for _ in "tb")
        limit = ("/search", 5, 1.0) if request.url.path == "/search" else ("", 110, 10.0)
        asyncio.get_running_loop().call_later(there, self._count, *limit)
        await asyncio.sleep(there + back)
        return answer(200, {"mark": "ok"})

    def _count(self, counter: str, most: int, seconds: float) -> None:
        now, counted = asyncio.get_running_loop().time(), self._counted[counter]
        while counted and counted[0] <= now - seconds:
            counted.popleft()
        self.refused += len(counted) >= most
        counted.append(now)


class Rep:
    """Someone at work: reads links in the background, types names, opens months, leaves calls half-way."""

    def __init__(self, source: random.Random, session: ApiSession) -> None:
        self._source = source
        self._session = session

    async def work(self, hours: float) -> None:
        """A stretch of the day."""
        loop = asyncio.get_running_loop()
        until = loop.time() + hours * 3_600
        while loop.time() < until:
            await self._source.choice([self._sync, self._type, self._open_months])()
            await asyncio.sleep(self._source.choice([0.0, 1.0, 30.0, 300.0]))

    async def _sync(self) -> None:
        await self._together([get(f"/page/{n}", urgency=Urgency.BACKGROUND) for n in range(150)])

    async def _open_months(self) -> None:
        await self._together([get(f"/month/{n}") for n in range(self._source.randrange(2, 61))])

    async def _type(self) -> None:
        for _ in range(self._source.randrange(1, 9)):
            try:
                async with asyncio.timeout(self._source.choice([0.15, 0.4, 3.0])):
                    await self._together([SEARCH] * 4)
            except TimeoutError:
                continue

    async def _together(self, requests: list[ApiRequest]) -> None:
        async with asyncio.TaskGroup() as group:
            for request in requests:
                group.create_task(self._call(request))

    async def _call(self, request: ApiRequest) -> None:
        try:
            await self._session.fetch(request, DECODER)
        except ApiError as error:
            raise AssertionError("a good service was not understood") from error


async def _day(source: random.Random, hours: float) -> StrictService:
    clock = virtual_clock()
    service = StrictService(source)
    throttle = Throttle(FlightGate(), clock=clock)
    rules = CallRules(clock=clock, randomness=source)
    session = ApiSession(client(service.handle), BASE, FixedToken("T"), throttle, rules=rules)
    async with asyncio.TaskGroup() as group:
        for _ in range(2):
            group.create_task(Rep(source, session).work(hours))
    return service


@pytest.mark.bar
@pytest.mark.timeout(1_200)
def test_a_working_day_makes_no_429(rng: random.Random, count: Count, figure: Report) -> None:
    hours = count(1, 8)
    service = run_virtual(_day(rng, hours))
    figure(f"self-made 429 in {hours} h", f"{service.refused} in {service.requests} requests", 0)
    assert service.refused == 0
    assert service.requests > 1_000 * hours
