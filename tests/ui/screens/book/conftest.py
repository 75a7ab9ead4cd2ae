"""A stage with links, times and people for every test, closed again with all of its tasks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.ui.kit.theme import Theme
from app.ui.screens.book.screen import BookScreen
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import Stage, furnish, quiet

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rest_at_the_end(items, HERE)


@pytest.fixture(autouse=True)
def still(stillness: None) -> None:
    """Nothing moves by itself here."""


@pytest.fixture
async def stage(applied_theme: Theme) -> AsyncIterator[Stage]:
    made = furnish(Stage(theme=applied_theme))
    await made.load()
    yield made
    await made.close()
    assert made.errors == []


@pytest.fixture
async def screen(stage: Stage) -> AsyncIterator[BookScreen]:
    """The Book screen in a window of its own, its links loaded and the first one open."""
    made = BookScreen(stage.context, stage.tasks.child("book"))
    hands = Hands(made.widget)
    await hands.show()
    made.start()
    await quiet()
    yield made
    made.widget.close()
    await stage.tasks.close()
    made.widget.deleteLater()


@pytest.fixture
def hands(screen: BookScreen) -> Hands:
    return Hands(screen.widget)
