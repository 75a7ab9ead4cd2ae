"""What SQLite complains about, as the one problem the rep has to know; files have their own module."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage.file_troubles import reading, writing

__all__ = ["UNUSABLE", "examining", "of_database", "reading", "statements", "writing"]

_PRIMARY_CODE: Final = 0xFF
"""SQLite's extended result codes carry the primary one in the low byte (sqlite.org/rescode.html)."""

_BY_CODE: Final = {
    sqlite3.SQLITE_FULL: StorageTrouble.FULL,
    sqlite3.SQLITE_READONLY: StorageTrouble.READ_ONLY,
    sqlite3.SQLITE_BUSY: StorageTrouble.IN_USE,
    sqlite3.SQLITE_LOCKED: StorageTrouble.IN_USE,
    sqlite3.SQLITE_CORRUPT: StorageTrouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageTrouble.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: StorageTrouble.UNREADABLE,
    sqlite3.SQLITE_PERM: StorageTrouble.UNREADABLE,
    sqlite3.SQLITE_AUTH: StorageTrouble.UNREADABLE,
    sqlite3.SQLITE_IOERR: StorageTrouble.UNREADABLE,
}
_WRITE_FAULTS: Final = frozenset(
    {
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_DIR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
    }
)


UNUSABLE: Final = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What the sqlite3 module raises on a damaged file: it cannot even read some of SQLite's own sentences."""


def of_database(reason: sqlite3.Error, path: Path) -> StorageFailed | None:
    """The problem behind a failed statement; None where the statement itself is wrong (a fault of ours)."""
    code = getattr(reason, "sqlite_errorcode", 0)
    if code in _WRITE_FAULTS:
        return StorageFailed(StorageTrouble.READ_ONLY, str(path))
    trouble = _BY_CODE.get(code & _PRIMARY_CODE)
    return None if trouble is None else StorageFailed(trouble, str(path))


@contextmanager
def statements(path: Path) -> Iterator[None]:
    """Turn what the disk did to SQLite inside into StorageFailed; faulty statements pass unchanged."""
    try:
        yield
    except UnicodeDecodeError as reason:
        raise StorageFailed(StorageTrouble.DAMAGED, str(path)) from reason
    except sqlite3.Error as reason:
        failure = of_database(reason, path)
        if failure is None:
            raise
        raise failure from reason


@contextmanager
def examining(path: Path) -> Iterator[None]:
    """Like `statements`, for statements that only a damaged file refuses."""
    try:
        with statements(path):
            yield
    except sqlite3.DatabaseError as reason:
        raise StorageFailed(StorageTrouble.DAMAGED, str(path)) from reason
