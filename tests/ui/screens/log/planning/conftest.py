"""A planning sheet for every test, closed again with all of its tasks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme
from tests.ui.rest import rest_at_the_end
from tests.ui.screens.log.planning.bench import PlanBench

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
async def bench(applied_theme: Theme) -> AsyncIterator[PlanBench]:
    applied_theme.set_scheme("light")
    made = PlanBench(applied_theme)
    await made.open()
    yield made
    await made.close()
    assert made.desk.errors == []
