"""A booking whose answer was lost: looked up, never sent again by itself."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.booking import (
    Booked,
    BookingReceipt,
    NotFound,
    StillUnsure,
)
from app.domain.links import LinkKind
from app.domain.problems import (
    NotAllowed,
    Offline,
    Problem,
    ServiceBroken,
    SignInNeeded,
    Unknown,
)
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.samples import (
    SLUG,
)
from tests.services.desk import (
    RECHECKING,
    REQUEST,
    SENDING,
    START,
    VERIFYING,
    Stages,
    at_the_desk,
    loses_the_answer,
    note_meeting,
)
from tests.services.world import Disk


async def test_a_lost_answer_is_found() -> None:
    clock = ManualClock()
    world, stages = await at_the_desk(clock=clock), Stages()
    loses_the_answer(world.crm.scheduler, is_applied=True)
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, stages))
        await settle()
        assert stages == [RECHECKING, SENDING, VERIFYING]
        assert world.booking.state.value.stage is VERIFYING
        assert await world.booking.unfinished() == REQUEST
        await clock.advance(2)
        assert world.crm.records.count("find_meeting") == 1
        meeting = note_meeting(world)
        await clock.advance(7.9)
        assert not booking.done()
        await clock.advance(0.1)
    receipt = BookingReceipt(
        calendar_event_id=meeting.id,
        contact_id="",
        start=START,
        end=REQUEST.slot.end,
        subject="Intro call",
        is_offline=False,
        guests=REQUEST.guests,
        location="Room 1",
        join_url="https://meet.example",
    )
    assert await booking == Booked(REQUEST, receipt, found_later=True)
    assert world.crm.scheduler.count("book") == 1
    assert await world.booking.unfinished() is None
    assert world.links.state.value.marks_of(SLUG).used_at == clock.now()


async def test_a_found_meeting_without_times_has_those_of_the_request() -> None:
    world = await at_the_desk()
    loses_the_answer(world.crm.scheduler, is_applied=True)
    note_meeting(world, start_known=False)
    outcome = await world.booking.book(REQUEST, Stages())
    assert isinstance(outcome, Booked)
    assert (outcome.receipt.start, outcome.receipt.end) == tuple(REQUEST.slot)


@pytest.mark.parametrize(
    ("kind", "is_open", "looks"),
    [
        (LinkKind.PERSONAL, True, 1),
        (LinkKind.GROUP, True, 1),
        (LinkKind.ROUND_ROBIN, True, 3),
        (LinkKind.OTHER, True, 3),
        (LinkKind.PERSONAL, False, 3),
    ],
)
async def test_a_slot_that_is_still_offered_was_not_booked_unless_hosts_share_it(
    kind: LinkKind, is_open: bool, looks: int
) -> None:
    world = await at_the_desk(kind, is_open=is_open)
    loses_the_answer(world.crm.scheduler, is_applied=False)
    assert await world.booking.book(REQUEST, Stages()) == NotFound(REQUEST)
    assert world.crm.records.count("find_meeting") == looks
    assert world.crm.scheduler.count("book") == 1
    assert await world.booking.unfinished() is None


@pytest.mark.parametrize("problem", [Unknown(), ServiceBroken("c-1")])
async def test_a_meeting_that_cannot_be_found_is_looked_for_three_times(problem: Problem) -> None:
    world = await at_the_desk()
    world.crm.scheduler.fail("book", problem)
    world.crm.scheduler.fail("availability", None, Offline(), Offline(), Offline())
    assert await world.booking.book(REQUEST, Stages()) == NotFound(REQUEST)
    assert world.crm.records.count("find_meeting") == 3
    assert world.clock.now() == NOW + timedelta(seconds=60)


async def test_a_canceled_meeting_is_none() -> None:
    world = await at_the_desk()
    loses_the_answer(world.crm.scheduler, is_applied=False)
    note_meeting(world, outcome="canceled")
    assert await world.booking.book(REQUEST, Stages()) == NotFound(REQUEST)


async def test_a_look_up_that_fails_leaves_it_open_and_can_be_repeated() -> None:
    world, stages = await at_the_desk(), Stages()
    loses_the_answer(world.crm.scheduler, is_applied=True)
    broken = ServiceBroken("c-2")
    world.crm.records.fail("find_meeting", Offline(), None, broken)
    assert await world.booking.book(REQUEST, Stages()) == StillUnsure(REQUEST, broken)
    assert await world.booking.unfinished() == REQUEST
    note_meeting(world)
    outcome = await world.booking.recheck(REQUEST, stages)
    assert isinstance(outcome, Booked)
    assert stages == [VERIFYING]
    assert world.crm.scheduler.count("book") == 1
    assert await world.booking.unfinished() is None


@pytest.mark.parametrize("problem", [SignInNeeded("x"), NotAllowed(("crm.objects.contacts.read",))])
async def test_a_look_up_that_is_not_allowed_is_not_repeated(problem: Problem) -> None:
    world = await at_the_desk()
    loses_the_answer(world.crm.scheduler, is_applied=True)
    world.crm.records.fail_always("find_meeting", problem)
    assert await world.booking.book(REQUEST, Stages()) == StillUnsure(REQUEST, problem)
    assert world.crm.records.count("find_meeting") == 1


async def test_booking_an_unsure_wish_again_looks_it_up_first() -> None:
    world = await at_the_desk()
    loses_the_answer(world.crm.scheduler, is_applied=False)
    world.crm.records.fail_always("find_meeting", Offline())
    first = await world.booking.book(REQUEST, Stages())
    assert isinstance(first, StillUnsure)
    stages = Stages()
    assert isinstance(await world.booking.book(REQUEST, stages), StillUnsure)
    assert stages == [VERIFYING]
    world.crm.records.fail_always("find_meeting", None)
    assert await world.booking.book(REQUEST, Stages()) == NotFound(REQUEST)
    assert world.crm.scheduler.count("book") == 1
    assert isinstance(await world.booking.book(REQUEST, Stages()), Booked)
    assert world.crm.scheduler.count("book") == 2


async def test_a_crash_while_sending_is_looked_up_after_the_restart() -> None:
    disk = Disk()
    crashed = await at_the_desk(disk=disk)
    crashed.crm.scheduler.hold("book")
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(crashed.booking.book(REQUEST, Stages()))
        await settle()
        kept = {account: dict(rows) for account, rows in disk.drafts.kept.items()}
        booking.cancel()
    disk.drafts.kept = kept
    world = await at_the_desk(LinkKind.ROUND_ROBIN, disk=disk)
    assert await world.booking.unfinished() == REQUEST
    note_meeting(world)
    assert isinstance(await world.booking.book(REQUEST, Stages()), Booked)
    assert world.crm.scheduler.count("book") == 0
