"""HubSpot's rate limits for OAuth apps, per account: 110 calls in 10 s, and 5 searches a second."""

import re
import uuid
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from starlette.responses import Response

from app.sandbox.errors import RATE_LIMITS
from app.sandbox.wire import reply

BURST: Final = 110
BURST_WINDOW: Final = timedelta(seconds=10)
SEARCHES: Final = 5
SEARCH_WINDOW: Final = timedelta(seconds=1)

_SEARCH: Final = re.compile(r"/crm/(v3/objects|objects/[^/]+)/[^/]+/search")
_EXEMPT: Final = re.compile(r"/crm/(v4/associations|associations/[^/]+)/[^/]+/[^/]+/batch/.+")


class _Window:
    """Counts calls in a rolling window."""

    def __init__(self, most: int, span: timedelta) -> None:
        self._most = most
        self._span = span
        self._calls: deque[datetime] = deque()

    def left(self, now: datetime) -> int:
        while self._calls and now - self._calls[0] >= self._span:
            self._calls.popleft()
        return self._most - len(self._calls)

    def count(self, now: datetime) -> None:
        self._calls.append(now)


class RateLimits:
    """The counters of every account; they always count, and refuse only while `enforced`.

    The rate headers go on every authenticated reply but search ones (section "Rate limits" of the usage
    guidelines); association batch calls are not counted.
    """

    def __init__(self, clock: Callable[[], datetime], *, enforced: bool = False) -> None:
        self._clock = clock
        self.enforced = enforced
        self._bursts: dict[int, _Window] = {}
        self._searches: dict[int, _Window] = {}

    def admit(self, hub_id: int, method: str, path: str) -> Response | None:
        """Count a call; return the 429 when the account has used up its limit."""
        now = self._clock()
        if is_search(method, path):
            window = self._searches.setdefault(hub_id, _Window(SEARCHES, SEARCH_WINDOW))
            policy = "SECONDLY"
        elif _EXEMPT.fullmatch(path):
            return None
        else:
            window = self._bursts.setdefault(hub_id, _Window(BURST, BURST_WINDOW))
            policy = "TEN_SECONDLY_ROLLING"
        if self.enforced and window.left(now) <= 0:
            return reply(limit_body(policy), 429)
        window.count(now)
        return None

    def headers(self, hub_id: int, method: str, path: str) -> dict[str, str]:
        """Return the rate headers of a reply; none for search."""
        if is_search(method, path):
            return {}
        window = self._bursts.get(hub_id)
        left = BURST if window is None else max(window.left(self._clock()), 0)
        return {
            "X-HubSpot-RateLimit-Max": str(BURST),
            "X-HubSpot-RateLimit-Remaining": str(left),
            "X-HubSpot-RateLimit-Interval-Milliseconds": str(int(BURST_WINDOW.total_seconds() * 1000)),
        }


def is_search(method: str, path: str) -> bool:
    """Say whether a call is a CRM search."""
    return method == "POST" and _SEARCH.fullmatch(path) is not None


def limit_body(policy: str) -> dict[str, Any]:
    """Return the 429 body for `TEN_SECONDLY_ROLLING`, `SECONDLY` or `DAILY`."""
    return {
        "status": "error",
        "message": f"You have reached your {policy.lower()} limit.",
        "errorType": "RATE_LIMIT",
        "category": RATE_LIMITS,
        "correlationId": str(uuid.uuid4()),
        "policyName": policy,
        "requestId": uuid.uuid4().hex,
    }
