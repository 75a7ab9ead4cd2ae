"""A planning sheet for every test, closed again with all of its tasks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.ui.kit.theme import Theme
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.log.planning.bench import PlanBench

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rest_at_the_end(items, HERE)


@pytest.fixture
async def bench(applied_theme: Theme) -> AsyncIterator[PlanBench]:
    made = PlanBench(applied_theme)
    await made.open()
    yield made
    await made.close()
    assert made.desk.errors == []
