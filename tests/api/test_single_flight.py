"""One piece of work for everybody who asks while it runs."""

import asyncio

import pytest

from app.api.single_flight import SingleFlight
from tests.api.virtual_time import run_virtual


class Work:
    """Counts its runs; each takes a second."""

    def __init__(self, error: Exception | None = None) -> None:
        self.runs = 0
        self.ended = 0
        self._error = error

    async def __call__(self) -> int:
        self.runs += 1
        await asyncio.sleep(1.0)
        self.ended += 1
        if self._error is not None:
            raise self._error
        return self.runs


def test_everybody_gets_the_same_outcome_and_later_ones_a_new_run() -> None:
    async def work() -> tuple[list[int], int]:
        flight: SingleFlight[int] = SingleFlight()
        once = Work()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(flight.join(once)) for _ in range(10)]
        return [task.result() for task in tasks], await flight.join(once)

    assert run_virtual(work()) == ([1] * 10, 2)


def test_a_failure_is_everybodys_and_nobody_has_to_look() -> None:
    async def work() -> None:
        flight: SingleFlight[int] = SingleFlight()
        once = Work(KeyError("x"))
        tasks = [asyncio.ensure_future(flight.join(once)) for _ in range(3)]
        await asyncio.sleep(0.5)
        tasks[0].cancel()
        await asyncio.wait(tasks)
        assert tasks[0].cancelled()
        assert [type(task.exception()) for task in tasks[1:]] == [KeyError, KeyError]
        alone = asyncio.ensure_future(flight.join(once))
        await asyncio.sleep(0.5)
        alone.cancel()
        await asyncio.sleep(1.0)
        assert (once.runs, once.ended) == (2, 2)

    run_virtual(work())


def test_a_cancelled_waiter_does_not_cancel_the_work() -> None:
    async def work() -> int:
        flight: SingleFlight[int] = SingleFlight()
        once = Work()
        first = asyncio.ensure_future(flight.join(once))
        await asyncio.sleep(0.5)
        second = asyncio.ensure_future(flight.join(once))
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert run_virtual(work()) == 1


@pytest.mark.parametrize(("grace", "ended"), [(2.0, 1), (0.2, 0)])
def test_closing_waits_for_a_while_and_then_cancels(grace: float, ended: int) -> None:
    async def work() -> tuple[int, bool]:
        flight: SingleFlight[int] = SingleFlight()
        once = Work()
        waiter = asyncio.ensure_future(flight.join(once))
        await asyncio.sleep(0.1)
        await flight.aclose(grace)
        await asyncio.wait({waiter})
        await flight.aclose()
        return once.ended, waiter.cancelled()

    assert run_virtual(work()) == (ended, not ended)
