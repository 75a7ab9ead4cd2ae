"""Keeping the days on screen up to date."""

import asyncio
from datetime import date, timedelta

import pytest

from app.domain.problems import Offline, Problem, SlowDown
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.samples import (
    HALF_HOUR,
    QUARTER,
    SLUG,
    ZONE,
    at,
    sample_info,
    slot,
)
from tests.services.opened import DEC, EDGE_WEEK, JAN, NEW_YORK, NOV, OTHER, WEEK, asked, signed_in, state_of


async def test_only_what_is_missing_or_old_is_fetched() -> None:
    clock = ManualClock()
    world = await signed_in(clock)
    scheduler, ensure = world.crm.scheduler, world.availability.ensure
    await ensure(*WEEK)
    assert asked(scheduler) == []
    await world.availability.open(SLUG, ZONE)
    await ensure(*WEEK)
    assert len(asked(scheduler)) == 2
    await ensure(*EDGE_WEEK)
    assert asked(scheduler)[2:] == [(ZONE, JAN, 2)]
    await clock.advance(301)
    await ensure(*WEEK)
    assert [month for _, month, _ in asked(scheduler)[3:]] == [NOV, DEC]
    await ensure(date(2026, 10, 1), date(2026, 10, 31))
    assert len(asked(scheduler)) == 5


async def test_a_week_across_months_is_one_without_losing_or_doubling() -> None:
    world = await signed_in()
    world.crm.scheduler.offer(HALF_HOUR, at(30, 22, 30), at(30, 23), at(30, 23, 30))
    await world.availability.open(SLUG, ZONE)
    await world.availability.ensure(*EDGE_WEEK)
    state = state_of(world)
    assert state.availability.of(HALF_HOUR)[2:6] == tuple(
        slot(start) for start in (at(30, 22, 30), at(30, 23), at(30, 23, 30), at(1, 9, month=12))
    )


async def test_one_request_for_a_month_at_a_time() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    scheduler = world.crm.scheduler
    scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(world.availability.refresh())
        await settle()
        recheck = group.create_task(world.availability.recheck(SLUG, ZONE, at(24, 9)))
        await settle()
        assert asked(scheduler)[2:] == [(ZONE, NOV, 0)]
        assert state_of(world).loading_months == {NOV}
        scheduler.release("availability")
    assert (await recheck).of(QUARTER)
    assert asked(scheduler)[3:] == [(ZONE, NOV, 0)]


async def test_a_failed_month_is_told_until_it_goes_well() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    offline = Offline()
    world.crm.scheduler.fail("availability", offline)
    await world.availability.refresh()
    state = state_of(world)
    assert (state.problem, state.is_stale) == (offline, True)
    assert state.availability.of(QUARTER) == (slot(at(24, 9, 30), QUARTER),)
    await world.availability.refresh(older_than=timedelta(hours=1))
    assert (state_of(world).problem, state_of(world).is_stale) == (None, False)


async def test_the_month_ahead_fails_quietly() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    world.crm.scheduler.fail("availability", Offline())
    await world.availability.ensure(*EDGE_WEEK)
    assert asked(world.crm.scheduler)[2:] == [(ZONE, JAN, 2)]
    assert state_of(world).problem is None
    assert not state_of(world).is_stale
    await world.availability.ensure(*EDGE_WEEK)
    assert state_of(world).availability.months == {NOV, DEC, JAN}
    await world.availability.ensure(date(2027, 1, 4), date(2027, 1, 8))
    assert len(asked(world.crm.scheduler)) == 4


async def test_another_link_stops_before_the_look_ahead() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    world.availability.invalidate(SLUG, at(1, 9, month=12))
    world.crm.scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        group.create_task(world.availability.ensure(*EDGE_WEEK))
        await settle()
        world.availability.close()
    assert asked(world.crm.scheduler)[2:] == [(ZONE, DEC, 1)]


async def test_another_link_stops_the_look_ahead() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    world.crm.scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        group.create_task(world.availability.ensure(date(2027, 1, 4), date(2027, 1, 8)))
        await settle()
        world.availability.close()
    assert asked(world.crm.scheduler)[2:] == [(ZONE, JAN, 2)]


async def test_a_refresh_asks_for_the_view_and_the_info_again() -> None:
    clock = ManualClock()
    world = await signed_in(clock)
    await world.availability.refresh()
    await world.availability.open(SLUG, ZONE)
    await world.availability.ensure(*EDGE_WEEK)
    before = len(asked(world.crm.scheduler))
    await clock.advance(59)
    await world.availability.refresh(older_than=timedelta(seconds=60))
    assert len(asked(world.crm.scheduler)) == before
    await clock.advance(1)
    world.crm.scheduler.info = sample_info(durations_ms=(HALF_HOUR,))
    await world.availability.refresh(older_than=timedelta(seconds=60))
    assert [month for _, month, _ in asked(world.crm.scheduler)[before:]] == [NOV, DEC]
    assert state_of(world).durations_ms == (HALF_HOUR,)
    assert world.links.state.value.marks_of(SLUG).durations_ms == (HALF_HOUR,)
    assert state_of(world).fetched_at == clock.now()


