"""One SQLite file, one connection, one thread."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Protocol, TypeVar

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import troubles
from app.storage.migrations import Schema, migrate, probes

T = TypeVar("T")

BUSY_TIMEOUT_S: Final = 2.0
"""How long a start waits for another Slotdesk that is just quitting."""


class Remedy(Protocol):
    """What puts a usable file in the place of a damaged one; runs on the database's thread."""

    def __call__(self, path: Path, schema: Schema) -> None:
        """Replace the file at `path`, keeping the damaged one beside it. Raises StorageFailed."""
        ...


class Database:
    """An open file; every call runs on its thread, one after the other, in the order of the calls.

    `notice` says that the file was damaged when it was opened, and has been mended since.
    """

    def __init__(self, path: Path, executor: ThreadPoolExecutor) -> None:
        self.path = path
        self.notice: StorageFailed | None = None
        self._executor = executor
        self._connection: sqlite3.Connection | None = None

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` outside a transaction. Raises StorageFailed."""
        return await self._submit(work)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` in a transaction of its own; when this returns, it is committed.

        Cancelling the caller does not undo the write. Raises StorageFailed, and then nothing was written.
        """

        def transaction(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN IMMEDIATE")
            try:
                found = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return found

        return await self._submit(transaction)

    async def _submit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._executor, self._run, work))

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        assert self._connection is not None
        with troubles.statements(self.path):
            return work(self._connection)

    def _open(self, schema: Schema, remedy: Remedy) -> None:
        """Blocking; on the database's thread only."""
        try:
            self._connection = connect(self.path, schema)
        except StorageFailed as failure:
            if failure.trouble is not StorageTrouble.DAMAGED:
                raise
            remedy(self.path, schema)
            self._connection = connect(self.path, schema)
            self.notice = failure

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@asynccontextmanager
async def open_database(path: Path, schema: Schema, remedy: Remedy) -> AsyncIterator[Database]:
    """Open (or make) the file, check it, bring it to the present schema, and close it on leaving.

    Raises StorageFailed: NEWER_VERSION, IN_USE, READ_ONLY, UNREADABLE, FULL.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix=schema.name) as executor:
        database = Database(path, executor)
        try:
            await asyncio.shield(loop.run_in_executor(executor, database._open, schema, remedy))
            yield database
        finally:
            await asyncio.shield(loop.run_in_executor(executor, database._close))


def connect(path: Path, schema: Schema) -> sqlite3.Connection:
    """A checked connection on the present schema, which holds the file for itself.

    The exclusive lock keeps a second program out, and with it SQLite's WAL-reset fault before 3.51.3,
    which needs a second connection. Blocking. Raises StorageFailed.
    """
    with troubles.writing(path):
        path.touch(mode=0o600)
    with troubles.statements(path):
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    try:
        with troubles.examining(path):
            _configure(connection, schema)
            _check(connection, path)
        with troubles.statements(path):
            migrate(connection, schema, path)
        with troubles.examining(path):
            for query in probes(schema):
                connection.execute(query)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection, path: Path) -> None:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise StorageFailed(StorageTrouble.DAMAGED, str(path))


def _configure(connection: sqlite3.Connection, schema: Schema) -> None:
    for pragma in (
        "locking_mode = EXCLUSIVE",
        "journal_mode = WAL",
        f"synchronous = {schema.synchronous}",
        f"fullfsync = {int(schema.synchronous == 'FULL')}",
        f"cache_size = -{schema.page_cache_kb}",
        "cell_size_check = ON",
        "foreign_keys = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")
