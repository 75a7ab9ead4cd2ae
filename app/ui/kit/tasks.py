"""Owners of asyncio tasks: whatever a screen starts, its scope cancels and awaits when the screen goes."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import Enum
from typing import Any

Work = Coroutine[Any, Any, object]
ErrorSink = Callable[[Exception], None]


class Policy(Enum):
    """What a start does when a task with the same key still runs."""

    LATEST = "latest"
    """Cancel the running one: a search while typing."""
    ONCE = "once"
    """Leave the running one alone and drop the new one: a Book button."""
    ALL = "all"
    """Let both run."""


@dataclass(frozen=True, slots=True)
class _Started:
    key: str
    work: Work


class TaskScope:
    """Starts tasks and ends them. Use it on the thread of the event loop, while the loop runs.

    An exception of a task reaches `on_error`; a cancelled task is silent. `close` cancels what runs, here and
    in child scopes, and returns when all of it has ended; a closed scope starts nothing any more.
    """

    def __init__(self, name: str, on_error: ErrorSink) -> None:
        self._name = name
        self._on_error = on_error
        self._tasks: dict[asyncio.Task[None], _Started] = {}
        self._children: list[TaskScope] = []
        self._parent: TaskScope | None = None
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def is_closed(self) -> bool:
        return self._closed

    def child(self, name: str) -> "TaskScope":
        """A scope that ends with this one (or earlier), with the same error sink."""
        scope = TaskScope(f"{self._name}/{name}", self._on_error)
        scope._parent = self
        scope._closed = self._closed
        if not self._closed:
            self._children.append(scope)
        return scope

    def start(self, work: Work, *, key: str = "", policy: Policy = Policy.ALL) -> bool:
        """Run `work` as a task of this scope; False when it was dropped (closed, or ONCE and running).

        LATEST and ONCE look at the tasks that were started with the same `key`.
        """
        running = self._running(key)
        if self._closed or (policy is Policy.ONCE and running):
            work.close()
            return False
        if policy is Policy.LATEST:
            for task in running:
                task.cancel()
        task = asyncio.get_running_loop().create_task(self._guard(work), name=f"{self._name}:{key}")
        self._tasks[task] = _Started(key, work)
        task.add_done_callback(self._forget)
        return True

    def is_running(self, key: str) -> bool:
        return bool(self._running(key))

    def cancel(self, key: str) -> None:
        """Ask the tasks started with `key` to end; they end at their next wait."""
        for task in self._running(key):
            task.cancel()

    async def close(self) -> None:
        """Cancel and await everything. Safe to call twice, and from a task of this scope (which goes on)."""
        self._closed = True
        for scope in list(self._children):
            await scope.close()
        if self._parent is not None and self in self._parent._children:
            self._parent._children.remove(self)
        current = asyncio.current_task()
        waiting = [task for task in self._tasks if task is not current]
        for task in waiting:
            task.cancel()
        if waiting:
            await asyncio.wait(waiting)

    def _running(self, key: str) -> list[asyncio.Task[None]]:
        return [task for task, started in self._tasks.items() if started.key == key and not task.done()]

    def _forget(self, task: asyncio.Task[None]) -> None:
        # A task cancelled before its first step never awaits its work; closing it says so to Python.
        self._tasks.pop(task).work.close()

    async def _guard(self, work: Work) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - the one road from a task to the user
            self._on_error(error)
