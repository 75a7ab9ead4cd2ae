"""HubSpot's ways to write an instant."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.hubspot.instants import WireInstant, instant_of, instant_of_ms, iso, ms_of

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "instant"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("2026-11-20T12:00:00Z", NOON),
        ("2026-11-20T12:00:00.000Z", NOON),
        ("2026-11-20T14:00:00+02:00", NOON),
        (" 2026-11-20T12:00:00 ", NOON),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        (1795176000000, NOON),
        (1795176000000.0, NOON),
        ("1795176000000", NOON),
        ("20261120", datetime(2026, 11, 20, tzinfo=UTC)),
        ("-1000000000", datetime(1969, 12, 20, 10, 13, 20, tzinfo=UTC)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (10**30, None),
        (-(10**17), None),
        (float("inf"), None),
        (float("nan"), None),
        ("9" * 5_000, None),
        ("²²²²²²²²²", None),
        ("0001-01-01T00:00:00+23:59", None),
    ],
)
def test_every_form_is_one_utc_instant(value: WireInstant, instant: datetime | None) -> None:
    assert instant_of(value) == instant


# Hypothesis takes its bounds without a zone.
_EARLIEST = datetime(1971, 1, 1)  # noqa: DTZ001
_LATEST = datetime(2100, 1, 1)  # noqa: DTZ001


@given(st.datetimes(timezones=st.timezones(), min_value=_EARLIEST, max_value=_LATEST))
def test_what_is_written_is_read_to_the_millisecond(instant: datetime) -> None:
    whole = instant.astimezone(UTC)
    whole -= timedelta(microseconds=whole.microsecond % 1000)
    assert instant_of(iso(instant)) == whole
    assert instant_of_ms(ms_of(instant)) == whole
    assert iso(instant).endswith("Z")


@given(st.text(max_size=30) | st.integers() | st.floats())
def test_anything_is_an_aware_instant_or_nothing(value: str | int | float) -> None:
    found = instant_of(value)
    assert found is None or found.tzinfo is UTC


def test_a_zone_is_needed() -> None:
    naive = NOON.replace(tzinfo=None)
    for write in (iso, ms_of):
        with pytest.raises(ValueError, match="zone"):
            write(naive)


def test_other_zones_are_sent_as_utc() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert iso(there) == "2026-11-20T12:00:00.000Z"
    assert ms_of(there) == 1795176000000
