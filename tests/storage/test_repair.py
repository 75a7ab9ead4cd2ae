"""A damaged cache is made anew; a damaged outbox gives back what can be read."""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import files, migrations, repair
from app.storage.accounts import SqliteAccountStore
from app.storage.backups import BackupKeeper
from app.storage.cache import SqliteLinkCacheStore
from app.storage.database import Database
from app.storage.drafts import SqliteDraftStore
from app.storage.outbox import SqliteOutboxStore
from app.storage.schemas import OUTBOX
from tests.guards.figures import Count, Report
from tests.storage.damage import PAGE, leaf_pages, overwrite
from tests.storage.meeting_world import pending
from tests.storage.world import ADA, NOW, FakeClock, Folder, account, link

TEXT = "what the rep typed " * 8


async def write_drafts(database: Database, count: int, *, text: str = TEXT) -> dict[str, object]:
    store = SqliteDraftStore(database)
    for number in range(count):
        await store.save(ADA, f"draft-{number:04}", {"text": text, "number": number})
    return dict(await store.drafts(ADA))


async def test_a_damaged_cache_is_renamed_aside_and_made_anew(folder: Folder) -> None:
    async with folder.open_cache() as database:
        await SqliteLinkCacheStore(database).save_links(ADA, [link(1)], NOW)
    overwrite(folder.cache, 0, b"no database at all")
    damaged = folder.cache.read_bytes()
    for _ in range(2):
        async with folder.open_cache() as database:
            assert await SqliteLinkCacheStore(database).links(ADA) == ((), None)
            notice = database.notice
        assert isinstance(notice, StorageFailed)
        assert notice.trouble is StorageTrouble.DAMAGED
        assert notice.path == str(folder.cache)
        overwrite(folder.cache, 0, b"no database at all")
    assert (folder.root / "cache.damaged.db").exists()
    assert (folder.root / "cache.damaged.db").read_bytes()[:18] == damaged[:18]
    assert len(list(folder.root.glob("cache.damaged*"))) == 1


async def test_a_damaged_page_of_the_cache_is_found_at_the_start(folder: Folder) -> None:
    async with folder.open_cache() as database:
        await SqliteLinkCacheStore(database).save_links(ADA, [link(n) for n in range(200)], NOW)
    overwrite(folder.cache, PAGE, b"\xff" * 64)
    async with folder.open_cache() as database:
        assert database.notice is not None


