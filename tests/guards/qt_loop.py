"""Gives tests marked `qt_loop` the event loop of the real program: qasync on Qt."""

import asyncio
from collections.abc import Callable, Mapping

import pytest

_application = pytest.StashKey[object]()


def _qt_loop_factory(config: pytest.Config) -> Callable[[], asyncio.AbstractEventLoop]:
    def make() -> asyncio.AbstractEventLoop:
        # Imported here: tests of plain layers never load Qt through this module.
        from PySide6.QtWidgets import QApplication
        from qasync import QEventLoop

        application = QApplication.instance() or QApplication(["slotdesk-tests"])
        config.stash[_application] = application
        loop: asyncio.AbstractEventLoop = QEventLoop(application)
        return loop

    return make


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """One loop per test: Qt's for the marked ones, asyncio's own for all others."""
    if item.get_closest_marker("qt_loop"):
        return {"qasync": _qt_loop_factory(config)}
    return {"asyncio": asyncio.new_event_loop}
