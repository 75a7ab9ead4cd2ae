"""The fetched months of one opened link, and how far each of them can be trusted."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from app.domain.availability import Availability, merge
from app.domain.days import Span, merged
from app.domain.months import month_bounds
from app.domain.slots import AvailabilityPage, YearMonth

FRESH_FOR: Final = timedelta(minutes=5)
"""How long an answer counts as the present state of affairs."""


class _Shelved(NamedTuple):
    page: AvailabilityPage
    is_confirmed: bool
    bounds: Span


class MonthShelf:
    """Pages by zone and month; `merged` is made anew only when a page or the zone has changed."""

    def __init__(self) -> None:
        self._shelved: dict[tuple[str, YearMonth], _Shelved] = {}
        self._merged: tuple[str, Availability] | None = None

    def put(self, page: AvailabilityPage, *, is_confirmed: bool) -> None:
        """Add or replace a month; `is_confirmed` is false for one that was only remembered."""
        bounds = month_bounds(page.month, page.zone)
        self._shelved[page.zone, page.month] = _Shelved(page, is_confirmed, bounds)
        self._merged = None

    def put_remembered(self, pages: Iterable[AvailabilityPage]) -> None:
        """Add months from the cache where none was fetched yet."""
        for page in pages:
            if (page.zone, page.month) not in self._shelved:
                self.put(page, is_confirmed=False)

    def page(self, zone: str, month: YearMonth) -> AvailabilityPage | None:
        """The month as asked for in that zone."""
        shelved = self._shelved.get((zone, month))
        return shelved.page if shelved else None

    def doubt(self, span: Span) -> None:
        """The months that hold some of the time are no longer confirmed."""
        for key, shelved in self._touching(span):
            self._shelved[key] = shelved._replace(is_confirmed=False)

    def merged(self, zone: str) -> Availability:
        """All months as one, seen from the zone."""
        if self._merged is None or self._merged[0] != zone:
            self._merged = (zone, merge((one.page for one in self._shelved.values()), zone))
        return self._merged[1]

    def is_fresh(self, zone: str, span: Span, now: datetime) -> bool:
        """Whether what is seen of the time from the zone is confirmed and not older than `FRESH_FOR`."""
        fresh = merged(
            one.bounds
            for one in self._shown(zone, span)
            if one.is_confirmed and now - one.page.fetched_at < FRESH_FOR
        )
        return any(one.start <= span.start and span.end <= one.end for one in fresh)

    def is_doubtful(self, zone: str, span: Span) -> bool:
        """Whether something shown of that time is not confirmed."""
        return any(not one.is_confirmed for one in self._shown(zone, span))

    def fetched_at(self, zone: str, span: Span) -> datetime | None:
        """When the oldest month shown of that time was fetched."""
        return min((one.page.fetched_at for one in self._shown(zone, span)), default=None)

    def _shown(self, zone: str, span: Span) -> list[_Shelved]:
        """What is seen of the time: the zone's own months, another's only where it has none."""
        touching = self._touching(span)
        return [one for key, one in touching if key[0] == zone] or [one for _, one in touching]

    def _touching(self, span: Span) -> list[tuple[tuple[str, YearMonth], _Shelved]]:
        return [
            (key, one)
            for key, one in self._shelved.items()
            if one.bounds.start < span.end and span.start < one.bounds.end
        ]
