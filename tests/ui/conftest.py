"""One theme on the application of all tests of the window; light before and after each of them."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.kit.resources import register_resources
from app.ui.kit.theme import Theme


@pytest.fixture(scope="session")
def applied_theme(qapp: QApplication) -> Theme:
    """The theme, applied once."""
    register_resources()
    theme = Theme()
    theme.apply(qapp)
    qapp.setQuitOnLastWindowClosed(False)
    return theme


@pytest.fixture(autouse=True)
def theme(applied_theme: Theme) -> Iterator[Theme]:
    """The same theme, as it is before any rep has changed it."""
    applied_theme.set_scheme("light")
    applied_theme.set_reduced_motion(False)
    yield applied_theme
    applied_theme.set_scheme("light")
    applied_theme.set_reduced_motion(False)


@pytest.fixture
def stillness(theme: Theme) -> None:
    """Nothing on screen moves by itself."""
    theme.set_reduced_motion(True)
