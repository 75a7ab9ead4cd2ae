"""One refresher, kept before used, blind to the wall clock."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from app.api.errors import (
    ConnectFailed,
    ConnectFault,
    ErrorDetails,
    GrantNotKept,
    LossFault,
    OAuthRefused,
    OutcomeUnknown,
    RateLimited,
    SignInLost,
    TokenUnavailable,
)
from app.api.grants import Grant, TokenReply
from app.api.tokens import RefreshingTokens
from tests.api.token_service import FakeStore, FakeTokenService
from tests.api.virtual_time import run_virtual, virtual_clock

LOST = OutcomeUnknown(LossFault.TIMEOUT)
DOWN = ConnectFailed(ConnectFault.NETWORK)


def tokens_of(
    service: FakeTokenService, store: FakeStore, initial: TokenReply | None = None
) -> RefreshingTokens:
    return RefreshingTokens(store, service.refresh, initial=initial, clock=virtual_clock())


def now() -> float:
    return asyncio.get_running_loop().time()


def run(work: Coroutine[Any, Any, None]) -> None:
    run_virtual(work)


def test_a_token_is_asked_for_once_and_renewed_at_four_fifths_of_its_life() -> None:
    async def work() -> None:
        service, store = FakeTokenService(), FakeStore()
        service.delay = 0.0
        tokens = tokens_of(service, store)
        assert await tokens.current() == "A1"
        await asyncio.sleep(1_439.0)
        assert await tokens.current() == "A1"
        await asyncio.sleep(1.0)
        assert await tokens.current() == "A2"
        assert service.calls == ["R1", "R1"]
        assert store.saved == []

    run(work())


def test_the_token_of_a_fresh_sign_in_is_used_first() -> None:
    async def work() -> None:
        service = FakeTokenService()
        tokens = tokens_of(service, FakeStore(), TokenReply("A0", 1_800.0))
        assert await tokens.current() == "A0"
        await asyncio.sleep(1_500.0)
        assert await tokens.current() == "A1"

    run(work())


def test_a_life_of_nothing_is_lengthened() -> None:
    async def work() -> None:
        service = FakeTokenService(expires_in=-5.0)
        service.delay = 0.0
        tokens = tokens_of(service, FakeStore())
        for _ in range(5):
            assert await tokens.current() == "A1"

    run(work())


def test_a_refused_token_is_renewed_once_for_everybody_who_used_it() -> None:
    async def work() -> None:
        service = FakeTokenService()
        tokens = tokens_of(service, FakeStore(), TokenReply("A0", 1_800.0))
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(tokens.renewed("A0")) for _ in range(20)]
        assert {task.result() for task in waiting} == {"A1"}
        assert await tokens.renewed("A0") == "A1"
        assert len(service.calls) == 1
        assert await tokens.renewed("A1") == "A2"

    run(work())


def test_a_new_refresh_token_is_kept_before_the_access_token_is_used() -> None:
    async def work() -> None:
        service, store = FakeTokenService(rotates=True), FakeStore()
        store.delay = 0.5
        tokens = tokens_of(service, store)
        assert await tokens.current() == "A1"
        assert now() == pytest.approx(0.5 + 0.2 + 0.5)
        assert store.saved == ["R2"]
        assert store.grant == Grant("R2", hub_id="7")

    run(work())


def test_a_grant_that_could_not_be_kept_is_not_lost_and_not_asked_for_again() -> None:
    async def work() -> None:
        service, store = FakeTokenService(rotates=True), FakeStore()
        tokens = tokens_of(service, store)
        store.is_broken = True
        for _ in range(3):
            with pytest.raises(TokenUnavailable) as refusal:
                await tokens.current()
            assert isinstance(refusal.value.problem, GrantNotKept)
        store.is_broken = False
        assert await tokens.current() == "A1"
        assert service.calls == ["R1"]
        assert store.saved == ["R2"]

    run(work())


def test_a_grant_kept_too_late_still_renews() -> None:
    async def work() -> None:
        service, store = FakeTokenService(rotates=True), FakeStore()
        tokens = tokens_of(service, store)
        store.is_broken = True
        with pytest.raises(TokenUnavailable):
            await tokens.current()
        await asyncio.sleep(2_000.0)
        store.is_broken = False
        assert await tokens.current() == "A2"
        assert service.calls == ["R1", "R2"]

    run(work())


@pytest.mark.parametrize("problem", [LOST, DOWN, OAuthRefused("temporarily_unavailable", ErrorDetails())])
def test_a_passing_failure_keeps_the_grant_and_the_token_that_is_still_good(
    problem: OutcomeUnknown,
) -> None:
    async def work() -> None:
        service, store = FakeTokenService(), FakeStore()
        tokens = tokens_of(service, store, TokenReply("A0", 1_000.0))
        service.failures = [problem, problem, problem]
        await asyncio.sleep(850.0)
        assert await tokens.current() == "A0"
        assert await tokens.current() == "A0"
        assert len(service.calls) == 1
        await asyncio.sleep(31.0)
        assert await tokens.current() == "A0"
        assert len(service.calls) == 2
        await asyncio.sleep(200.0)
        with pytest.raises(TokenUnavailable) as refusal:
            await tokens.current()
        assert refusal.value.problem is problem
        assert await tokens.current() == "A4"
        assert store.grant == Grant("R1", hub_id="7")

    run(work())


def test_a_refused_token_is_not_handed_out_again() -> None:
    async def work() -> None:
        service = FakeTokenService()
        tokens = tokens_of(service, FakeStore(), TokenReply("A0", 1_000.0))
        service.failures = [LOST, LOST]
        with pytest.raises(TokenUnavailable):
            await tokens.renewed("A0")
        with pytest.raises(TokenUnavailable):
            await tokens.current()

    run(work())


def test_a_token_that_is_refused_while_it_is_being_renewed_is_not_used_on() -> None:
    async def work() -> None:
        service = FakeTokenService()
        service.delay = 1.0
        tokens = tokens_of(service, FakeStore(), TokenReply("A0", 1_000.0))
        service.failures = [LOST]
        await asyncio.sleep(850.0)
        early = asyncio.ensure_future(tokens.current())
        await asyncio.sleep(0.5)
        refused = asyncio.ensure_future(tokens.renewed("A0"))
        await asyncio.wait({early, refused})
        assert isinstance(early.exception(), TokenUnavailable)
        assert isinstance(refused.exception(), TokenUnavailable)
        assert len(service.calls) == 1

    run(work())


def test_a_stated_pause_of_the_token_service_is_kept() -> None:
    async def work() -> None:
        service = FakeTokenService()
        tokens = tokens_of(service, FakeStore())
        service.failures = [RateLimited(ErrorDetails(status=429), retry_after=40.0)]
        with pytest.raises(TokenUnavailable):
            await tokens.current()
        await asyncio.sleep(10.0)
        with pytest.raises(TokenUnavailable) as refusal:
            await tokens.current()
        assert refusal.value.retry_after == pytest.approx(30.0)
        assert len(service.calls) == 1
        await asyncio.sleep(30.0)
        assert await tokens.current() == "A2"

    run(work())


def test_a_dead_grant_is_told_once_and_remembered() -> None:
    async def work() -> None:
        service = FakeTokenService()
        service.valid = "other"
        tokens = tokens_of(service, FakeStore())
        for _ in range(3):
            with pytest.raises(SignInLost) as refusal:
                await tokens.current()
            assert refusal.value.code == "invalid_grant"
        assert len(service.calls) == 1

    run(work())


@pytest.mark.parametrize("code", ["invalid_client", "unauthorized_client"])
def test_wrong_credentials_end_the_sign_in_until_they_are_right(code: str) -> None:
    async def work() -> None:
        service = FakeTokenService()
        service.failures = [OAuthRefused(code, ErrorDetails(status=401))]
        tokens = tokens_of(service, FakeStore())
        with pytest.raises(SignInLost) as refusal:
            await tokens.current()
        assert refusal.value.code == code
        assert refusal.value.status == 401
        assert await tokens.current() == "A2"

    run(work())


def test_a_sign_in_elsewhere_saves_a_grant_that_looks_dead() -> None:
    async def work() -> None:
        service, store = FakeTokenService(), FakeStore()
        service.valid = "R9"
        service.delay = 1.0
        tokens = tokens_of(service, store)
        waiting = asyncio.ensure_future(tokens.current())
        await asyncio.sleep(0.5)
        store.grant = Grant("R9")
        assert await waiting == "A2"
        assert service.calls == ["R1", "R9"]

    run(work())


@pytest.mark.parametrize("is_during_the_call", [False, True])
def test_a_signed_out_account_gets_no_token(is_during_the_call: bool) -> None:
    async def work() -> None:
        service, store = FakeTokenService(), FakeStore()
        service.valid = "other"
        tokens = tokens_of(service, store)
        if is_during_the_call:
            waiting = asyncio.ensure_future(tokens.current())
            await asyncio.sleep(0.1)
            store.grant = None
            with pytest.raises(SignInLost):
                await waiting
        else:
            store.grant = None
            with pytest.raises(SignInLost) as refusal:
                await tokens.current()
            assert refusal.value.code == "signed_out"

    run(work())


def test_closing_lets_a_rotating_refresh_be_kept_and_starts_none() -> None:
    async def work() -> None:
        service, store = FakeTokenService(rotates=True), FakeStore()
        tokens = tokens_of(service, store)
        waiting = asyncio.ensure_future(tokens.current())
        await asyncio.sleep(0.1)
        await tokens.aclose()
        assert store.saved == ["R2"]
        assert await waiting == "A1"
        with pytest.raises(SignInLost) as refusal:
            await tokens.renewed("A1")
        assert refusal.value.code == "signed_out"
        assert len(service.calls) == 1

    run(work())


def test_a_cancelled_caller_does_not_stop_the_refresh() -> None:
    async def work() -> None:
        service, store = FakeTokenService(rotates=True), FakeStore()
        tokens = tokens_of(service, store)
        first = asyncio.ensure_future(tokens.current())
        await asyncio.sleep(0.1)
        first.cancel()
        assert await tokens.current() == "A1"
        assert store.saved == ["R2"]
        assert service.calls == ["R1"]
        with pytest.raises(asyncio.CancelledError):
            await first

    run(work())


async def test_tokens_have_a_clock_of_their_own() -> None:
    service = FakeTokenService()
    service.delay = 0.0
    assert await RefreshingTokens(FakeStore(), service.refresh).current() == "A1"
