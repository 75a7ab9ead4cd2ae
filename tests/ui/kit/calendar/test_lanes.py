"""Slots that overlap get lanes of their own, and none hides another."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.calendar.lanes import Seat, Span, seats

spans = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=40).map(
    lambda pairs: sorted((Span(top, top + length) for top, length in pairs), key=lambda span: span.top)
)


@given(spans, st.integers(-1, 6))
def test_no_two_seats_of_a_lane_overlap(given_spans: list[Span], most: int) -> None:
    taken = list(zip(given_spans, seats(given_spans, most), strict=True))
    for number, (span, seat) in enumerate(taken):
        assert span.top < seat.bottom <= span.bottom
        assert 0 <= seat.lane < seat.lanes
        for other, other_seat in taken[number + 1 :]:
            if seat.lanes == other_seat.lanes and seat.lane == other_seat.lane:
                assert other.top >= seat.bottom or span.top >= other_seat.bottom


@given(spans, st.integers(1, 6))
def test_spans_of_different_lane_counts_do_not_meet(given_spans: list[Span], most: int) -> None:
    taken = list(zip(given_spans, seats(given_spans, most), strict=True))
    for span, seat in taken:
        for other, other_seat in taken:
            if seat.lanes != other_seat.lanes:
                assert seat.bottom <= other.top or other_seat.bottom <= span.top


@given(spans, st.integers(1, 6))
def test_more_lanes_than_wanted_only_for_spans_that_begin_together(
    given_spans: list[Span], most: int
) -> None:
    together = max([sum(span.top == other.top for other in given_spans) for span in given_spans], default=0)
    for seat in seats(given_spans, most):
        assert seat.lanes <= max(most, together)


def test_spans_that_only_touch_share_one_lane() -> None:
    assert seats([Span(0, 30), Span(30, 60)], 3) == (Seat(0, 1, 30), Seat(0, 1, 60))


def test_overlapping_spans_stand_side_by_side() -> None:
    assert seats([Span(0, 30), Span(15, 45), Span(30, 60)], 3) == (
        Seat(0, 2, 30),
        Seat(1, 2, 45),
        Seat(0, 2, 60),
    )


def test_without_room_for_another_lane_the_earlier_span_ends_early() -> None:
    assert seats([Span(0, 60), Span(15, 75), Span(30, 90)], 2) == (
        Seat(0, 2, 30),
        Seat(1, 2, 75),
        Seat(0, 2, 90),
    )


def test_nothing_needs_no_seat() -> None:
    assert seats([], 3) == ()
