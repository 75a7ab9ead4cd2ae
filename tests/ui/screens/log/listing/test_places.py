"""Where rows and headings stand: the answers agree with one another for any list."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.meetings.painting import HEADING_HEIGHT, ROW_HEIGHT
from app.ui.screens.log.listing.days import DaySection
from app.ui.screens.log.listing.places import Places

SIZES = st.lists(st.integers(1, 6), max_size=12)


def places_of(sizes: list[int]) -> Places:
    firsts = [sum(sizes[:place]) for place in range(len(sizes))]
    return Places.of(sum(sizes), tuple(DaySection(first, None) for first in firsts))


@given(SIZES)
def test_rows_and_headings_fill_the_height_without_gaps(sizes: list[int]) -> None:
    places = places_of(sizes)
    rows = [(places.top(row), places.top(row) + ROW_HEIGHT) for row in range(places.count)]
    tops = [place for _, place in places.headings(0, places.height)]
    spans = sorted([*rows, *((top, top + HEADING_HEIGHT) for top in tops)])
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])][: len(spans)]
    assert places.height == (spans[-1][1] if spans else 0)


@given(SIZES, st.integers(-50, 4000))
def test_the_row_at_a_height_is_the_one_painted_there(sizes: list[int], y: int) -> None:
    places = places_of(sizes)
    inside = [row for row in range(places.count) if places.top(row) <= y < places.top(row) + ROW_HEIGHT]
    assert places.row_at(y) == (inside[0] if inside else -1)


@given(SIZES, st.integers(0, 3000), st.integers(1, 900))
def test_only_headings_in_sight_are_painted(sizes: list[int], top: int, height: int) -> None:
    places = places_of(sizes)
    seen = [place for _, place in places.headings(top, top + height)]
    every = [place for _, place in places.headings(0, places.height)]
    assert seen == [place for place in every if place < top + height and place + HEADING_HEIGHT > top]
