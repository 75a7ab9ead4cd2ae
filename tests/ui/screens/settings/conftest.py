"""The theme and windows for every test of this screen."""

from tests.ui.screens.windows import applied_theme, show, theme

__all__ = ["applied_theme", "show", "theme"]
