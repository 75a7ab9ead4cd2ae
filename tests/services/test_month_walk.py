"""Walking months to a free slot, and switching zones."""

import asyncio
from datetime import date, timedelta

from app.domain.problems import Offline
from app.domain.slots import YearMonth
from app.services.availability_state import AvailabilityState
from tests.fakes.clock import NOW, settle
from tests.fakes.samples import (
    HALF_HOUR,
    QUARTER,
    SLUG,
    ZONE,
    at,
    sample_page,
    slot,
)
from tests.services.opened import DEC, JAN, NEW_YORK, NOV, WEEK, asked, signed_in, state_of


async def test_months_are_walked_to_the_first_free_one() -> None:
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.slots = {HALF_HOUR: {slot(at(7, 9, month=4, year=2027))}}
    scheduler.last_month = YearMonth(2028, 1)
    searching: list[bool] = []
    world.availability.state.subscribe(lambda state: searching.append(state.is_searching))
    assert await world.availability.open(SLUG, ZONE) == slot(at(7, 9, month=4, year=2027))
    assert [month for _, month, _ in asked(scheduler)] == [NOV.plus(step) for step in range(6)]
    assert True in searching
    assert not state_of(world).is_searching


async def test_the_walk_ends_after_a_year_or_where_there_is_no_more() -> None:
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.slots = {HALF_HOUR: {slot(at(7, 9, month=12, year=2027))}}
    scheduler.last_month = YearMonth(2030, 1)
    assert await world.availability.open(SLUG, ZONE) is None
    assert len(asked(scheduler)) == 13
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.slots, scheduler.last_month = {HALF_HOUR: set()}, NOV
    assert await world.availability.open(SLUG, ZONE) is None
    assert len(asked(scheduler)) == 2


async def test_the_walk_goes_on_with_what_is_remembered_once_a_month_cannot_be_had() -> None:
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.slots, scheduler.last_month = {HALF_HOUR: set()}, YearMonth(2028, 1)
    february = sample_page(JAN.plus(1), {HALF_HOUR: [slot(at(3, 9, month=2, year=2027))]})
    for page in (sample_page(JAN, {}, has_more=True), february):
        await world.disk.cache.save_page(world.account_id, page)
    scheduler.fail("availability", None, None, Offline())
    assert await world.availability.open(SLUG, ZONE) == slot(at(3, 9, month=2, year=2027))
    assert len(asked(scheduler)) == 3
    assert isinstance(state_of(world).problem, Offline)


async def test_a_slot_that_has_begun_is_not_the_first_free_one() -> None:
    world = await signed_in()
    world.crm.scheduler.offer(HALF_HOUR, NOW - timedelta(minutes=15), NOW)
    assert await world.availability.open(SLUG, ZONE) == slot(at(24, 9))


async def test_next_free_looks_at_one_duration_and_later_months() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    find = world.availability.find_next
    assert await find(HALF_HOUR, at(24, 9)) == slot(at(24, 10))
    assert await find(QUARTER, at(24, 9)) == slot(at(24, 9, 30), QUARTER)
    assert len(asked(world.crm.scheduler)) == 2
    assert await find(HALF_HOUR, at(1, 9, month=12)) == slot(at(5, 9, month=1, year=2027))
    assert len(asked(world.crm.scheduler)) == 3
    assert await find(QUARTER, at(24, 9, 30)) is None
    assert await find(HALF_HOUR, at(1, 9, month=1)) == slot(at(24, 9))
    world.availability.close()
    assert await find(HALF_HOUR, at(24, 9)) is None


async def test_another_link_stops_a_walk() -> None:
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.slots, scheduler.last_month = {HALF_HOUR: set()}, YearMonth(2030, 1)
    async with asyncio.TaskGroup() as group:
        opening = group.create_task(world.availability.open(SLUG, ZONE))
        scheduler.before_page = lambda: world.availability.close() if len(asked(scheduler)) == 4 else None
    assert await opening is None
    assert len(asked(scheduler)) == 4
    assert state_of(world) == AvailabilityState(zone=ZONE)


async def test_a_zone_is_switched_at_once_and_fetches_only_what_the_edges_leave_open() -> None:
    world = await signed_in()
    await world.availability.switch_zone(NEW_YORK)
    assert state_of(world) == AvailabilityState(zone=NEW_YORK)
    await world.availability.open(SLUG, ZONE)
    before = state_of(world).availability
    await world.availability.switch_zone(NEW_YORK)
    state = state_of(world)
    assert (state.zone, state.availability.slots) == (NEW_YORK, before.slots)
    assert (state.is_stale, state.fetched_at) == (False, NOW)
    await world.availability.ensure(*WEEK)
    assert len(asked(world.crm.scheduler)) == 2
    await world.availability.ensure(date(2026, 12, 28), date(2027, 1, 1))
    # New York's December ends later than Berlin's: those hours and January are missing.
    assert asked(world.crm.scheduler)[2:] == [(NEW_YORK, DEC, 1), (NEW_YORK, JAN, 2)]
    await world.availability.switch_zone(ZONE)
    assert set(before.of(HALF_HOUR)) <= set(state_of(world).availability.of(HALF_HOUR))
    assert not state_of(world).is_stale


async def test_a_search_in_a_zone_that_was_switched_meanwhile_ends() -> None:
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.slots, scheduler.last_month = {HALF_HOUR: set()}, YearMonth(2030, 1)
    await world.availability.open(SLUG, ZONE)
    scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        finding = group.create_task(world.availability.find_next(HALF_HOUR, at(24, 9)))
        await settle()
        await world.availability.switch_zone(NEW_YORK)
        scheduler.release("availability")
    assert await finding is None
