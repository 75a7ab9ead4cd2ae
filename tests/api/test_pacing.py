"""Rolling limits and places in flight."""

import asyncio
import random

import pytest

from app.api.pacing import FlightGate, Rate, RollingWindow
from app.api.urgency import Urgency
from tests.api.virtual_time import run_virtual, virtual_clock

USER, BACKGROUND = Urgency.USER, Urgency.BACKGROUND


def most_in_a_window(times: list[float], seconds: float) -> int:
    """The largest number of instants that any window of this length holds."""
    ordered = sorted(times)
    return max(sum(start <= each < start + seconds for each in ordered) for start in ordered)


@pytest.mark.parametrize("seed_of_run", range(20))
def test_no_window_at_the_service_sees_more_than_the_limit(seed_of_run: int) -> None:
    source = random.Random(seed_of_run)

    async def work() -> list[float]:
        clock, counted = virtual_clock(), []
        window = RollingWindow(Rate(limit=5, seconds=1.0), clock)

        async def call() -> None:
            await asyncio.sleep(source.uniform(0.0, 5.0))
            await window.take(USER)
            await asyncio.sleep(source.uniform(0.0, 0.4))
            counted.append(clock.monotonic())
            await asyncio.sleep(source.uniform(0.0, 0.4))
            window.note_ended(is_answered=True)

        async with asyncio.TaskGroup() as group:
            for _ in range(60):
                group.create_task(call())
        return counted

    counted = run_virtual(work())
    assert len(counted) == 60
    assert most_in_a_window(counted, 1.0) <= 5


def test_a_burst_goes_at_once_and_the_next_one_a_window_later() -> None:
    async def work() -> list[float]:
        clock, started = virtual_clock(), []
        window = RollingWindow(Rate(limit=4, seconds=1.0), clock)
        for _ in range(9):
            await window.take(USER)
            started.append(clock.monotonic())
            window.note_ended(is_answered=True)
        return started

    assert run_virtual(work()) == [0, 0, 0, 0, 1, 1, 1, 1, 2]


def test_background_calls_leave_room_for_the_user() -> None:
    async def work() -> list[str]:
        window = RollingWindow(Rate(limit=3, seconds=1.0, reserved=2), virtual_clock())
        order: list[str] = []

        async def call(name: str, urgency: Urgency) -> None:
            await window.take(urgency)
            order.append(name)
            window.note_ended(is_answered=True)

        async with asyncio.TaskGroup() as group:
            group.create_task(call("b1", BACKGROUND))
            group.create_task(call("b2", BACKGROUND))
            group.create_task(call("u1", USER))
            group.create_task(call("u2", USER))
        return order

    assert run_virtual(work()) == ["b1", "u1", "u2", "b2"]


def test_a_call_without_an_answer_may_be_counted_late() -> None:
    async def work() -> list[float]:
        clock, started = virtual_clock(), []
        window = RollingWindow(Rate(limit=2, seconds=1.0), clock)
        for is_answered in (False, True, True, True):
            await window.take(USER)
            started.append(clock.monotonic())
            window.note_ended(is_answered=is_answered)
        return started

    assert run_virtual(work()) == [0.0, 0.0, 1.0, 1.75]


def test_a_place_that_was_not_used_is_free_at_once() -> None:
    async def work() -> float:
        clock = virtual_clock()
        window = RollingWindow(Rate(limit=1, seconds=100.0), clock)
        await window.take(USER)

        async def give_back() -> None:
            await asyncio.sleep(3.0)
            window.give_back()

        async with asyncio.TaskGroup() as group:
            group.create_task(give_back())
            await window.take(USER)
        return clock.monotonic()

    assert run_virtual(work()) == 3.0


def test_at_most_eight_are_in_flight_and_six_of_them_in_the_background() -> None:
    async def work() -> tuple[int, int]:
        gate, highest, now = FlightGate(), {USER: 0, BACKGROUND: 0}, {USER: 0, BACKGROUND: 0}

        async def call(urgency: Urgency) -> None:
            await gate.enter(urgency)
            now[urgency] += 1
            highest[urgency] = max(highest[urgency], sum(now.values()))
            await asyncio.sleep(1.0)
            now[urgency] -= 1
            gate.leave()

        async with asyncio.TaskGroup() as group:
            for _ in range(20):
                group.create_task(call(BACKGROUND))
            for _ in range(20):
                group.create_task(call(USER))
        return highest[USER], highest[BACKGROUND]

    assert run_virtual(work()) == (8, 6)


def test_the_user_goes_first() -> None:
    async def work() -> list[str]:
        gate, order = FlightGate(size=1, reserved=0), []
        await gate.enter(USER)

        async def call(name: str, urgency: Urgency) -> None:
            await gate.enter(urgency)
            order.append(name)
            gate.leave()

        async with asyncio.TaskGroup() as group:
            group.create_task(call("b", BACKGROUND))
            group.create_task(call("u", USER))
            await asyncio.sleep(1.0)
            gate.leave()
        return order

    assert run_virtual(work()) == ["u", "b"]


@pytest.mark.parametrize("is_handed_over", [False, True])
def test_a_cancelled_waiter_keeps_no_place(is_handed_over: bool) -> None:
    async def work() -> None:
        gate = FlightGate(size=1, reserved=0)
        await gate.enter(USER)
        waiter = asyncio.ensure_future(gate.enter(USER))
        await asyncio.sleep(0.1)
        if is_handed_over:
            gate.leave()
            waiter.cancel()
        else:
            waiter.cancel()
            await asyncio.sleep(0.1)
            gate.leave()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        await gate.enter(USER)

    run_virtual(work())
