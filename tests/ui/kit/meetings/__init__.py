"""Tests of how meetings look everywhere."""
