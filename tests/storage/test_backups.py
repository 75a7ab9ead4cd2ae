"""A copy a day, three of them."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import backups, files
from app.storage.backups import BackupKeeper, newest_first
from app.storage.drafts import SqliteDraftStore
from tests.storage.world import ADA, FakeClock, Folder


def drafts_in(copy: Path) -> list[str]:
    with closing(sqlite3.connect(copy)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM drafts")]


async def test_there_is_a_copy_a_day_and_never_more_than_three(folder: Folder, clock: FakeClock) -> None:
    async with folder.open_outbox() as database:
        keeper = BackupKeeper(database, folder.backups, clock)
        for day in range(5):
            await SqliteDraftStore(database).save(ADA, f"day-{day}", {})
            assert await keeper.make_if_due()
            clock.instant += timedelta(hours=23)
            assert not await keeper.make_if_due()
            clock.instant += timedelta(hours=1)
    copies = newest_first(folder.backups)
    assert [len(drafts_in(copy)) for copy in copies] == [5, 4, 3]
    assert {file.suffix for file in folder.backups.iterdir()} == {".db"}


async def test_a_copy_from_the_future_does_not_stand_in_for_today(folder: Folder, clock: FakeClock) -> None:
    async with folder.open_outbox() as database:
        keeper = BackupKeeper(database, folder.backups, clock)
        await keeper.make_if_due()
        clock.instant -= timedelta(days=365)
        assert await keeper.make_if_due()


async def test_a_foreign_file_is_no_copy(folder: Folder, clock: FakeClock) -> None:
    folder.backups.mkdir()
    (folder.backups / "outbox-mine.db").write_bytes(b"")
    async with folder.open_outbox() as database:
        assert await BackupKeeper(database, folder.backups, clock).make_if_due()


async def test_the_loop_looks_every_hour_and_outlives_a_failure(
    folder: Folder, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = iter([OSError(28, "no space")])

    def fail_once(path: Path) -> None:
        for failure in failures:
            raise failure

    monkeypatch.setattr(files, "sync_file", fail_once)
    async with folder.open_outbox() as database:
        keeper = BackupKeeper(database, folder.backups, _StopsAfterTwoLooks(clock))
        with pytest.raises(asyncio.CancelledError):
            await keeper.run()
    assert clock.naps == [3600]
    assert {file.suffix for file in folder.backups.iterdir()} == {".db"}


class _StopsAfterTwoLooks:
    """A clock whose second nap is where the owner cancels the loop."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def now(self) -> datetime:
        return self._clock.now()

    async def sleep(self, seconds: float) -> None:
        if self._clock.naps:
            raise asyncio.CancelledError
        await self._clock.sleep(seconds)


async def test_a_copy_that_is_not_sound_replaces_nothing(
    folder: Folder, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with folder.open_outbox() as database:
        await SqliteDraftStore(database).save(ADA, "x", {"text": "y" * 50_000})
    real = sqlite3.connect(folder.outbox)
    with closing(real), pytest.raises(StorageFailed) as caught:
        backups._copy(_WithoutAPage(real), folder.root / "outbox-now.db")  # type: ignore[arg-type]
    assert caught.value.trouble is StorageTrouble.DAMAGED
    assert not list(folder.root.glob("outbox-now*"))


class _WithoutAPage:
    """A connection whose backup leaves the copy damaged."""

    def __init__(self, real: sqlite3.Connection) -> None:
        self._real = real

    def backup(self, target: sqlite3.Connection) -> None:
        self._real.backup(target)
        target.execute("PRAGMA writable_schema = ON")
        target.execute("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'drafts'")
        target.execute("PRAGMA writable_schema = RESET")


async def test_a_damaged_copy_is_deleted_when_it_cannot_be_edited(folder: Folder, clock: FakeClock) -> None:
    def empty(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM drafts")

    async with folder.open_outbox() as database:
        keeper = BackupKeeper(database, folder.backups, clock)
        await SqliteDraftStore(database).save(ADA, "x", {})
        await keeper.make_if_due()
        (folder.backups / "outbox-20250101T000000Z.db").write_bytes(b"rubbish" * 1000)
        await keeper.edit_all(empty)
    (left,) = newest_first(folder.backups)
    assert drafts_in(left) == []
