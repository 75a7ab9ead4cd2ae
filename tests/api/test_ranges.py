"""Walks through more rows than one search reaches."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import ranges
from app.api.paging import Ending, Page, Walk
from app.api.ranges import Span, walk_rising, walk_spans

Row = tuple[str, int]


@dataclass
class FakeIndex:
    """A search with a reach of `reach` rows, sorted by number; `before` may change the rows at each call."""

    rows: list[Row]
    reach: int = 10
    tells_total: bool = True
    before: Callable[["FakeIndex", int], None] = lambda index, call: None
    asked: list[tuple[int, int, str | None, int]] = field(default_factory=list)

    async def search(self, span: Span, after: str | None, limit: int) -> Page[Row]:
        """One page of what lies in `span`."""
        self.asked.append((span.low, span.high, after, limit))
        self.before(self, len(self.asked))
        found = sorted((row for row in self.rows if span.low <= row[1] <= span.high), key=lambda row: row[1])
        offset = int(after or 0)
        assert offset + limit <= self.reach, "HubSpot answers 400 beyond the reach"
        page = found[offset : offset + limit]
        more = str(offset + len(page)) if offset + len(page) < len(found) else None
        return Page(tuple(page), more, len(found) if self.tells_total else None)

    async def since(self, low: int, after: str | None, limit: int) -> Page[Row]:
        """One page of what is at or above `low`."""
        return await self.search(Span(low, 10**9), after, limit)


@pytest.fixture(autouse=True)
def reach(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows are enough to be too many."""
    monkeypatch.setattr("app.api.ranges.SEARCH_REACH", 10)
    monkeypatch.setattr("app.api.paging.SEARCH_REACH", 10)


def name_of(row: Row) -> str:
    return row[0]


def number_of(row: Row) -> int:
    return row[1]


def spans(index: FakeIndex, low: int = 0, high: int = 999, limit: int = 3) -> Walk[Row]:
    return walk_spans(index.search, Span(low, high), identify=name_of, limit=limit)


def rising(index: FakeIndex, since: int = 0, limit: int = 3, **more: int) -> Walk[Row]:
    return walk_rising(index.since, since, identify=name_of, rank=number_of, limit=limit, **more)


async def rows_of(walk: Walk[Row]) -> list[Row]:
    return [row async for page in walk for row in page.rows]


def numbered(numbers: list[int]) -> list[Row]:
    return [(f"r{place}", number) for place, number in enumerate(numbers)]


@given(st.lists(st.integers(0, 400), max_size=60))
async def test_every_row_of_a_range_comes_once(numbers: list[int]) -> None:
    index = FakeIndex(numbered(numbers))
    walk = spans(index)
    found = await rows_of(walk)
    assert len(found) == len(set(found))
    most_alike = max((numbers.count(number) for number in numbers), default=0)
    if most_alike <= 10:
        assert set(found) == set(index.rows)
        assert walk.ending is Ending.COMPLETE
    else:
        assert walk.ending is Ending.REACH_ENDED


@given(st.lists(st.integers(0, 400), max_size=60), st.booleans())
async def test_a_total_is_not_needed(numbers: list[int], tells_total: bool) -> None:
    index = FakeIndex(numbered(numbers[:10] + [number + 500 for number in numbers]), tells_total=tells_total)
    most_alike = max(sum(row[1] == number for row in index.rows) for _, number in [*index.rows, ("", -1)])
    found = await rows_of(spans(index))
    assert len(found) == len(set(found))
    assert most_alike > 10 or set(found) == set(index.rows)


async def test_a_range_is_halved_by_its_total_before_its_rows_are_taken() -> None:
    index = FakeIndex(numbered(list(range(16))))
    walk = spans(index, 0, 15, limit=5)
    pages = [page async for page in walk]
    assert [page.total for page in pages] == [16] * 4
    assert index.asked == [
        (0, 15, None, 5),
        (0, 7, None, 5),
        (0, 7, "5", 5),
        (8, 15, None, 5),
        (8, 15, "5", 5),
    ]
    assert [row[1] for page in pages for row in page.rows] == list(range(16))


