"""The theme, applied once to the application of the tests; light before every test."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme


@pytest.fixture(scope="session")
def applied_theme(qapp: QApplication) -> Theme:
    register_resources()
    theme = Theme()
    theme.apply(qapp)
    return theme


@pytest.fixture(autouse=True)
def theme(applied_theme: Theme) -> Iterator[Theme]:
    applied_theme.set_scheme("light")
    yield applied_theme
    applied_theme.set_scheme("light")
    applied_theme.set_reduced_motion(False)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Callable[..., QWidget]]:
    """Show widgets under each other in an active window that lives as long as the test."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 420, height: int = 400) -> QWidget:
        window = QWidget()
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        window.resize(width, height)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield show
    windows.clear()
