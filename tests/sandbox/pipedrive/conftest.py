"""A Pipedrive side of its own for every test, and one for those that only read."""

from collections.abc import Iterator

import pytest

from tests.sandbox.pipedrive.calling import Caller, calling


@pytest.fixture
def pipedrive() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


@pytest.fixture(scope="session")
def standing() -> Iterator[Caller]:
    """Only for reading and for calls that are refused."""
    with calling() as caller:
        yield caller
