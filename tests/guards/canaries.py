"""Bait for widgets that interpret text: a picture in a file and one behind an address, both watched."""

import contextlib
import ctypes
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_IN_OPEN: Final = 0x20
_IN_NONBLOCK: Final = 0o4000
_PICTURE: Final = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


@dataclass(frozen=True, slots=True)
class Bait:
    """`file` and `address` are what hostile text names; `reads` and `calls` count who took the bait."""

    file: str
    address: str
    _watch: int
    _listener: socket.socket

    @property
    def reads(self) -> int:
        """How often the file was opened since the last look, by whatever library."""
        with contextlib.suppress(BlockingIOError):
            return len(os.read(self._watch, 65_536)) // 16 or 1
        return 0

    @property
    def calls(self) -> int:
        """How many connections wait at the address."""
        count = 0
        with contextlib.suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
                count += 1
        return count


@contextlib.contextmanager
def laid_bait(folder: Path) -> Iterator[Bait]:
    """Lay it in a folder; Linux only."""
    file = folder / "bait.gif"
    file.write_bytes(_PICTURE)
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(_IN_NONBLOCK)
    if watch < 0 or libc.inotify_add_watch(watch, os.fsencode(file), _IN_OPEN) < 0:
        raise OSError(ctypes.get_errno(), "inotify")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/bait.gif"
        try:
            yield Bait(file.as_uri(), address, watch, listener)
        finally:
            os.close(watch)
