"""The meetings by when they start, so that a week is found among 100,000 without reading them all."""

from bisect import bisect_left, bisect_right, insort
from typing import Final

from app.sandbox.crm.object_types import MEETING
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.instants import epoch_ms, parse_instant

START: Final = "hs_meeting_start_time"


class StartIndex:
    """Live meetings ordered by start (epoch ms); built on first use, then kept up with the store."""

    def __init__(self, store: RecordStore) -> None:
        self._store = store
        self._rows: list[tuple[float, int]] | None = None
        self._starts: dict[str, float] = {}
        store.watch(self._follow)

    def between(self, low: float, high: float) -> list[str]:
        """Return the ids of the meetings that start from `low` to `high`, both included, by start."""
        rows = self._built()
        first = bisect_left(rows, (low, 0))
        last = bisect_right(rows, (high, 1 << 63))
        return [str(number) for _, number in rows[first:last]]

    def _built(self) -> list[tuple[float, int]]:
        if self._rows is None:
            for record in self._store.all(MEETING):
                start = _start(record)
                if start is not None:
                    self._starts[record.id] = start
            self._rows = sorted((start, int(number)) for number, start in self._starts.items())
        return self._rows

    def _follow(self, record: Record) -> None:
        if record.type_id != MEETING or self._rows is None:
            return
        old = self._starts.pop(record.id, None)
        if old is not None:
            del self._rows[bisect_left(self._rows, (old, int(record.id)))]
        new = None if record.archived else _start(record)
        if new is not None:
            self._starts[record.id] = new
            insort(self._rows, (new, int(record.id)))


def _start(record: Record) -> float | None:
    moment = parse_instant(record.properties.get(START) or "")
    return None if moment is None else float(epoch_ms(moment))
