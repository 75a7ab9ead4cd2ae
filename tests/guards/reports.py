"""Makes what a test wrote fit for sending: pytest-xdist's processes cannot send half a character."""

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put a question mark for each half of a surrogate pair in captured output."""
    report = yield
    report.sections = [(name, _sendable(text)) for name, text in report.sections]
    return report


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
