"""The way of a call: address, body, meaning of the answer, places given back."""

import asyncio
import threading
from dataclasses import replace
from datetime import UTC

import httpx
import pytest

from app.api.clock import Clock
from app.api.decoding import Decoded, Decoder, WireId
from app.api.errors import (
    BadReply,
    Delivery,
    Invalid,
    NotFound,
    ReplyFault,
)
from app.api.pacing import FlightGate
from app.api.request import delete, get, patch, post, put
from app.api.retry import RequestClass
from app.api.rules import Patience
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from app.api.urgency import Urgency
from tests.api.calling import BOOK, DECODER, GOOD, READ, REMOVE, Payload, call
from tests.api.virtual_time import run_virtual
from tests.api.wire import BASE, answer, client, json_of, script, session_on


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


def test_an_unknown_thing_is_told_at_once() -> None:
    found = call(READ, answer(404, {"message": "no such slug"}))
    assert isinstance(found.error, NotFound)
    assert len(found.seen) == 1


async def test_the_default_rules_use_the_real_clock() -> None:
    handler, _ = script(answer(200, GOOD))
    session = ApiSession(client(handler), BASE, FixedToken("T"), Throttle(FlightGate()))
    assert (await session.fetch(READ, DECODER)).value.a == 5
    assert Clock().utc_now().tzinfo is UTC
    assert Patience().of(Urgency.BACKGROUND) > Patience().of(Urgency.USER)
