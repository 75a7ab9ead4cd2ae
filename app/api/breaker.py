"""Stops calling an account's service for a while after many failures in a row; pure."""

from app.api.errors import (
    ApiError,
    BadReply,
    BreakerOpen,
    ConnectFailed,
    OutcomeUnknown,
    Refused,
    ServerFailed,
)
from app.api.urgency import Urgency


class Breaker:
    """Opens after `threshold` failures in a row, for `shortest` seconds, doubled up to `longest`.

    Afterwards what the user started goes through, and one background call at a time, until one
    of them succeeds. A 4xx or 429 is a sign of life, not a failure. Times are `Clock.monotonic` seconds.
    """

    def __init__(self, *, threshold: int = 10, shortest: float = 5.0, longest: float = 60.0) -> None:
        self._threshold = threshold
        self._shortest = shortest
        self._longest = longest
        self._failures = 0
        self._pause = shortest
        self._open_until: float | None = None
        self._is_probing = False

    def admit(self, now: float, urgency: Urgency) -> None:
        """Let an attempt start. Raises BreakerOpen."""
        if self._open_until is None:
            return
        left = self._open_until - now
        if left > 0:
            raise BreakerOpen(left)
        if urgency is Urgency.BACKGROUND:
            if self._is_probing:
                raise BreakerOpen(self._shortest)
            self._is_probing = True

    def note_success(self) -> None:
        """The service answered sensibly: close."""
        self._failures = 0
        self._pause = self._shortest
        self._open_until = None
        self._is_probing = False

    def note_failure(self, now: float, error: ApiError) -> None:
        """Count an attempt that ended in `error`."""
        if isinstance(error, Refused) and error.status is not None:
            self.note_success()
            return
        self._is_probing = False
        if not isinstance(error, ConnectFailed | ServerFailed | BadReply | OutcomeUnknown):
            return
        if self._open_until is not None and now < self._open_until:
            return
        self._failures += 1
        if self._failures >= self._threshold:
            if self._open_until is not None:
                self._pause = min(self._longest, self._pause * 2)
            self._open_until = now + self._pause

    def note_abandoned(self) -> None:
        """An attempt was cancelled: it proves nothing, and another may probe."""
        self._is_probing = False
