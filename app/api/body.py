"""Takes in a body piece by piece, decompresses it, and stops at a size limit."""

import zlib
from typing import Final

from app.api.errors import BadReply, ReplyFault

LARGEST_BODY: Final = 10 * 1024 * 1024
_GZIP: Final = 16 + zlib.MAX_WBITS


class BoundedBody:
    """Never holds more than `largest` bytes after decompression, whatever the sender packed.

    `encoding` is the Content-Encoding header; only gzip is asked for, and only gzip is understood.
    Every method raises BadReply.
    """

    def __init__(self, encoding: str | None, *, largest: int = LARGEST_BODY) -> None:
        name = (encoding or "identity").strip().lower()
        if name not in {"identity", "gzip", "x-gzip"}:
            raise BadReply(ReplyFault.WRONG_TYPE)
        self._inflater = None if name == "identity" else zlib.decompressobj(_GZIP)
        self._largest = largest
        self._pieces: list[bytes] = []
        self._size = 0
        self._is_empty = True

    def feed(self, piece: bytes) -> None:
        """Take the next piece as it came off the wire."""
        self._is_empty = self._is_empty and not piece
        if self._inflater is None:
            self._keep(piece)
            return
        try:
            self._keep(self._inflater.decompress(piece, self._largest + 1 - self._size))
        except zlib.error as error:
            raise BadReply(ReplyFault.GARBAGE) from error

    def finish(self) -> bytes:
        """The whole body, once the sender has ended it."""
        if self._inflater is not None and not self._inflater.eof and not self._is_empty:
            raise BadReply(ReplyFault.TRUNCATED)
        return b"".join(self._pieces)

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._largest:
            raise BadReply(ReplyFault.TOO_LARGE)
        self._pieces.append(piece)
