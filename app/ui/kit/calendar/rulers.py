"""The hours written on the rulers of a week grid: one text per hour line and zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.ui.kit.calendar.axis import Axis
from app.ui.kit.calendar.clock_text import hour_text, wall_minute
from app.ui.kit.calendar.model import Ruler


class HourText(NamedTuple):
    """A text at an axis position in minutes; `faded` on the second of two hours with the same name."""

    position: float
    text: str
    faded: bool


@dataclass(frozen=True, slots=True)
class RulerText:
    """The hours of one ruler, from top to bottom."""

    hours: tuple[HourText, ...]
    emphasised: bool


def ruler_texts(
    axis: Axis, rulers: Sequence[Ruler], *, day: int, twelve_hour: bool, am: str = "AM", pm: str = "PM"
) -> tuple[RulerText, ...]:
    """The texts of all rulers as they are true on the day with this number.

    The first ruler is the axis itself. The others show their own wall clock at the same instants, which may
    differ between the days of a week in which one zone changes its clocks; hours the day lacks stay blank.
    """
    result = []
    for number, ruler in enumerate(rulers):
        zone = ZoneInfo(ruler.zone)
        hours = []
        for mark in axis.marks():
            minute: int | None = mark.wall
            if number:
                instant = axis.days[day].instant(mark.position)
                if (
                    instant is None
                    and axis.days[day].pieces
                    and mark.position >= axis.days[day].pieces[-1].bottom
                ):
                    instant = axis.days[day].end
                minute = None if instant is None else wall_minute(instant, zone)
            if minute is not None:
                text = hour_text(minute, twelve_hour=twelve_hour, am=am, pm=pm)
                hours.append(HourText(mark.position, text, mark.repeated))
        result.append(RulerText(tuple(hours), ruler.emphasised))
    return tuple(result)


def usual_day(axis: Axis) -> int:
    """The number of the day the rulers are true for at first: one with a repeated hour, else the first."""
    for number, day in enumerate(axis.days):
        if axis.bands and len(day.pieces) > 1 and not day.gaps():
            return number
    return 0
