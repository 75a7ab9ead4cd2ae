"""Instants of the wire that the API layer leaves as numbers."""

from datetime import UTC, datetime


def instant_of_ms(count: int) -> datetime | None:
    """The UTC instant of epoch milliseconds; None where it lies beyond the calendar."""
    try:
        return datetime.fromtimestamp(count / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
