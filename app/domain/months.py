"""Months as the scheduler counts them: by the calendar of the zone that is asked for."""

from datetime import datetime, timedelta
from typing import Final

from app.domain.days import Span, days_bounds, local_day
from app.domain.slots import YearMonth

_INSTANT: Final = timedelta(microseconds=1)


def month_of(instant: datetime, zone: str) -> YearMonth:
    """The month of the instant in the zone."""
    return YearMonth.of(local_day(instant, zone))


def month_offset(month: YearMonth, now: datetime, zone: str) -> int:
    """HubSpot's monthOffset: months from the present one in the zone to `month`."""
    return month.minus(month_of(now, zone))


def month_bounds(month: YearMonth, zone: str) -> Span:
    """The month from its first to the next month's first instant."""
    return days_bounds(month.first_day, month.plus(1).first_day - timedelta(days=1), zone)


def months_between(start: datetime, end: datetime, zone: str) -> tuple[YearMonth, ...]:
    """The months of the zone that hold time from `start` up to, not including, `end`."""
    if end <= start:
        return ()
    first, last = month_of(start, zone), month_of(end - _INSTANT, zone)
    return tuple(first.plus(step) for step in range(last.minus(first) + 1))
