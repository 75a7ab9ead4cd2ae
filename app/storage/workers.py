"""A thread for calls that may hang for good."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

T = TypeVar("T")


class DaemonWorker:
    """Runs calls one after the other on one thread, which never holds up the end of the program.

    An Executor's threads do: the interpreter waits for them, and a key store may wait for a prompt forever.
    """

    def __init__(self, name: str) -> None:
        self._calls: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._started = False

    def submit(self, work: Callable[[], T]) -> "Future[T]":
        """Queue `work`; cancelling the future before its turn leaves it out."""
        future: Future[T] = Future()

        def call() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    found = work()
                except BaseException as reason:  # noqa: BLE001 - handed to whoever waits
                    future.set_exception(reason)
                else:
                    future.set_result(found)

        self._calls.put(call)
        if not self._started:
            self._started = True
            self._thread.start()
        return future

    def stop(self) -> None:
        """End the thread after the calls that are queued; does not wait for it."""
        self._calls.put(None)

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            call()
