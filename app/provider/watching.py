"""What load balancers and Prometheus look at: whether the process lives, whether it can work, its metrics."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.provider.desk import Desk, anybody
from app.provider.metrics import RequestMetrics
from app.provider.replies import answer
from app.provider.store.store import ProviderStore
from app.provider.store.troubles import StoreUnavailable


class WatchEndpoints:
    """Answers without credentials, and without a word about anybody."""

    def __init__(self, store: ProviderStore, metrics: RequestMetrics) -> None:
        self._store = store
        self._metrics = metrics

    def routes(self, desk: Desk) -> list[Route]:
        """Where they answer."""
        return [
            Route("/healthz", desk.open("healthz", anybody, self._live, is_noted=False)),
            Route("/readyz", desk.open("readyz", anybody, self._ready, is_noted=False)),
            Route("/metrics", desk.open("metrics", anybody, self._measures, is_noted=False)),
        ]

    async def _live(self, _request: Request) -> Response:
        return answer({"status": "ok"})

    async def _ready(self, _request: Request) -> Response:
        await run_in_threadpool(self._store.ping)
        return answer({"status": "ready"})

    async def _measures(self, _request: Request) -> Response:
        try:
            totals = await run_in_threadpool(self._store.totals)
        except StoreUnavailable:
            totals = None
        return PlainTextResponse(
            self._metrics.text(totals), media_type="text/plain; version=0.0.4; charset=utf-8"
        )
