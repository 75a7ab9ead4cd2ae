"""Offered starts of a link month by month, kept until a calendar changes or the first start has gone by."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from app.sandbox.world.calendars import Calendars
from app.sandbox.world.links import LinkSettings, MeetingLink
from app.sandbox.world.slots import Limits, SlotFinder
from app.sandbox.world.wall_clock import month_edges

_KEPT: Final = 256


@dataclass(frozen=True, slots=True)
class OfferedMonth:
    """One calendar month of a link: its edges and, per duration in ms, the starts (all epoch ms)."""

    start: int
    end: int
    starts: dict[int, list[int]]
    has_more: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    month: OfferedMonth
    settings: LinkSettings
    versions: tuple[int, ...]
    limits: Limits

    def holds(self, settings: LinkSettings, versions: tuple[int, ...], limits: Limits) -> bool:
        first = min(
            (starts[0] for starts in self.month.starts.values() if starts), default=limits.first_start
        )
        return (
            self.settings is settings
            and self.versions == versions
            and self.limits.last_end == limits.last_end
            and self.limits.first_start <= limits.first_start <= first
        )


class MonthBook:
    """Answers "what does this link offer in that month"; the last few hundred answers are remembered."""

    def __init__(self, finder: SlotFinder, calendars: Calendars) -> None:
        self._finder = finder
        self._calendars = calendars
        self._kept: OrderedDict[tuple[str, int, int, str], _Kept] = OrderedDict()

    def month(self, link: MeetingLink, year: int, month: int, zone: ZoneInfo, *, now_ms: int) -> OfferedMonth:
        """Return what `link` offers in a calendar month whose edges lie in `zone`."""
        key = (link.id, year, month, zone.key)
        limits = self._finder.limits(link, now_ms)
        versions = tuple(self._calendars[member].version for member in link.members)
        kept = self._kept.get(key)
        if kept is not None and kept.holds(link.settings, versions, limits):
            self._kept.move_to_end(key)
            return kept.month
        start, end = month_edges(year, month, zone)
        found = OfferedMonth(
            start,
            end,
            {
                duration: self._finder.starts(link, duration, start, end, limits=limits)
                for duration in link.settings.durations_ms
            },
            has_more=end < limits.last_end,
        )
        self._kept[key] = _Kept(found, link.settings, versions, limits)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found
