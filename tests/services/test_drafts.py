"""Forms that neither a crash nor a closed desk loses."""

import asyncio
from dataclasses import replace

from app.domain.drafts import DeskDraft
from app.domain.forms import Answers
from app.domain.links import Slug
from app.domain.problems import StorageFailed, StorageTrouble
from app.services.drafts import DraftsState
from tests.fakes.clock import NOW, ManualClock, settle
from tests.fakes.samples import SLUG, ZONE, at, sample_account, sample_request, slot
from tests.services.world import Disk, World

FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")
DRAFT = DeskDraft(
    SLUG,
    Answers(first_name="Ada", guests=("sam@x.example",)),
    slot(at(24, 9)),
    1_800_000,
    ZONE,
    typed=frozenset({"email"}),
)
SAVED = replace(DRAFT, saved_at=NOW)


def state_of(world: World) -> DraftsState:
    return world.drafts.state.value


async def test_a_draft_survives_a_restart() -> None:
    disk = Disk()
    world = await World(disk=disk).start()
    assert await world.drafts.keep(DRAFT)
    assert world.drafts.draft(SLUG) == SAVED
    again = await World(disk=disk).start()
    assert again.drafts.draft(SLUG) is None
    await again.drafts.load()
    assert again.drafts.draft(SLUG) == SAVED
    await again.drafts.discard(SLUG)
    await again.drafts.load()
    assert state_of(again) == DraftsState()


async def test_what_is_typed_while_drafts_are_read_stays() -> None:
    disk = Disk()
    world = await World(disk=disk).start()
    await world.drafts.keep(replace(DRAFT, zone="UTC"))
    again = await World(disk=disk).start()
    disk.drafts.hold("drafts")
    async with asyncio.TaskGroup() as group:
        group.create_task(again.drafts.load())
        await settle()
        await again.drafts.keep(DRAFT)
        disk.drafts.release("drafts")
    assert again.drafts.draft(SLUG) == SAVED


async def test_rows_that_are_no_drafts_are_left_alone() -> None:
    world = await World().start()
    await world.drafts.keep(DRAFT)
    rows = world.disk.drafts.kept[world.account_id]
    rows["desk/broken"] = {"slug": 7}
    rows["sent/other"] = {"slug": sample_request(at(24, 9)).slug}
    await world.drafts.load()
    assert dict(state_of(world).drafts) == {SLUG: SAVED}
    assert len(rows) == 3


async def test_waiting_drafts_are_listed_oldest_first() -> None:
    clock = ManualClock()
    world = await World(clock).start()
    for slug in ("b", "a", "c"):
        await world.drafts.keep(replace(DRAFT, slug=Slug(slug), is_waiting=slug != "c"))
        await clock.advance(1)
    assert [draft.slug for draft in state_of(world).waiting] == ["b", "a"]


async def test_a_form_that_cannot_be_written_lives_on_in_memory() -> None:
    world = await World().start()
    world.disk.drafts.fail("save", FULL)
    assert not await world.drafts.keep(DRAFT)
    assert (world.drafts.draft(SLUG), state_of(world).problem) == (SAVED, FULL)
    assert await world.drafts.keep(DRAFT)
    assert state_of(world).problem is None
    world.disk.drafts.fail("discard", FULL)
    await world.drafts.discard(SLUG)
    assert (world.drafts.draft(SLUG), state_of(world).problem) == (None, FULL)


async def test_drafts_that_cannot_be_read_are_told() -> None:
    world = await World().start()
    world.disk.drafts.fail("drafts", FULL)
    await world.drafts.load()
    assert state_of(world).problem is FULL


async def test_drafts_belong_to_an_account() -> None:
    one, two = sample_account(1), sample_account(2)
    world = await World(accounts=(one, two)).start()
    await world.drafts.keep(DRAFT)
    world.accounts.report_lost(one.id)
    assert world.drafts.draft(SLUG) == SAVED
    world.disk.drafts.hold("drafts")
    async with asyncio.TaskGroup() as group:
        group.create_task(world.drafts.load())
        await settle()
        await world.accounts.activate(two.id)
        world.disk.drafts.release("drafts")
    assert state_of(world) == DraftsState()
    await world.drafts.load()
    assert state_of(world) == DraftsState()
    await world.accounts.activate(one.id)
    await world.drafts.load()
    assert world.drafts.draft(SLUG) == SAVED


async def test_nobody_signed_in_keeps_nothing() -> None:
    world = await World(accounts=()).start()
    await world.drafts.load()
    assert not await world.drafts.keep(DRAFT)
    await world.drafts.discard(SLUG)
    assert state_of(world) == DraftsState()
