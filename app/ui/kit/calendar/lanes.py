"""Side-by-side lanes for slots that overlap, because a link may start meetings more often than they last."""

from collections.abc import Sequence
from typing import NamedTuple

_NEVER = float("-inf")


class Span(NamedTuple):
    """A vertical stretch, from `top` to `bottom`, in any unit."""

    top: float
    bottom: float


class Seat(NamedTuple):
    """Where a span is drawn: lane number, how many lanes share the width there, and its visible bottom.

    `bottom` is above the bottom of the span when the next span of the same lane begins earlier.
    """

    lane: int
    lanes: int
    bottom: float


def seats(spans: Sequence[Span], most: int) -> tuple[Seat, ...]:
    """A seat for each of `spans`, which are sorted by top; no two seats share a point of the same lane.

    No more than `most` lanes (at least 1) are used, unless more than `most` spans begin together.
    """
    result: list[Seat] = []
    cluster: list[Span] = []
    reach = _NEVER
    for span in spans:
        if cluster and span.top >= reach:
            result += _seat_cluster(cluster, most)
            cluster = []
            reach = _NEVER
        cluster.append(span)
        reach = max(reach, span.bottom)
    result += _seat_cluster(cluster, most)
    return tuple(result)


def _seat_cluster(spans: Sequence[Span], most: int) -> list[Seat]:
    lanes = max(_together(spans), min(_deepest(spans), max(most, 1)))
    holder: list[int | None] = [None] * lanes
    chosen: list[int] = []
    bottoms = [span.bottom for span in spans]
    for index, span in enumerate(spans):
        lane = _lane_for(span, holder, spans, bottoms)
        last = holder[lane]
        if last is not None:
            bottoms[last] = min(bottoms[last], span.top)
        holder[lane] = index
        chosen.append(lane)
    return [Seat(lane, lanes, bottom) for lane, bottom in zip(chosen, bottoms, strict=True)]


def _lane_for(
    span: Span, holder: Sequence[int | None], spans: Sequence[Span], bottoms: Sequence[float]
) -> int:
    """The first lane that is free by now, else the one whose span began longest ago."""
    for lane, last in enumerate(holder):
        if last is None or bottoms[last] <= span.top:
            return lane
    return min(range(len(holder)), key=lambda lane: _top(spans, holder[lane]))


def _top(spans: Sequence[Span], index: int | None) -> float:
    return _NEVER if index is None else spans[index].top


def _deepest(spans: Sequence[Span]) -> int:
    """How many spans are open at once, at most."""
    events = sorted([(span.top, 1) for span in spans] + [(span.bottom, -1) for span in spans])
    depth = deepest = 0
    for _, change in events:
        depth += change
        deepest = max(deepest, depth)
    return deepest


def _together(spans: Sequence[Span]) -> int:
    """How many spans begin at the same point, at most."""
    counts: dict[float, int] = {}
    for span in spans:
        counts[span.top] = counts.get(span.top, 0) + 1
    return max(counts.values(), default=0)
