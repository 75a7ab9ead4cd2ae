"""Drafts of the editor are kept for the active account, and a store that fails loses nothing on screen."""

from app.domain.log_drafts import NEW_KEY, LogDraft
from app.domain.meetings import MeetingDetails, MeetingField
from app.domain.problems import StorageFailed, StorageTrouble
from app.services.log_drafts import LogDraftsService
from tests.services.world import World

TYPED = LogDraft(MeetingDetails(title="Intro call"), frozenset({MeetingField.TITLE}))
FULL = StorageFailed(StorageTrouble.FULL, "outbox.db")


async def _service(world: World, *, is_signed_in: bool = True) -> LogDraftsService:
    if is_signed_in:
        await world.accounts.load()
    return LogDraftsService(world.accounts, world.disk.drafts, world.clock)


async def test_a_draft_is_kept_with_the_time_and_found_again() -> None:
    world = World()
    service = await _service(world)
    kept = await service.keep("log/12", TYPED)
    assert kept is not None
    assert kept.saved_at == world.clock.now()
    found = await service.draft("log/12", MeetingDetails(notes="stored"))
    assert found is not None
    assert (found.details.title, found.details.notes) == ("Intro call", "stored")
    assert await service.draft("log/13", MeetingDetails()) is None


async def test_unfinished_new_meetings_are_found_by_key() -> None:
    service = await _service(World())
    await service.keep(NEW_KEY, TYPED)
    await service.keep("log/12", TYPED)
    assert list(await service.unfinished()) == [NEW_KEY]


async def test_a_discarded_draft_is_gone() -> None:
    service = await _service(World())
    await service.keep("log/12", TYPED)
    await service.discard("log/12")
    assert await service.draft("log/12", MeetingDetails()) is None


async def test_with_nobody_signed_in_nothing_is_kept() -> None:
    world = World()
    service = await _service(world, is_signed_in=False)
    assert await service.keep(NEW_KEY, TYPED) is None
    assert await service.draft(NEW_KEY, MeetingDetails()) is None
    assert await service.unfinished() == {}
    await service.discard(NEW_KEY)
    assert world.disk.drafts.kept == {}


async def test_a_store_that_fails_answers_with_nothing() -> None:
    world = World()
    service = await _service(world)
    await service.keep(NEW_KEY, TYPED)
    for name in ("save", "draft", "drafts", "discard"):
        world.disk.drafts.fail(name, FULL)
    assert await service.keep(NEW_KEY, TYPED) is None
    assert await service.draft(NEW_KEY, MeetingDetails()) is None
    assert await service.unfinished() == {}
    await service.discard(NEW_KEY)
