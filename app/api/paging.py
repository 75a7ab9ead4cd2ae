"""Walks through the pages of a list or a search, and always comes to an end; pure."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

T = TypeVar("T")

SEARCH_REACH: Final = 10_000
_MOST_PAGES: Final = 2_000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows in the service's order; `after` leads on, `total` counts all, `skipped` rows were unreadable."""

    rows: tuple[T, ...]
    after: str | None = None
    total: int | None = None
    skipped: int = 0


class Ending(StrEnum):
    """Why a walk ended: COMPLETE is the only one that saw everything."""

    COMPLETE = "complete"
    CURSOR_REPEATED = "cursor-repeated"
    CURSOR_STRANGE = "cursor-strange"
    REACH_ENDED = "reach-ended"


class Walk(Generic[T]):
    """An async iterator over pages; `ending` is None until it has ended by itself.

    Whoever stops before the end closes it (`contextlib.aclosing`).
    """

    def __init__(self, pages: Callable[["Walk[T]"], AsyncGenerator[Page[T], None]]) -> None:
        self._pages = pages(self)
        self.ending: Ending | None = None

    def __aiter__(self) -> AsyncIterator[Page[T]]:
        return self._pages

    async def aclose(self) -> None:
        """Fetch no more."""
        await self._pages.aclose()


def walk_list(fetch: Callable[[str | None], Awaitable[Page[T]]], *, most_pages: int = _MOST_PAGES) -> Walk[T]:
    """Follow opaque cursors; a cursor that was seen before, or page `most_pages`, is the end."""

    async def pages(walk: Walk[T]) -> AsyncGenerator[Page[T], None]:
        after: str | None = None
        seen: set[str] = set()
        for _ in range(most_pages):
            page = await fetch(after)
            after = page.after
            if after is None:
                walk.ending = Ending.COMPLETE
            elif after in seen:
                walk.ending = Ending.CURSOR_REPEATED
            yield page
            if after is None or walk.ending is not None:
                return
            seen.add(after)
        walk.ending = Ending.REACH_ENDED

    return Walk(pages)


def walk_search(fetch: Callable[[str | None, int], Awaitable[Page[T]]], *, limit: int = 100) -> Walk[T]:
    """Follow numeric offsets as far as a search reaches (10,000 rows; reference 6.4).

    `fetch` takes the offset (None on the first page) and how many rows to ask for, which gets smaller
    on the last page within reach. An offset that is no number or does not grow is the end.
    """

    async def pages(walk: Walk[T]) -> AsyncGenerator[Page[T], None]:
        offset = 0
        while walk.ending is None:
            page = await fetch(str(offset) if offset else None, min(limit, SEARCH_REACH - offset))
            following = _offset(page.after)
            if page.after is None:
                walk.ending = Ending.COMPLETE
            elif following is None or following <= offset:
                walk.ending = Ending.CURSOR_STRANGE
            elif following >= SEARCH_REACH:
                walk.ending = Ending.REACH_ENDED
            else:
                offset = following
            yield page

    return Walk(pages)


def _offset(text: str | None) -> int | None:
    if text is None or len(text) > 9 or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
