"""A call that is not given up lightly, because nobody would know whether it happened."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, Generic, TypeVar

from app.domain.ports import Clock
from app.domain.problems import Problem, Unknown

T = TypeVar("T")

GRACE: Final = 1.5
"""Seconds for which a cancelled call still waits for its answer; quitting may take 2."""


class Grace(Generic[T]):
    """Makes one call; a cancellation waits a little for the answer, and is told by `was_cut_short`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.was_cut_short = False

    async def run(self, call: Coroutine[Any, Any, T]) -> T | Problem:
        """The result or the problem; Unknown where the answer did not come in time."""
        async with asyncio.TaskGroup() as group:
            calling = group.create_task(_answer(call))
            try:
                await asyncio.wait({calling})
            except asyncio.CancelledError:
                self.was_cut_short = True
                grace = group.create_task(self._clock.sleep(GRACE))
                await asyncio.wait({calling, grace}, return_when=asyncio.FIRST_COMPLETED)
                grace.cancel()
                calling.cancel()
        return Unknown() if calling.cancelled() else calling.result()


async def _answer(call: Coroutine[Any, Any, T]) -> T | Problem:
    try:
        return await call
    except Problem as problem:
        return problem
