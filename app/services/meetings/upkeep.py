"""When this computer's copy of the meetings is brought up to date."""

import asyncio
from collections.abc import Awaitable, Callable

from app.domain.ports import Clock
from app.services.meetings.active import ActiveAccount
from app.services.meetings.sync import EVERY


class Upkeep:
    """Syncs at once, every five minutes, after a time offline, and with each account that becomes active."""

    def __init__(self, active: ActiveAccount, clock: Clock, sync: Callable[[], Awaitable[None]]) -> None:
        self._active = active
        self._clock = clock
        self._sync = sync
        self._is_wanted = asyncio.Event()
        active.when_regained(self._is_wanted.set)

    async def run(self) -> None:
        """Never returns."""
        if self._active.can_be_asked:
            self._is_wanted.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._sync_when_wanted())
            group.create_task(self._want_regularly())
            group.create_task(self._want_on_return())

    async def _sync_when_wanted(self) -> None:
        while True:
            await self._is_wanted.wait()
            self._is_wanted.clear()
            await self._sync()

    async def _want_regularly(self) -> None:
        while True:
            await self._clock.sleep(EVERY.total_seconds())
            if self._active.can_be_asked:
                self._is_wanted.set()

    async def _want_on_return(self) -> None:
        while True:
            await self._active.wait_for_return()
            self._is_wanted.set()
