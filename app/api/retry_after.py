"""How long a refusal asks us to wait: the Retry-After header, or HubSpot's policy name."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST_PAUSE: Final = 15 * 60.0
LONGEST_MAINTENANCE: Final = 24 * 3600.0

_SECONDS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
_POLICY_WAITS: Final = {"TEN_SECONDLY_ROLLING": 10.0, "SECONDLY": 1.0, "DAILY": LONGEST_PAUSE}
_UNKNOWN_POLICY_WAIT: Final = 1.0


def http_date(text: str | None) -> datetime | None:
    """The aware UTC instant of an HTTP date (RFC 9110 section 5.6.7), None where it is not one."""
    if not text:
        return None
    try:
        instant = parsedate_to_datetime(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def parse_retry_after(
    text: str | None, *, reference: datetime, longest: float = LONGEST_PAUSE
) -> float | None:
    """Seconds to wait, between 0 and `longest`; None where the header is missing or unreadable.

    `reference` is the instant the answer was made: its own Date header, so that a wrong clock on
    this computer does not matter, else the present UTC instant.
    """
    if text is None:
        return None
    text = text.strip()
    if _SECONDS.fullmatch(text):
        return min(float(text), longest)
    until = http_date(text)
    if until is None:
        return None
    return min(max((until - reference).total_seconds(), 0.0), longest)


def policy_wait(policy: str | None) -> float:
    """Seconds to wait after a 429 without Retry-After, by HubSpot's `policyName` (reference section 3)."""
    return _POLICY_WAITS.get(policy or "", _UNKNOWN_POLICY_WAIT)
