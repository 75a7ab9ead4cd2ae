"""The text of an hour on a ruler."""

from datetime import datetime
from zoneinfo import ZoneInfo

HALF_DAY = 12


def hour_text(minute: int, *, twelve_hour: bool, am: str = "AM", pm: str = "PM") -> str:
    """A wall-clock minute of the day as "08:00", or as "8 AM" and "6:30 PM"; 1440 is midnight again."""
    hour, rest = divmod(minute % (24 * 60), 60)
    if not twelve_hour:
        return f"{hour:02}:{rest:02}"
    half = am if hour < HALF_DAY else pm
    shown = hour % HALF_DAY or HALF_DAY
    return f"{shown}:{rest:02} {half}" if rest else f"{shown} {half}"


def wall_minute(instant: datetime, zone: ZoneInfo) -> int:
    """The wall-clock minute of the day of a UTC instant in a zone."""
    local = instant.astimezone(zone)
    return local.hour * 60 + local.minute
