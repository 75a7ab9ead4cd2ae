"""Runs a piece of work once for everybody who asks for it while it runs."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Owns at most one task; cancelling somebody who waits for it does not cancel it."""

    def __init__(self) -> None:
        self._task: asyncio.Task[T] | None = None

    async def join(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The outcome of the running work, else of `work`, which starts now."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(work())
            self._task.add_done_callback(self._on_landed)
        return await asyncio.shield(self._task)

    async def aclose(self, grace: float = 1.0) -> None:
        """Let running work finish within `grace` seconds, then cancel it."""
        task = self._task
        if task is None:
            return
        await asyncio.wait({task}, timeout=grace)
        task.cancel()
        await asyncio.wait({task})

    def _on_landed(self, task: asyncio.Task[T]) -> None:
        self._task = None
        if not task.cancelled():
            task.exception()  # Seen, even when everybody who waited has been cancelled.
