"""Tests of the calendar widgets."""
