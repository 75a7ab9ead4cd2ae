"""The clock of the app and of the sandbox on a chosen day: it runs, and a test may push it on."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 7, 40, tzinfo=UTC)
"""A Monday, 8:40 in Berlin; the week after it crosses into December."""

_LONGEST_NAP_S = 30.0


class JourneyClock:
    """Fulfils `Clock`. Time passes by itself from `START`; `push` lets more of it pass at once."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._origin = time.monotonic()
        self._pushed = timedelta()
        self._asked: list[float] = []
        self._wakers: set[asyncio.Future[None]] = set()

    def now(self) -> datetime:
        """The present UTC instant."""
        return self._start + self._pushed + timedelta(seconds=time.monotonic() - self._origin)

    def is_waited_for(self, seconds: float) -> bool:
        """Whether somebody sleeps who asked for just so many seconds."""
        return seconds in self._asked

    async def sleep(self, seconds: float) -> None:
        """Return once `seconds` have passed or were pushed."""
        until = self.now() + timedelta(seconds=seconds)
        self._asked.append(seconds)
        try:
            await self._sleep_until(until)
        finally:
            self._asked.remove(seconds)

    def push(self, seconds: float) -> None:
        """Let `seconds` pass at once; whoever sleeps looks at the clock again."""
        self._pushed += timedelta(seconds=seconds)
        for waker in self._wakers:
            if not waker.done():
                waker.set_result(None)

    async def _sleep_until(self, until: datetime) -> None:
        await asyncio.sleep(0)
        while (left := (until - self.now()).total_seconds()) > 0:
            waker = asyncio.get_running_loop().create_future()
            self._wakers.add(waker)
            try:
                await asyncio.wait({waker}, timeout=min(left, _LONGEST_NAP_S))
            finally:
                self._wakers.discard(waker)
