"""The whole window over the fakes of the Book screen, signed in, with links, times and people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.shell.window import MainWindow
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.book.conftest import stage
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import Stage, quiet

__all__ = ["stage"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rest_at_the_end(items, HERE)


@pytest.fixture(autouse=True)
def keeps_running(qapp: QApplication) -> None:
    """A window that closes does not end the loop of the tests."""
    qapp.setQuitOnLastWindowClosed(False)


@pytest.fixture
async def window(stage: Stage) -> AsyncIterator[MainWindow]:
    """The window on the Book screen, its first link open."""
    made = MainWindow(stage.context, stage.tasks.child("shell"))
    made.setMinimumSize(480, 480)
    await Hands(made).show(1440, 900)
    yield made
    made.close_for_good()
    await stage.tasks.close()
    made.deleteLater()
    await quiet()


@pytest.fixture
def hands(window: MainWindow) -> Hands:
    return Hands(window)
