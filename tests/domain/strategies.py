"""What properties of the domain are tried with."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

ZONE_NAMES = sorted(name for name in zoneinfo.available_timezones() if name not in ("Factory", "localtime"))
ODD_ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
]

zones = st.sampled_from(ODD_ZONES) | st.sampled_from(ZONE_NAMES)
days = st.dates(date(1990, 1, 1), date(2080, 1, 1))
instants = st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
quarters = st.integers(0, 4 * 24 * 400).map(
    lambda count: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * count)
)
"""Quarter hours of 2026 and a little later."""
