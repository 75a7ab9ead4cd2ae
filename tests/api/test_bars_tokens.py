"""The bars of "Tokens": seeded schedules of many callers, and clocks that are a day off."""

import asyncio
import random
from contextlib import suppress
from datetime import timedelta

import httpx
import pytest

from app.api.clock import Clock
from app.api.decoding import Decoder
from app.api.errors import ApiError, SignInLost
from app.api.grants import TokenReply
from app.api.pacing import FlightGate
from app.api.request import get
from app.api.rules import CallRules
from app.api.session import ApiSession
from app.api.throttle import Throttle
from app.api.tokens import RefreshingTokens
from tests.api.fault_service import Echo
from tests.api.token_service import FakeStore, FakeTokenService
from tests.api.virtual_time import START, run_virtual, virtual_clock
from tests.api.wire import BASE, answer, client
from tests.guards.figures import Count, Report

CALLERS = 100
DECODER = Decoder(Echo)


async def _expired(source: random.Random) -> tuple[list[str], int]:
    """100 callers meet an expired token; the token calls, and how many callers got the new token."""
    service, store = FakeTokenService(rotates=source.random() < 0.5), FakeStore()
    service.source = source
    store.delay = source.choice([0.0, 0.1])
    clock = virtual_clock()
    tokens = RefreshingTokens(store, service.refresh, initial=TokenReply("A0", 100.0), clock=clock)
    await asyncio.sleep(source.choice([100.0, 5_000.0]))

    async def call() -> str:
        await asyncio.sleep(source.choice([0.0, source.uniform(0.0, 3.0)]))
        return await (tokens.current() if source.random() < 0.5 else tokens.renewed("A0"))

    callers = [asyncio.ensure_future(call()) for _ in range(CALLERS)]
    cancelled = source.sample(callers, source.choice([0, 1, 30, 99]))
    for each in cancelled:
        asyncio.get_running_loop().call_later(source.uniform(0.0, 2.0), each.cancel)
    await asyncio.wait(callers)
    got = sum(not each.cancelled() and each.result() == "A1" for each in callers)
    left = sum(not each.cancelled() for each in callers)
    # When the only one who came was cancelled, the refresh still ends by itself.
    await asyncio.sleep(5.0)
    assert got == left
    return service.calls, got


async def _refused(source: random.Random) -> tuple[list[str], int]:
    """100 calls whose token the service refuses; the token calls, and how many calls succeeded."""
    service = FakeTokenService()
    service.source = source
    clock = virtual_clock()

    async def handle(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(source.uniform(0.0, 1.0))
        if request.headers["authorization"] == "Bearer A0":
            return answer(401)
        return answer(200, {"mark": "ok"})

    tokens = RefreshingTokens(FakeStore(), service.refresh, initial=TokenReply("A0", 10_000.0), clock=clock)
    rules = CallRules(clock=clock, randomness=source)
    throttle = Throttle(FlightGate(), clock=clock)
    session = ApiSession(client(handle), BASE, tokens, throttle, rules=rules)
    async with asyncio.TaskGroup() as group:
        found = [group.create_task(session.fetch(get("/x"), DECODER)) for _ in range(CALLERS)]
    return service.calls, sum(each.result().value.mark == "ok" for each in found)


@pytest.mark.bar
@pytest.mark.timeout(1_200)
def test_a_hundred_callers_make_one_token_call(seed: int, count: Count, figure: Report) -> None:
    schedules, right = count(150, 1_000), 0
    for number in range(schedules):
        source = random.Random(seed + number)
        play = _refused if number % 5 == 0 else _expired
        calls, _ = run_virtual(play(source))
        assert len(calls) == 1, f"seed {seed + number}: {calls}"
        right += 1
    figure("100 callers with an expired token: schedules with 1 token call", f"{right} of {schedules}", "all")


async def _working_day(source: random.Random) -> tuple[int, int, int]:
    """A day of calls while the wall clock jumps by up to a day; sign-outs, failures, token calls."""
    loop = asyncio.get_running_loop()
    off = timedelta()

    def utc_now() -> object:
        return START + timedelta(seconds=loop.time()) + off

    clock = Clock(monotonic=loop.time, utc_now=utc_now)  # type: ignore[arg-type]
    service = FakeTokenService()
    service.delay = 0.2
    good_until: dict[str, float] = {}

    async def refresh(refresh_token: str) -> TokenReply:
        reply = await service.refresh(refresh_token)
        good_until[f"Bearer {reply.access_token}"] = loop.time() + reply.expires_in
        return reply

    async def handle(request: httpx.Request) -> httpx.Response:
        is_good = loop.time() < good_until[request.headers["authorization"]]
        return answer(200, {"mark": "ok"}) if is_good else answer(401)

    tokens = RefreshingTokens(FakeStore(), refresh, clock=clock)
    rules = CallRules(clock=clock, randomness=source)
    throttle = Throttle(FlightGate(), clock=clock)
    session = ApiSession(client(handle), BASE, tokens, throttle, rules=rules)
    signed_out = failed = 0
    while loop.time() < 8 * 3_600:
        off = timedelta(hours=source.choice([-24, -1, 0, 1, 24]))
        try:
            await session.fetch(get("/x"), DECODER)
        except SignInLost:
            signed_out += 1
        except ApiError:
            failed += 1
        await asyncio.sleep(source.uniform(1.0, 600.0))
    with suppress(SignInLost):
        await tokens.aclose()
    return signed_out, failed, len(service.calls)


@pytest.mark.bar
@pytest.mark.timeout(1_200)
def test_a_clock_a_day_off_signs_nobody_out(seed: int, count: Count, figure: Report) -> None:
    days, signed_out, failed, most = count(40, 500), 0, 0, 0
    for number in range(days):
        lost, broken, calls = run_virtual(_working_day(random.Random(seed + number)))
        assert (lost, broken) == (0, 0), f"seed {seed + number}"
        # A token lives 24 minutes before it is renewed: 8 hours need at most 20 of them.
        assert calls <= 20, f"seed {seed + number}: {calls} token calls"
        signed_out, failed, most = signed_out + lost, failed + broken, max(most, calls)
    figure("clock off by 24 h: needless sign-outs", f"{signed_out} in {days} days", 0)
    figure("clock off by 24 h: token calls in 8 hours", f"at most {most}", "<= 20")
