"""The way of a call: token, pace, retry, meaning."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC

import httpx
import msgspec
import pytest

from app.api.clock import Clock
from app.api.decoding import Decoded, Decoder, WireId
from app.api.errors import (
    ApiError,
    BadReply,
    BreakerOpen,
    ConnectFailed,
    Delivery,
    Invalid,
    LossFault,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    ReplyFault,
    ServerFailed,
    SignInLost,
    TokenUnavailable,
    Unauthorized,
)
from app.api.pacing import FlightGate
from app.api.request import ApiRequest, delete, get, patch, post, put
from app.api.retry import RequestClass
from app.api.rules import CallRules, Patience
from app.api.session import ApiSession, FixedToken
from app.api.throttle import CallKind, Throttle
from app.api.urgency import Urgency
from tests.api.virtual_time import run_virtual, virtual_clock
from tests.api.wire import BASE, Handler, NoJitter, answer, client, json_of, script, session_on


class Payload(msgspec.Struct):
    a: int


DECODER = Decoder(Payload)
READ = get("/thing")
BOOK = post("/book", {"x": 1}, request_class=RequestClass.AMBIGUOUS)
REMOVE = delete("/thing/1")
GOOD = {"a": 5}
Step = httpx.Response | Exception | Handler


@dataclass
class Outcome:
    """What became of a call: its result or error, the requests, and when each was sent."""

    result: object = None
    error: ApiError | None = None
    seen: list[httpx.Request] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def call(request: ApiRequest, *steps: Step, tokens: object = None) -> Outcome:
    """Send one request to a scripted service in virtual time."""

    async def work() -> Outcome:
        handler, seen = script(*steps)
        outcome = Outcome(seen=seen)

        async def timed(each: httpx.Request) -> httpx.Response:
            outcome.times.append(asyncio.get_running_loop().time())
            return await handler(each)

        session = session_on(timed, tokens=tokens)  # type: ignore[arg-type]
        try:
            outcome.result = await session.fetch(request, DECODER)
        except ApiError as error:
            outcome.error = error
        return outcome

    return run_virtual(work())


def test_a_call_carries_its_token_to_the_exact_host() -> None:
    found = call(replace(READ, query=(("timezone", "America/New_York"),)), answer(200, GOOD))
    assert found.result is not None
    request = found.seen[0]
    assert request.headers["authorization"] == "Bearer T1"
    assert str(request.url) == f"{BASE}/thing?timezone=America%2FNew_York"
    assert "content-type" not in request.headers


def test_a_body_is_json() -> None:
    request = call(BOOK, answer(200, GOOD)).seen[0]
    assert request.headers["content-type"] == "application/json"
    assert json_of(request) == {"x": 1}


def test_writes_say_how_dear_they_are() -> None:
    assert put("/a").body is None
    assert put("/a", [1]).body == b"[1]"
    found = [put("/a"), patch("/a", {}), delete("/a")]
    assert [(each.method, each.request_class) for each in found] == [
        ("PUT", RequestClass.IDEMPOTENT),
        ("PATCH", RequestClass.IDEMPOTENT),
        ("DELETE", RequestClass.IDEMPOTENT),
    ]


def test_ids_that_came_off_the_wire_can_be_sent_back() -> None:
    ids = {"inputs": [{"id": WireId("7")}]}
    for request in (post("/a", ids, request_class=RequestClass.SAFE), put("/a", ids), patch("/a", ids)):
        assert request.body == b'{"inputs":[{"id":"7"}]}'
    with pytest.raises(TypeError, match="object"):
        put("/a", [object()])


def test_an_address_that_is_no_api_is_refused() -> None:
    async def work() -> None:
        throttle = Throttle(FlightGate())
        with pytest.raises(ValueError, match="https"):
            ApiSession(client(script()[0]), "http://evil.test", FixedToken("T"), throttle)

    run_virtual(work())


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


def test_a_spoilt_success_keeps_its_correlation_id() -> None:
    headers = {"X-HubSpot-Correlation-Id": "c-9"}
    for bad in (answer(200, b"{", headers=headers), answer(201, b"x", headers=headers, content_type="a/b")):
        error = call(BOOK, bad).error
        assert isinstance(error, BadReply)
        assert error.correlation_id == "c-9"
        assert error.delivery is Delivery.UNKNOWN


def test_a_redirect_is_not_followed() -> None:
    found = call(READ, answer(302, headers={"Location": f"{BASE}/other"}))
    assert isinstance(found.error, BadReply)
    assert found.error.fault is ReplyFault.REDIRECT
    assert len(found.seen) == 1


async def test_a_large_answer_is_read_off_the_loops_thread() -> None:
    threads: list[str] = []

    class Noting(Decoder[Payload]):
        def decode(self, body: bytes) -> Decoded[Payload]:
            threads.append(threading.current_thread().name)
            return super().decode(body)

    large = b'{"a": 5, "pad": "' + b"x" * (1024 * 1024) + b'"}'
    handler, _ = script(answer(200, GOOD), answer(200, large), answer(200, large[:-1]))
    session = session_on(handler, clock=Clock())
    decoder = Noting(Payload)
    for _ in range(2):
        assert (await session.fetch(READ, decoder)).value.a == 5
    with pytest.raises(BadReply):
        await session.fetch(BOOK, decoder)
    assert [name == threading.current_thread().name for name in threads] == [True, False, False]


def test_an_answer_may_have_no_body() -> None:
    async def work() -> int:
        handler, _ = script(answer(204, b"", content_type=""))
        return (await session_on(handler).send(REMOVE)).status

    assert run_virtual(work()) == 204


def test_an_endless_address_is_refused_here() -> None:
    found = call(get("/" + "x" * 9_000))
    assert isinstance(found.error, Invalid)
    assert found.error.status == 414
    assert found.seen == []


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


class Tokens:
    """Hands out T1, and T2 once T1 was rejected."""

    def __init__(self) -> None:
        self.rejected: list[str] = []

    async def current(self) -> str:
        return f"T{len(self.rejected) + 1}"

    async def renewed(self, rejected: str) -> str:
        self.rejected.append(rejected)
        return f"T{len(self.rejected) + 1}"


@pytest.mark.parametrize("request_", [READ, BOOK])
def test_a_refused_token_is_renewed_once_and_the_call_repeated_once(request_: ApiRequest) -> None:
    tokens = Tokens()
    found = call(request_, answer(401), answer(200, GOOD), tokens=tokens)
    assert found.error is None
    assert tokens.rejected == ["T1"]
    assert [each.headers["authorization"] for each in found.seen] == ["Bearer T1", "Bearer T2"]


def test_a_second_refusal_is_final() -> None:
    tokens = Tokens()
    found = call(READ, answer(401), answer(401), tokens=tokens)
    assert isinstance(found.error, Unauthorized)
    assert tokens.rejected == ["T1"]
    assert len(found.seen) == 2


def test_a_fixed_token_has_no_successor() -> None:
    found = call(READ, answer(401))
    assert isinstance(found.error, SignInLost)
    assert len(found.seen) == 1


class NoToken:
    """The token service is down for a while."""

    def __init__(self, failures: int) -> None:
        self.left = failures

    async def current(self) -> str:
        self.left -= 1
        if self.left >= 0:
            raise TokenUnavailable(OutcomeUnknown(LossFault.TIMEOUT))
        return "T"

    async def renewed(self, rejected: str) -> str:
        raise AssertionError


def test_a_booking_without_a_token_was_not_sent() -> None:
    found = call(BOOK, tokens=NoToken(9))
    assert isinstance(found.error, TokenUnavailable)
    assert found.error.delivery is Delivery.REFUSED
    assert found.seen == []
    assert call(BOOK, answer(200, GOOD), tokens=NoToken(2)).error is None


class PausingTokens:
    """Begins a pause just before the token is read the second time."""

    def __init__(self, throttle: Throttle) -> None:
        self._throttle = throttle
        self._reads = 0

    async def current(self) -> str:
        self._reads += 1
        if self._reads == 2:
            self._throttle.pause(9.0)
        return "T"

    async def renewed(self, rejected: str) -> str:
        raise AssertionError


def test_a_pause_that_begins_with_the_token_in_hand_holds_too() -> None:
    async def work() -> float:
        clock = virtual_clock()
        throttle = Throttle(FlightGate(), clock=clock)
        handler, _ = script(answer(200, GOOD))
        rules = CallRules(clock=clock)
        session = ApiSession(client(handler), BASE, PausingTokens(throttle), throttle, rules=rules)
        await session.fetch(READ, DECODER)
        return asyncio.get_running_loop().time()

    assert run_virtual(work()) == 9.0


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


def test_a_cancelled_call_gives_its_places_back() -> None:
    async def work() -> None:
        async def hang(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(5.0)
            return answer(404)

        handler, seen = script(*[hang] * 12, answer(200, GOOD))
        session = session_on(handler)
        for _ in range(12):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(1.0):
                    await session.fetch(READ, DECODER)
        assert (await session.fetch(READ, DECODER)).value.a == 5
        assert len(seen) == 13

    run_virtual(work())


def test_the_retry_budget_ends_a_flood_of_retries() -> None:
    async def work() -> int:
        handler, seen = script(*(answer(404 if n % 2 else 500) for n in range(200)))
        session = session_on(handler)
        for _ in range(60):
            with pytest.raises(ApiError):
                await session.fetch(READ, DECODER)
        return len(seen)

    assert run_virtual(work()) <= 60 + 10 + 6


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


def test_an_unknown_thing_is_told_at_once() -> None:
    found = call(READ, answer(404, {"message": "no such slug"}))
    assert isinstance(found.error, NotFound)
    assert len(found.seen) == 1


def test_tokens_are_not_shown() -> None:
    assert "T1" not in repr(FixedToken("T1"))
    assert "secret" not in repr(post("/", {"a": "secret"}, request_class=RequestClass.SAFE))


async def test_the_default_rules_use_the_real_clock() -> None:
    handler, _ = script(answer(200, GOOD))
    session = ApiSession(client(handler), BASE, FixedToken("T"), Throttle(FlightGate()))
    assert (await session.fetch(READ, DECODER)).value.a == 5
    assert Clock().utc_now().tzinfo is UTC
    assert Patience().of(Urgency.BACKGROUND) > Patience().of(Urgency.USER)
