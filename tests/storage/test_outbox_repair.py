"""Changes, identities and templates in a damaged outbox come back from what is readable and the backup."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from app.domain.changes import PendingChange
from app.domain.meetings import MeetingId, local_meeting_id
from app.domain.ports_meetings import TextTemplate
from app.storage.backups import BackupKeeper
from app.storage.database import Database
from app.storage.outbox import SqliteOutboxStore
from app.storage.templates import _TEMPLATE, SqliteTemplateStore
from tests.storage.damage import PAGE, leaf_pages, overwrite
from tests.storage.meeting_world import log, pending
from tests.storage.world import ADA, FakeClock, Folder

TITLE = "what was agreed " * 12
COUNT = 120
TABLES = ("changes", "identities", "templates")


@dataclass(frozen=True, slots=True)
class Content:
    """What the new tables hold."""

    changes: tuple[PendingChange, ...]
    identities: Mapping[MeetingId, MeetingId]
    templates: tuple[TextTemplate, ...]

    def of(self, table: str) -> set[object]:
        """The table's rows, to compare."""
        rows = getattr(self, table)
        return set(rows.items()) if isinstance(rows, Mapping) else {repr(row) for row in rows}


async def fill(database: Database) -> None:
    rows = [pending(number, log(number, title=TITLE)) for number in range(COUNT)]
    names = {local_meeting_id(f"{number:0200}"): MeetingId(str(number)) for number in range(COUNT)}
    await SqliteOutboxStore(database).write(rows, identities=names)
    templates = [TextTemplate(f"{number:04}", f"Name {number}", body=TITLE) for number in range(COUNT)]
    columns = [(ADA, template.id, _TEMPLATE.encode_text(template)) for template in templates]
    await database.write(lambda c: c.executemany("INSERT INTO templates VALUES (?, ?, ?)", columns))


async def content_of(database: Database) -> Content:
    store = SqliteOutboxStore(database)
    return Content(
        await store.open_rows(ADA),
        await store.identities(ADA),
        await SqliteTemplateStore(database).templates(ADA),
    )


@pytest.mark.parametrize("table", TABLES)
async def test_the_readable_rows_around_a_destroyed_page_are_salvaged(folder: Folder, table: str) -> None:
    async with folder.open_outbox() as database:
        await fill(database)
        written = await content_of(database)
    leaves = leaf_pages(folder.outbox, table)
    assert len(leaves) > 4
    overwrite(folder.outbox, leaves[2], b"\xff" * PAGE)
    async with folder.open_outbox() as database:
        assert database.notice is not None
        found = await content_of(database)
        assert await SqliteOutboxStore(database).unreadable(ADA) == 0
    for one in TABLES:
        assert found.of(one) <= written.of(one)
        assert (found.of(one) == written.of(one)) == (one != table)
    assert len(found.of(table)) >= COUNT - 2 * (COUNT // len(leaves))


@pytest.mark.parametrize("table", TABLES)
async def test_what_a_destroyed_page_took_comes_back_from_the_backup(folder: Folder, table: str) -> None:
    async with folder.open_outbox() as database:
        await fill(database)
        await BackupKeeper(database, folder.backups, FakeClock()).make_if_due()
        newer = pending(COUNT - 1, log(COUNT - 1, title="newer than the backup"))
        await SqliteOutboxStore(database).write([newer])
        written = await content_of(database)
    overwrite(folder.outbox, leaf_pages(folder.outbox, table)[1], b"\0" * PAGE)
    async with folder.open_outbox() as database:
        assert database.notice is not None
        assert await content_of(database) == written


async def test_a_change_that_is_half_overwritten_is_taken_from_the_backup(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        await fill(database)
        await BackupKeeper(database, folder.backups, FakeClock()).make_if_due()
        written = await content_of(database)
    content = folder.outbox.read_bytes()
    leaf = leaf_pages(folder.outbox, "changes")[1]
    place = content.index(TITLE[:20].encode(), leaf)
    overwrite(folder.outbox, place - 12, b'"' * 16)
    overwrite(folder.outbox, leaf_pages(folder.outbox, "drafts")[0], b"\xff" * PAGE)
    async with folder.open_outbox() as database:
        assert database.notice is not None
        assert await content_of(database) == written
