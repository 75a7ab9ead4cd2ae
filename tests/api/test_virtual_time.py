"""The loop the other tests trust."""

import asyncio

import pytest

from tests.api.virtual_time import DeadlockError, VirtualLoop, run_virtual, virtual_clock


def test_hours_pass_at_once_and_in_order() -> None:
    async def work() -> list[tuple[str, float]]:
        seen: list[tuple[str, float]] = []

        async def nap(name: str, seconds: float) -> None:
            await asyncio.sleep(seconds)
            seen.append((name, asyncio.get_running_loop().time()))

        async with asyncio.TaskGroup() as group:
            group.create_task(nap("late", 3600.0))
            group.create_task(nap("soon", 1.0))
        return seen

    assert run_virtual(work()) == [("soon", 1.0), ("late", 3600.0)]


def test_a_clock_sleeps_to_the_instant_in_short_naps() -> None:
    async def work() -> list[float]:
        clock, naps = virtual_clock(), []

        async def sleep(seconds: float) -> None:
            naps.append(seconds)
            await asyncio.sleep(seconds)

        from dataclasses import replace

        clock = replace(clock, sleep=sleep)
        await clock.sleep_until(65.0)
        await clock.sleep_until(1.0)
        await clock.sleep_until(65.001)
        return naps

    assert run_virtual(work()) == [30.0, 30.0, 5.0, 0.005]


def test_waiting_for_nothing_is_said_so() -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    with asyncio.Runner(loop_factory=VirtualLoop) as runner, pytest.raises(DeadlockError):
        runner.run(work())
