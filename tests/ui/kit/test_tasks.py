"""Task scopes start, replace, drop and end tasks; nothing outlives them and no error is lost."""

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ui.kit.tasks import Policy, TaskScope


class Log:
    """Work that says what happens to it, and the errors that reached the sink."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.errors: list[Exception] = []

    async def wait(self, name: str, until: asyncio.Event) -> None:
        self.events.append(f"{name} began")
        try:
            await until.wait()
        except asyncio.CancelledError:
            self.events.append(f"{name} cancelled")
            raise
        self.events.append(f"{name} ended")

    async def fail(self, error: Exception) -> None:
        raise error


@pytest.fixture
def log() -> Log:
    return Log()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - the conditions are plain state
            await asyncio.sleep(0)


async def test_all_lets_both_run(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    assert scope.start(log.wait("a", gate), key="k")
    assert scope.start(log.wait("b", gate), key="k")
    gate.set()
    await until(lambda: not scope.is_running("k"))
    assert sorted(log.events) == ["a began", "a ended", "b began", "b ended"]
    await scope.close()


async def test_latest_cancels_the_one_before(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    scope.start(log.wait("a", gate), key="search", policy=Policy.LATEST)
    await until(lambda: log.events == ["a began"])
    scope.start(log.wait("other", gate), key="other", policy=Policy.LATEST)
    scope.start(log.wait("b", gate), key="search", policy=Policy.LATEST)
    gate.set()
    await until(lambda: "b ended" in log.events and "other ended" in log.events)
    assert "a cancelled" in log.events
    assert log.errors == []
    await scope.close()


async def test_latest_before_the_first_step_leaves_no_unawaited_work(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    gate.set()
    for name in ("a", "b", "c"):
        scope.start(log.wait(name, gate), key="search", policy=Policy.LATEST)
    await until(lambda: not scope.is_running("search"))
    assert log.events == ["c began", "c ended"]
    await scope.close()


async def test_once_drops_the_second_until_the_first_ended(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    assert scope.start(log.wait("a", gate), key="book", policy=Policy.ONCE)
    assert not scope.start(log.wait("b", gate), key="book", policy=Policy.ONCE)
    gate.set()
    await until(lambda: not scope.is_running("book"))
    assert scope.start(log.wait("c", gate), key="book", policy=Policy.ONCE)
    await until(lambda: "c ended" in log.events)
    assert not any(event.startswith("b") for event in log.events)
    await scope.close()


async def test_errors_reach_the_sink_and_cancelling_does_not(log: Log) -> None:
    scope, problem = TaskScope("app", log.errors.append), ValueError("no")
    scope.start(log.fail(problem), key="a")
    scope.start(log.wait("b", asyncio.Event()), key="b")
    await until(lambda: log.errors == [problem] and "b began" in log.events)
    scope.cancel("b")
    await until(lambda: not scope.is_running("b"))
    assert log.errors == [problem]
    await scope.close()


async def test_close_cancels_awaits_and_starts_nothing_more(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    child = scope.child("screen")
    scope.start(log.wait("a", gate))
    child.start(log.wait("b", gate))
    await until(lambda: len(log.events) == 2)
    await scope.close()
    assert sorted(log.events) == ["a began", "a cancelled", "b began", "b cancelled"]
    assert scope.is_closed
    assert child.is_closed
    assert not scope.start(log.wait("c", gate))
    assert not scope.child("late").start(log.wait("d", gate))
    await scope.close()
    assert child.name == "app/screen"


async def test_close_waits_for_work_that_cleans_up(log: Log) -> None:
    scope, tidied = TaskScope("app", log.errors.append), []

    async def slow() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            tidied.append(True)

    scope.start(slow(), key="slow")
    await asyncio.sleep(0)
    await scope.close()
    assert tidied == [True]


async def test_a_task_may_close_the_scope_it_runs_in(log: Log) -> None:
    scope, done = TaskScope("app", log.errors.append), asyncio.Event()

    async def quit_all() -> None:
        await scope.close()
        done.set()

    scope.start(log.wait("a", asyncio.Event()))
    scope.start(quit_all(), key="quit")
    async with asyncio.timeout(5):
        await done.wait()
    await until(lambda: not scope.is_running("quit"))
    assert log.events in (["a began", "a cancelled"], [])


async def test_a_closed_child_leaves_its_parent_running(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    child = scope.child("dialog")
    child.start(log.wait("b", gate))
    scope.start(log.wait("a", gate))
    await until(lambda: len(log.events) == 2)
    await child.close()
    gate.set()
    await until(lambda: "a ended" in log.events)
    assert "b cancelled" in log.events
    await scope.close()


@pytest.mark.qt_loop
async def test_the_same_on_the_event_loop_of_the_program(log: Log) -> None:
    scope, gate = TaskScope("app", log.errors.append), asyncio.Event()
    scope.start(log.wait("a", gate), key="k", policy=Policy.LATEST)
    scope.start(log.wait("b", gate), key="k", policy=Policy.LATEST)
    scope.start(log.fail(KeyError("x")))
    gate.set()
    await until(lambda: "b ended" in log.events and len(log.errors) == 1)
    scope.start(log.wait("c", asyncio.Event()))
    await until(lambda: "c began" in log.events)
    await scope.close()
    assert log.events == ["b began", "b ended", "c began", "c cancelled"]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("xy"), st.sampled_from(Policy), st.booleans()), max_size=14))
def test_whatever_is_started_nothing_is_left(starts: list[tuple[str, Policy, bool]]) -> None:
    async def run() -> None:
        log = Log()
        scope = TaskScope("app", log.errors.append)
        for number, (key, policy, pause) in enumerate(starts):
            scope.start(log.wait(str(number), asyncio.Event()), key=key, policy=policy)
            if pause:
                await asyncio.sleep(0)
        await scope.close()
        began = {event.split()[0] for event in log.events if event.endswith("began")}
        over = {event.split()[0] for event in log.events if event.endswith("cancelled")}
        assert began == over
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(run())
