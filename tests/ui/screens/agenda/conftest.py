"""An Agenda for every test, closed again with all of its tasks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.agenda.bench import Bench

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
async def empty(applied_theme: Theme) -> AsyncIterator[Bench]:
    """A bench without meetings that is not open yet."""
    applied_theme.set_scheme("light")
    made = Bench(applied_theme)
    yield made
    await made.close()
    assert made.desk.errors == []


@pytest.fixture
async def bench(empty: Bench) -> Bench:
    """The day of the picture: 16:15 in Berlin, Monday 23 November 2026."""
    empty.furnish()
    await empty.open()
    return empty
