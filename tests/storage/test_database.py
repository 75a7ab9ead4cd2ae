"""One connection on one thread: commits, rollbacks, locks, and everything a disk can refuse."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.database import Database, open_database
from app.storage.migrations import Schema
from tests.storage.world import Folder

CHECKOUT = Path(__file__).parents[2]
WORDS = Schema(name="words", synchronous="FULL", migrations=(("CREATE TABLE words (word TEXT) STRICT",),))


def leave_it(path: Path, schema: Schema) -> None:
    raise AssertionError(f"{path} of {schema.name} is not damaged")


async def words_in(database: Database) -> list[str]:
    rows = await database.read(lambda c: c.execute("SELECT word FROM words ORDER BY rowid").fetchall())
    return [word for (word,) in rows]


async def add(database: Database, word: str) -> None:
    await database.write(lambda c: c.execute("INSERT INTO words VALUES (?)", (word,)))


async def test_what_was_written_is_there_after_closing(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    async with open_database(path, WORDS, leave_it) as database:
        await add(database, "one")
        assert database.notice is None
    async with open_database(path, WORDS, leave_it) as database:
        assert await words_in(database) == ["one"]


async def test_closing_leaves_one_file_and_no_thread(tmp_path: Path) -> None:
    before = threading.active_count()
    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        await add(database, "one")
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
    assert [file.name for file in tmp_path.iterdir()] == ["words.db"]


async def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    def half(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO words VALUES ('half')")
        raise KeyError("stop")

    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        with pytest.raises(KeyError):
            await database.write(half)
        await add(database, "whole")
        assert await words_in(database) == ["whole"]


async def test_a_fault_that_ends_the_transaction_by_itself_is_told_as_it_is(tmp_path: Path) -> None:
    def end_early(connection: sqlite3.Connection) -> None:
        connection.execute("ROLLBACK")
        raise KeyError("stop")

    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        with pytest.raises(KeyError):
            await database.write(end_early)


async def test_a_wrong_statement_is_a_fault_of_ours_and_no_problem_of_the_rep(tmp_path: Path) -> None:
    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        with pytest.raises(sqlite3.OperationalError):
            await database.read(lambda c: c.execute("SELECT nothing"))


async def test_a_cancelled_caller_does_not_undo_the_write(tmp_path: Path) -> None:
    gate = threading.Event()

    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        blocker = asyncio.ensure_future(database.read(lambda _: gate.wait(30)))
        writer = asyncio.ensure_future(add(database, "kept"))
        await asyncio.sleep(0)
        writer.cancel()
        gate.set()
        await blocker
        with pytest.raises(asyncio.CancelledError):
            await writer
        assert await words_in(database) == ["kept"]


async def test_calls_run_in_the_order_they_were_made(tmp_path: Path) -> None:
    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        await asyncio.gather(*(add(database, str(number)) for number in range(50)))
        assert await words_in(database) == [str(number) for number in range(50)]


async def test_a_full_disk_is_said_so_and_loses_nothing(tmp_path: Path) -> None:
    async with open_database(tmp_path / "words.db", WORDS, leave_it) as database:
        await add(database, "kept")
        (size,) = await database.read(lambda c: c.execute("PRAGMA page_count").fetchone())
        await database.read(lambda c: c.execute(f"PRAGMA max_page_count = {size}").fetchone())
        with pytest.raises(StorageFailed) as caught:
            await add(database, "x" * 100_000)
        assert caught.value.trouble is StorageTrouble.FULL
        assert caught.value.path == str(tmp_path / "words.db")
        await database.read(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
        await add(database, "later")
        assert await words_in(database) == ["kept", "later"]


async def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 2")
    newer.close()
    content = path.read_bytes()
    with pytest.raises(StorageFailed) as caught:
        async with open_database(path, WORDS, leave_it):
            pass
    assert caught.value.trouble is StorageTrouble.NEWER_VERSION
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    connection.close()
    assert len(path.read_bytes()) == len(content)


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "words.db").mkdir()
    with pytest.raises(StorageFailed) as caught:
        async with open_database(tmp_path / "words.db", WORDS, leave_it):
            pass
    assert caught.value.trouble is StorageTrouble.UNREADABLE


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed) as caught:
        async with open_database(tmp_path / "missing" / "words.db", WORDS, leave_it):
            pass
    assert caught.value.trouble is StorageTrouble.UNREADABLE


async def test_a_second_program_is_kept_out(folder: Folder) -> None:
    opener = textwrap.dedent(
        f"""
        import asyncio, pathlib
        import app.storage.database as database
        from app.domain.problems import StorageFailed
        from app.storage.schemas import open_cache
        database.BUSY_TIMEOUT_S = 0.0
        async def main():
            async with open_cache(pathlib.Path({str(folder.cache)!r})):
                print("opened")
        try:
            asyncio.run(main())
        except StorageFailed as failure:
            print(failure.trouble.value)
        """
    )

    def second() -> str:
        done = subprocess.run(
            [sys.executable, "-c", opener], capture_output=True, text=True, check=True, cwd=CHECKOUT
        )
        return done.stdout.strip()

    async with folder.open_cache():
        assert await asyncio.to_thread(second) == StorageTrouble.IN_USE.value
    assert await asyncio.to_thread(second) == "opened"


async def test_files_are_for_their_owner_alone(folder: Folder) -> None:
    async with folder.open_outbox() as database:
        await database.write(lambda c: c.execute("INSERT INTO drafts VALUES ('a', 'b', '{}')"))
        modes = {file.name: oct(file.stat().st_mode & 0o077) for file in folder.root.iterdir()}
    assert set(modes.values()) == {"0o0"}
    assert "outbox.db" in modes
