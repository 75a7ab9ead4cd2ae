"""Favourites, tags and recent use."""

from app.domain.links import LinkMarks, Slug
from app.storage.marks import SqliteLinkMarkStore
from tests.storage.world import ADA, BOB, NOW, Folder

STAR = LinkMarks(is_favourite=True, tags=("north", "enterprise"), used_at=NOW, durations_ms=(900_000,))


async def test_marks_are_kept_by_account_and_slug(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteLinkMarkStore(database)
        await store.save(ADA, Slug("team/demo"), LinkMarks())
        await store.save(ADA, Slug("team/demo"), STAR)
        await store.save(ADA, Slug("other"), LinkMarks(has_offline_member=True))
        await store.save(BOB, Slug("team/demo"), LinkMarks(tags=("mine",)))
    async with folder.open_outbox() as database:
        store = SqliteLinkMarkStore(database)
        assert await store.marks(ADA) == {"team/demo": STAR, "other": LinkMarks(has_offline_member=True)}
        assert await store.marks(BOB) == {"team/demo": LinkMarks(tags=("mine",))}


async def test_a_row_that_cannot_be_read_does_not_hide_the_others(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        store = SqliteLinkMarkStore(database)
        await store.save(ADA, Slug("good"), STAR)
        await database.write(
            lambda c: c.execute("INSERT INTO marks VALUES (?, 'bad', '{\"tags\":1}')", (ADA,))
        )
        assert await store.marks(ADA) == {"good": STAR}
