"""Opening a link: cached, fetched, superseded."""

import asyncio
from datetime import datetime, timedelta

import pytest

from app.domain.availability import NO_AVAILABILITY
from app.domain.links import LinkKind
from app.domain.problems import Gone, Offline, SignInNeeded
from app.services.availability_state import AvailabilityState
from tests.fakes.clock import NOW, settle
from tests.fakes.samples import (
    HALF_HOUR,
    QUARTER,
    SLUG,
    ZONE,
    at,
    sample_account,
    sample_info,
    sample_page,
    slot,
)
from tests.services.opened import DEC, FULL, NOV, OTHER, asked, signed_in, state_of
from tests.services.world import World


async def test_opening_a_link_shows_info_this_month_and_the_next() -> None:
    world = await signed_in()
    assert state_of(world).durations_ms == ()
    assert state_of(world).kind is LinkKind.OTHER
    first = await world.availability.open(SLUG, ZONE)
    assert first == slot(at(24, 9))
    state = state_of(world)
    assert (state.slug, state.zone, state.info) == (SLUG, ZONE, sample_info())
    assert state.availability.of(HALF_HOUR) == (slot(at(24, 9)), slot(at(24, 10)), slot(at(1, 9, month=12)))
    assert state.availability.months == {NOV, DEC}
    assert (state.fetched_at, state.is_stale, state.problem) == (NOW, False, None)
    assert (state.is_opening, state.is_searching, state.loading_months) == (False, False, frozenset())
    assert (state.durations_ms, state.kind) == ((QUARTER, HALF_HOUR), LinkKind.PERSONAL)
    assert asked(world.crm.scheduler) == [(ZONE, NOV, 0), (ZONE, DEC, 1)]
    assert world.links.state.value.marks_of(SLUG).durations_ms == (QUARTER, HALF_HOUR)
    assert {page.month for page in world.disk.cache.kept_pages[world.account_id]} == {NOV, DEC}
    assert (world.account_id, SLUG) in world.disk.cache.kept_info


async def test_the_cache_is_shown_before_the_first_answer() -> None:
    world = await signed_in()
    cache, account_id, long_ago = world.disk.cache, world.account_id, NOW - timedelta(days=2)
    await cache.save_booking_info(account_id, sample_info(), long_ago)
    await cache.save_page(account_id, sample_page(NOV, {HALF_HOUR: [slot(at(24, 12))]}, fetched_at=long_ago))
    world.crm.scheduler.hold("availability")
    world.crm.scheduler.hold("booking_info")
    async with asyncio.TaskGroup() as group:
        opening = group.create_task(world.availability.open(SLUG, ZONE))
        await settle()
        state = state_of(world)
        assert state.info == sample_info()
        assert state.availability.of(HALF_HOUR) == (slot(at(24, 12)),)
        assert (state.is_opening, state.is_stale, state.fetched_at) == (True, True, long_ago)
        assert state.loading_months == {NOV, DEC}
        world.crm.scheduler.release("availability")
        world.crm.scheduler.release("booking_info")
    assert await opening == slot(at(24, 9))
    assert not state_of(world).is_stale


async def test_without_an_answer_the_cache_stays_with_its_age() -> None:
    world = await signed_in()
    long_ago = NOW - timedelta(days=2)
    page = sample_page(NOV, {HALF_HOUR: [slot(at(24, 12))]}, fetched_at=long_ago)
    await world.disk.cache.save_page(world.account_id, page)
    offline = Offline()
    for method in ("availability", "booking_info"):
        world.crm.scheduler.fail_always(method, offline)
    assert await world.availability.open(SLUG, ZONE) == slot(at(24, 12))
    state = state_of(world)
    assert (state.is_stale, state.fetched_at, state.problem, state.info) == (True, long_ago, offline, None)
    assert state.durations_ms == (HALF_HOUR,)


@pytest.mark.parametrize("method", ["booking_info", "pages", "save_page", "save_booking_info"])
async def test_a_cache_that_fails_does_not_stand_in_the_way(method: str) -> None:
    world = await signed_in()
    world.disk.cache.fail_always(method, FULL)
    assert await world.availability.open(SLUG, ZONE) == slot(at(24, 9))
    assert state_of(world).availability.months == {NOV, DEC}
    assert state_of(world).problem is (FULL if method.startswith("save") else None)


async def test_a_link_that_is_gone_is_a_problem() -> None:
    world = await signed_in()
    gone = Gone("slug")
    for method in ("availability", "booking_info"):
        world.crm.scheduler.fail_always(method, gone)
    assert await world.availability.open(SLUG, ZONE) is None
    state = state_of(world)
    assert (state.problem, state.availability, state.fetched_at) == (gone, NO_AVAILABILITY, None)


async def test_nobody_signed_in_opens_nothing() -> None:
    world = await World(accounts=()).start()
    assert await world.availability.open(SLUG, ZONE) is None
    with pytest.raises(SignInNeeded):
        await world.availability.recheck(SLUG, ZONE, at(24, 9))
    assert state_of(world) == AvailabilityState()


async def test_another_link_cuts_the_first_one_short() -> None:
    world = await signed_in()
    scheduler = world.crm.scheduler
    scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        first = group.create_task(world.availability.open(SLUG, ZONE))
        await settle()
        second = group.create_task(world.availability.open(OTHER, ZONE))
        await settle()
        assert first.done()
        assert not second.done()
        assert state_of(world).slug == OTHER
        assert state_of(world).availability == NO_AVAILABILITY
        scheduler.release("availability")
    assert await first is None
    assert await second == slot(at(24, 9))
    assert {page.slug for page in world.disk.cache.kept_pages[world.account_id]} == {OTHER}


async def test_a_cancelled_opening_is_over() -> None:
    world = await signed_in()
    world.crm.scheduler.hold("booking_info")
    async with asyncio.TaskGroup() as group:
        opening = group.create_task(world.availability.open(SLUG, ZONE))
        await settle()
        assert state_of(world).is_opening
        opening.cancel()
    assert not state_of(world).is_opening
    assert state_of(world).availability.months == {NOV, DEC}


async def test_the_other_account_sees_nothing_of_it() -> None:
    one, two = sample_account(1), sample_account(2)
    world = await World(accounts=(one, two)).start()
    world.crm.scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        opening = group.create_task(world.availability.open(SLUG, ZONE))
        await settle()
        await world.accounts.activate(two.id)
        assert state_of(world) == AvailabilityState(zone=ZONE)
    assert await opening is None
    world.accounts.report_lost(two.id)
    assert state_of(world).slug is None


async def test_every_snapshot_of_an_opening_is_in_order() -> None:
    world = await signed_in()
    states: list[AvailabilityState] = []
    world.availability.state.subscribe(states.append)
    await world.availability.open(SLUG, ZONE)
    known: list[datetime] = []
    for state in states:
        starts = [one.start for one in state.availability.of(HALF_HOUR)]
        assert set(known) <= set(starts)
        known = starts
    assert states[0].is_opening
    assert not states[-1].is_opening
