"""The logs: one JSON object a line, with nothing personal in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from app.provider.logs import link_mark, log_event, start_logging
from tests.provider.asking import LINK_ID


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged; the loggers are put back as they were."""
    root = logging.getLogger()
    handlers, level, root.handlers = root.handlers[:], root.level, []
    access = logging.getLogger("uvicorn.access")
    was_disabled = access.disabled
    stream = io.StringIO()
    start_logging(stream)
    yield stream
    root.handlers, access.disabled = handlers, was_disabled
    root.setLevel(level)


def test_an_event_is_a_line_with_its_values(lines: io.StringIO) -> None:
    log_event("request", kind="create", status=201)
    said = json.loads(lines.getvalue())
    assert said.pop("at").endswith("+00:00")
    assert said == {
        "level": "info",
        "logger": "app.provider",
        "event": "request",
        "kind": "create",
        "status": 201,
    }


def test_of_an_error_only_its_type_and_places_are_told(lines: io.StringIO) -> None:
    try:
        raise ValueError("ann@example.com")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
    said = json.loads(lines.getvalue())
    assert said["error"] == "ValueError"
    assert said["places"]
    assert "ann@example.com" not in lines.getvalue()


def test_access_logs_stay_silent(lines: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info("GET /pipedrive/secret")
    assert lines.getvalue() == ""


def test_a_mark_does_not_give_the_link_away() -> None:
    assert len(link_mark(LINK_ID)) == 8
    assert link_mark(LINK_ID) not in LINK_ID
    assert link_mark(LINK_ID) == link_mark(LINK_ID)
