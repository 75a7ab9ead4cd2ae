"""What calls tell about the connection."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TypeVar

import pytest

from app.domain.ports import LinkPage
from app.domain.problems import (
    Gone,
    NotAllowed,
    Offline,
    Problem,
    ServiceBroken,
    SignInNeeded,
    SlowDown,
    StorageFailed,
    StorageTrouble,
    Unknown,
)
from app.services.connectivity import ConnectionState, OfflineSince, Online, PausedUntil, close_pages
from tests.fakes.clock import NOW, ManualClock, settle
from tests.services.world import World

T = TypeVar("T")
SINCE = OfflineSince(NOW)


async def answer(value: T) -> T:
    return value


async def refuse(problem: Problem) -> None:
    raise problem


async def watch(world: World, problem: Problem) -> None:
    with pytest.raises(type(problem)):
        await world.connectivity.watch(refuse(problem))


def state_of(world: World) -> ConnectionState:
    return world.connectivity.state.value


@pytest.mark.parametrize(
    ("problem", "online", "offline"),
    [
        (Offline(), SINCE, SINCE),
        (SlowDown(NOW + timedelta(seconds=9)), PausedUntil(NOW + timedelta(seconds=9)), None),
        (Gone("link"), Online(), Online()),
        (ServiceBroken(), Online(), Online()),
        (NotAllowed(()), Online(), Online()),
        (Unknown(), Online(), SINCE),
        (StorageFailed(StorageTrouble.FULL, "x"), Online(), SINCE),
        (SignInNeeded(""), Online(), SINCE),
    ],
)
async def test_what_a_problem_says(
    problem: Problem, online: ConnectionState, offline: ConnectionState | None
) -> None:
    world = await World().start()
    await watch(world, problem)
    assert state_of(world) == online
    world = await World().start()
    await watch(world, Offline())
    await watch(world, problem)
    assert state_of(world) == (offline or online)


async def test_an_answer_ends_being_offline_and_no_pause() -> None:
    world = await World().start()
    await watch(world, Offline())
    assert await world.connectivity.watch(answer(7)) == 7
    assert state_of(world) == Online()
    await watch(world, SlowDown(NOW + timedelta(seconds=9)))
    await world.connectivity.watch(answer(7))
    assert state_of(world) == PausedUntil(NOW + timedelta(seconds=9))


async def test_being_offline_counts_from_the_first_failure() -> None:
    clock = ManualClock()
    world = await World(clock).start()
    await watch(world, Offline())
    await clock.advance(60)
    await watch(world, Offline())
    assert state_of(world) == SINCE


async def test_a_lost_grant_is_reported() -> None:
    world = await World().start()
    await watch(world, SignInNeeded(world.account_id))
    assert world.accounts.state.value.is_lost


@pytest.mark.parametrize(
    ("problem", "is_answered"),
    [(None, True), (Offline(), False), (Unknown(), False), (SignInNeeded(""), False), (NotAllowed(()), True)],
)
async def test_a_probe_is_one_safe_call(problem: Problem | None, is_answered: bool) -> None:
    world = await World().start()
    world.crm.links.answer = [LinkPage((), 0), LinkPage((), 0)]
    world.crm.links.fail("pages", problem)
    assert await world.connectivity.probe() == is_answered
    assert world.crm.links.count("pages") == 1
    assert world.crm.links.open_iterators == 0


async def test_nobody_signed_in_means_nothing_to_probe() -> None:
    world = await World(accounts=()).start()
    assert not await world.connectivity.probe()


async def test_a_page_iterator_that_is_no_generator_needs_no_closing() -> None:
    class Pages:
        def __aiter__(self) -> AsyncIterator[LinkPage]:
            return self

        async def __anext__(self) -> LinkPage:
            raise StopAsyncIteration

    await close_pages(Pages())


async def test_run_asks_again_with_growing_waits_until_it_is_answered() -> None:
    clock = ManualClock()
    world = await World(clock).start()
    links = world.crm.links
    links.answer = [LinkPage((), 0)]
    async with asyncio.TaskGroup() as group:
        running = group.create_task(world.connectivity.run())
        await settle()
        assert clock.slept == []
        links.fail_always("pages", Offline())
        assert not await world.connectivity.probe()
        for _ in range(9):
            await settle()
            await clock.advance(60)
        assert isinstance(state_of(world), OfflineSince)
        links.fail_always("pages", None)
        await clock.advance(60)
        assert state_of(world) == Online()
        probes, waits = links.count("pages"), list(clock.slept)
        await clock.advance(600)
        assert links.count("pages") == probes
        running.cancel()
    ceilings = [2.0, 4.0, 8.0, 16.0, 32.0] + [60.0] * len(waits)
    assert all(ceiling / 2 <= wait <= ceiling for wait, ceiling in zip(waits, ceilings, strict=False))
    assert len(set(waits)) == len(waits)


async def test_run_does_not_ask_when_another_call_has_come_through() -> None:
    clock = ManualClock()
    world = await World(clock).start()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(world.connectivity.run())
        await watch(world, Offline())
        await settle()
        await world.connectivity.watch(answer(1))
        await clock.advance(60)
        assert world.crm.links.count("pages") == 0
        assert state_of(world) == Online()
        running.cancel()


async def test_run_ends_a_pause_on_time_however_long() -> None:
    clock = ManualClock()
    world = await World(clock).start()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(world.connectivity.run())
        await watch(world, SlowDown(NOW + timedelta(seconds=45)))
        await settle()
        await clock.advance(44)
        assert state_of(world) == PausedUntil(NOW + timedelta(seconds=45))
        await clock.advance(1)
        assert state_of(world) == Online()
        assert max(clock.slept) <= 30
        running.cancel()


async def test_a_return_is_told_to_all_who_wait_and_once() -> None:
    world = await World().start()
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(world.connectivity.wait_for_return()) for _ in range(3)]
        await settle()
        waiting[0].cancel()
        await world.connectivity.watch(answer(1))
        await settle()
        assert not waiting[1].done()
        await watch(world, Offline())
        await world.connectivity.watch(answer(1))
        await watch(world, Offline())
        await world.connectivity.watch(answer(1))
    assert all(one.done() for one in waiting)
