"""Calendar days of a zone: where they begin and end in UTC, and how they fall into weeks.

A zone that nobody knows counts as UTC here; `app.domain.zones` says whether it is known.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from app.domain.slots import YearMonth
from app.domain.zones import find_zone

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_WORK_WEEK: Final = 5
_MONDAY: Final = 1
_SATURDAY: Final = 6
_SUNDAY: Final = 7


class Span(NamedTuple):
    """Time from `start` up to, not including, `end`; both are UTC instants."""

    start: datetime
    end: datetime


def zone_or_utc(zone: str) -> tzinfo:
    """The zone of an IANA name, or UTC where the name is unknown."""
    return find_zone(zone) or UTC


def local_day(instant: datetime, zone: str) -> date:
    """The calendar day of the instant in the zone."""
    return instant.astimezone(zone_or_utc(zone)).date()


def minute_of_day(instant: datetime, zone: str) -> int:
    """What the clocks of the zone show, as minutes after midnight."""
    local = instant.astimezone(zone_or_utc(zone))
    return local.hour * 60 + local.minute


def day_bounds(day: date, zone: str) -> Span:
    """The day from its first to the next day's first instant: 23, 23.5, 24, 24.5 or 25 hours."""
    return days_bounds(day, day, zone)


def days_bounds(first: date, last: date, zone: str) -> Span:
    """The days from `first` to `last`, both included."""
    found = zone_or_utc(zone)
    return Span(_first_instant(first, found), _first_instant(last + _DAY, found))


def _first_instant(day: date, zone: tzinfo) -> datetime:
    # Where the clocks skip midnight, fold=0 reads 00:00 by the old offset: the very instant of the change.
    return datetime.combine(day, time(), zone).astimezone(UTC)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same time as spans in order that neither touch nor overlap."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(span.end, result[-1].end))
        else:
            result.append(span)
    return tuple(result)


def week_of(day: date, first_weekday: int, length: int) -> tuple[date, ...]:
    """The days a calendar shows around `day`; `first_weekday` is 1 (Monday) to 7, `length` 1, 3, 5 or 7.

    Seven days are the week that holds `day`; five are its working days (the weekend is Friday and Saturday
    where the week begins on Saturday, else Saturday and Sunday); one and three begin with `day` itself.
    """
    if length not in (_WORK_WEEK, _WEEK):
        return tuple(day + _DAY * step for step in range(length))
    start = day - _DAY * ((day.isoweekday() - first_weekday) % _WEEK)
    week = tuple(start + _DAY * step for step in range(_WEEK))
    if length == _WEEK:
        return week
    weekend = {_SATURDAY, _SATURDAY - 1} if first_weekday == _SATURDAY else {_SATURDAY, _SUNDAY}
    return tuple(one for one in week if one.isoweekday() not in weekend)


def step_days(day: date, length: int, steps: int) -> date:
    """The day to show after going `steps` views of `length` days forward (back where negative)."""
    stride = length if length < _WORK_WEEK else _WEEK
    return day + _DAY * (stride * steps)


def month_grid(month: YearMonth, first_weekday: int) -> tuple[tuple[date, ...], ...]:
    """The whole weeks that hold a month; `first_weekday` is 1 (Monday) to 7."""
    last = month.plus(1).first_day - _DAY
    week = week_of(month.first_day, first_weekday, _WEEK)
    weeks = [week]
    while week[-1] < last:
        week = week_of(week[-1] + _DAY, first_weekday, _WEEK)
        weeks.append(week)
    return tuple(weeks)
