"""Walks through more rows than one search reaches, by cutting up the range of what is sorted by; pure."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, Generic, TypeVar

from app.api.paging import SEARCH_REACH, Ending, Page, Walk, walk_search

T = TypeVar("T")

LARGEST_SEARCH_PAGE: Final = 200
_MOST_STEPS: Final = 20_000
_MOST_REPEATS: Final = 3


@dataclass(frozen=True, slots=True)
class Span:
    """Both ends belong to it; whole numbers such as epoch milliseconds."""

    low: int
    high: int

    def halves(self) -> "tuple[Span, Span]":
        """The lower and the upper half of a span of two numbers or more."""
        middle = (self.low + self.high) // 2
        return Span(self.low, middle), Span(middle + 1, self.high)

    @property
    def can_be_halved(self) -> bool:
        """Whether it holds more than one number."""
        return self.low < self.high


FetchSpan = Callable[[Span, str | None, int], Awaitable[Page[T]]]
"""Fetches a page of one span: the offset (None at first) and how many rows to ask for."""


def walk_spans(
    fetch: FetchSpan[T], whole: Span, *, identify: Callable[[T], str], limit: int = LARGEST_SEARCH_PAGE
) -> Walk[T]:
    """Every row of `whole` exactly once, in spans that are halved until a search reaches all of each.

    A span is walked anew, three times at most, when its total shrinks meanwhile: rows that go away move
    the others to places that were passed. `total` of each page is that of `whole` as first told.
    Ending.REACH_ENDED when more rows than a search reaches share one number.
    """

    async def pages(walk: Walk[T]) -> AsyncGenerator[Page[T], None]:
        seen: set[str] = set()
        total: int | None = None
        left = [whole]
        worst = Ending.COMPLETE
        while left:
            attempt = _Attempt(fetch, left.pop(), limit)
            async with aclosing(attempt.pages()) as found:
                async for page in found:
                    total = page.total if total is None else total
                    yield replace(page, rows=_unseen(page.rows, seen, identify), total=total)
            total = attempt.total if total is None else total
            left += reversed(attempt.parts)
            worst = worst if attempt.ending is Ending.COMPLETE else attempt.ending
        walk.ending = worst

    return Walk(pages)


class _Attempt(Generic[T]):
    """One span: its pages, or the halves (`parts`) that have to be walked instead."""

    def __init__(self, fetch: FetchSpan[T], span: Span, limit: int) -> None:
        self._fetch = fetch
        self._span = span
        self._limit = limit
        self.parts: tuple[Span, ...] = ()
        self.ending = Ending.COMPLETE
        self.total: int | None = None

    async def pages(self) -> AsyncGenerator[Page[T], None]:
        for _ in range(_MOST_REPEATS):
            has_shrunk = False
            most = 0
            inner = walk_search(partial(self._fetch, self._span), limit=self._limit)
            async with aclosing(inner):
                async for page in inner:
                    self.total = page.total if self.total is None else self.total
                    if self._is_too_large(page):
                        self.parts = self._span.halves()
                        return
                    if page.total is not None:
                        has_shrunk = has_shrunk or page.total < most
                        most = max(most, page.total)
                    yield page
            if inner.ending is Ending.REACH_ENDED and self._span.can_be_halved:
                self.parts = self._span.halves()
                return
            self.ending = inner.ending or Ending.COMPLETE
            if not has_shrunk:
                return

    def _is_too_large(self, page: Page[T]) -> bool:
        return self._span.can_be_halved and (page.total or 0) > SEARCH_REACH


def _unseen(rows: tuple[T, ...], seen: set[str], identify: Callable[[T], str]) -> tuple[T, ...]:
    fresh = []
    for row in rows:
        name = identify(row)
        if name not in seen:
            seen.add(name)
            fresh.append(row)
    return tuple(fresh)


FetchSince = Callable[[int, str | None, int], Awaitable[Page[T]]]
"""Fetches a page of what is at or above a watermark: watermark, offset (None at first), how many rows."""


def walk_rising(
    fetch: FetchSince[T],
    since: int,
    *,
    identify: Callable[[T], str],
    rank: Callable[[T], int | None],
    limit: int = LARGEST_SEARCH_PAGE,
    most_steps: int = _MOST_STEPS,
) -> Walk[T]:
    """Every row of rank `since` or more, lowest first, however many there are.

    After each page the watermark moves up to its last row, so that a row whose rank grows meanwhile moves
    no other one out of sight; it comes again with its new rank. Offsets are only used among rows of one
    rank. Ending.REACH_ENDED when more rows than a search reaches share one rank.
    """

    async def pages(walk: Walk[T]) -> AsyncGenerator[Page[T], None]:
        watermark, offset = since, 0
        total: int | None = None
        seen: set[tuple[str, int | None]] = set()
        for _ in range(most_steps):
            size = min(limit, SEARCH_REACH - offset)
            page = await fetch(watermark, str(offset) if offset else None, size)
            total = page.total if total is None else total
            ranks = [(identify(row), rank(row)) for row in page.rows]
            fresh = [row for row, key in zip(page.rows, ranks, strict=True) if key not in seen]
            seen.update(ranks)
            highest = max((number for _, number in ranks if number is not None), default=watermark)
            if page.after is None:
                walk.ending = Ending.COMPLETE
            elif highest > watermark:
                watermark, offset = highest, 0
                seen = {key for key in ranks if key[1] == highest}
            elif not page.rows and not page.skipped:
                walk.ending = Ending.CURSOR_STRANGE
            else:
                offset += len(page.rows) + page.skipped
                if offset >= SEARCH_REACH:
                    walk.ending = Ending.REACH_ENDED
            yield replace(page, rows=tuple(fresh), total=total)
            if walk.ending is not None:
                return
        walk.ending = Ending.REACH_ENDED

    return Walk(pages)
