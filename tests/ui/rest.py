"""Lets async tests on Qt's loop end only when their tasks rest."""

import functools
import inspect
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import pytest

from tests.ui.screens.book.stage import quiet


def rest_at_the_end(items: Iterable[pytest.Item], folder: Path) -> None:
    """For the tests in `folder`: between a test and its teardown Qt turns without asyncio's loop."""
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and folder in item.path.parents
            and item.get_closest_marker("qt_loop")
            and inspect.iscoroutinefunction(item.obj)
        ):
            item.obj = _at_rest(item.obj)


def _at_rest(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    @functools.wraps(test)
    async def run(*arguments: object, **named: object) -> None:
        await test(*arguments, **named)
        await quiet()

    return run
