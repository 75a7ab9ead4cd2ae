"""The sources of time the layer reads, handed in so that tests can drive them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

_LONGEST_NAP = 30.0
_SHORTEST_NAP = 0.005


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """`monotonic` in seconds decides every wait; `utc_now` is only used where the wire names a date."""

    monotonic: Callable[[], float] = time.monotonic
    utc_now: Callable[[], datetime] = _utc_now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def sleep_until(self, instant: float) -> None:
        """Return once `monotonic()` has reached `instant`, never earlier.

        Sleeps in naps of at most 30 s, because timers are coarse and laptops are shut, and of at
        least 5 ms, because shorter ones spin on Qt's event loop.
        """
        while (left := instant - self.monotonic()) > 0:
            await self.sleep(min(max(left, _SHORTEST_NAP), _LONGEST_NAP))
