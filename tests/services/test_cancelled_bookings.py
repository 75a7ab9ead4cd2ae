"""A booking that is cancelled under way."""

import asyncio

import pytest

from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingRequest,
    SlotTaken,
    StillUnsure,
)
from app.domain.problems import (
    Conflict,
    Problem,
    SlotGone,
)
from tests.fakes.clock import ManualClock, settle
from tests.fakes.samples import (
    at,
    sample_receipt,
    sample_request,
)
from tests.services.desk import NEAREST, REQUEST, START, Stages, at_the_desk, loses_the_answer
from tests.services.world import World


async def cancelled(
    world: World, *, seconds: float, request: BookingRequest = REQUEST, release: str | None = None
) -> BookingOutcome | None:
    """Cancel a booking under way, let some time pass, and say which outcome is left in the state."""
    clock = world.clock
    assert isinstance(clock, ManualClock)
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(request, Stages()))
        await settle()
        booking.cancel()
        await settle()
        if release:
            world.crm.scheduler.release(release)
        await settle()
        await clock.advance(seconds)
    assert booking.cancelled()
    return world.booking.state.value.outcome


async def test_cancelling_while_sending_waits_a_little_and_keeps_the_outcome() -> None:
    world = await at_the_desk(clock=ManualClock())
    world.crm.scheduler.hold("book")
    outcome = await cancelled(world, seconds=0, release="book")
    assert outcome == Booked(REQUEST, sample_receipt(REQUEST))
    assert await world.booking.unfinished() is None
    assert world.booking.state.value.stage is None


@pytest.mark.parametrize("problem", [SlotGone(), Conflict("taken")])
async def test_a_refusal_after_cancelling_is_not_followed_by_requests(problem: Problem) -> None:
    world = await at_the_desk(clock=ManualClock())
    world.crm.scheduler.hold("book")
    world.crm.scheduler.fail("book", problem)
    asked = world.crm.scheduler.count("availability")
    assert await cancelled(world, seconds=0, release="book") == SlotTaken(REQUEST.slot, NEAREST)
    assert world.crm.scheduler.count("availability") == asked + 1


async def test_an_answer_that_does_not_come_in_time_is_left_to_be_looked_up() -> None:
    world = await at_the_desk(clock=ManualClock())
    world.crm.scheduler.hold("book")
    outcome = await cancelled(world, seconds=1.5)
    assert isinstance(outcome, StillUnsure)
    assert await world.booking.unfinished() == REQUEST


async def test_cancelling_twice_ends_at_once() -> None:
    world = await at_the_desk(clock=ManualClock())
    world.crm.scheduler.hold("book")
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, Stages()))
        for _ in range(2):
            await settle()
            booking.cancel()
    assert booking.cancelled()
    assert await world.booking.unfinished() == REQUEST


async def test_cancelling_the_check_sends_nothing() -> None:
    world = await at_the_desk(clock=ManualClock())
    world.crm.scheduler.hold("availability")
    assert await cancelled(world, seconds=0) is None
    assert world.crm.scheduler.count("book") == 0
    assert world.disk.drafts.kept == {}


async def test_cancelling_the_look_up_leaves_it_to_be_repeated() -> None:
    world = await at_the_desk(clock=ManualClock())
    loses_the_answer(world.crm.scheduler, is_applied=True)
    assert await cancelled(world, seconds=0) is None
    assert await world.booking.unfinished() == REQUEST


async def test_who_joined_a_cancelled_booking_shares_its_outcome_or_books_itself() -> None:
    world = await at_the_desk(clock=ManualClock())
    for step, count in (("book", 1), ("availability", 2)):
        world.crm.scheduler.hold(step)
        request = sample_request(START if step == "book" else at(24, 18))
        async with asyncio.TaskGroup() as group:
            first = group.create_task(world.booking.book(request, Stages()))
            await settle()
            second = group.create_task(world.booking.book(request, Stages()))
            await settle()
            first.cancel()
            await settle()
            world.crm.scheduler.release(step)
        assert first.cancelled()
        assert isinstance(await second, Booked)
        assert world.crm.scheduler.count("book") == count
