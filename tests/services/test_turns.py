"""One call at a time for the same thing."""

import asyncio

import pytest

from app.services.turns import Turns
from tests.fakes.clock import settle


class Call:
    """Counts its runs; each one waits for `gate`."""

    def __init__(self) -> None:
        self.runs = 0
        self.gate = asyncio.Event()
        self.error: Exception | None = None

    async def __call__(self) -> None:
        self.runs += 1
        await self.gate.wait()
        if self.error:
            error, self.error = self.error, None
            raise error


async def test_who_comes_meanwhile_shares_the_call() -> None:
    turns, call = Turns[str](), Call()
    async with asyncio.TaskGroup() as group:
        for key in ("a", "a", "a", "b"):
            group.create_task(turns.share(key, call))
        await settle()
        assert call.runs == 2
        call.gate.set()
    await turns.share("a", call)
    assert call.runs == 3


@pytest.mark.parametrize("joined", [1, 3])
async def test_a_call_that_was_cut_short_is_taken_over_once(joined: int) -> None:
    turns, call = Turns[str](), Call()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(turns.share("a", call))
        await settle()
        others = [group.create_task(turns.share("a", call)) for _ in range(joined)]
        await settle()
        first.cancel()
        await settle()
        assert call.runs == 2
        call.gate.set()
    assert all(other.done() and not other.cancelled() for other in others)
    assert call.runs == 2


async def test_a_call_that_failed_is_made_by_the_next() -> None:
    turns, call = Turns[str](), Call()
    call.error = ValueError("broken")

    async def expect_error() -> None:
        with pytest.raises(ValueError, match="broken"):
            await turns.share("a", call)

    async with asyncio.TaskGroup() as group:
        group.create_task(expect_error())
        await settle()
        group.create_task(turns.share("a", call))
        await settle()
        call.gate.set()
    assert call.runs == 2


async def test_leaving_does_not_disturb_the_call_one_waits_for() -> None:
    turns, call = Turns[str](), Call()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(turns.share("a", call))
        await settle()
        second = group.create_task(turns.share("a", call))
        await settle()
        second.cancel()
        await settle()
        assert second.cancelled()
        assert not first.done()
        call.gate.set()
    assert call.runs == 1


async def test_alone_waits_for_its_turn_and_then_calls_anew() -> None:
    turns, call = Turns[str](), Call()
    seen: list[str] = []

    async def own() -> str:
        seen.append("own")
        return "answer"

    async with asyncio.TaskGroup() as group:
        group.create_task(turns.share("a", call))
        await settle()
        alone = group.create_task(turns.alone("a", own))
        await settle()
        assert seen == []
        call.gate.set()
    assert await alone == "answer"
