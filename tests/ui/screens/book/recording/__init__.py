"""Tests of the records of a booking."""
