"""Where the days of a month are: pure geometry in logical pixels, and the arrow keys over it."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.ui.kit.calendar.layout import Box
from app.ui.kit.calendar.model import MonthDay

WEEK = 7
HEADER = 29
MARGIN = 10
BAR_CENTRE = 39
BAR_HEIGHT = 5


class MonthLayout:
    """Boxes for whole weeks of days, row by row, below the weekday names."""

    def __init__(self, days: Sequence[MonthDay], width: int, height: int) -> None:
        rows = max(len(days) // WEEK, 1)
        self.columns = _edges(0, max(width, WEEK), WEEK)
        self.rows = _edges(HEADER, max(height, HEADER + rows), rows)
        self.boxes = {day.date: self._box(number) for number, day in enumerate(days)}

    def _box(self, number: int) -> Box:
        row, column = divmod(number, WEEK)
        left, top = self.columns[column], self.rows[row]
        return Box(left, top, self.columns[column + 1] - left, self.rows[row + 1] - top)

    def day_at(self, x: float, y: float) -> date | None:
        """The day under a point."""
        return next((day for day, box in self.boxes.items() if box.contains(x, y)), None)


def bar_of(box: Box) -> Box:
    """The heat strip of a day; closer to the number in a low cell."""
    centre = min(BAR_CENTRE, box.height - BAR_HEIGHT)
    return Box(
        box.x + MARGIN, box.y + centre - BAR_HEIGHT // 2, max(box.width - 2 * MARGIN + 1, 1), BAR_HEIGHT
    )


def week_edge(days: Sequence[MonthDay], day: date, direction: int) -> date:
    """The first (-1) or last (1) day of the row that `day` is in."""
    number = [each.date for each in days].index(day)
    start = number - number % WEEK
    return days[start if direction < 0 else start + WEEK - 1].date


def step_days(day: date, count: int) -> date:
    """`day` moved by a number of days."""
    return day + timedelta(days=count)


def _edges(low: int, high: int, count: int) -> tuple[int, ...]:
    return tuple(low + round(number * (high - low) / count) for number in range(count + 1))
