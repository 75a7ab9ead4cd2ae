"""Fixtures of the storage tests."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.storage.world import FakeClock, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An empty data folder."""
    return Folder(tmp_path)


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still."""
    return FakeClock()


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    """A small executor."""
    with ThreadPoolExecutor(2) as pool:
        yield pool
