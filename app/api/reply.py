"""An answer as it came off the wire: status, headers and the body within its size limit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from app.api.retry_after import http_date

_CORRELATION: Final = "x-hubspot-correlation-id"


@dataclass(frozen=True, slots=True)
class Reply:
    """`headers` has lower-case names; `body` is decompressed. `repr` shows neither."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def is_json(self) -> bool:
        """Whether the content type promises JSON."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return kind == "application/json" or kind.endswith("+json")

    @property
    def correlation_id(self) -> str | None:
        """The header twin of the error body's `correlationId`."""
        return self.headers.get(_CORRELATION)

    def made_at(self, utc_now: datetime) -> datetime:
        """The UTC instant of the Date header, else `utc_now`."""
        return http_date(self.headers.get("date")) or utc_now
