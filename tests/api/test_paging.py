"""Walks over pages, and their ends."""

from collections.abc import Sequence
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.paging import Ending, Page, Walk, walk_list, walk_search


async def rows_of(walk: Walk[int]) -> list[int]:
    return [row async for page in walk for row in page.rows]


def list_of(cursors: Sequence[str | None], asked: list[str | None], **limits: int) -> Walk[int]:
    """A list whose page n leads on with cursors[n]."""

    async def fetch(after: str | None) -> Page[int]:
        asked.append(after)
        return Page((len(asked),), cursors[len(asked) - 1])

    return walk_list(fetch, **limits)


@pytest.mark.parametrize(
    ("cursors", "rows", "ending"),
    [
        ([None], 1, Ending.COMPLETE),
        (["a", "b", None], 3, Ending.COMPLETE),
        (["a", "a", None], 2, Ending.CURSOR_REPEATED),
        (["a", "b", "a", None], 3, Ending.CURSOR_REPEATED),
    ],
)
async def test_a_list_is_followed_to_its_end(cursors: list[str | None], rows: int, ending: Ending) -> None:
    asked: list[str | None] = []
    walk = list_of(cursors, asked)
    assert walk.ending is None
    assert await rows_of(walk) == list(range(1, rows + 1))
    assert walk.ending is ending
    assert asked == [None, *cursors][:rows]


async def test_a_list_without_an_end_is_ended() -> None:
    asked: list[str | None] = []
    walk = list_of([str(n) for n in range(99)], asked, most_pages=7)
    assert len(await rows_of(walk)) == 7
    assert walk.ending is Ending.REACH_ENDED


async def test_a_walk_that_is_left_has_no_ending() -> None:
    walk = list_of(["a", "b", None], [])
    async with aclosing(walk) as pages:
        async for _ in pages:
            break
    assert walk.ending is None
    assert [page async for page in walk] == []


def search_of(offsets: Sequence[str | None], asked: list[tuple[str | None, int]], limit: int) -> Walk[int]:
    async def fetch(after: str | None, rows: int) -> Page[int]:
        asked.append((after, rows))
        return Page((len(asked),), offsets[len(asked) - 1])

    return walk_search(fetch, limit=limit)


@pytest.mark.parametrize(
    ("offsets", "limit", "expected", "ending"),
    [
        ([None], 10, [(None, 10)], Ending.COMPLETE),
        (["10", "20", None], 10, [(None, 10), ("10", 10), ("20", 10)], Ending.COMPLETE),
        (["9900", "10000", None], 200, [(None, 200), ("9900", 100)], Ending.REACH_ENDED),
        (["20000"], 200, [(None, 200)], Ending.REACH_ENDED),
        (["10", "10"], 10, [(None, 10), ("10", 10)], Ending.CURSOR_STRANGE),
        (["10", "5"], 10, [(None, 10), ("10", 10)], Ending.CURSOR_STRANGE),
        (["0"], 10, [(None, 10)], Ending.CURSOR_STRANGE),
        (["next"], 10, [(None, 10)], Ending.CURSOR_STRANGE),
        (["²"], 10, [(None, 10)], Ending.CURSOR_STRANGE),
        (["9" * 30], 10, [(None, 10)], Ending.CURSOR_STRANGE),
    ],
)
async def test_a_search_is_followed_as_far_as_it_reaches(
    offsets: list[str | None], limit: int, expected: list[tuple[str | None, int]], ending: Ending
) -> None:
    asked: list[tuple[str | None, int]] = []
    walk = search_of(offsets, asked, limit)
    assert len(await rows_of(walk)) == len(expected)
    assert asked == expected
    assert walk.ending is ending


@given(st.lists(st.integers(1, 200), min_size=1, max_size=60), st.integers(1, 200))
async def test_a_search_never_asks_beyond_its_reach(steps: list[int], limit: int) -> None:
    total = sum(steps) * 100
    asked: list[tuple[str | None, int]] = []

    async def fetch(after: str | None, rows: int) -> Page[int]:
        asked.append((after, rows))
        offset = int(after or 0) + steps[len(asked) % len(steps)]
        return Page((), str(offset) if offset < total else None)

    walk = walk_search(fetch, limit=limit)
    await rows_of(walk)
    assert all(int(after or 0) + rows <= 10_000 for after, rows in asked)
    assert walk.ending in {Ending.COMPLETE, Ending.REACH_ENDED}
