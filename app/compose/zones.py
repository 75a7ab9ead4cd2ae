"""The zone index, made when somebody first looks a zone up."""

from collections.abc import Callable
from datetime import datetime

from app.domain.ports import ZoneEntry
from app.domain.zone_search import ZoneIndex
from app.storage.zone_table import zone_table


class LazyZoneIndex:
    """Answers like a `ZoneIndex`; reads the zone table on first use (a few ms), not while the app starts."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._index: ZoneIndex | None = None

    def search(self, text: str, limit: int = 50) -> tuple[ZoneEntry, ...]:
        """Zones by city, country, abbreviation or offset, best first."""
        return self._made().search(text, limit)

    def entry(self, zone: str) -> ZoneEntry | None:
        """The line of one zone."""
        return self._made().entry(zone)

    def _made(self) -> ZoneIndex:
        if self._index is None:
            self._index = ZoneIndex(zone_table(), self._now())
        return self._index
