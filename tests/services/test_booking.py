"""Booking: asked for again, sent once."""

import asyncio
from dataclasses import replace

import pytest

from app.domain.booking import (
    Booked,
    BookingStage,
    HostOffline,
    NotBooked,
    SlotTaken,
    StillUnsure,
)
from app.domain.links import LinkKind
from app.domain.problems import (
    AddressBlocked,
    Conflict,
    Gone,
    GuestsRefused,
    NotAllowed,
    Offline,
    Problem,
    Rejected,
    ServiceBroken,
    SignInNeeded,
    SlotGone,
    SlowDown,
    Unknown,
)
from app.services.booking import BookingState
from tests.fakes.clock import NOW, FastClock, settle
from tests.fakes.samples import (
    HALF_HOUR,
    SLUG,
    ZONE,
    at,
    sample_account,
    sample_receipt,
    sample_request,
    slot,
)
from tests.services.desk import FREE, FULL, NEAREST, RECHECKING, REQUEST, SENDING, START, Stages, at_the_desk
from tests.services.world import World


async def test_a_booking_is_checked_sent_once_and_noted() -> None:
    world, stages = await at_the_desk(), Stages()
    asked = world.crm.scheduler.count("availability")
    outcome = await world.booking.book(REQUEST, stages)
    assert outcome == Booked(REQUEST, sample_receipt(REQUEST))
    assert stages == [RECHECKING, SENDING]
    assert world.crm.scheduler.booked == [REQUEST]
    assert world.crm.scheduler.count("availability") == asked + 1
    assert world.booking.state.value == BookingState(REQUEST, None, outcome)
    assert world.links.state.value.marks_of(SLUG).used_at == world.clock.now()
    assert world.availability.state.value.is_stale
    assert world.disk.drafts.kept == {world.account_id: {}}


async def test_the_stages_are_published() -> None:
    world = await at_the_desk()
    states: list[tuple[BookingStage | None, bool]] = []
    world.booking.state.subscribe(lambda state: states.append((state.stage, state.outcome is not None)))
    await world.booking.book(REQUEST, Stages())
    assert states == [(RECHECKING, False), (SENDING, False), (None, True)]


async def test_a_slot_that_is_gone_is_not_sent() -> None:
    world, stages = await at_the_desk(), Stages()
    world.crm.scheduler.take(START)
    assert await world.booking.book(REQUEST, stages) == SlotTaken(REQUEST.slot, NEAREST)
    assert stages == [RECHECKING]
    assert world.crm.scheduler.booked == []
    assert world.availability.state.value.availability.of(HALF_HOUR)[1] == slot(at(24, 18))


async def test_a_duration_that_is_no_longer_offered_is_not_sent() -> None:
    world = await at_the_desk()
    request = replace(REQUEST, duration_ms=2 * HALF_HOUR)
    assert await world.booking.book(request, Stages()) == SlotTaken(REQUEST.slot, ())
    assert world.crm.scheduler.booked == []


async def test_slots_that_have_begun_are_not_offered_instead() -> None:
    world = await at_the_desk(clock=FastClock(at(24, 17, 10)))
    world.crm.scheduler.take(START)
    outcome = await world.booking.book(REQUEST, Stages())
    assert outcome == SlotTaken(REQUEST.slot, (slot(at(24, 18)), slot(at(24, 18, 30)), slot(at(24, 20))))


@pytest.mark.parametrize(
    "problem",
    [Offline(), SlowDown(NOW), SignInNeeded("x"), Gone("link"), ServiceBroken(), Unknown(), NotAllowed(())],
)
async def test_without_the_check_nothing_is_sent(problem: Problem) -> None:
    world = await at_the_desk()
    world.crm.scheduler.fail("availability", problem)
    assert await world.booking.book(REQUEST, Stages()) == NotBooked(problem)
    assert world.crm.scheduler.count("book") == 0


@pytest.mark.parametrize(
    "problem",
    [
        Offline(),
        SlowDown(NOW),
        SignInNeeded("x"),
        Rejected("no", {"size": "missing"}),
        AddressBlocked("ada@northwind.example"),
        GuestsRefused(),
        Gone("link"),
        NotAllowed(("crm.objects.contacts.write",)),
    ],
)
async def test_a_refusal_keeps_the_form_and_is_sent_once(problem: Problem) -> None:
    world = await at_the_desk()
    world.crm.scheduler.fail("book", problem)
    assert await world.booking.book(REQUEST, Stages()) == NotBooked(problem)
    assert world.crm.scheduler.count("book") == 1
    assert await world.booking.unfinished() is None


