"""Structured logs: one JSON object a line, without personal data."""

import hashlib
import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final, TextIO

EVENTS: Final = logging.getLogger("app.provider")


def link_mark(link_id: str) -> str:
    """Eight digits by which the lines about one link can be found, and which do not give the link away."""
    return hashlib.sha256(f"link:{link_id}".encode()).hexdigest()[:8]


def log_event(event: str, *, level: int = logging.INFO, **values: Any) -> None:
    """Write a line; `values` must hold no name, topic, address or secret."""
    EVENTS.log(level, event, extra={"values": values})


class JsonLines(logging.Formatter):
    """Writes a record as JSON. Of an error only type and places are written: its text may quote a request."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line.update(getattr(record, "values", {}))
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["places"] = [f"{frame.name}:{frame.lineno}" for frame in frames][-8:]
        return json.dumps(line, ensure_ascii=False)


def start_logging(stream: TextIO | None = None) -> None:
    """Send all logs of the process to `stream` (standard error) as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("uvicorn.access").disabled = True
