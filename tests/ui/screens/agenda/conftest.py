"""An Agenda for every test, closed again with all of its tasks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.ui.kit.theme import Theme
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.agenda.bench import Bench

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rest_at_the_end(items, HERE)


@pytest.fixture(autouse=True)
def still(stillness: None) -> None:
    """Nothing moves by itself here."""


@pytest.fixture
async def empty(applied_theme: Theme) -> AsyncIterator[Bench]:
    """A bench without meetings that is not open yet."""
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
