"""Programs that are started, killed and started again on the same disk, before the same HubSpot."""

import asyncio
import random
from collections.abc import Awaitable, Callable

from app.domain.changes import Change, ChangeId, ChangeState, PendingChange
from app.domain.ports import LinkPage
from app.domain.problems import Offline, Problem
from app.services.outbox.service import OutboxService
from tests.fakes.clock import ManualClock
from tests.services.outbox.mortal import FaultyMeetings, Life, MortalSpool, MortalStore
from tests.services.outbox.office import Office, Paper

ROUNDS = 16
"""Turns of the event loop between two looks of the driver."""
_MOST_STEPS = 3_000


class SteppingClock(ManualClock):
    """A manual clock that can be moved to the next moment at which somebody wakes."""

    @property
    def next_wake(self) -> float | None:
        """Seconds until somebody wakes; None when nobody sleeps."""
        times = [when for when, future in self._sleepers if not future.done()]
        return (min(times) - self._now).total_seconds() if times else None


class Lives:
    """The program's lives, one after the other."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.clock = SteppingClock()
        self.store = MortalStore()
        self.paper = Paper(self.store, MortalSpool(self.store), chances=self.rng)
        self.hubspot = FaultyMeetings(self.clock, self.rng, self.store)
        self.crashes = 0
        self._office: Office | None = None
        self._running: asyncio.Task[None] | None = None

    @property
    def office(self) -> Office:
        """The program that runs."""
        assert self._office is not None
        return self._office

    @property
    def outbox(self) -> OutboxService:
        """Its outbox."""
        return self.office.outbox

    async def start(self, dies_at: int | None = None) -> None:
        """Start the program."""
        self.store.life = Life()
        self._office = await Office(self.paper, self.hubspot, self.clock).start()
        self.store.life = Life(dies_at)
        self.set_down(self.hubspot.is_down)
        self._running = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.outbox.run())
            group.create_task(self.office.world.connectivity.run())

    def set_down(self, is_down: bool) -> None:
        """Take HubSpot away, or bring it back."""
        self.hubspot.is_down = is_down
        links = self.office.world.crm.links
        links.answer = [LinkPage((), 0)]
        links.fail_always("pages", Offline() if is_down else None)

    async def end(self) -> None:
        """Quit in good order."""
        assert self._running is not None
        self._running.cancel()
        for _ in range(60):
            await asyncio.sleep(0)
            if self._running.done():
                break
        else:
            await self.clock.advance(1.5)
        await asyncio.wait({self._running})
        assert self._running.cancelled(), self._running.exception()

    async def kill(self) -> None:
        """End it as a power failure does: nothing it still tries has an effect."""
        self.store.life.is_dead = True
        self.crashes += 1
        await self.end()

    async def revive(self) -> None:
        """Start again where the program was killed."""
        if self.store.life.is_dead:
            await self.kill()
            await self.start()

    async def settle(self, rounds: int = ROUNDS) -> None:
        """Let the program work; a dead one is started again."""
        for _ in range(rounds):
            await asyncio.sleep(0)
        await self.revive()

    async def pass_time(self) -> None:
        """Move the clock to the next waking."""
        left = self.clock.next_wake
        if left is not None:
            await self.clock.advance(max(left, 0.0))
        await self.settle()

    async def command(self, call: Callable[[], Awaitable[object]]) -> bool:
        """A command of the rep; False where it could not be kept or the program died meanwhile."""
        try:
            await call()
        except Problem:
            await self.revive()
            return False
        is_dead = self.store.life.is_dead
        await self.revive()
        return not is_dead

    async def add(self, *changes: Change, group: str | None = None, hold: float = 0) -> bool:
        """Add changes; whether the rep was told that they are kept."""
        return await self.command(lambda: self.outbox.add(changes, group=group, hold_seconds=hold))

    async def drain(self) -> None:
        """Everything works again: go on until nothing is on its way; the rep answers what is asked."""
        self.hubspot.faults.rate = 0.0
        self.hubspot.faults.is_slow = False
        self.store.life.dies_at = None
        self.set_down(False)
        for _ in range(_MOST_STEPS):
            await self.settle()
            if not self.outbox.state.value.rows:
                return
            await self._answer_questions()
            await self.pass_time()
        raise AssertionError(f"not drained: {self.outbox.state.value}")

    async def _answer_questions(self) -> None:
        for row in self.outbox.state.value.rows:
            match row.state:
                case ChangeState.ASKING:
                    await self.decide(row.id)
                case ChangeState.DEAD:
                    await self._on_dead(row)
                case ChangeState.CONFLICT:
                    await self.outbox.resolve_conflict(row.id, {})
                case _:
                    pass

    async def decide(self, change_id: ChangeId) -> None:
        """The rep looks in HubSpot: what is not there is sent again."""
        self.hubspot.catch_up()
        is_there = bool(self.hubspot.marked(change_id))
        await self.outbox.decide(change_id, send_again=not is_there)

    async def _on_dead(self, row: PendingChange) -> None:
        """The rep tries again, unless there is nothing left to change."""
        if row.refusal and row.refusal.kind == "Gone":
            await self.outbox.discard(row.id)
        else:
            await self.outbox.retry(row.id)
