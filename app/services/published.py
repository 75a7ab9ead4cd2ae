"""A value that others watch: the present snapshot of a service's state, and who is told when it changes."""

from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

T = TypeVar("T")

ErrorSink = Callable[[Exception], None]
"""Where the error of a subscriber goes; the application's one place for unexpected errors."""


class Published(Generic[T]):
    """The newest snapshot and its subscribers."""

    def __init__(self, value: T, on_error: ErrorSink) -> None:
        self._value = value
        self._on_error = on_error
        self._revision = 0
        self._callbacks: dict[int, Callable[[T], None]] = {}
        self._next_key = 0

    @property
    def value(self) -> T:
        """The newest snapshot."""
        return self._value

    def set(self, value: T) -> None:
        """Replace the snapshot and tell every subscriber before returning; an equal one tells nobody.

        A subscriber's error goes to the error sink and the others are still told. Where a subscriber sets a
        newer value, the others see that one only.
        """
        if value == self._value:
            return
        self._value = value
        self._revision += 1
        revision = self._revision
        for key, callback in tuple(self._callbacks.items()):
            if revision != self._revision:
                return
            if key in self._callbacks:
                with _Reported(self._on_error):
                    callback(value)

    def subscribe(self, callback: Callable[[T], None]) -> Callable[[], None]:
        """Call `callback` with every later snapshot, until the returned callable is called."""
        key = self._next_key
        self._next_key += 1
        self._callbacks[key] = callback

        def unsubscribe() -> None:
            self._callbacks.pop(key, None)

        return unsubscribe


class _Reported:
    """Sends an error to the sink instead of letting it stop the caller."""

    def __init__(self, on_error: ErrorSink) -> None:
        self._on_error = on_error

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, Exception):
            return False
        self._on_error(error)
        return True
