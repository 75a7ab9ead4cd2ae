"""The bar of booking: seeded fault schedules with a rep who trusts what the screen says."""

import asyncio
import random

import pytest

from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingRequest,
    HostOffline,
    NotBooked,
    NotFound,
    SlotTaken,
    StillUnsure,
)
from app.domain.drafts import DeskDraft
from app.domain.forms import Answers
from app.domain.ports import CrmPorts
from tests.fakes.clock import FastClock
from tests.fakes.crm import FakeLinkDirectory
from tests.fakes.samples import SLUG, ZONE, sample_request
from tests.guards.figures import Count, Report
from tests.services.faulty_hubspot import STARTS, FaultyHubSpot, Score
from tests.services.world import Disk, World

EMAIL = "ada@northwind.example"
MOST_STEPS = 8


class Rep:
    """Books one meeting for one contact, retrying as the screens invite to, through crashes."""

    def __init__(self, seed: int, score: Score) -> None:
        self.rng = random.Random(seed)
        self.score = score
        self.clock = FastClock()
        self.disk = Disk()
        capacity, faults = self.rng.choice((1, 3)), self.rng.choice((0.2, 0.5, 0.9))
        self.hubspot = FaultyHubSpot(self.rng, self.clock, capacity, score, faults)
        self.form = Answers(first_name="Ada", last_name="Okafor", email=EMAIL, values={"n": str(seed)})

    async def desk(self) -> World:
        """Start the app and open the link, as often as it takes."""
        world = World(self.clock, disk=self.disk)
        await world.accounts.load()
        crm = world.crm
        crm.links = FakeLinkDirectory()
        ports = CrmPorts(crm.links, self.hubspot, self.hubspot, crm.meetings)
        world.connections.open = lambda account: ports  # type: ignore[method-assign]
        await world.drafts.load()
        await world.availability.open(SLUG, ZONE)
        return world

    async def work(self) -> None:
        """Go on until the meeting is booked or the rep gives up."""
        world = await self.desk()
        await world.drafts.keep(DeskDraft(SLUG, self.form))
        request = sample_request(self.rng.choice(STARTS), email=EMAIL)
        outcome: BookingOutcome | None = None
        for _ in range(MOST_STEPS):
            step = self._attempt(world, request, outcome)
            outcome = await self._maybe_crash(step)
            if outcome is None:
                world = await self.desk()
                self._check_form(world)
                unfinished = await world.booking.unfinished()
                request = unfinished or request
                outcome = StillUnsure(request, NotBooked) if unfinished else None  # type: ignore[arg-type]
                continue
            self._check_form(world)
            match outcome:
                case SlotTaken(nearest=nearest) if nearest:
                    request, outcome = sample_request(nearest[0].start, email=EMAIL), None
                case Booked() | HostOffline() | SlotTaken():
                    break
                case _:
                    await self.clock.sleep(self.rng.uniform(0, 60))
        meetings = self.hubspot.count(EMAIL)
        self.score.double += meetings > 1
        self.score.false_success += isinstance(outcome, Booked) and meetings == 0

    async def _attempt(
        self, world: World, request: BookingRequest, last: BookingOutcome | None
    ) -> BookingOutcome:
        if isinstance(last, StillUnsure) and self.rng.random() < 0.8:
            return await world.booking.recheck(request, lambda stage: None)
        if isinstance(last, NotFound) and self.rng.random() < 0.2:
            return await world.booking.recheck(request, lambda stage: None)
        return await world.booking.book(request, lambda stage: None)

    async def _maybe_crash(self, step: object) -> BookingOutcome | None:
        """Run the step; one in five is killed at some await."""
        assert asyncio.iscoroutine(step)
        async with asyncio.TaskGroup() as group:
            task = group.create_task(step)
            if self.rng.random() < 0.2:
                for _ in range(self.rng.randrange(30)):
                    await asyncio.sleep(0)
                while not task.done():
                    task.cancel()
                    await asyncio.sleep(0)
        if task.cancelled():
            return None
        outcome: BookingOutcome = task.result()
        return outcome

    def _check_form(self, world: World) -> None:
        draft = world.drafts.draft(SLUG)
        self.score.lost_forms += draft is None or draft.answers != self.form


@pytest.mark.bar
async def test_no_double_booking_no_blind_sending_no_lost_form(
    seed: int, count: Count, figure: Report
) -> None:
    score = Score()
    schedules = count(4_000, 10_000)
    for number in range(schedules):
        before = (score.double, score.blind, score.false_success, score.lost_forms)
        await Rep(seed + number, score).work()
        after = (score.double, score.blind, score.false_success, score.lost_forms)
        assert after == before, f"schedule {seed + number}: double, blind, false, lost = {after}"
    figure("booking: fault schedules", schedules, "4000, full 10000")
    figure("booking: requests sent, answers lost", f"{score.sendings}, {score.unknown}", "-")
    figure("booking: double bookings", score.double, 0)
    figure("booking: blind re-sends", score.blind, 0)
    figure("booking: successes that were none", score.false_success, 0)
    figure("booking: lost forms", score.lost_forms, 0)
    assert score.unknown > schedules / 20


@pytest.mark.parametrize("number", [39, 177, 195, 424_399])
async def test_schedules_that_once_led_to_a_double_booking(number: int) -> None:
    score = Score()
    await Rep(number, score).work()
    assert (score.double, score.blind, score.false_success, score.lost_forms) == (0, 0, 0, 0)
