"""Tests of the left pane: days, places, questions, rows."""
