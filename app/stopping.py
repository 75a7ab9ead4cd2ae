"""How the process ends when the system asks it to, whatever its threads are waiting for."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")


def asking_signals() -> tuple[signal.Signals, ...]:
    """The signals that ask for the end; one that is ignored already (`nohup`) stays ignored."""
    known = (signal.Signals[name] for name in _NAMES if name in signal.Signals.__members__)
    return tuple(number for number in known if signal.getsignal(number) is not signal.SIG_IGN)


@contextmanager
def leaving_at_once() -> Iterator[None]:
    """Inside, a signal ends the process with code 0: there is no window yet, and nothing to keep."""
    previous = {number: signal.signal(number, _leave_at_once) for number in asking_signals()}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _leave_at_once(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)


class UnawaitedExecutor(ThreadPoolExecutor):
    """Threads for calls that may hang, such as a name lookup on a dead network: shutting down never waits."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Drop what is queued and let what runs run."""
        super().shutdown(wait=False, cancel_futures=True)


def leave(code: int) -> NoReturn:
    """End the process now. Python itself would wait for every thread, for as long as it hangs."""
    if all(thread.daemon or thread is threading.main_thread() for thread in threading.enumerate()):
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)
