"""Daily copies of the outbox, made while it is in use."""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.domain.ports import Clock
from app.domain.problems import StorageFailed, StorageTrouble
from app.storage import files, troubles
from app.storage.database import Database

_log = logging.getLogger(__name__)

KEPT: Final = 3
EVERY: Final = timedelta(days=1)
_LOOK_EVERY_S: Final = 3600.0
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def newest_first(folder: Path) -> list[Path]:
    """The finished copies in `folder`; none where it does not exist."""
    return sorted(folder.glob("outbox-*.db"), reverse=True)


def _made_at(copy: Path) -> datetime | None:
    with suppress(ValueError):
        return datetime.strptime(copy.stem.removeprefix("outbox-"), _STAMP).replace(tzinfo=UTC)
    return None


class BackupKeeper:
    """Sees that there is a copy of today, and no more than three in all."""

    def __init__(self, database: Database, folder: Path, clock: Clock) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock

    async def run(self) -> None:
        """Look once an hour, until cancelled; a copy that fails is tried again at the next look."""
        while True:
            try:
                await self.make_if_due()
            except StorageFailed as failure:
                _log.info("no backup: %s %s", failure.trouble.value, failure.path)
            await self._clock.sleep(_LOOK_EVERY_S)

    async def make_if_due(self) -> bool:
        """Copy unless the newest copy is younger than a day; whether one was made. Raises StorageFailed."""
        now = self._clock.now()
        return await self._database.read(lambda connection: self._make_if_due(connection, now))

    async def edit_all(self, edit: Callable[[sqlite3.Connection], None]) -> None:
        """Apply `edit` to every copy; one that cannot be edited is deleted. Raises StorageFailed."""
        await self._database.read(lambda _connection: self._edit_all(edit))

    def _make_if_due(self, connection: sqlite3.Connection, now: datetime) -> bool:
        ages = [now - made for copy in newest_first(self._folder) if (made := _made_at(copy)) is not None]
        if any(timedelta(0) <= age < EVERY for age in ages):
            return False
        target = self._folder / f"outbox-{now.astimezone(UTC).strftime(_STAMP)}.db"
        with troubles.writing(target):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _copy(connection, target)
            for old in newest_first(self._folder)[KEPT:]:
                old.unlink(missing_ok=True)
        return True

    def _edit_all(self, edit: Callable[[sqlite3.Connection], None]) -> None:
        for copy in newest_first(self._folder):
            with troubles.writing(copy):
                try:
                    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                        edit(connection)
                except troubles.UNUSABLE:
                    copy.unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise StorageFailed(StorageTrouble.DAMAGED, str(target))
        files.sync_file(unfinished)
        unfinished.replace(target)
        files.sync_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)
