"""Decides when a call of one account may start: pauses, rate limits, and places in flight.

HubSpot reference section 3 (rate limits): 110 calls per 10 s for each account, search apart with 5 per
second. Kept with a margin, because other computers of the same customer share the account's limit.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.api.clock import Clock
from app.api.errors import ApiError, RateLimited
from app.api.pacing import FlightGate, Rate, RollingWindow
from app.api.urgency import Urgency


class CallKind(StrEnum):
    """Which of the service's counters a call runs on."""

    GENERAL = "general"
    SEARCH = "search"


HUBSPOT_RATES: Final[Mapping[CallKind, Rate]] = MappingProxyType(
    {
        CallKind.GENERAL: Rate(limit=100, seconds=10.0, reserved=20),
        CallKind.SEARCH: Rate(limit=4, seconds=1.0, reserved=1),
    }
)
_NEARLY_EMPTY: Final = 10
_LONGEST_INTERVAL: Final = 60.0


class Throttle:
    """The admission of one account's calls; `flights` is shared by all accounts of the process."""

    def __init__(
        self,
        flights: FlightGate,
        *,
        rates: Mapping[CallKind, Rate] = HUBSPOT_RATES,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or Clock()
        self._flights = flights
        self._windows = {kind: RollingWindow(rate, self._clock) for kind, rate in rates.items()}
        # One waiter of each kind and urgency at a time: at most one place is taken ahead of its call.
        self._turns = {(kind, urgency): asyncio.Lock() for kind in rates for urgency in Urgency}
        self._paused_until = dict.fromkeys(self._turns, 0.0)

    @asynccontextmanager
    async def admit(self, kind: CallKind, urgency: Urgency, *, patience: float) -> AsyncIterator[None]:
        """Enter when the call may start, leave when its answer is there.

        Raises RateLimited, with nothing sent, when a pause lasts longer than `patience` seconds.
        """
        window = self._windows[kind]
        async with self._turns[kind, urgency]:
            await self._board(window, kind, urgency, patience)
        is_answered = False
        try:
            yield
            is_answered = True
        except ApiError as error:
            is_answered = error.status is not None
            raise
        finally:
            self._flights.leave()
            window.note_ended(is_answered=is_answered)

    def pause(
        self,
        seconds: float,
        *,
        kinds: Iterable[CallKind] = tuple(CallKind),
        urgencies: Iterable[Urgency] = tuple(Urgency),
    ) -> None:
        """Start none of these calls for `seconds`; a longer pause that is already on stays."""
        until = self._clock.monotonic() + seconds
        chosen = frozenset(urgencies)
        for kind in kinds:
            for turn in self._turns.keys() & {(kind, urgency) for urgency in chosen}:
                self._paused_until[turn] = max(self._paused_until[turn], until)

    def paused_for(self, kind: CallKind, urgency: Urgency = Urgency.USER) -> float:
        """Seconds until such a call may start again; 0 without a pause."""
        return max(0.0, self._paused_until[kind, urgency] - self._clock.monotonic())

    def note_headers(self, headers: Mapping[str, str]) -> None:
        """Slow down when the account's own counter, which others use as well, runs low."""
        remaining = _whole_number(headers.get("x-hubspot-ratelimit-remaining"))
        interval = _whole_number(headers.get("x-hubspot-ratelimit-interval-milliseconds"))
        if remaining is None or interval is None or remaining >= _NEARLY_EMPTY:
            return
        seconds = min(interval / 1000, _LONGEST_INTERVAL)
        if remaining == 0:
            self.pause(seconds, kinds=(CallKind.GENERAL,))
            return
        share = 1 - remaining / _NEARLY_EMPTY
        self.pause(seconds * share, kinds=(CallKind.GENERAL,), urgencies=(Urgency.BACKGROUND,))

    async def _board(self, window: RollingWindow, kind: CallKind, urgency: Urgency, patience: float) -> None:
        while True:
            await self._wait_out(kind, urgency, patience)
            await window.take(urgency)
            try:
                await self._flights.enter(urgency)
            except asyncio.CancelledError:
                window.give_back()
                raise
            if not self.paused_for(kind, urgency):
                return
            self._flights.leave()
            window.give_back()

    async def _wait_out(self, kind: CallKind, urgency: Urgency, patience: float) -> None:
        while left := self.paused_for(kind, urgency):
            if left > patience:
                raise RateLimited(retry_after=left, is_stated=False)
            await self._clock.sleep_until(self._paused_until[kind, urgency])


def _whole_number(text: str | None) -> int | None:
    if text is None or len(text) > 9 or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
