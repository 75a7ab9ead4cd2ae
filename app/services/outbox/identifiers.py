"""Time-ordered ids for changes: the order of ids is the order of decisions, whatever the clock does."""

import random
from datetime import datetime
from typing import Final

from app.domain.changes import ChangeId

_VERSION: Final = 0x7
_VARIANT: Final = 0b10
_MOST_MS: Final = (1 << 48) - 1


class ChangeIds:
    """Makes UUIDs of version 7 (RFC 9562), each greater than every one before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._last = (0, 0)

    def after(self, known: ChangeId) -> None:
        """From now on every id is greater than this one, which may come from a clock that went ahead.

        An id of another form says nothing about the time.
        """
        try:
            number = int(known, 16)
        except ValueError:
            return
        self._last = max(self._last, (number >> 80, (number >> 64) & 0xFFF))

    def next(self, now: datetime) -> ChangeId:
        """The next id, for a decision at this UTC instant; 32 hexadecimal digits."""
        milliseconds = min(int(now.timestamp() * 1000), _MOST_MS)
        last_ms, last_step = self._last
        if milliseconds > last_ms:
            self._last = (milliseconds, 0)
        elif last_step < 0xFFF:
            self._last = (last_ms, last_step + 1)
        else:
            self._last = (last_ms + 1, 0)
        stamp, step = self._last
        number = stamp << 80 | _VERSION << 76 | step << 64 | _VARIANT << 62 | self._rng.getrandbits(62)
        return ChangeId(f"{number:032x}")
