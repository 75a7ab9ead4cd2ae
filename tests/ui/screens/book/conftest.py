"""A stage with links, times and people for every test, closed again with all of its tasks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from app.ui.screens.book.screen import BookScreen
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import Stage, furnish, quiet

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rest_at_the_end(items, HERE)


@pytest.fixture(scope="session")
def applied_theme(qapp: QApplication) -> Theme:
    register_resources()
    theme = Theme()
    theme.apply(qapp)
    theme.set_reduced_motion(True)
    qapp.setQuitOnLastWindowClosed(False)
    return theme


@pytest.fixture
async def stage(applied_theme: Theme) -> AsyncIterator[Stage]:
    applied_theme.set_scheme("light")
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
