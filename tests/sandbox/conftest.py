"""Sandboxes for the tests: one of its own for a test that writes, one for the session to read from."""

from collections.abc import Iterator

import pytest

from tests.sandbox.calling import Caller, calling


@pytest.fixture
def hubspot() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


@pytest.fixture(scope="session")
def standing() -> Iterator[Caller]:
    """Only for reading and for calls that are refused: nothing that a test does to it may stay."""
    with calling() as caller:
        yield caller
