"""Collects cyclic garbage between tests, on their own thread.

Python's own collector runs on whichever thread allocates: a sandbox's thread may so destroy a Qt object that
an earlier test left in a cycle, and that ends the process.
"""

import gc
from collections.abc import Generator

import pytest


def pytest_collection_finish() -> None:
    """Leave out what is there before the first test: modules and the tests themselves stay."""
    gc.disable()
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None, None, None]:
    """Do what Python's own collector would have done, by its own thresholds."""
    yield
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [age for age, (count, limit) in enumerate(zip(counts, limits, strict=True)) if count > limit]
    if due:
        gc.collect(due[-1])
