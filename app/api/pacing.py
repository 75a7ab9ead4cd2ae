"""Keeps calls within a rolling limit, and keeps few of them in flight at once."""

import asyncio
from bisect import bisect_right, insort
from collections import deque
from dataclasses import dataclass
from typing import Final

from app.api.clock import Clock
from app.api.urgency import Urgency

_LATEST: Final = 0.75


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` calls in any `seconds`; background calls leave `reserved` of them free."""

    limit: int
    seconds: float
    reserved: int = 0

    def limit_for(self, urgency: Urgency) -> int:
        """How many calls may be counted before a call of this urgency has to wait."""
        return self.limit - self.reserved if urgency is Urgency.BACKGROUND else self.limit


class RollingWindow:
    """Counts calls so that no rolling window at the service ever holds more than the limit.

    A leaky bucket lets nearly twice its rate through one window (a full burst, then the refill). So
    a call counts from the moment it takes its place until `rate.seconds` after its answer: whenever
    the service counted it in between, no window of that length there can see more than `rate.limit`.
    A call that was left without an answer may be counted even later, for which it is given `_LATEST`.
    """

    def __init__(self, rate: Rate, clock: Clock) -> None:
        self._rate = rate
        self._clock = clock
        self._open = 0
        self._counted_until: list[float] = []
        self._changed = asyncio.Event()

    async def take(self, urgency: Urgency) -> None:
        """Return once the call may start; it has then taken its place."""
        most = self._rate.limit_for(urgency)
        while self._counted() >= most:
            if self._counted_until:
                await self._clock.sleep_until(self._counted_until[0])
            else:
                await self._changed.wait()
        self._open += 1

    def give_back(self) -> None:
        """The call never started: its place is free at once."""
        self._open -= 1
        self._tell()

    def note_ended(self, *, is_answered: bool) -> None:
        """The call ended: the service has answered, or it was cancelled or lost."""
        self._open -= 1
        late = 0.0 if is_answered else _LATEST
        insort(self._counted_until, self._clock.monotonic() + late + self._rate.seconds)
        self._tell()

    def _counted(self) -> int:
        now = self._clock.monotonic()
        del self._counted_until[: bisect_right(self._counted_until, now)]
        return self._open + len(self._counted_until)

    def _tell(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class FlightGate:
    """Lets `size` calls be in flight at once, user-started ones first; one per process.

    Above eight at once httpx gets slower on Qt's event loop. Background calls leave `reserved`
    places free, so that the user never queues behind eight slow pages.
    """

    def __init__(self, size: int = 8, reserved: int = 2) -> None:
        self._most = {Urgency.USER: size, Urgency.BACKGROUND: size - reserved}
        self._waiting: dict[Urgency, deque[asyncio.Future[None]]] = {
            Urgency.USER: deque(),
            Urgency.BACKGROUND: deque(),
        }
        self._in_flight = 0

    async def enter(self, urgency: Urgency) -> None:
        """Return once a place is free; it is then taken. Safe to cancel."""
        place = asyncio.get_running_loop().create_future()
        self._waiting[urgency].append(place)
        self._hand_out()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """Give a place back."""
        self._in_flight -= 1
        self._hand_out()

    def _hand_out(self) -> None:
        for urgency, waiting in self._waiting.items():
            while waiting and self._in_flight < self._most[urgency]:
                place = waiting.popleft()
                if not place.done():
                    self._in_flight += 1
                    place.set_result(None)
