"""Whether HubSpot can be reached, as the calls of the other services tell."""

import asyncio
import random
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar, assert_never

from app.domain.accounts import AccountId
from app.domain.ports import Clock, LinkPage
from app.domain.problems import Offline, Problem, SignInNeeded, SlowDown, StorageFailed, Unknown
from app.services.accounts import AccountsService
from app.services.published import ErrorSink, Published

T = TypeVar("T")

_FIRST_WAIT: Final = 2.0
_LONGEST_WAIT: Final = 60.0
_MOST_DOUBLINGS: Final = 5
_ONE_SLEEP: Final = 30.0


@dataclass(frozen=True, slots=True)
class Online:
    """The last call was answered."""


@dataclass(frozen=True, slots=True)
class OfflineSince:
    """No call came through since this UTC instant."""

    since: datetime


@dataclass(frozen=True, slots=True)
class PausedUntil:
    """HubSpot asked for a pause that ends at this UTC instant."""

    until: datetime


ConnectionState = Online | OfflineSince | PausedUntil


class ConnectivityService:
    """Watches calls, and asks now and then while nothing comes through."""

    def __init__(
        self, accounts: AccountsService, clock: Clock, rng: random.Random, *, on_error: ErrorSink
    ) -> None:
        self._accounts = accounts
        self._clock = clock
        self._rng = rng
        self._changed = asyncio.Event()
        self._waiting_for_return: list[asyncio.Future[None]] = []
        self.state: Published[ConnectionState] = Published(Online(), on_error)

    async def watch(self, call: Awaitable[T]) -> T:
        """Await the call, note what it says about the connection, and pass its result or problem on."""
        try:
            result = await call
        except Offline:
            self._note_offline()
            raise
        except SlowDown as problem:
            self._set(PausedUntil(problem.until))
            raise
        except SignInNeeded as problem:
            self._accounts.report_lost(AccountId(problem.account_id))
            raise
        except (Unknown, StorageFailed):
            raise
        except Problem:
            self._note_answer()
            raise
        self._note_answer()
        return result

    async def probe(self) -> bool:
        """Make one safe call (the first page of links); whether HubSpot answered it."""
        try:
            await self.watch(_first(self._accounts.ports().links.pages()))
        except (Offline, Unknown, SignInNeeded):
            return False
        except Problem:
            return True
        return True

    async def wait_for_return(self) -> None:
        """Return when the connection comes back the next time."""
        future = asyncio.get_running_loop().create_future()
        self._waiting_for_return.append(future)
        try:
            await future
        finally:
            self._waiting_for_return.remove(future)

    async def run(self) -> None:
        """Ask with growing, jittered waits (2 s to 60 s) while offline, and end pauses; never returns."""
        while True:
            self._changed.clear()
            state = self.state.value
            match state:
                case Online():
                    await self._changed.wait()
                case PausedUntil():
                    await self._sit_out(state)
                case OfflineSince():
                    await self._ask_again(state)
                case _:
                    assert_never(state)

    async def _sit_out(self, pause: PausedUntil) -> None:
        while self.state.value == pause:
            left = (pause.until - self._clock.now()).total_seconds()
            if left <= 0:
                self._set(Online())
            else:
                await self._clock.sleep(min(left, _ONE_SLEEP))

    async def _ask_again(self, offline: OfflineSince) -> None:
        doublings = 0
        while self.state.value == offline:
            wait = min(_FIRST_WAIT * 2**doublings, _LONGEST_WAIT) * self._rng.uniform(0.5, 1.0)
            await self._clock.sleep(wait)
            if self.state.value == offline:
                await self.probe()
            doublings = min(doublings + 1, _MOST_DOUBLINGS)

    def _note_offline(self) -> None:
        if not isinstance(self.state.value, OfflineSince):
            self._set(OfflineSince(self._clock.now()))

    def _note_answer(self) -> None:
        if isinstance(self.state.value, OfflineSince):
            self._set(Online())
            for future in self._waiting_for_return:
                if not future.done():
                    future.set_result(None)

    def _set(self, state: ConnectionState) -> None:
        self._changed.set()
        self.state.set(state)


async def _first(pages: AsyncIterator[LinkPage]) -> LinkPage | None:
    try:
        return await anext(pages, None)
    finally:
        await close_pages(pages)


async def close_pages(pages: AsyncIterator[LinkPage]) -> None:
    """End an iterator that may not have been read to its end."""
    if isinstance(pages, AsyncGenerator):
        await pages.aclose()
