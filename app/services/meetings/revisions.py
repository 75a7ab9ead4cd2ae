"""How often the lists are told to look again while rows arrive."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from app.domain.ports import Clock

AT_MOST_EVERY: Final = timedelta(milliseconds=250)


class Revisions:
    """Counts changes of rows; a stream of them is told at most four times a second."""

    def __init__(self, clock: Clock, tell: Callable[[int], None]) -> None:
        self._clock = clock
        self._tell = tell
        self._told_at: datetime | None = None
        self._is_due = False
        self._number = 0

    def note(self) -> None:
        """Rows have changed by something the rep did or waits for: tell at once."""
        self._number += 1
        self._told_at = self._clock.now()
        self._is_due = False
        self._tell(self._number)

    def note_gently(self) -> None:
        """Rows have arrived in the background: tell unless that was done just now."""
        if self._told_at is None or not timedelta(0) <= self._clock.now() - self._told_at < AT_MOST_EVERY:
            self.note()
        else:
            self._is_due = True

    def settle(self) -> None:
        """The stream has ended: tell what is still due."""
        if self._is_due:
            self.note()
