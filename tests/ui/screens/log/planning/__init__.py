"""Tests of planning a meeting."""
