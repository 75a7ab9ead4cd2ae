"""The sandbox's clock: real time from a chosen start, which a test can move forward or stop."""

import time
from datetime import UTC, datetime, timedelta


class SandboxClock:
    """Tells aware UTC instants; starts at `start` (now when absent) and runs unless `frozen`."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self._start = (start or datetime.now(UTC)).astimezone(UTC)
        self._origin = time.monotonic()
        self._moved = timedelta()
        self._frozen = frozen

    def now(self) -> datetime:
        """Return the instant it is in the sandbox."""
        elapsed = timedelta() if self._frozen else timedelta(seconds=time.monotonic() - self._origin)
        return self._start + elapsed + self._moved

    def advance(self, seconds: float) -> None:
        """Move the clock forward (or back, when negative) by `seconds`."""
        self._moved += timedelta(seconds=seconds)
