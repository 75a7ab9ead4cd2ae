"""Stretches of time as lists of `(start, end)` epoch milliseconds, end excluded, and how they combine."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def merge(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as sorted spans that neither touch nor overlap; empty spans vanish."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def pad(spans: Iterable[Span], margin: int) -> list[Span]:
    """Return spans widened by `margin` ms on both sides, merged."""
    return merge((start - margin, end + margin) for start, end in spans)


def subtract(spans: Sequence[Span], removed: Sequence[Span]) -> list[Span]:
    """Return the parts of `spans` outside `removed`; both must be merged."""
    kept: list[Span] = []
    first = 0
    for start, end in spans:
        while first < len(removed) and removed[first][1] <= start:
            first += 1
        position = start
        for gone_start, gone_end in removed[first:]:
            if gone_start >= end:
                break
            if gone_start > position:
                kept.append((position, gone_start))
            position = max(position, gone_end)
        if position < end:
            kept.append((position, end))
    return kept


def intersect(left: Sequence[Span], right: Sequence[Span]) -> list[Span]:
    """Return the time in both lists; both must be merged."""
    common: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            common.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return common


def touching(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return the spans of a merged list that overlap `[start, end)`, whole."""
    first = bisect_left(spans, (start, start))
    if first and spans[first - 1][1] > start:
        first -= 1
    found: list[Span] = []
    for span in spans[first:]:
        if span[0] >= end:
            break
        found.append(span)
    return found
