"""One request at a time for the same thing: who asks meanwhile shares it, or waits for a turn."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Turns(Generic[K]):
    """The calls that are under way, by key. No task is started: every call runs in its caller."""

    def __init__(self) -> None:
        self._running: dict[K, asyncio.Future[bool]] = {}

    async def share(self, key: K, call: Callable[[], Awaitable[None]]) -> None:
        """Make the call, or wait for the one under way; where that one was cut short, make it after all."""
        while (running := self._running.get(key)) is not None:
            if await asyncio.shield(running):
                return
        await self._lead(key, call)

    async def alone(self, key: K, call: Callable[[], Awaitable[V]]) -> V:
        """Make the call after the one under way has ended."""
        while (running := self._running.get(key)) is not None:
            await asyncio.shield(running)
        return await self._lead(key, call)

    async def _lead(self, key: K, call: Callable[[], Awaitable[V]]) -> V:
        done = asyncio.get_running_loop().create_future()
        self._running[key] = done
        is_complete = False
        try:
            result = await call()
            is_complete = True
        finally:
            del self._running[key]
            done.set_result(is_complete)
        return result
