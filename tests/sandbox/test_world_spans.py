"""Span arithmetic against plain sets of milliseconds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.sandbox.world.spans import Span, intersect, merge, pad, subtract, touching

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)


def points(spans: list[Span]) -> set[int]:
    return {point for start, end in spans for point in range(start, end)}


def is_merged(spans: list[Span]) -> bool:
    return all(start < end for start, end in spans) and all(
        before[1] < after[0] for before, after in pairwise(spans)
    )


@given(SPANS)
def test_merge_keeps_the_time_and_drops_the_seams(spans: list[Span]) -> None:
    merged = merge(spans)
    assert points(merged) == points(spans)
    assert is_merged(merged)


@given(SPANS, st.integers(0, 9))
def test_pad_widens_both_sides(spans: list[Span], margin: int) -> None:
    expected = {near for point in points(spans) for near in range(point - margin, point + margin + 1)}
    solid = [span for span in spans if span[0] < span[1]]
    assert points(pad(solid, margin)) == expected
    assert is_merged(pad(solid, margin))


@given(SPANS, SPANS)
def test_subtract_and_intersect_are_set_operations(left: list[Span], right: list[Span]) -> None:
    kept, removed = merge(left), merge(right)
    assert points(subtract(kept, removed)) == points(kept) - points(removed)
    assert points(intersect(kept, removed)) == points(kept) & points(removed)
    assert is_merged(subtract(kept, removed))
    assert intersect(kept, removed) == intersect(removed, kept)


@given(SPANS, st.integers(-5, 65), st.integers(0, 30))
def test_touching_returns_whole_overlapping_spans(spans: list[Span], start: int, length: int) -> None:
    merged = merge(spans)
    end = start + length
    assert touching(merged, start, end) == [span for span in merged if span[0] < end and span[1] > start]
