"""The walk through a link's months to the next free slot."""

from datetime import datetime
from typing import Final

from app.domain.availability import next_free
from app.domain.months import month_bounds, month_of
from app.domain.slots import Slot
from app.services.open_link import OpenLink

_FARTHEST_MONTH: Final = 12


class MonthWalk:
    """Looks for the first slot after an instant, month by month, at most a year from now.

    It goes on while HubSpot says that later months hold more. A month that was not fetched lately has to be
    fetched first; when that fails once, what is remembered has to do.
    """

    def __init__(self, link: OpenLink, duration_ms: int | None, after: datetime, now: datetime) -> None:
        self._link = link
        self._duration_ms = duration_ms
        self._after = after
        self._zone = link.zone
        present = month_of(now, link.zone)
        self._last = present.plus(_FARTHEST_MONTH)
        self.month = max(month_of(after, link.zone), present)
        self.found: Slot | None = None

    def needs_month(self) -> bool:
        """Whether `month` has to be fetched before the walk can go on; else it is over and `found` stands."""
        while self.month <= self._last:
            if not self._link.is_fresh(self.month) and not self._link.problem:
                return True
            slot = self._first_free()
            if slot and slot.start < month_bounds(self.month, self._zone).end:
                self.found = slot
                return False
            page = self._link.shelf.page(self._zone, self.month)
            if page is None or not page.has_more:
                return False
            self.month = self.month.plus(1)
        return False

    def _first_free(self) -> Slot | None:
        availability = self._link.availability
        durations = availability.durations_ms if self._duration_ms is None else (self._duration_ms,)
        found = [next_free(availability.of(duration), self._after) for duration in durations]
        return min((slot for slot in found if slot), default=None)
