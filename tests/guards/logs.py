"""Fails a test on a warning or error line in the log that it neither expects nor looks at."""

import logging
import re
from collections.abc import Iterator

import pytest


class _Collector(logging.Handler):
    """Keeps what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def _line(record: logging.LogRecord) -> str:
    text = f"{record.levelname} {record.name}: {record.getMessage()}"
    if record.exc_info and record.exc_info[1] is not None:
        text += f" [{record.exc_info[1]!r}]"
    return text


def unexpected(records: list[logging.LogRecord], patterns: list[str]) -> list[str]:
    """The lines of `records` that no regular expression of `patterns` finds."""
    return [line for line in map(_line, records) if not any(re.search(p, line) for p in patterns)]


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that take `caplog` judge the log themselves; others name lines with `expected_log`."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    if "caplog" in request.fixturenames:
        return
    patterns = [str(p) for mark in request.node.iter_markers("expected_log") for p in mark.args]
    lines = unexpected(collector.records, patterns)
    if lines:
        hint = "add @pytest.mark.expected_log(r'...') if the test means to cause it"
        pytest.fail("unexpected log lines ({}):\n  {}".format(hint, "\n  ".join(lines)), pytrace=False)
