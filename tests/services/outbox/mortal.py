"""A disk and a HubSpot for programs that are killed, seeded faults included."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.changes import ChangeId, LogMeeting, PendingChange, ScheduleMeeting
from app.domain.meetings import Meeting, MeetingId
from app.domain.problems import Offline, Problem, Rejected, ServiceBroken, SlowDown, Unknown
from tests.fakes.clock import ManualClock
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.lagging_directory import Kept
from tests.fakes.meeting_stores import FakeSpool
from tests.fakes.outbox_store import FakeOutboxStore
from tests.services.outbox.office import FULL

LATEST = 5.0
"""Seconds after which a request whose answer was lost may still be carried out."""
LONGEST_LAG = 90.0
"""Seconds by which a search may lag."""
_CREATING = ("log", "schedule")


@dataclass
class Life:
    """One run of the program: it dies at the `dies_at`-th step, before or after whatever that step does."""

    dies_at: int | None = None
    steps: int = 0
    is_dead: bool = False

    def step(self) -> None:
        """One more moment at which the program may be killed."""
        self.steps += 1
        self.is_dead = self.is_dead or self.steps == self.dies_at


class MortalStore(FakeOutboxStore):
    """A disk on which a killed program changes nothing any more."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()

    async def _step(self, method: str, *arguments: object) -> None:
        await asyncio.sleep(0)
        self.live()

    def live(self) -> None:
        """A moment at which the program may die."""
        self.life.step()
        if self.life.is_dead:
            raise FULL

    async def write(
        self,
        rows: Sequence[PendingChange],
        *,
        removed: Sequence[ChangeId] = (),
        discarded_drafts: Sequence[str] = (),
        identities: Mapping[MeetingId, MeetingId] | None = None,
    ) -> None:
        """One transaction, killed before or after it."""
        await super().write(rows, removed=removed, discarded_drafts=discarded_drafts, identities=identities)
        await asyncio.sleep(0)
        self.live()


class MortalSpool(FakeSpool):
    """Copies that only a living program touches."""

    def __init__(self, store: MortalStore) -> None:
        super().__init__()
        self._store = store

    async def _step(self, method: str, *arguments: object) -> None:
        await asyncio.sleep(0)
        self._store.live()


@dataclass
class Late:
    """A creation that HubSpot carries out although its answer is lost already."""

    when: datetime
    change: LogMeeting | ScheduleMeeting
    mark: str


@dataclass
class Faults:
    """How bad it is: shares of calls between 0 and 1."""

    rate: float = 0.0
    is_slow: bool = False
    seen: dict[str, int] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """Count a fault."""
        self.seen[what] = self.seen.get(what, 0) + 1


class FaultyMeetings(FakeMeetings):
    """A HubSpot that refuses, forgets its answers, is late, lags and goes away."""

    def __init__(self, clock: ManualClock, rng: random.Random, store: MortalStore) -> None:
        super().__init__(clock)
        self.rng = rng
        self.store = store
        self.faults = Faults()
        self.is_down = False
        self.late: list[Late] = []
        self.creations: dict[str, int] = {}

    async def _step(self, method: str, *arguments: object) -> None:
        await asyncio.sleep(0)
        self._live()
        self.catch_up()
        if self.faults.is_slow and self.rng.random() < 0.3:
            await self.clock.sleep(self.rng.uniform(0.0, 3.0))
            self._live()
        if self.is_down:
            raise Offline
        if self.rng.random() < self.faults.rate * 0.4:
            raise self._refusal(method, arguments)

    def _refusal(self, method: str, arguments: tuple[object, ...]) -> Problem:
        """A call that does nothing, or nothing yet."""
        pick = self.rng.random()
        if method in _CREATING and pick < 0.3:
            change, mark = arguments
            assert isinstance(change, LogMeeting | ScheduleMeeting)
            when = self.clock.now() + timedelta(seconds=self.rng.uniform(0, LATEST))
            self.late.append(Late(when, change, str(mark)))
            self.faults.note("late")
            return Unknown()
        if pick < 0.5:
            self.faults.note("nothing happened, nobody knows")
            return self.rng.choice((Unknown, ServiceBroken))()
        if pick < 0.55 and method not in ("find", "meetings", "records"):
            self.faults.note("rejected")
            return Rejected("no")
        self.faults.note("refused")
        return self.rng.choice((Offline(), SlowDown(self.clock.now() + timedelta(seconds=7))))

    async def answer(self, method: str) -> None:
        """The answer may be lost, or find nobody alive."""
        await asyncio.sleep(0)
        self._live()
        if self.is_down or self.rng.random() < self.faults.rate * 0.4:
            self.faults.note("answer lost")
            if method in _CREATING:
                raise self.rng.choice((Unknown, ServiceBroken))()
            raise self.rng.choice((Offline, Unknown, ServiceBroken))()

    def _live(self) -> None:
        self.store.life.step()
        if self.store.life.is_dead:
            raise Offline

    def catch_up(self, *, is_over: bool = False) -> None:
        """Carry out what is late."""
        due = [one for one in self.late if is_over or one.when <= self.clock.now()]
        self.late = [one for one in self.late if one not in due]
        for one in due:
            meeting = self.add(one.change.details, one.change.associations, mark=one.mark)
            self.kept[meeting.id].seen_from += one.when - self.clock.now()

    def add(self, *arguments: object, **options: object) -> Meeting:
        """Put a meeting there; searches show it after a while of its own."""
        self.lag = self.rng.uniform(0, LONGEST_LAG)
        meeting = super().add(*arguments, **options)  # type: ignore[arg-type]
        mark = self.kept[meeting.id].mark
        self.creations[mark] = self.creations.get(mark, 0) + 1
        return meeting

    def marked(self, mark: str) -> list[Kept]:
        """The meetings with that mark, deleted ones too."""
        return [kept for kept in (*self.kept.values(), *self.bin.values()) if kept.mark == mark]
