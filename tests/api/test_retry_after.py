"""How long a refusal asks us to wait."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.retry_after import LONGEST_MAINTENANCE, http_date, parse_retry_after, policy_wait

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("0", 0),
        (" 12 ", 12),
        ("1.5", 1.5),
        ("900", 900),
        ("901", 900),
        ("999999999", 900),
        ("9" * 5_000, None),
        ("-1", None),
        ("²", None),
        ("soon", None),
        ("", None),
        ("Fri, 20 Nov 2026 09:00:30 GMT", 30),
        ("Fri, 20 Nov 2026 08:00:00 GMT", 0),
        ("Sat, 21 Nov 2026 09:00:00 GMT", 900),
        ("Fri, 20 Nov 2026 09:00:30 -0000", 30),
        ("Fri, 20 Nov 2026 10:00:30 +0100", 30),
        ("Fri, 31 Feb 2026 09:00:30 GMT", None),
        ("Fri, 20 Nov 99999 09:00:30 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
    ],
)
def test_seconds_and_http_dates_are_read_and_clamped(text: str | None, seconds: float | None) -> None:
    assert parse_retry_after(text, reference=NOW) == seconds


def test_maintenance_may_take_a_day() -> None:
    assert parse_retry_after("86400", reference=NOW, longest=LONGEST_MAINTENANCE) == 86_400


@given(st.integers(-2_000, 2_000), st.integers(-86_400, 86_400))
def test_a_date_counts_from_the_answers_own_date(ahead: int, clock_is_off_by: int) -> None:
    made_at = NOW + timedelta(seconds=clock_is_off_by)
    text = format_datetime(made_at + timedelta(seconds=ahead), usegmt=True)
    assert parse_retry_after(text, reference=made_at) == min(max(ahead, 0), 900)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    found = parse_retry_after(text, reference=NOW)
    assert found is None or 0 <= found <= 900


@given(st.text(alphabet="0123456789 :,GMTFriNovJanSat+-", max_size=40))
def test_a_date_is_aware_utc_or_nothing(text: str) -> None:
    found = http_date(text)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("policy", "seconds"),
    [("TEN_SECONDLY_ROLLING", 10), ("SECONDLY", 1), ("DAILY", 900), ("WEEKLY", 1), (None, 1)],
)
def test_a_policy_has_its_wait(policy: str | None, seconds: float) -> None:
    assert policy_wait(policy) == seconds
