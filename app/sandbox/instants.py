"""Instants as HubSpot writes and reads them: ISO 8601 in UTC, or epoch milliseconds."""

from datetime import UTC, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DIGITS = frozenset("0123456789")


def epoch_ms(moment: datetime) -> int:
    """Return an aware instant as whole epoch milliseconds."""
    delta = moment - _EPOCH
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def from_epoch_ms(value: int) -> datetime:
    """Return epoch milliseconds as an aware UTC instant; OverflowError or ValueError beyond year 9999."""
    return datetime.fromtimestamp(value // 1000, tz=UTC).replace(microsecond=value % 1000 * 1000)


def property_instant(moment: datetime) -> str:
    """Write a datetime property value: `2026-11-20T15:00:00Z`, with milliseconds only when there are some."""
    utc = moment.astimezone(UTC)
    text = utc.isoformat(timespec="seconds")[:19]
    milliseconds = utc.microsecond // 1000
    return f"{text}.{milliseconds:03d}Z" if milliseconds else f"{text}Z"


def object_instant(moment: datetime) -> str:
    """Write `createdAt`, `updatedAt` and their kin: `2026-11-20T15:00:00.000Z`, always with milliseconds."""
    utc = moment.astimezone(UTC)
    return f"{utc.isoformat(timespec='milliseconds')[:23]}Z"


def parse_instant(text: str) -> datetime | None:
    """Read epoch ms digits, or ISO 8601 with a zone, as HubSpot accepts both; None for anything else."""
    body = text.strip()
    digits = body.removeprefix("-")
    if digits and _DIGITS.issuperset(digits):
        try:
            return from_epoch_ms(int(body))
        except (OverflowError, ValueError, OSError):
            return None
    if len(body) == 10:
        body = f"{body}T00:00:00Z"
    try:
        moment = datetime.fromisoformat(body)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None
