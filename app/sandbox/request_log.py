"""What was asked of the sandbox: one row for every request, in the order they ended."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.sandbox.instants import object_instant

_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request: `status` 0 means that the connection was cut; `fault` names what was played."""

    service: str
    method: str
    path: str
    query: str
    status: int
    at: datetime
    took_ms: float
    fault: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the row for `GET /__sandbox__/requests`."""
        return {
            "service": self.service,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "time": object_instant(self.at),
            "tookMs": round(self.took_ms, 3),
            "fault": self.fault,
        }


class RequestLog:
    """The latest 200,000 requests, oldest first."""

    def __init__(self) -> None:
        self._rows: deque[LoggedRequest] = deque(maxlen=_KEPT)

    def add(self, row: LoggedRequest) -> None:
        """Append a request that has ended."""
        self._rows.append(row)

    def rows(self, *, method: str | None = None, path_start: str = "") -> list[LoggedRequest]:
        """Return the requests, all or those of one method and of paths that begin with `path_start`."""
        return [
            row
            for row in list(self._rows)
            if (method is None or row.method == method) and row.path.startswith(path_start)
        ]

    def clear(self) -> None:
        """Forget every request."""
        self._rows.clear()