async def test_the_readable_drafts_around_a_destroyed_page_are_salvaged(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        written = await write_drafts(database, 200)
    leaves = leaf_pages(folder.outbox, "drafts")
    assert len(leaves) > 4
    overwrite(folder.outbox, leaves[2], b"\xff" * PAGE)
    damaged = folder.outbox.read_bytes()
    async with folder.open_outbox() as database:
        found = await SqliteDraftStore(database).drafts(ADA)
        assert database.notice == database.notice
        assert database.notice is not None
        assert database.notice.trouble is StorageTrouble.DAMAGED
    assert found.items() <= written.items()
    assert 200 - 2 * (200 // len(leaves)) <= len(found) < 200
    assert "draft-0000" in found
    assert "draft-0199" in found
    (aside,) = folder.root.glob("outbox.damaged-*.db")
    assert aside.read_bytes() == damaged
    async with folder.open_outbox() as database:
        assert database.notice is None
        assert await SqliteDraftStore(database).drafts(ADA) == found


async def test_what_a_destroyed_page_took_comes_back_from_the_backup(
    folder: Folder, clock: FakeClock
) -> None:
    async with folder.open_outbox() as database:
        written = await write_drafts(database, 200)
        await BackupKeeper(database, folder.backups, clock).make_if_due()
        await SqliteDraftStore(database).save(ADA, "draft-0199", {"text": "newer than the backup"})
    overwrite(folder.outbox, leaf_pages(folder.outbox, "drafts")[1], b"\0" * PAGE)
    async with folder.open_outbox() as database:
        found = dict(await SqliteDraftStore(database).drafts(ADA))
        assert database.notice is not None
    assert found.pop("draft-0199") == {"text": "newer than the backup"}
    written.pop("draft-0199")
    assert found == written


async def test_a_file_that_is_no_database_is_restored_from_the_newest_usable_backup(
    folder: Folder, clock: FakeClock
) -> None:
    async with folder.open_outbox() as database, folder.open_cache() as cache:
        keeper = BackupKeeper(database, folder.backups, clock)
        accounts = SqliteAccountStore(database, cache, keeper)
        await accounts.save(account())
        await accounts.activate(ADA)
        written = await write_drafts(database, 5)
        await keeper.make_if_due()
        clock.instant += timedelta(days=1)
        await keeper.make_if_due()
    newest = max(folder.backups.iterdir())
    newest.write_bytes(b"a backup that was damaged too")
    folder.outbox.write_bytes(b"rubbish" * 5000)
    async with folder.open_outbox() as database, folder.open_cache() as cache:
        accounts = SqliteAccountStore(database, cache, BackupKeeper(database, folder.backups, clock))
        assert await accounts.accounts() == (account(),)
        assert await accounts.active() == ADA
        assert await SqliteDraftStore(database).drafts(ADA) == written
    assert not list(folder.root.glob("outbox.re*"))


async def test_rubbish_without_a_backup_gives_an_empty_outbox_and_keeps_the_rubbish(folder: Folder) -> None:
    folder.outbox.write_bytes(b"rubbish" * 5000)
    async with folder.open_outbox() as database:
        assert await SqliteDraftStore(database).drafts(ADA) == {}
        assert database.notice is not None
    (aside,) = folder.root.glob("outbox.damaged-*.db")
    assert aside.read_bytes() == b"rubbish" * 5000


async def test_a_damaged_file_of_a_newer_program_is_not_touched(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        await write_drafts(database, 200)
        await database.read(lambda c: c.execute(f"PRAGMA user_version = {OUTBOX.version + 1}"))
    overwrite(folder.outbox, leaf_pages(folder.outbox, "drafts")[2], b"\xff" * PAGE)
    damaged = folder.outbox.read_bytes()
    with pytest.raises(StorageFailed) as caught:
        async with folder.open_outbox():
            pass
    assert caught.value.trouble is StorageTrouble.NEWER_VERSION
    assert folder.outbox.read_bytes() == damaged


async def test_rows_of_an_old_version_are_salvaged_and_brought_forward(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with folder.open_outbox() as database:
        written = await write_drafts(database, 200)
    overwrite(folder.outbox, leaf_pages(folder.outbox, "drafts")[2], b"\xff" * PAGE)
    step = ("ALTER TABLE drafts ADD COLUMN origin TEXT NOT NULL DEFAULT 'old'",)
    newer = migrations.Schema(OUTBOX.name, OUTBOX.synchronous, (*OUTBOX.migrations, step))
    monkeypatch.setattr("app.storage.schemas.OUTBOX", newer)
    async with folder.open_outbox() as database:
        rows = await database.read(lambda c: c.execute("SELECT key, origin FROM drafts").fetchall())
    assert 100 < len(rows) < 200
    assert {key for key, _ in rows} < set(written)
    assert {origin for _, origin in rows} == {"old"}


async def test_a_row_of_the_wrong_kind_is_left_out_and_the_others_stay(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.outbox, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE drafts (account_id, key, body)")
        connection.execute("INSERT INTO drafts VALUES ('live-1-ada', 'good', '{\"a\": 1}')")
        connection.execute("INSERT INTO drafts VALUES ('live-1-ada', NULL, '{}')")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("CREATE TABLE filler (x)")
        connection.execute("INSERT INTO filler VALUES (zeroblob(20000))")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'filler'").fetchone()
    overwrite(folder.outbox, (root - 1) * PAGE, b"\xff" * PAGE)
    async with folder.open_outbox() as database:
        assert await SqliteDraftStore(database).drafts(ADA) == {"good": {"a": 1}}


@pytest.mark.parametrize("step", ["copyfile", "sync_file", "replace_built", "replace_final"])
async def test_a_rescue_that_is_cut_short_is_finished_at_the_next_start(
    folder: Folder, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with folder.open_outbox() as database:
        await write_drafts(database, 200)
    overwrite(folder.outbox, leaf_pages(folder.outbox, "drafts")[2], b"\xff" * PAGE)
    with monkeypatch.context() as patch:
        _stop_at(step, patch)
        with pytest.raises((StorageFailed, KeyboardInterrupt)):
            async with folder.open_outbox():
                pass
    async with folder.open_outbox() as database:
        found = await SqliteDraftStore(database).drafts(ADA)
    assert 100 < len(found) < 200
    assert not list(folder.root.glob("outbox.re*"))


def _stop_at(step: str, patch: pytest.MonkeyPatch) -> None:
    real = Path.replace

    def stop(*_: object) -> None:
        raise OSError(28, "no space")

    def replace(path: Path, target: Path) -> Path:
        if ("rebuilding" in path.name) == (step == "replace_built"):
            raise OSError(28, "no space")
        return real(path, target)

    match step:
        case "copyfile":
            patch.setattr(shutil, "copyfile", stop)
        case "sync_file":
            patch.setattr(files, "sync_file", stop)
        case _:
            patch.setattr(Path, "replace", replace)


async def test_a_disk_that_is_full_during_the_rescue_is_told_and_costs_no_row(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with folder.open_outbox() as database:
        written = await write_drafts(database, 200)
        await BackupKeeper(database, folder.backups, FakeClock()).make_if_due()
    overwrite(folder.outbox, leaf_pages(folder.outbox, "drafts")[2], b"\xff" * PAGE)
    real = repair._copy_table
    with monkeypatch.context() as patch:

        def small_disk(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> int:
            target.execute("PRAGMA max_page_count = 9").fetchone()
            return real(source, target, table)

        patch.setattr(repair, "_copy_table", small_disk)
        with pytest.raises(StorageFailed) as caught:
            async with folder.open_outbox():
                pass
        assert caught.value.trouble is StorageTrouble.FULL
    async with folder.open_outbox() as database:
        assert await SqliteDraftStore(database).drafts(ADA) == written


async def test_a_log_left_over_is_not_played_into_the_rebuilt_file(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        await write_drafts(database, 3)
        shutil.copyfile(f"{folder.outbox}-wal", folder.root / "old-wal")
    async with folder.open_outbox() as database:
        await SqliteDraftStore(database).discard(ADA, "draft-0001")
    shutil.copyfile(folder.outbox, folder.root / "outbox.rebuilt.db")
    (folder.root / "old-wal").rename(f"{folder.outbox}-wal")
    async with folder.open_outbox() as database:
        assert set(await SqliteDraftStore(database).drafts(ADA)) == {"draft-0000", "draft-0002"}


async def change_ids(database: Database) -> set[str]:
    return {
        found for (found,) in await database.read(lambda c: c.execute("SELECT id FROM changes").fetchall())
    }


@pytest.mark.bar
async def test_random_damage_never_stops_the_start(
    folder: Folder, rng: random.Random, count: Count, figure: Report
) -> None:
    async with folder.open_outbox() as database:
        written = await write_drafts(database, 120)
        await SqliteOutboxStore(database).write([pending(number) for number in range(60)])
        ids = await change_ids(database)
        await BackupKeeper(database, folder.backups, FakeClock()).make_if_due()
    sound = folder.outbox.read_bytes()
    runs, lost = count(25, 500), 0
    for _ in range(runs):
        for old in folder.root.glob("outbox*"):
            old.unlink()
        content = bytearray(sound)
        for _ in range(rng.randint(1, 4)):
            start = rng.randrange(len(content))
            length = rng.choice((1, 16, 512, PAGE))
            content[start : start + length] = rng.randbytes(length)
        folder.outbox.write_bytes(content[: rng.choice((len(content), rng.randrange(len(content))))])
        version = int.from_bytes(content[60:64], "big", signed=True)
        if version > OUTBOX.version and content[:16] == b"SQLite format 3\0":
            continue
        async with folder.open_outbox() as database:
            if database.notice is not None:
                found = await SqliteDraftStore(database).drafts(ADA)
                lost += not (written.keys() <= found.keys() and ids <= await change_ids(database))
    figure("damaged outboxes that lost rows despite a backup", f"{lost} of {runs}", 0)
    assert lost == 0
