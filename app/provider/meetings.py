"""A video meeting as the service keeps it, and what became of a request about one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.provider import CallRequest, ProviderLinkId, VideoMeeting


class Outcome(StrEnum):
    """How a change of a meeting ended."""

    DONE = "done"
    NO_LINK = "no_link"
    NO_MEETING = "no_meeting"


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """A living meeting: what was answered when it was made, and the call as it was last told to us."""

    link_id: ProviderLinkId
    meeting: VideoMeeting
    call: CallRequest
    created: datetime


@dataclass(frozen=True, slots=True)
class NotedRequest:
    """One answered request for the desktop app to show: `at` a UTC instant, `took_ms` milliseconds."""

    at: datetime
    kind: str
    status: int
    took_ms: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all replicas; `requests` holds (kind, status, how many)."""

    links: int
    meetings: int
    requests: tuple[tuple[str, int, int], ...]
