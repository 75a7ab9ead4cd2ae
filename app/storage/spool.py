"""Copies of files that wait for their upload."""

import asyncio
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from app.domain.problems import Gone, StorageFailed, StorageTrouble
from app.storage import file_troubles as troubles
from app.storage import files

T = TypeVar("T")

_PORTION: Final = 1 << 20
_SAFE_SUFFIX: Final = re.compile(r"\.[A-Za-z0-9]{1,16}")
_UNFINISHED: Final = ".part"


class FileSpool:
    """Fulfils `Spool` in one folder; everything that touches the disk runs on `executor`.

    A copy has a random name with the extension of its file; it is there whole, and survives a power cut,
    or not at all.
    """

    def __init__(self, folder: Path, executor: Executor) -> None:
        self._folder = folder
        self._executor = executor

    async def take(self, path: Path) -> tuple[str, int]:
        """Copy the file in; its name in the spool and its size in bytes.

        Raises Gone where there is no such file, StorageFailed: UNREADABLE with the file's path where it (or
        a folder in its place) cannot be read, FULL or READ_ONLY with the spool's.
        """
        return await self._run(lambda: self._take(path))

    def path(self, spooled: str) -> Path:
        """Where a spooled file lies; never outside the spool."""
        return self._folder / Path(spooled).name

    async def remove(self, spooled: Sequence[str]) -> None:
        """Delete them; the ones that are not there are fine. Raises StorageFailed."""
        await self._run(lambda: self._delete(map(self.path, spooled)))

    async def keep_only(self, spooled: Sequence[str]) -> None:
        """Delete everything else; not to be called while a file is being taken in. Raises StorageFailed."""
        kept = set(map(self.path, spooled))

        def work() -> None:
            with troubles.reading(self._folder), suppress(FileNotFoundError):
                self._delete(found for found in tuple(self._folder.iterdir()) if found not in kept)

        await self._run(work)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    def _take(self, path: Path) -> tuple[str, int]:
        suffix = path.suffix.lower()
        name = secrets.token_hex(16) + (suffix if _SAFE_SUFFIX.fullmatch(suffix) else "")
        target = self._folder / name
        unfinished = self._folder / (name + _UNFINISHED)
        with troubles.writing(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            size = _copy(path, unfinished)
            with troubles.writing(target):
                unfinished.replace(target)
                files.sync_folder(self._folder)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
        return name, size

    def _delete(self, paths: Iterable[Path]) -> None:
        for path in paths:
            with troubles.writing(path):
                path.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> int:
    """Copy portion by portion, so that it is known which of the two files makes trouble; bytes copied."""
    size = 0
    with _opened(source) as reader, troubles.writing(target), _made(target) as writer:
        while portion := _read(reader, source):
            writer.write(portion)
            size += len(portion)
        writer.flush()
        os.fsync(writer.fileno())
    return size


def _opened(path: Path) -> BinaryIO:
    with troubles.reading(path):
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                raise StorageFailed(StorageTrouble.UNREADABLE, str(path))
            return path.open("rb")
        except (FileNotFoundError, NotADirectoryError) as reason:
            raise Gone("file") from reason


def _read(reader: BinaryIO, path: Path) -> bytes:
    with troubles.reading(path):
        return reader.read(_PORTION)


def _made(path: Path) -> BinaryIO:
    path.touch(mode=0o600, exist_ok=False)
    return path.open("wb")
