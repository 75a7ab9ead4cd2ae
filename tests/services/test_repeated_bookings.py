"""A wish whose first sending was lost: looked up before and after it is sent again."""

import asyncio
from datetime import timedelta

import pytest

from app.domain.accounts import AccountId
from app.domain.booking import Booked, NotBooked, NotFound, SlotTaken, StillUnsure
from app.domain.drafts import request_payload
from app.domain.links import LinkKind
from app.domain.problems import Offline, SlotGone
from app.services.booking_journal import BookingJournal, Entry, Trace
from tests.fakes.clock import NOW, FastClock, ManualClock, settle
from tests.fakes.samples import at, sample_request
from tests.fakes.stores import FakeDraftStore
from tests.services.desk import (
    NEAREST,
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
from tests.services.world import World

ACCOUNT = AccountId("live-1-1")


async def lost_once(clock: ManualClock | FastClock | None = None) -> World:
    """The first sending was lost, nothing was found, the slot is still offered."""
    world = await at_the_desk(clock=clock)
    loses_the_answer(world.crm.scheduler, is_applied=False)
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, Stages()))
        if isinstance(clock, ManualClock):
            await settle()
            await clock.advance(2)
    assert await booking == NotFound(REQUEST)
    assert await world.booking.unfinished() is None
    world.crm.records.calls.clear()
    return world


async def test_a_meeting_that_has_turned_up_is_not_booked_again() -> None:
    world = await lost_once()
    note_meeting(world)
    assert isinstance(await world.booking.book(REQUEST, Stages()), Booked)
    assert world.crm.scheduler.count("book") == 1


async def test_a_wish_that_did_not_turn_up_is_sent_again() -> None:
    world, stages = await lost_once(), Stages()
    assert isinstance(await world.booking.book(REQUEST, stages), Booked)
    assert stages == [VERIFYING, RECHECKING, SENDING]
    assert world.crm.scheduler.count("book") == 2
    assert world.disk.drafts.kept == {world.account_id: {}}


async def test_nothing_is_sent_again_while_nobody_can_look() -> None:
    world = await lost_once()
    offline = Offline()
    world.crm.records.fail("find_meeting", offline)
    assert await world.booking.book(REQUEST, Stages()) == StillUnsure(REQUEST, offline)
    assert world.crm.scheduler.count("book") == 1


async def test_a_slot_that_the_lost_wish_itself_has_taken_is_found() -> None:
    clock = ManualClock()
    world = await lost_once(clock)
    world.crm.scheduler.take(START)
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, Stages()))
        await settle()
        assert not booking.done()
        note_meeting(world)
        await clock.advance(60)
    assert isinstance(await booking, Booked)
    assert world.crm.scheduler.count("book") == 1


async def test_a_slot_that_somebody_else_has_taken_is_taken() -> None:
    world = await lost_once()
    world.crm.scheduler.take(START)
    assert await world.booking.book(REQUEST, Stages()) == SlotTaken(REQUEST.slot, NEAREST)
    assert world.crm.scheduler.count("book") == 1


async def test_a_lost_wish_stays_lost_whatever_its_second_sending_meets() -> None:
    world = await lost_once()
    world.crm.scheduler.fail("availability", Offline())
    assert isinstance(await world.booking.book(REQUEST, Stages()), NotBooked)
    note_meeting(world)
    assert isinstance(await world.booking.book(REQUEST, Stages()), Booked)
    assert world.crm.scheduler.count("book") == 1


async def test_a_refusal_after_cancelling_a_second_sending_is_not_looked_up() -> None:
    clock = ManualClock()
    world = await lost_once(clock)
    world.crm.scheduler.hold("book")
    world.crm.scheduler.fail("book", SlotGone())
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, Stages()))
        await settle()
        booking.cancel()
        await settle()
        world.crm.scheduler.release("book")
    assert booking.cancelled()
    assert world.booking.state.value.outcome == SlotTaken(REQUEST.slot, NEAREST)
    assert world.crm.records.count("find_meeting") == 1


async def test_a_second_sending_that_is_lost_too_counts_from_then() -> None:
    clock = ManualClock()
    world = await lost_once(clock)
    await clock.advance(100)
    loses_the_answer(world.crm.scheduler, is_applied=False)
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, Stages()))
        await settle()
        await clock.advance(2)
    assert await booking == NotFound(REQUEST)
    entry = await BookingJournal(world.disk.drafts).entry(world.account_id, REQUEST)
    assert entry == Entry(Trace.LOST, NOW + timedelta(seconds=102))


@pytest.mark.parametrize(("later", "looks"), [(0, [0.0, 2.0, 8.0, 50.0]), (5, [0.0, 5.0, 50.0]), (60, [0.0])])
async def test_after_a_restart_the_meeting_is_looked_for_until_the_index_has_caught_up(
    later: float, looks: list[float]
) -> None:
    clock = ManualClock()
    world = await at_the_desk(LinkKind.ROUND_ROBIN, clock=clock)
    sent = Entry(Trace.SENT, NOW)
    await BookingJournal(world.disk.drafts).note(world.account_id, REQUEST, sent)
    await clock.advance(later)
    assert await world.booking.unfinished() == REQUEST
    async with asyncio.TaskGroup() as group:
        looking = group.create_task(world.booking.recheck(REQUEST, Stages()))
        await settle()
        await clock.advance(60)
    assert await looking == NotFound(REQUEST)
    assert clock.slept == looks


async def test_the_journal_forgets_lost_wishes_whose_time_is_over_and_rows_it_cannot_read() -> None:
    store = FakeDraftStore()
    journal = BookingJournal(store)
    past, later, sent = (sample_request(at(day, 9)) for day in (20, 25, 21))
    await journal.note(ACCOUNT, past, Entry(Trace.LOST, NOW))
    await journal.note(ACCOUNT, later, Entry(Trace.LOST, NOW))
    await journal.note(ACCOUNT, sent, Entry(Trace.SENT, NOW))
    rows = store.kept[ACCOUNT]
    rows["sent/broken"] = {"slug": 7}
    rows["desk/other"] = request_payload(later)
    assert await journal.unfinished(ACCOUNT, NOW) == (sent,)
    assert len(rows) == 3
    assert await journal.entry(ACCOUNT, later) == Entry(Trace.LOST, NOW)
    assert await journal.entry(ACCOUNT, past) is None


async def test_a_row_without_its_time_is_looked_up_at_length() -> None:
    store = FakeDraftStore()
    journal = BookingJournal(store)
    await journal.note(ACCOUNT, REQUEST, Entry(Trace.SENT, NOW))
    key = next(iter(store.kept[ACCOUNT]))
    store.kept[ACCOUNT][key] = request_payload(REQUEST)
    entry = await journal.entry(ACCOUNT, REQUEST)
    assert entry is not None
    assert entry.trace is Trace.SENT
    assert NOW - entry.sent_at < timedelta(0)
