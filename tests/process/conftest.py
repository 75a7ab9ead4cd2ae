"""A display that nobody looks at."""

from tests.packaging.test_window_systems import display

__all__ = ["display"]
