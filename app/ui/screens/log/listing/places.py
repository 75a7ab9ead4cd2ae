"""Where rows and day headings stand in the list, in logical pixels from its top."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from app.ui.kit.meetings.painting import HEADING_HEIGHT, ROW_HEIGHT
from app.ui.screens.log.listing.days import DaySection


@dataclass(frozen=True, slots=True)
class Places:
    """Rows of one height under headings of one height; every answer takes a binary search at most."""

    count: int = 0
    sections: tuple[DaySection, ...] = ()
    firsts: tuple[int, ...] = ()

    @classmethod
    def of(cls, count: int, sections: tuple[DaySection, ...]) -> "Places":
        """The places of `count` rows."""
        return cls(count, sections, tuple(section.first for section in sections))

    @property
    def height(self) -> int:
        """All of it."""
        return self.count * ROW_HEIGHT + len(self.sections) * HEADING_HEIGHT

    def top(self, row: int) -> int:
        """Where a row begins."""
        return row * ROW_HEIGHT + bisect_right(self.firsts, row) * HEADING_HEIGHT

    def heading_top(self, section: int) -> int:
        """Where a heading begins."""
        return self.firsts[section] * ROW_HEIGHT + section * HEADING_HEIGHT

    def row_at(self, y: int) -> int:
        """The row at `y`; -1 on a heading and outside."""
        row = self.row_from(y)
        return row if 0 <= y < self.height and row < self.count and self.top(row) <= y else -1

    def row_from(self, y: int) -> int:
        """The first row that ends below `y`: the row there, or the one under the heading there."""
        section = self._section_at(y)
        if section < 0:
            return 0
        below = y - self.heading_top(section) - HEADING_HEIGHT
        return self.firsts[section] + max(below, 0) // ROW_HEIGHT

    def headings(self, top: int, bottom: int) -> Iterator[tuple[DaySection, int]]:
        """The headings that show between two heights, each with where it begins."""
        for number in range(max(self._section_at(top), 0), len(self.sections)):
            place = self.heading_top(number)
            if place >= bottom:
                return
            if place + HEADING_HEIGHT > top:
                yield self.sections[number], place

    def _section_at(self, y: int) -> int:
        low, high = 0, len(self.firsts)
        while low < high:
            middle = (low + high) // 2
            if self.heading_top(middle) <= y:
                low = middle + 1
            else:
                high = middle
        return low - 1
