"""Windows for every test of this screen."""

from tests.ui.screens.windows import show

__all__ = ["show"]
