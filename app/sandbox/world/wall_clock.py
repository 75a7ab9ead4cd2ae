"""Local wall-clock times as UTC epoch milliseconds, right on the days when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from app.sandbox.instants import epoch_ms

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """Return every IANA zone name this machine knows, legacy aliases such as US/Eastern included."""
    return frozenset(available_timezones())


def instant_of(day: date, minutes: int, zone: ZoneInfo, *, latest: bool = False) -> int:
    """Return the instant (epoch ms) when `zone`'s wall clock shows `minutes` after midnight of `day`.

    A time that a clock change skips is the instant of the change; of a time shown twice, `latest` picks the
    second. 1440 minutes are the next midnight.
    """
    wall = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minutes)
    moment = wall.replace(fold=1 if latest else 0)
    before, after = wall.replace(fold=0).utcoffset(), wall.replace(fold=1).utcoffset()
    if before != after and moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall.replace(
        tzinfo=None
    ):
        return _change_between(epoch_ms(wall.replace(fold=1)), epoch_ms(wall.replace(fold=0)), zone)
    return epoch_ms(moment)


def month_edges(year: int, month: int, zone: ZoneInfo) -> tuple[int, int]:
    """Return the first instant of a calendar month in `zone` and the first of the next one (epoch ms)."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return instant_of(date(year, month, 1), 0, zone), instant_of(following, 0, zone)


def local_day(moment_ms: int, zone: ZoneInfo) -> date:
    """Return the calendar day an instant falls on in `zone`."""
    return datetime.fromtimestamp(moment_ms / 1000, tz=zone).date()


def _change_between(low: int, high: int, zone: ZoneInfo) -> int:
    def offset(moment_ms: int) -> timedelta | None:
        return datetime.fromtimestamp(moment_ms // 1000, tz=zone).utcoffset()

    early = offset(low)
    while high - low > 1000:
        middle = (low + high) // 2000 * 1000
        if offset(middle) == early:
            low = middle
        else:
            high = middle
    return high
