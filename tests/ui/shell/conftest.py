"""The theme of the kit's tests, for the shell."""

from tests.ui.kit.conftest import applied_theme, theme

__all__ = ["applied_theme", "theme"]
