"""Tests of the outbox as the rep sees it."""
