"""Fails an async test that leaves a task of its own running."""

import asyncio
import inspect
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def _no_task_outlives_the_test() -> AsyncIterator[None]:
    before = asyncio.all_tasks()
    yield
    current = asyncio.current_task()
    left = [task for task in asyncio.all_tasks() - before if task is not current and not task.done()]
    if left:
        names = "\n  ".join(repr(task) for task in left)
        pytest.fail(f"tasks still running after the test (close their scope):\n  {names}", pytrace=False)


@pytest.fixture(autouse=True)
def _tasks_are_awaited(request: pytest.FixtureRequest) -> None:
    """Set up first, so that the check runs after every other fixture has ended its own tasks."""
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("_no_task_outlives_the_test")
