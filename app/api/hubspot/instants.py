"""HubSpot's ways to write an instant: ISO 8601, epoch milliseconds, either of them as text."""

from datetime import UTC, datetime, timedelta
from typing import Final

WireInstant = str | int | float | None

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def instant_of_ms(milliseconds: float) -> datetime | None:
    """The UTC instant of epoch milliseconds; None beyond the calendar."""
    try:
        return _EPOCH + timedelta(milliseconds=milliseconds)
    except (OverflowError, ValueError):
        return None


def instant_of(value: WireInstant) -> datetime | None:
    """The UTC instant that `value` stands for; None where it is missing or unreadable."""
    if value is None or isinstance(value, int | float):
        return None if value is None else instant_of_ms(value)
    text = value.strip()
    if text[10:11] != "T" and text.isascii() and text.removeprefix("-").isdigit() and len(text) > 8:
        return instant_of_ms(int(text[:20]))
    try:
        found = datetime.fromisoformat(text)
        if found.tzinfo is UTC:
            return found
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def iso(instant: datetime) -> str:
    """An aware datetime as HubSpot takes it, in UTC to the millisecond. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ms_of(instant: datetime) -> int:
    """An aware datetime as epoch milliseconds. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return (instant - _EPOCH) // _MILLISECOND