async def test_another_link_stops_a_refresh() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    world.crm.scheduler.info = sample_info(durations_ms=(HALF_HOUR,))
    world.crm.scheduler.hold("availability")
    async with asyncio.TaskGroup() as group:
        group.create_task(world.availability.refresh())
        await settle()
        world.availability.close()
    assert world.links.state.value.marks_of(SLUG).durations_ms == (QUARTER, HALF_HOUR)


async def test_run_refreshes_every_five_minutes_unless_offline_and_on_return() -> None:
    clock = ManualClock()
    world = await signed_in(clock)
    scheduler = world.crm.scheduler
    await world.availability.open(SLUG, ZONE)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(world.availability.run())
        await settle()
        await clock.advance(299)
        assert len(asked(scheduler)) == 2
        await clock.advance(1)
        assert len(asked(scheduler)) == 3
        for method in ("availability", "booking_info"):
            scheduler.fail(method, Offline())
        await clock.advance(300)
        assert len(asked(scheduler)) == 4
        await clock.advance(300)
        assert len(asked(scheduler)) == 4
        await world.connectivity.probe()
        await settle()
        assert len(asked(scheduler)) == 5
        running.cancel()
    assert state_of(world).fetched_at == clock.now()


async def test_run_keeps_quiet_while_hubspot_asks_for_a_pause() -> None:
    clock = ManualClock()
    world = await signed_in(clock)
    await world.availability.open(SLUG, ZONE)
    world.crm.links.fail("end", SlowDown(NOW + timedelta(seconds=900)))
    await world.connectivity.probe()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(world.availability.run())
        await settle()
        await clock.advance(600)
        assert len(asked(world.crm.scheduler)) == 2
        running.cancel()


async def test_a_recheck_is_a_new_request_whose_answer_is_shown() -> None:
    world = await signed_in()
    await world.availability.open(SLUG, ZONE)
    world.crm.scheduler.take(at(24, 9))
    known = await world.availability.recheck(SLUG, ZONE, at(24, 9))
    assert known.of(HALF_HOUR)[0] == slot(at(24, 10))
    assert state_of(world).availability == known
    problem: Problem = Offline()
    world.crm.scheduler.fail("availability", problem)
    with pytest.raises(Offline):
        await world.availability.recheck(SLUG, ZONE, at(24, 9))
    assert state_of(world).availability == known


async def test_a_recheck_of_a_link_that_is_not_open_leaves_the_state_alone() -> None:
    world = await signed_in()
    await world.availability.open(OTHER, ZONE)
    before = state_of(world)
    known = await world.availability.recheck(SLUG, NEW_YORK, at(1, 9, month=12))
    assert known.of(HALF_HOUR) == (slot(at(1, 9, month=12)),)
    assert state_of(world) is before


async def test_what_was_booked_is_stale_until_the_next_refresh() -> None:
    world = await signed_in()
    world.availability.invalidate(SLUG, at(24, 9))
    await world.availability.open(SLUG, ZONE)
    world.availability.invalidate(OTHER, at(24, 9))
    assert not state_of(world).is_stale
    world.availability.invalidate(SLUG, at(24, 9))
    assert state_of(world).is_stale
    await world.availability.ensure(*WEEK)
    assert not state_of(world).is_stale
    assert asked(world.crm.scheduler)[2:] == [(ZONE, NOV, 0)]


async def test_an_older_month_of_another_zone_does_not_bring_back_what_was_booked() -> None:
    """The booking was made in the guest's zone; back in the rep's own the month is asked for again."""
    world = await signed_in()
    scheduler, availability = world.crm.scheduler, world.availability
    await availability.open(SLUG, ZONE)
    await availability.ensure(*WEEK)
    await availability.switch_zone(NEW_YORK)
    await availability.refresh()
    taken = state_of(world).availability.of(HALF_HOUR)[0]
    scheduler.slots[HALF_HOUR].remove(taken)
    availability.invalidate(SLUG, taken.start)
    await availability.refresh()
    await availability.switch_zone(ZONE)
    await availability.ensure(*WEEK)
    assert asked(scheduler)[-1][0] == ZONE
    assert taken not in state_of(world).availability.of(HALF_HOUR)