@pytest.mark.parametrize("problem", [SlotGone("c-1"), Conflict("taken")])
async def test_a_slot_that_goes_between_check_and_sending_is_taken(problem: Problem) -> None:
    world = await at_the_desk()
    scheduler = world.crm.scheduler
    scheduler.fail("book", problem)
    pages = iter(range(9))
    scheduler.before_page = lambda: scheduler.take(START) if next(pages) == 1 else None
    assert await world.booking.book(REQUEST, Stages()) == SlotTaken(REQUEST.slot, NEAREST)
    assert scheduler.count("book") == 1


@pytest.mark.parametrize("problem", [SlotGone("c-1"), Conflict("taken")])
async def test_a_slot_that_is_still_listed_was_refused_for_another_reason(problem: Problem) -> None:
    world = await at_the_desk()
    world.crm.scheduler.fail("book", problem)
    assert await world.booking.book(REQUEST, Stages()) == NotBooked(problem)


async def test_a_slot_that_is_gone_is_taken_although_the_list_cannot_be_had() -> None:
    world = await at_the_desk()
    world.crm.scheduler.fail("book", SlotGone())
    world.crm.scheduler.fail("availability", None, Offline())
    assert await world.booking.book(REQUEST, Stages()) == SlotTaken(REQUEST.slot, NEAREST)


@pytest.mark.parametrize(("event_id", "is_offline"), [("", True), ("", False), ("event-1", True)])
@pytest.mark.parametrize(
    ("kind", "hosts"), [(LinkKind.PERSONAL, ()), (LinkKind.ROUND_ROBIN, ("Jonas Weber",))]
)
async def test_an_answer_without_a_meeting_is_a_disconnected_calendar(
    event_id: str, is_offline: bool, kind: LinkKind, hosts: tuple[str, ...]
) -> None:
    world = await at_the_desk(kind)
    world.crm.scheduler.receipt = lambda request: sample_receipt(request, event_id, is_offline=is_offline)
    outcome = await world.booking.book(REQUEST, Stages())
    assert outcome == HostOffline("9001", hosts)
    assert world.links.state.value.marks_of(SLUG).used_at is None


@pytest.mark.parametrize("method", ["save", "discard", "drafts"])
async def test_a_full_disk_does_not_stand_in_the_way(method: str) -> None:
    world = await at_the_desk()
    world.disk.drafts.fail_always(method, FULL)
    assert isinstance(await world.booking.book(REQUEST, Stages()), Booked)


async def test_a_second_click_joins_the_first() -> None:
    world = await at_the_desk()
    world.crm.scheduler.hold("book")
    same = replace(REQUEST, email=REQUEST.email.upper(), first_name="A.")
    stages = Stages()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(world.booking.book(REQUEST, Stages()))
        await settle()
        second = group.create_task(world.booking.book(same, stages))
        third = group.create_task(world.booking.recheck(REQUEST, stages))
        await settle()
        world.crm.scheduler.release("book")
    assert await first == await second == await third
    assert stages == []
    assert world.crm.scheduler.count("book") == 1


async def test_two_wishes_are_two_bookings() -> None:
    world = await at_the_desk()
    other = sample_request(at(24, 18))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(world.booking.book(one, Stages())) for one in (REQUEST, other)]
    assert [type(await task) for task in tasks] == [Booked, Booked]
    assert world.crm.scheduler.booked == [REQUEST, other]


async def test_nobody_signed_in_books_nothing() -> None:
    world = await World(FastClock(), accounts=()).start()
    assert isinstance(await world.booking.book(REQUEST, Stages()), NotBooked)
    assert isinstance(await world.booking.recheck(REQUEST, Stages()), StillUnsure)
    assert await world.booking.unfinished() is None


async def test_an_account_switch_while_sending_does_not_touch_the_other_account() -> None:
    one, two = sample_account(1), sample_account(2)
    world = await World(FastClock(), accounts=(one, two)).start()
    scheduler = world.crm.scheduler
    scheduler.offer(HALF_HOUR, *FREE)
    await world.availability.open(SLUG, ZONE)
    scheduler.hold("book")
    async with asyncio.TaskGroup() as group:
        booking = group.create_task(world.booking.book(REQUEST, Stages()))
        await settle()
        await world.accounts.activate(two.id)
        scheduler.release("book")
    assert isinstance(await booking, Booked)
    assert world.links.state.value.marks == {}
    assert two.id not in world.disk.marks.kept
