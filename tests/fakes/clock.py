"""Clocks that tests turn by hand."""

import asyncio
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
"""A Monday morning, 10:15 in Berlin."""


class ManualClock:
    """Stands still until `advance` is called; whoever sleeps wakes when the time has come."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []
        self.slept: list[float] = []

    def now(self) -> datetime:
        """The present UTC instant."""
        return self._now

    @property
    def sleepers(self) -> int:
        """How many coroutines sleep."""
        return len(self._sleepers)

    async def sleep(self, seconds: float) -> None:
        """Return once the clock was advanced by `seconds`."""
        self.slept.append(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        entry = (self._now + timedelta(seconds=seconds), asyncio.get_running_loop().create_future())
        self._sleepers.append(entry)
        try:
            await entry[1]
        finally:
            self._sleepers.remove(entry)

    def jump(self, now: datetime) -> None:
        """It is `now` at once, and nobody is woken: the computer slept, or its clock was set."""
        self._now = now

    async def advance(self, seconds: float) -> None:
        """Let the time pass, waking sleepers in their order, and let the loop settle after each."""
        end = self._now + timedelta(seconds=seconds)
        while due := [entry for entry in self._sleepers if entry[0] <= end and not entry[1].done()]:
            until, future = min(due, key=lambda entry: entry[0])
            self._now = max(self._now, until)
            future.set_result(None)
            await settle()
        self._now = end
        await settle()


class FastClock:
    """Passes the time by itself: a sleep ends at once and moves the clock."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now

    def now(self) -> datetime:
        """The present UTC instant."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Move the clock by `seconds`."""
        self._now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


async def settle(rounds: int = 40) -> None:
    """Let every task that can go on do so."""
    for _ in range(rounds):
        await asyncio.sleep(0)
