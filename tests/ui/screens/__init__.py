"""Screens: what their view-models publish, and how their widgets answer clicks and keys."""
