"""Forward only, all or nothing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.links import LinkMarks, Slug
from app.domain.meetings import MeetingQuery
from app.domain.ports_meetings import TextTemplate
from app.domain.problems import StorageFailed, StorageTrouble
from app.domain.slots import YearMonth
from app.storage.accounts import SqliteAccountStore
from app.storage.backups import BackupKeeper
from app.storage.cache import SqliteLinkCacheStore
from app.storage.drafts import SqliteDraftStore
from app.storage.marks import SqliteLinkMarkStore
from app.storage.meeting_cache import SqliteMeetingCacheStore
from app.storage.migrations import Schema, migrate, version_of
from app.storage.outbox import SqliteOutboxStore
from app.storage.schemas import CACHE, OUTBOX
from app.storage.templates import SqliteTemplateStore
from tests.storage.meeting_world import meeting, pending
from tests.storage.world import ADA, BOB, NOW, FakeClock, Folder, account, link, page

SAMPLES = Path(__file__).parent / "samples"
"""Files that earlier versions of the program wrote, named by their schema version."""

STEPS = (
    ("CREATE TABLE words (word TEXT)", "INSERT INTO words VALUES ('first')"),
    ("ALTER TABLE words ADD COLUMN tongue TEXT NOT NULL DEFAULT 'en'",),
    ("UPDATE words SET tongue = 'de'", "CREATE TABLE more (x INTEGER)"),
)
HERE = Path("words.db")


def schema(versions: int) -> Schema:
    return Schema(name="words", synchronous="NORMAL", migrations=STEPS[:versions])


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        yield opened


@pytest.mark.parametrize("old", range(4))
def test_every_old_version_becomes_the_newest_and_keeps_its_rows(
    connection: sqlite3.Connection, old: int
) -> None:
    migrate(connection, schema(old), HERE)
    assert version_of(connection) == old
    migrate(connection, schema(3), HERE)
    assert version_of(connection) == 3
    assert connection.execute("SELECT * FROM words").fetchall() == [("first", "de")]
    migrate(connection, schema(3), HERE)
    assert connection.execute("SELECT * FROM words").fetchall() == [("first", "de")]


def test_a_version_on_the_way_can_be_asked_for(connection: sqlite3.Connection) -> None:
    migrate(connection, schema(3), HERE, to=1)
    assert version_of(connection) == 1


def test_a_step_that_fails_undoes_all_of_them(connection: sqlite3.Connection) -> None:
    migrate(connection, schema(1), HERE)
    broken = Schema(name="words", synchronous="NORMAL", migrations=(STEPS[0], STEPS[1], ("SELECT nothing",)))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, broken, HERE)
    assert version_of(connection) == 1
    assert connection.execute("SELECT * FROM words").fetchall() == [("first",)]


def test_a_fault_after_the_transaction_ended_is_told_as_it_is(connection: sqlite3.Connection) -> None:
    broken = Schema(name="words", synchronous="NORMAL", migrations=(("COMMIT", "SELECT nothing"),))
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, broken, HERE)
    assert not connection.in_transaction


def test_a_newer_version_is_refused(connection: sqlite3.Connection) -> None:
    migrate(connection, schema(3), HERE)
    with pytest.raises(StorageFailed) as caught:
        migrate(connection, schema(2), HERE)
    assert caught.value.trouble is StorageTrouble.NEWER_VERSION
    assert version_of(connection) == 3


@pytest.mark.parametrize("real", [CACHE, OUTBOX])
def test_rows_of_an_account_can_be_found_in_every_table(connection: sqlite3.Connection, real: Schema) -> None:
    migrate(connection, real, HERE)
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert names
    for name in names:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
        assert "account_id" in columns, name


@pytest.fixture
def old(folder: Folder) -> Folder:
    """A folder as the first version left it."""
    shutil.copyfile(SAMPLES / "outbox-1.db", folder.outbox)
    shutil.copyfile(SAMPLES / "cache-1.db", folder.cache)
    return folder


async def test_the_outbox_of_the_first_version_keeps_its_rows_and_takes_changes(old: Folder) -> None:
    for _ in range(2):
        async with old.open_outbox() as outbox, old.open_cache() as cache:
            accounts = SqliteAccountStore(outbox, cache, BackupKeeper(outbox, old.backups, FakeClock()))
            assert outbox.notice is None
            assert await outbox.read(version_of) == OUTBOX.version
            assert await accounts.accounts() == (account(ADA), account(BOB, "Bob"))
            assert await accounts.active() == ADA
            star = LinkMarks(is_favourite=True, tags=("north",), used_at=NOW)
            assert await SqliteLinkMarkStore(outbox).marks(ADA) == {Slug("team/demo-1"): star}
            assert await SqliteDraftStore(outbox).drafts(ADA) == {"book/demo": {"text": "as typed"}}
            await SqliteOutboxStore(outbox).write([pending(1)])
            await SqliteTemplateStore(outbox).save(ADA, TextTemplate("1", "Intro"))
    async with old.open_outbox() as outbox:
        assert await SqliteOutboxStore(outbox).open_rows(ADA) == (pending(1),)


async def test_the_cache_of_the_first_version_keeps_its_rows_and_takes_meetings(old: Folder) -> None:
    for _ in range(2):
        async with old.open_cache() as cache:
            links = SqliteLinkCacheStore(cache)
            assert cache.notice is None
            assert await cache.read(version_of) == CACHE.version
            assert await links.links(ADA) == ((link(1), link(2)), NOW)
            assert await links.pages(ADA, Slug("demo"), "Europe/Berlin") == (page(YearMonth(2026, 12)),)
            store = SqliteMeetingCacheStore(cache)
            await store.save(ADA, [meeting(1)])
            assert (await store.index(ADA, MeetingQuery(text="meet"))).ids == ("1",)


@pytest.mark.parametrize("name", ["outbox", "cache"])
async def test_a_file_of_a_newer_program_is_refused_and_left_alone(folder: Folder, name: str) -> None:
    path, opened = (
        (folder.outbox, folder.open_outbox) if name == "outbox" else (folder.cache, folder.open_cache)
    )
    async with opened() as database:
        await database.read(lambda c: c.execute("PRAGMA user_version = 99"))
    content = path.read_bytes()
    with pytest.raises(StorageFailed) as caught:
        async with opened():
            pass
    assert caught.value.trouble is StorageTrouble.NEWER_VERSION
    assert path.read_bytes() == content
