"""An event loop whose clock jumps to the next timer, so that hours of waiting take no time."""

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from app.api.clock import Clock

T = TypeVar("T")

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class DeadlockError(RuntimeError):
    """Everybody waits and no timer is set: the code under test would hang for ever."""


class _JumpingSelector(selectors.SelectSelector):
    """Answers at once, and tells the loop how long it would have slept."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise DeadlockError
            self.now += max(timeout, 0.0)
        return ready

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return super().get_map()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Runs timers in order without waiting for them."""

    def __init__(self) -> None:
        self._virtual = _JumpingSelector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now


def clock_of(loop: asyncio.AbstractEventLoop, *, off_by: float = 0.0) -> Clock:
    """A clock on the loop's time; its wall clock is wrong by `off_by` seconds."""
    return Clock(
        monotonic=loop.time,
        utc_now=lambda: START + timedelta(seconds=loop.time() + off_by),
        sleep=asyncio.sleep,
    )


def virtual_clock() -> Clock:
    """The clock of the running loop."""
    return clock_of(asyncio.get_running_loop())


def run_virtual(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end on a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
