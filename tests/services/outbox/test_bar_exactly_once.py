"""The bar of the outbox: under faults, crashes, offline flips and search lag nothing is lost or doubled."""

from collections import Counter
from dataclasses import dataclass, field, replace

import pytest

from app.domain.changes import LinkRecord, LogMeeting, PinMeeting, ScheduleMeeting
from app.domain.meetings import (
    Association,
    local_meeting_id,
)
from tests.guards.figures import Count, Report
from tests.services.outbox.lives import Lives
from tests.services.outbox.office import DETAILS, ON_ADA, ROLLOUT


@dataclass
class Books:
    """What must never happen, and how much there was to go wrong."""

    lost: int = 0
    doubled: int = 0
    logged: int = 0
    crashes: int = 0
    faults: Counter[str] = field(default_factory=Counter)


class Day:
    """A rep logs meetings on a bad day, and goes home when the outbox is empty."""

    def __init__(self, seed: int, books: Books) -> None:
        self.lives = Lives(seed)
        self.rng = self.lives.rng
        self.books = books
        self.told: dict[str, bool] = {}

    async def work(self) -> None:
        """One run."""
        lives, rng = self.lives, self.rng
        await lives.start(dies_at=rng.randrange(1, 40) if rng.random() < 0.7 else None)
        lives.hubspot.faults.rate = rng.choice((0.2, 0.6, 1.0))
        lives.hubspot.faults.is_slow = rng.random() < 0.5
        for number in range(rng.randrange(1, 4)):
            await self._log(number)
            for _ in range(rng.randrange(6)):
                await self._trouble()
        for _ in range(rng.randrange(2, 16)):
            await self._trouble()
        await lives.drain()
        await lives.end()
        self._count()

    async def _log(self, number: int) -> None:
        title = f"meeting {number}"
        meeting_id = local_meeting_id(str(number))
        details = replace(DETAILS, title=title)
        associations = (ON_ADA,) if self.rng.random() < 0.5 else ()
        change: LogMeeting | ScheduleMeeting = LogMeeting(meeting_id, details, associations)
        if self.rng.random() < 0.1:
            change = ScheduleMeeting(meeting_id, details, "501", "Europe/Berlin", associations)
        self.told[title] = await self.lives.add(change)
        self.books.logged += 1
        if self.rng.random() < 0.3:
            pin = PinMeeting(meeting_id, ROLLOUT)
            await self.lives.add(LinkRecord(meeting_id, Association(ROLLOUT)), pin)

    async def _trouble(self) -> None:
        lives = self.lives
        match self.rng.randrange(6):
            case 0:
                lives.set_down(not lives.hubspot.is_down)
                await lives.settle()
            case 1:
                lives.store.life.dies_at = lives.store.life.steps + self.rng.randrange(1, 25)
            case 2:
                await lives.end()
                await lives.start()
            case 3:
                await lives.clock.advance(self.rng.uniform(0, 40))
                await lives.settle()
            case _:
                await lives.pass_time()

    def _count(self) -> None:
        hubspot = self.lives.hubspot
        hubspot.catch_up(is_over=True)
        titles = Counter(
            kept.meeting.details.title for kept in (*hubspot.kept.values(), *hubspot.bin.values())
        )
        self.books.lost += sum(told and not titles[title] for title, told in self.told.items())
        self.books.doubled += sum(count - 1 for count in titles.values())
        self.books.crashes += self.lives.crashes
        self.books.faults.update(hubspot.faults.seen)


@pytest.mark.bar
@pytest.mark.timeout(1_200)
async def test_nothing_is_lost_or_doubled(seed: int, count: Count, figure: Report) -> None:
    books, runs = Books(), count(1_500, 10_000)
    for number in range(runs):
        await Day(seed + number, books).work()
        assert (books.lost, books.doubled) == (0, 0), f"seed {seed + number}: {books}"
    figure("outbox: runs under faults, crashes, flips, lag", runs, "1500, full 10000")
    figure("outbox: meetings logged, crashes", f"{books.logged}, {books.crashes}", "-")
    figure("outbox: answers lost, late, refused", dict(books.faults), "-")
    figure("outbox: lost meetings", books.lost, 0)
    figure("outbox: doubled meetings", books.doubled, 0)
    assert books.crashes > runs / 3
    assert books.faults["answer lost"] > runs / 10
