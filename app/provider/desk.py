"""What every request goes through: the check of who asks, the answer, its measure, its log line, its note."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from app.provider.logs import link_mark, log_event
from app.provider.meetings import NotedRequest
from app.provider.metrics import RequestMetrics
from app.provider.replies import Refused, refusal, unavailable
from app.provider.store.store import ProviderStore
from app.provider.store.troubles import StoreUnavailable

Handle = Callable[[Request], Awaitable[Response]]
Check = Callable[[Request], None]
Clock = Callable[[], datetime]


def anybody(_request: Request) -> None:
    """The check of what is open to everybody."""


class Desk:
    """Opens endpoints. Requests that pass their check are noted in the store; others in the metrics alone."""

    def __init__(self, store: ProviderStore, metrics: RequestMetrics, now: Clock) -> None:
        self._store = store
        self._metrics = metrics
        self._now = now

    def open(self, kind: str, check: Check, handle: Handle, *, is_noted: bool = True) -> Handle:
        """The endpoint of one kind of request; `kind` names it in metrics, logs and notes."""

        async def endpoint(request: Request) -> Response:
            began = time.perf_counter()
            has_passed = False
            try:
                check(request)
                has_passed = True
                response = await handle(request)
            except Refused as refused:
                response = refusal(refused)
            except StoreUnavailable:
                response = refusal(unavailable())
            seconds = time.perf_counter() - began
            self._measure(kind, request, response.status_code, seconds)
            if has_passed and is_noted:
                took_ms = round(seconds * 1000, 3)
                noted = NotedRequest(self._now(), kind, response.status_code, took_ms)
                response.background = BackgroundTask(run_in_threadpool, self._note, noted)
            return response

        return endpoint

    def _measure(self, kind: str, request: Request, status: int, seconds: float) -> None:
        self._metrics.note(kind, status, seconds)
        link = request.path_params.get("link_id")
        mark = link_mark(link) if link else None
        log_event("request", kind=kind, status=status, ms=round(seconds * 1000, 1), link=mark)

    def _note(self, noted: NotedRequest) -> None:
        try:
            self._store.note_request(noted)
        except StoreUnavailable:
            log_event("a request could not be noted", kind=noted.kind, status=noted.status)
