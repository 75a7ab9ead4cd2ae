"""Counters and durations of this worker in Prometheus' text format."""

from collections.abc import Iterator
from typing import Final

from app.provider.meetings import Totals

_BOUNDS_S: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1.0, 2.5, 5.0)


class RequestMetrics:
    """What this worker has answered, used from its event loop only; `worker` tells workers apart."""

    def __init__(self, worker: str) -> None:
        self._worker = worker
        self._requests: dict[tuple[str, int], int] = {}
        self._buckets: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}

    def note(self, kind: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests[kind, status] = self._requests.get((kind, status), 0) + 1
        buckets = self._buckets.setdefault(kind, [0] * (len(_BOUNDS_S) + 1))
        buckets[sum(seconds > bound for bound in _BOUNDS_S)] += 1
        self._seconds[kind] = self._seconds.get(kind, 0.0) + seconds

    def text(self, totals: Totals | None) -> str:
        """The exposition; the gauges of the store are left out when it does not answer."""
        return "\n".join([*self._counters(), *self._durations(), *_gauges(totals)]) + "\n"

    def _counters(self) -> Iterator[str]:
        name = "slotdesk_provider_requests_total"
        yield f"# HELP {name} Requests answered by this worker."
        yield f"# TYPE {name} counter"
        for (kind, status), count in sorted(self._requests.items()):
            yield f'{name}{{worker="{self._worker}",kind="{kind}",status="{status}"}} {count}'

    def _durations(self) -> Iterator[str]:
        name = "slotdesk_provider_request_seconds"
        yield f"# HELP {name} How long requests took."
        yield f"# TYPE {name} histogram"
        for kind, buckets in sorted(self._buckets.items()):
            labels = f'worker="{self._worker}",kind="{kind}"'
            reached = 0
            for bound, count in zip((*map(str, _BOUNDS_S), "+Inf"), buckets, strict=True):
                reached += count
                yield f'{name}_bucket{{{labels},le="{bound}"}} {reached}'
            yield f"{name}_sum{{{labels}}} {self._seconds[kind]:.6f}"
            yield f"{name}_count{{{labels}}} {reached}"


def _gauges(totals: Totals | None) -> Iterator[str]:
    yield "# HELP slotdesk_provider_store_up Whether the database answers."
    yield "# TYPE slotdesk_provider_store_up gauge"
    yield f"slotdesk_provider_store_up {int(totals is not None)}"
    if totals is None:
        return
    for what, count in (("links", totals.links), ("meetings", totals.meetings)):
        yield f"# HELP slotdesk_provider_{what} How many {what} the store holds, over all replicas."
        yield f"# TYPE slotdesk_provider_{what} gauge"
        yield f"slotdesk_provider_{what} {count}"
