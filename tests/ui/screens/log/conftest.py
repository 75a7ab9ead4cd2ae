"""A stage with the meetings of the design's picture, and its screen in a window of its own."""

import functools
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from app.ui.kit.theme import Theme
from app.ui.screens.log.screen import LogScreen
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.stage import Stage

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a test end only when its tasks rest: between test and teardown Qt turns without asyncio's loop."""
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and item.path.parent == HERE
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


@pytest.fixture(autouse=True)
def still(stillness: None) -> None:
    """Nothing moves by itself here."""


@pytest.fixture
async def stage(applied_theme: Theme) -> AsyncIterator[Stage]:
    made = Stage(theme=applied_theme)
    await made.load()
    yield made
    await made.close()
    assert made.errors == []
    assert made.desktop.errors == []


@pytest.fixture
async def screen(stage: Stage) -> AsyncIterator[LogScreen]:
    """The Log screen in a window of its own, its first meeting open."""
    made = stage.screen()
    hands = Hands(made.widget)
    await hands.show()
    made.start()
    await quiet()
    yield made
    made.widget.close()
    await stage.tasks.close()
    made.widget.deleteLater()


@pytest.fixture
def hands(screen: LogScreen) -> Hands:
    return Hands(screen.widget)
