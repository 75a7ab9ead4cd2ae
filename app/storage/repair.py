"""What is done about a damaged database file: the cache is rebuilt, the outbox is salvaged."""

import logging
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import backups, files, migrations, troubles
from app.storage.migrations import Schema, columns, tables

_log = logging.getLogger(__name__)

_SIDE_FILES: Final = ("-wal", "-shm", "-journal")
_LARGEST_HOLE: Final = 100_000
"""How many row numbers between two readable ends are tried one by one."""

_BEYOND_THE_LAST: Final = 1_000
"""How many are tried where no row can be read from the back."""

_Row = tuple[object, ...]


def discard_cache(path: Path, schema: Schema) -> None:
    """Rename the damaged cache aside, in the place of an older one, so that a new one is made."""
    aside = aside_of(path, "damaged")
    with troubles.writing(path):
        path.replace(aside)
        for suffix in _SIDE_FILES:
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    _log.info("%s: damaged %s kept as %s", schema.name, path.name, aside.name)


def aside_of(path: Path, why: str) -> Path:
    """The name beside `path` under which another state of it is kept."""
    return path.with_name(f"{path.stem}.{why}{path.suffix}")


class OutboxRescue:
    """Builds a sound outbox from the rows that can still be read and from the newest sound backup.

    The damaged file is kept beside it. A crash at any moment leaves something the next start can go on from.
    """

    def __init__(self, backup_dir: Path, now: Callable[[], datetime]) -> None:
        self._backup_dir = backup_dir
        self._now = now

    def __call__(self, path: Path, schema: Schema) -> None:
        """Blocking. Raises StorageFailed."""
        building = aside_of(path, "rebuilding")
        aside = aside_of(path, f"damaged-{self._now().astimezone(UTC):%Y%m%dT%H%M%SZ}")
        with troubles.writing(path), troubles.statements(path):
            _copy_whole(path, aside)
            _remove_whole(building)
            with closing(sqlite3.connect(building, isolation_level=None)) as target:
                version = _salvaged_version(aside, schema, path)
                migrations.migrate(target, schema, path, to=version)
                saved = _copy_readable(aside, target)
                migrations.migrate(target, schema, path)
                restored = self._fill_from_backup(target, schema, aside_of(path, "restoring"))
            files.sync_file(building)
            building.replace(aside_of(path, "rebuilt"))
            finish_rescue(path)
        _log.info(
            "%s: %d rows salvaged, %d restored, damaged file kept as %s",
            path.name,
            saved,
            restored,
            aside.name,
        )

    def _fill_from_backup(self, target: sqlite3.Connection, schema: Schema, copy: Path) -> int:
        for backup in backups.newest_first(self._backup_dir):
            _remove_whole(copy)
            shutil.copyfile(backup, copy)
            with closing(sqlite3.connect(copy, isolation_level=None)) as source:
                try:
                    migrations.migrate(source, schema, copy)
                except (*troubles.UNUSABLE, StorageFailed):
                    _log.info("backup %s cannot be used", backup.name)
                    continue
                restored = sum(_copy_table(source, target, table) for table in tables(target))
            _remove_whole(copy)
            return restored
        _remove_whole(copy)
        return 0


def finish_rescue(path: Path) -> None:
    """Put a rebuilt file, if there is one, in its place; called at every start and by the rescue itself.

    A left-over write-ahead log is removed first: SQLite would play it into the new file.
    """
    rebuilt = aside_of(path, "rebuilt")
    with troubles.writing(path):
        if rebuilt.exists():
            for suffix in _SIDE_FILES:
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            rebuilt.replace(path)
            files.sync_folder(path.parent)


def _copy_whole(source: Path, target: Path) -> None:
    for suffix in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{source}{suffix}", f"{target}{suffix}")


def _remove_whole(path: Path) -> None:
    for suffix in ("", *_SIDE_FILES):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _salvaged_version(aside: Path, schema: Schema, path: Path) -> int:
    """The version the damaged file says it has, the newest where it says none.

    Raises StorageFailed(NEWER_VERSION).
    """
    try:
        with closing(sqlite3.connect(aside, isolation_level=None)) as source:
            version = migrations.version_of(source)
    except troubles.UNUSABLE:
        return schema.version
    if version > schema.version:
        raise StorageFailed(StorageTrouble.NEWER_VERSION, str(path))
    return version or schema.version


def _copy_readable(aside: Path, target: sqlite3.Connection) -> int:
    with closing(sqlite3.connect(aside, isolation_level=None)) as source:
        source.execute("PRAGMA writable_schema = ON")
        return sum(_copy_table(source, target, table) for table in tables(target))


def _copy_table(source: sqlite3.Connection, target: sqlite3.Connection, table: str) -> int:
    """Copy the rows that can be read and that `target` does not have yet; returns how many."""
    names = columns(target, table)
    listed = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    statement = f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({marks})'  # noqa: S608 - our own names
    copied = 0
    for row in _readable_rows(source, table, listed):
        with suppress(sqlite3.IntegrityError):
            copied += target.execute(statement, row).rowcount
    return copied


def _readable_rows(source: sqlite3.Connection, table: str, listed: str) -> Iterator[_Row]:
    """Rows by number from the front; after an unreadable one from the back, and between them one by one."""
    query = f'SELECT rowid, {listed} FROM "{table}" NOT INDEXED'  # noqa: S608 - our own names
    rows: dict[int, _Row] = {}
    if not _collect(source, f"{query} ORDER BY rowid", rows):
        first = max(rows, default=0) + 1
        back: dict[int, _Row] = {}
        _collect(source, f"{query} ORDER BY rowid DESC", back)
        end = min(back, default=first + _BEYOND_THE_LAST)
        for number in range(first, min(end, first + _LARGEST_HOLE)):
            _collect(source, f"{query} WHERE rowid = {number:d}", rows)
        rows |= back
    for number in sorted(rows):
        yield rows[number]


def _collect(source: sqlite3.Connection, query: str, rows: dict[int, _Row]) -> bool:
    """Add what `query` yields to `rows`, by row number; False when the file stopped it."""
    try:
        for number, *values in source.execute(query):
            rows[number] = tuple(values)
    except troubles.UNUSABLE:
        return False
    return True