async def test_a_row_that_goes_away_hides_no_other() -> None:
    def drop(index: FakeIndex, call: int) -> None:
        if call == 2:
            del index.rows[0]

    index = FakeIndex(numbered(list(range(8))), before=drop)
    walk = spans(index)
    assert [row[1] for row in await rows_of(walk)] == [0, 1, 2, 4, 5, 6, 7, 3]
    assert walk.ending is Ending.COMPLETE


async def test_rows_that_keep_going_away_end_it_all_the_same() -> None:
    def drop(index: FakeIndex, call: int) -> None:
        del index.rows[-1]

    index = FakeIndex(numbered(list(range(9)) * 3)[:9], before=drop)
    walk = spans(index, limit=2)
    assert await rows_of(walk)
    assert walk.ending is Ending.COMPLETE
    assert len(index.asked) <= 9


async def test_a_strange_cursor_is_told() -> None:
    async def fetch(span: Span, after: str | None, limit: int) -> Page[Row]:
        return Page((("a", 1),), "x", 1)

    walk = walk_spans(fetch, Span(0, 9), identify=name_of)
    assert await rows_of(walk) == [("a", 1)]
    assert walk.ending is Ending.CURSOR_STRANGE


async def test_a_walk_that_is_left_asks_no_more() -> None:
    index = FakeIndex(numbered(list(range(9))))
    for walk in (spans(index), rising(index)):
        async with aclosing(walk) as pages:
            async for _ in pages:
                break
        assert walk.ending is None
    assert len(index.asked) == 2


@given(st.lists(st.integers(0, 60), max_size=60))
async def test_everything_since_a_mark_comes_once_in_order(numbers: list[int]) -> None:
    index = FakeIndex(numbered(numbers))
    walk = rising(index, since=5)
    found = await rows_of(walk)
    assert len(found) == len(set(found))
    assert [number for _, number in found] == sorted(number for _, number in found)
    wanted = [row for row in index.rows if row[1] >= 5]
    if max((numbers.count(number) for number in numbers), default=0) < 10:
        assert set(found) == set(wanted)
        assert walk.ending is Ending.COMPLETE


async def test_a_row_that_changes_meanwhile_hides_no_other_and_comes_again() -> None:
    def touch(index: FakeIndex, call: int) -> None:
        if call == 2:
            index.rows[0] = ("r0", 100)

    index = FakeIndex(numbered(list(range(8))), before=touch)
    walk = rising(index)
    assert await rows_of(walk) == [*numbered(list(range(8))), ("r0", 100)]
    assert walk.ending is Ending.COMPLETE


async def test_many_rows_of_one_rank_are_walked_by_offset_as_far_as_it_goes() -> None:
    few = FakeIndex(numbered([1] * 9 + [2, 3]))
    walk = rising(few, limit=4)
    assert len(await rows_of(walk)) == 11
    assert walk.ending is Ending.COMPLETE
    many = FakeIndex(numbered([1] * 12))
    walk = rising(many, limit=4)
    pages = [page async for page in walk]
    assert [len(page.rows) for page in pages] == [4, 0, 4, 2]
    assert {page.total for page in pages} == {12}
    assert walk.ending is Ending.REACH_ENDED


async def test_unreadable_rows_and_empty_pages_do_not_hold_it_up() -> None:
    replies: list[Page[Row]] = [Page((), "3", 9, skipped=3), Page((), "6", 9)]
    asked: list[str | None] = []

    async def fetch(low: int, after: str | None, limit: int) -> Page[Row]:
        asked.append(after)
        return replies[len(asked) - 1]

    walk = walk_rising(fetch, 0, identify=name_of, rank=lambda row: None, limit=3)
    assert await rows_of(walk) == []
    assert (asked, walk.ending) == ([None, "3"], Ending.CURSOR_STRANGE)


async def test_a_walk_without_an_end_is_ended() -> None:
    def grow(index: FakeIndex, call: int) -> None:
        index.rows = [(name, number + 10) for name, number in index.rows]

    index = FakeIndex(numbered(list(range(8))), before=grow)
    walk = rising(index, most_steps=4)
    assert await rows_of(walk)
    assert walk.ending is Ending.REACH_ENDED
    assert len(index.asked) == 4


def test_the_largest_page_is_that_of_a_search() -> None:
    assert ranges.LARGEST_SEARCH_PAGE == 200
