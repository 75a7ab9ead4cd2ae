"""Which token goes along with a call."""

import asyncio

import pytest

from app.api.errors import (
    Delivery,
    LossFault,
    OutcomeUnknown,
    SignInLost,
    TokenUnavailable,
    Unauthorized,
)
from app.api.pacing import FlightGate
from app.api.request import ApiRequest, post
from app.api.retry import RequestClass
from app.api.rules import CallRules
from app.api.session import ApiSession, FixedToken
from app.api.throttle import Throttle
from tests.api.calling import BOOK, DECODER, GOOD, READ, call
from tests.api.virtual_time import run_virtual, virtual_clock
from tests.api.wire import BASE, answer, client, script


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


def test_tokens_are_not_shown() -> None:
    assert "T1" not in repr(FixedToken("T1"))
    assert "secret" not in repr(post("/", {"a": "secret"}, request_class=RequestClass.SAFE))
