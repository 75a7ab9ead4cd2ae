"""The links list: cached, fetched page by page, marked."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.links import LinkMarks, MeetingLink, Slug
from app.domain.ports import LinkPage
from app.domain.problems import Offline, Problem, SignInNeeded, StorageFailed, StorageTrouble
from app.services.links import LinksState
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.samples import MARIA, OFFLINE_JONAS, SLUG, sample_account, sample_info, sample_link
from tests.services.world import World

A, B, C = (sample_link(slug, name=slug.upper()) for slug in "abc")
FULL = StorageFailed(StorageTrouble.FULL, "cache.db")


async def signed_in(*pages: LinkPage) -> World:
    world = await World().start()
    world.crm.links.answer = list(pages)
    return world


def state_of(world: World) -> LinksState:
    return world.links.state.value


def seen(world: World) -> list[tuple[str, ...]]:
    """The slugs of every snapshot from now on."""
    shown: list[tuple[str, ...]] = []
    world.links.state.subscribe(lambda state: shown.append(tuple(link.slug for link in state.links)))
    return shown


async def test_the_list_fills_page_by_page() -> None:
    world = await signed_in(LinkPage((A,), 3), LinkPage((B,), 3), LinkPage((C,), 3))
    shown = seen(world)
    await world.links.load()
    assert [*dict.fromkeys(shown)] == [(), ("a",), ("a", "b"), ("a", "b", "c")]
    assert state_of(world) == LinksState((A, B, C), {}, NOW, total=3)
    assert world.disk.cache.kept_links[world.account_id] == ((A, B, C), NOW)


async def test_the_cache_is_shown_first_and_confirmed_then() -> None:
    world = await signed_in(LinkPage((replace(B, name="New"),), 2), LinkPage((C,), 2))
    world.disk.cache.kept_links[world.account_id] = ((A, B), NOW - timedelta(days=1))
    world.disk.marks.kept[world.account_id] = {A.slug: LinkMarks(is_favourite=True)}
    world.crm.links.hold("pages")
    async with asyncio.TaskGroup() as group:
        group.create_task(world.links.load())
        await settle()
        assert state_of(world).links == (A, B)
        assert state_of(world).fetched_at == NOW - timedelta(days=1)
        assert state_of(world).is_stale
        assert state_of(world).is_loading
        assert state_of(world).marks_of(A.slug).is_favourite
        shown = seen(world)
        world.crm.links.release("pages")
    # Rows stay in their places while pages arrive; what HubSpot no longer has goes at the end.
    assert [*dict.fromkeys(shown)] == [("a", "b"), ("a", "b", "c"), ("b", "c")]
    assert state_of(world).link(B.slug) == replace(B, name="New")
    assert state_of(world).link(A.slug) is None
    assert not state_of(world).is_stale
    assert not state_of(world).is_loading


async def test_rows_that_did_not_change_stay_the_same_objects() -> None:
    world = await signed_in(LinkPage((A,), 1))
    await world.links.load()
    copy: MeetingLink = replace(A)
    world.crm.links.answer = [LinkPage((copy,), 1)]
    await world.links.refresh()
    assert state_of(world).links[0] is A


async def test_unreadable_rows_make_the_list_partial() -> None:
    world = await signed_in(LinkPage((A,), 3, skipped=1), LinkPage((B,), 3, skipped=1))
    await world.links.load()
    assert (state_of(world).skipped, state_of(world).is_partial) == (2, True)
    world.crm.links.answer = [LinkPage((A, B), 2)]
    await world.links.refresh()
    assert not state_of(world).is_partial


async def test_a_failure_keeps_what_is_there_with_its_age() -> None:
    world = await signed_in(LinkPage((A, B), 2))
    await world.links.load()
    offline = Offline()
    world.crm.links.answer = [LinkPage((replace(A, name="New"),), 2), LinkPage((), 2)]
    world.crm.links.fail("pages", None, offline)
    await world.links.refresh()
    assert state_of(world) == LinksState(
        (replace(A, name="New"), B), {}, NOW, total=2, is_stale=True, problem=offline
    )
    await world.links.refresh()
    assert state_of(world).problem is None
    assert state_of(world).links == (replace(A, name="New"),)


async def test_a_refresh_joins_the_one_under_way() -> None:
    world = await signed_in(LinkPage((A,), 1))
    world.crm.links.hold("pages")
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(world.links.refresh())
        await settle()
        world.crm.links.release("pages")
    assert world.crm.links.count("pages") == 1


async def test_a_refresh_may_ask_for_old_data_only() -> None:
    clock = ManualClock()
    world = await World(clock).start()
    world.crm.links.answer = [LinkPage((A,), 1)]
    minute = timedelta(minutes=1)
    await world.links.refresh(older_than=minute)
    await world.links.refresh(older_than=minute)
    assert world.crm.links.count("pages") == 1
    await clock.advance(60)
    await world.links.refresh(older_than=minute)
    assert world.crm.links.count("pages") == 2
    world.crm.links.fail("pages", Offline())
    await world.links.refresh()
    await world.links.refresh(older_than=minute)
    assert world.crm.links.count("pages") == 4


async def test_nobody_signed_in_means_nothing_to_do() -> None:
    world = await World(accounts=()).start()
    await world.links.load()
    await world.links.refresh()
    await world.links.set_favourite(SLUG, True)
    assert state_of(world) == LinksState()


async def test_a_damaged_cache_is_as_good_as_none() -> None:
    world = await signed_in(LinkPage((A,), 1))
    world.disk.cache.fail("links", FULL)
    world.disk.marks.kept[world.account_id] = {A.slug: LinkMarks(tags=("emea",))}
    await world.links.load()
    assert state_of(world).links == (A,)
    assert state_of(world).marks_of(A.slug).tags == ("emea",)
    assert not state_of(world).is_stale


async def test_a_list_that_cannot_be_cached_is_shown_all_the_same() -> None:
    world = await signed_in(LinkPage((A,), 1))
    world.disk.cache.fail("save_links", FULL)
    await world.links.load()
    assert (state_of(world).links, state_of(world).problem) == ((A,), FULL)


@pytest.mark.parametrize("step", ["pages", "end"])
@pytest.mark.parametrize("problem", [None, Offline()])
async def test_another_account_never_sees_these_links(step: str, problem: Problem | None) -> None:
    one, two = sample_account(1), sample_account(2)
    world = await World(accounts=(one, two)).start()
    links = world.connections.crm(one.id).links
    links.answer = [LinkPage((A,), 2), LinkPage((B,), 2)]
    links.hold(step)
    async with asyncio.TaskGroup() as group:
        group.create_task(world.links.load())
        await settle()
        await world.accounts.activate(two.id)
        assert state_of(world) == LinksState()
        links.fail(step, problem)
        links.release(step)
    assert state_of(world) == LinksState()
    assert links.open_iterators == 0
    assert world.disk.cache.kept_links == {}


async def test_a_switch_at_any_step_leaves_the_other_account_untouched() -> None:
    one, two = sample_account(1), sample_account(2)
    for rounds in range(1, 26):
        world = await World(accounts=(one, two)).start()
        links = world.connections.crm(one.id).links
        links.answer = [LinkPage((A,), 2), LinkPage((B,), 2)]
        links.fail("pages", None, Offline() if rounds % 2 else None)
        world.disk.cache.fail("links", FULL)
        async with asyncio.TaskGroup() as group:
            loading = group.create_task(world.links.load())
            await settle(rounds)
            is_over = loading.done()
            await world.accounts.activate(two.id)
        assert state_of(world) == LinksState()
        assert is_over or set(world.disk.cache.kept_links) <= {one.id}


async def test_who_takes_over_a_cancelled_fetch_of_the_old_account_makes_none() -> None:
    one, two = sample_account(1), sample_account(2)
    world = await World(accounts=(one, two)).start()
    links = world.connections.crm(one.id).links
    links.answer = [LinkPage((A,), 1)]
    links.hold("pages")
    async with asyncio.TaskGroup() as group:
        first = group.create_task(world.links.refresh())
        await settle()
        group.create_task(world.links.refresh())
        await settle()
        await world.accounts.activate(two.id)
        first.cancel()
    assert links.count("pages") == 1
    assert links.open_iterators == 0


async def test_a_lost_grant_keeps_the_list() -> None:
    world = await signed_in(LinkPage((A,), 1))
    await world.links.load()
    world.crm.links.fail("pages", SignInNeeded(world.account_id))
    await world.links.refresh()
    assert state_of(world).links == (A,)
    assert world.accounts.state.value.is_lost


async def test_marks_are_shown_at_once_and_kept() -> None:
    world = await signed_in()
    world.disk.marks.hold("save")
    async with asyncio.TaskGroup() as group:
        group.create_task(world.links.set_favourite(SLUG, True))
        await settle()
        assert state_of(world).marks_of(SLUG).is_favourite
        world.disk.marks.release("save")
    await world.links.set_favourite(SLUG, True)
    assert world.disk.marks.count("save") == 1
    await world.links.set_tags(SLUG, [" emea ", "", "new", "emea"])
    await world.links.note_used(SLUG)
    await world.links.note_info(sample_info(members=(MARIA, OFFLINE_JONAS)))
    marks = LinkMarks(
        is_favourite=True,
        tags=("emea", "new"),
        used_at=NOW,
        durations_ms=sample_info().durations_ms,
        has_offline_member=True,
    )
    assert state_of(world).marks_of(SLUG) == marks
    assert world.disk.marks.kept[world.account_id] == {SLUG: marks}
    await world.links.note_info(sample_info(is_offline=True))
    assert state_of(world).marks_of(SLUG).has_offline_member
    await world.links.note_info(sample_info())
    assert not state_of(world).marks_of(SLUG).has_offline_member


async def test_marks_that_cannot_be_kept_last_until_the_app_quits() -> None:
    world = await signed_in()
    world.disk.marks.fail("save", FULL)
    await world.links.set_favourite(Slug("a"), True)
    assert state_of(world).marks_of(Slug("a")).is_favourite
    assert state_of(world).problem is FULL


async def test_the_list_is_refreshed_when_the_connection_comes_back() -> None:
    world = await signed_in(LinkPage((A,), 1))
    world.crm.links.fail("pages", Offline())
    async with asyncio.TaskGroup() as group:
        running = group.create_task(world.links.run())
        await world.links.load()
        assert state_of(world).links == ()
        await world.connectivity.probe()
        await settle()
        assert state_of(world).links == (A,)
        running.cancel()
