"""A form with one file in it (`multipart/form-data`, RFC 7578), read from disk while it is sent."""

import asyncio
import mimetypes
import secrets
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Final

from app.api.errors import SourceFailed

Progress = Callable[[int, int], None]
"""Told how many bytes of the file have left, and how many there are; starts again when it is sent again."""

_PIECE: Final = 64 * 1024
_FORBIDDEN: Final = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A"}


@dataclass(frozen=True, slots=True)
class FileForm:
    """Fields, and then the part `file` with `size` bytes from `path`, named `file_name`."""

    path: Path
    size: int
    file_name: str
    fields: Mapping[str, str]
    kind: str = "application/octet-stream"
    progress: Progress | None = None
    boundary: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def content_type(self) -> str:
        """The Content-Type header, with the boundary."""
        return f"multipart/form-data; boundary={self.boundary}"

    @property
    def length(self) -> int:
        """Bytes of the whole form."""
        return len(self._head()) + self.size + len(self._tail())

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """The form from its start; the file is read off the event loop's thread. Raises SourceFailed."""
        file = await self._opened()
        try:
            self._tell(0)
            yield self._head()
            sent = 0
            while piece := await self._read(file):
                sent += len(piece)
                if sent > self.size:
                    raise SourceFailed(str(self.path))
                yield piece
                self._tell(sent)
            if sent < self.size:
                raise SourceFailed(str(self.path))
        finally:
            await asyncio.to_thread(file.close)
        yield self._tail()

    def _tell(self, sent: int) -> None:
        if self.progress is not None:
            self.progress(sent, self.size)

    async def _opened(self) -> BufferedReader:
        try:
            return await asyncio.to_thread(self.path.open, "rb")
        except OSError as error:
            raise SourceFailed(str(self.path)) from error

    async def _read(self, file: BufferedReader) -> bytes:
        try:
            return await asyncio.to_thread(file.read, _PIECE)
        except OSError as error:
            raise SourceFailed(str(self.path)) from error

    def _head(self) -> bytes:
        parts = [
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{text}\r\n'
            for name, text in self.fields.items()
        ]
        parts.append(
            f"--{self.boundary}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{_quoted(self.file_name)}"\r\n'
            f"Content-Type: {self.kind}\r\n\r\n"
        )
        return "".join(parts).encode("utf-8", "replace")

    def _tail(self) -> bytes:
        return f"\r\n--{self.boundary}--\r\n".encode("ascii")


async def measured(path: Path, file_name: str) -> tuple[int, str]:
    """The size of a regular file in bytes, and the media type that `file_name` promises.

    Raises SourceFailed when it is no readable file.
    """
    return await asyncio.to_thread(_measured, path, file_name)


def _measured(path: Path, file_name: str) -> tuple[int, str]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
    except (OSError, ValueError) as error:
        raise SourceFailed(str(path)) from error
    return size, mimetypes.guess_type(file_name)[0] or "application/octet-stream"


def _quoted(name: str) -> str:
    """As browsers write it (the WHATWG's form-data encoding)."""
    return name.translate(_FORBIDDEN)
