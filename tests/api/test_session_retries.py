"""What is sent again, when, and what holds it back."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from app.api.errors import (
    ApiError,
    BreakerOpen,
    ConnectFailed,
    Delivery,
    OutcomeUnknown,
    RateLimited,
    ServerFailed,
)
from app.api.pacing import FlightGate
from app.api.request import post
from app.api.retry import RequestClass
from app.api.rules import CallRules
from app.api.session import ApiSession, FixedToken
from app.api.throttle import CallKind, Throttle
from app.api.urgency import Urgency
from tests.api.calling import BOOK, DECODER, GOOD, READ, REMOVE, Step, call
from tests.api.virtual_time import run_virtual, virtual_clock
from tests.api.wire import BASE, NoJitter, answer, client, script, session_on

BAD_STEPS: list[Callable[[], Step]] = [
    lambda: answer(429),
    lambda: answer(500),
    lambda: answer(502),
    lambda: answer(503),
    lambda: answer(504),
    lambda: answer(423),
    lambda: httpx.ReadTimeout("x"),
    lambda: httpx.ReadError("x"),
    lambda: answer(200, b"{"),
    lambda: answer(200, b"{", error=httpx.ReadError("x")),
    lambda: answer(200, b"<html>", content_type="text/html"),
    lambda: answer(200, {"b": 1}),
]


@pytest.mark.parametrize("bad", BAD_STEPS)
def test_a_read_is_tried_again(bad: Callable[[], Step]) -> None:
    found = call(READ, bad(), bad(), answer(200, GOOD))
    assert found.error is None
    assert len(found.seen) == 3


@pytest.mark.parametrize("bad", BAD_STEPS)
def test_a_booking_is_never_sent_twice(bad: Callable[[], Step]) -> None:
    found = call(BOOK, bad(), answer(200, GOOD))
    assert found.error is not None
    assert len(found.seen) == 1


def test_a_booking_that_never_left_is_sent_later() -> None:
    found = call(BOOK, httpx.ConnectError("x"), httpx.ConnectTimeout("x"), answer(200, GOOD))
    assert found.error is None
    assert len(found.seen) == 3


def test_a_booking_whose_answer_was_lost_is_unknown_even_after_a_failed_connection() -> None:
    found = call(BOOK, httpx.ConnectError("x"), httpx.ReadError("x"), answer(200, GOOD))
    assert isinstance(found.error, OutcomeUnknown)
    assert len(found.seen) == 2


def test_an_idempotent_write_is_tried_seven_times() -> None:
    unhurried = replace(REMOVE, urgency=Urgency.BACKGROUND)
    found = call(unhurried, *(answer(500) for _ in range(9)))
    assert isinstance(found.error, ServerFailed)
    assert found.times == [0.0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]
    assert len(call(REMOVE, *(answer(500) for _ in range(9))).seen) == 6


def test_an_earlier_try_that_may_have_acted_decides() -> None:
    found = call(REMOVE, httpx.ReadError("x"), *(httpx.ConnectError("x") for _ in range(9)))
    assert isinstance(found.error, OutcomeUnknown)
    assert found.error.delivery is Delivery.UNKNOWN


def test_the_retry_budget_ends_a_flood_of_retries() -> None:
    async def work() -> int:
        handler, seen = script(*(answer(404 if n % 2 else 500) for n in range(200)))
        session = session_on(handler)
        for _ in range(60):
            with pytest.raises(ApiError):
                await session.fetch(READ, DECODER)
        return len(seen)

    assert run_virtual(work()) <= 60 + 10 + 6


def test_after_many_failures_nothing_is_tried_for_a_while() -> None:
    async def work() -> None:
        handler, seen = script(*(httpx.ConnectError("x") for _ in range(10)), answer(200, GOOD))
        session = session_on(handler)
        for _ in range(2):
            with pytest.raises(ConnectFailed):
                await session.fetch(READ, DECODER)
        with pytest.raises(BreakerOpen):
            await session.fetch(READ, DECODER)
        assert len(seen) == 10
        await asyncio.sleep(5.0)
        assert (await session.fetch(READ, DECODER)).value.a == 5

    run_virtual(work())


def test_a_cancelled_try_lets_the_next_one_find_out() -> None:
    async def work() -> None:
        async def hang(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(5.0)
            return answer(404)

        handler, _ = script(*(httpx.ConnectError("x") for _ in range(10)), hang, answer(200, GOOD))
        session = session_on(handler)
        for _ in range(2):
            with pytest.raises(ConnectFailed):
                await session.fetch(READ, DECODER)
        await asyncio.sleep(5.0)
        background = replace(READ, urgency=Urgency.BACKGROUND)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1.0):
                await session.fetch(background, DECODER)
        assert (await session.fetch(background, DECODER)).value.a == 5

    run_virtual(work())


@pytest.mark.parametrize(
    ("headers", "body", "starts"),
    [
        ({"Retry-After": "7"}, b"", [0, 7.5]),
        ({"Retry-After": "Fri, 20 Nov 2026 09:00:09 GMT"}, b"", [0, 9.5]),
        ({}, {"policyName": "TEN_SECONDLY_ROLLING"}, [0, 10.5]),
        ({}, {"policyName": "SECONDLY"}, [0, 1.5]),
        ({}, b"", [0, 1.5]),
    ],
)
def test_a_rate_limit_is_sat_out(headers: dict[str, str], body: object, starts: list[float]) -> None:
    found = call(READ, answer(429, body, headers=headers), answer(200, GOOD))
    assert found.error is None
    assert found.times == starts


def test_a_long_pause_is_told_to_the_user_and_kept() -> None:
    async def work() -> None:
        handler, seen = script(answer(429, headers={"Retry-After": "40"}), answer(200, GOOD))
        session = session_on(handler)
        for _ in range(3):
            with pytest.raises(RateLimited) as refusal:
                await session.fetch(READ, DECODER)
            assert refusal.value.retry_after is not None
        assert len(seen) == 1
        background = replace(READ, urgency=Urgency.BACKGROUND)
        assert (await session.fetch(background, DECODER)).value.a == 5
        assert asyncio.get_running_loop().time() == 40.0

    run_virtual(work())


def test_a_stated_pause_holds_searches_too_and_a_guessed_one_does_not() -> None:
    search = post("/search", {}, request_class=RequestClass.SAFE, kind=CallKind.SEARCH)

    async def work(headers: dict[str, str]) -> float:
        handler, _ = script(answer(429, headers=headers), answer(200, GOOD))
        session = session_on(handler)
        with pytest.raises(RateLimited):
            await session.fetch(BOOK, DECODER)
        await session.fetch(search, DECODER)
        return asyncio.get_running_loop().time()

    assert run_virtual(work({"Retry-After": "6"})) == 6.0
    assert run_virtual(work({})) == 0.0


def test_an_overload_with_a_pause_is_a_refusal_and_holds_everything() -> None:
    async def work() -> None:
        handler, _ = script(answer(503, headers={"Retry-After": "6"}), answer(200, GOOD))
        session = session_on(handler)
        with pytest.raises(ServerFailed) as refusal:
            await session.fetch(BOOK, DECODER)
        assert refusal.value.delivery is Delivery.REFUSED
        await session.fetch(READ, DECODER)
        assert asyncio.get_running_loop().time() == 6.0

    run_virtual(work())


def test_a_low_counter_slows_the_background() -> None:
    low = {"X-HubSpot-RateLimit-Remaining": "0", "X-HubSpot-RateLimit-Interval-Milliseconds": "10000"}

    async def work() -> float:
        handler, _ = script(answer(200, GOOD, headers=low), answer(200, GOOD))
        session = session_on(handler)
        await session.fetch(READ, DECODER)
        await session.fetch(READ, DECODER)
        return asyncio.get_running_loop().time()

    assert run_virtual(work()) == 10.0


def test_every_account_has_its_own_token_and_pause() -> None:
    async def work() -> None:
        clock = virtual_clock()
        flights = FlightGate()
        handler, seen = script(answer(429, headers={"Retry-After": "600"}), answer(200, GOOD))
        http = client(handler)
        rules = CallRules(clock=clock, randomness=NoJitter())
        first, second = (
            ApiSession(http, BASE, FixedToken(name), Throttle(flights, clock=clock), rules=rules)
            for name in ("A", "B")
        )
        with pytest.raises(RateLimited):
            await first.fetch(READ, DECODER)
        await second.fetch(READ, DECODER)
        assert [each.headers["authorization"] for each in seen] == ["Bearer A", "Bearer B"]

    run_virtual(work())
