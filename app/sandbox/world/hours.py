"""Weekly opening hours of a meeting link, and the instants they stand for in a host's zone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from app.sandbox.world.spans import Span
from app.sandbox.world.wall_clock import DAY_MS, instant_of, local_day

WEEKDAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """One opening range per weekday, Monday first, as minutes after midnight; None is closed."""

    days: tuple[tuple[int, int] | None, ...]

    def spans(self, zone: ZoneInfo, start: int, end: int) -> list[Span]:
        """Return the open stretches (epoch ms, whole) that overlap `[start, end)` for a host in `zone`."""
        found: list[Span] = []
        day = local_day(start - DAY_MS, zone)
        last = local_day(end, zone)
        while day <= last:
            opening = self.days[day.weekday()]
            if opening is not None:
                span = (
                    instant_of(day, opening[0], zone),
                    instant_of(day, opening[1], zone, latest=opening[1] < 1440),
                )
                if span[0] < end and span[1] > start and span[0] < span[1]:
                    found.append(span)
            day += timedelta(days=1)
        return found


def weekdays(start_hour: float, end_hour: float) -> WeeklyHours:
    """Return the same hours from Monday to Friday, as wall-clock hours (13.5 is 13:30)."""
    opening = (round(start_hour * 60), round(end_hour * 60))
    return WeeklyHours((opening,) * 5 + (None, None))
