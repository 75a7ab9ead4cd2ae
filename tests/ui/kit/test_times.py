"""Times in words: locales, 12 and 24 hours, zones, clock changes, ages."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.domain.preferences import ClockStyle
from app.ui.kit.times import TimeWords

NEW_YORK, BERLIN, KOLKATA = "America/New_York", "Europe/Berlin", "Asia/Kolkata"
TUESDAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)


def words(name: str = "en_GB", clock: ClockStyle = ClockStyle.SYSTEM) -> TimeWords:
    return TimeWords(QLocale(name), clock)


@pytest.mark.parametrize(
    ("name", "clock", "text", "is_24"),
    [
        ("en_GB", ClockStyle.SYSTEM, "12:30", True),
        ("en_GB", ClockStyle.HOURS_12, "12:30 PM", False),
        ("en_US", ClockStyle.SYSTEM, "12:30 PM", False),
        ("en_US", ClockStyle.HOURS_24, "12:30", True),
        ("de_DE", ClockStyle.SYSTEM, "12:30", True),
        ("de_DE", ClockStyle.HOURS_12, "12:30 PM", False),
        ("fi_FI", ClockStyle.SYSTEM, "12.30", True),
        ("fr_CA", ClockStyle.SYSTEM, "12 h 30", True),
    ],
)
def test_the_time_follows_locale_and_clock_style(
    name: str, clock: ClockStyle, text: str, is_24: bool
) -> None:
    written = words(name, clock)
    assert written.time(NOON, NEW_YORK) == text
    assert written.uses_24_hours is is_24


@pytest.mark.parametrize(
    ("hour", "text"), [(5, "12:05 AM"), (6, "1:05 AM"), (17, "12:05 PM"), (18, "1:05 PM"), (4, "11:05 PM")]
)
def test_twelve_hours_have_neither_a_zero_nor_a_thirteen(hour: int, text: str) -> None:
    instant = datetime(2026, 11, 24, hour, 5, tzinfo=UTC)
    assert words(clock=ClockStyle.HOURS_12).time(instant, NEW_YORK) == text


@pytest.mark.parametrize(
    ("name", "day", "long", "weekday", "month"),
    [
        ("en_GB", "Tue 24 Nov", "Tuesday 24 November", "Tue", "November 2026"),
        ("en_US", "Tue 24 Nov", "Tuesday 24 November", "Tue", "November 2026"),
        ("C", "Tue 24 Nov", "Tuesday 24 November", "Tue", "November 2026"),
        ("de_DE", "Di., 24. Nov.", "Dienstag, 24. November", "Di.", "November 2026"),
        ("fr_FR", "mar. 24 nov.", "mardi 24 novembre", "mar.", "novembre 2026"),
        ("es_ES", "mar, 24 de nov", "martes, 24 de noviembre", "mar", "noviembre 2026"),
        ("fi_FI", "ti 24. marras", "tiistaina 24. marraskuuta", "ti", "marraskuu 2026"),
        ("ja_JP", "11月24日火", "11月24日火曜日", "火", "11月 2026"),
    ],
)
def test_days_have_the_order_of_their_locale(
    name: str, day: str, long: str, weekday: str, month: str
) -> None:
    written = words(name)
    assert written.day(TUESDAY) == day
    assert written.long_day(TUESDAY) == long
    assert written.weekday(TUESDAY) == weekday
    assert written.month(TUESDAY) == month


@pytest.mark.parametrize(
    ("name", "first", "last", "text"),
    [
        ("en_GB", date(2026, 11, 23), date(2026, 11, 27), "23 – 27 Nov"),
        ("en_GB", date(2026, 11, 30), date(2026, 12, 4), "30 Nov – 4 Dec"),
        ("en_GB", date(2026, 12, 28), date(2027, 1, 1), "28 Dec – 1 Jan"),
        ("en_GB", TUESDAY, TUESDAY, "Tue 24 Nov"),
        ("de_DE", date(2026, 11, 23), date(2026, 11, 27), "23. – 27. Nov."),
        ("de_DE", date(2026, 11, 30), date(2026, 12, 4), "30. Nov. – 4. Dez."),
        ("fr_FR", date(2026, 11, 23), date(2026, 11, 27), "23 – 27 nov."),
        ("he_IL", date(2026, 11, 23), date(2026, 11, 27), "23 – 27 בנוב׳"),
        ("ja_JP", date(2026, 11, 23), date(2026, 11, 27), "11月23日 – 11月27日"),
    ],
)
def test_a_range_of_days_names_its_month_once(name: str, first: date, last: date, text: str) -> None:
    assert words(name).days(first, last) == text


def test_a_span_is_the_guests_day_and_names_the_zone() -> None:
    late = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    written = words()
    assert written.span(late, late + HALF_HOUR, NEW_YORK) == "Tue 24 Nov, 22:00 – 22:30"
    assert written.span(late, late + HALF_HOUR, KOLKATA) == "Wed 25 Nov, 08:30 – 09:00"
    assert written.span_in(late, late + HALF_HOUR, NEW_YORK) == "Tue 24 Nov, 22:00 – 22:30 in New York"
    assert written.times(late, late + HALF_HOUR, BERLIN) == "04:00 – 04:30"


def test_a_slot_is_spoken_with_day_times_and_zone() -> None:
    spoken = words().spoken_slot(NOON, NOON + HALF_HOUR, NEW_YORK)
    assert spoken == "Tuesday 24 November, 12:30 to 13:00, New York time, free"


def test_when_clocks_go_back_the_same_time_is_written_for_both_hours() -> None:
    first, second = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    written = words()
    assert written.time(first, NEW_YORK) == written.time(second, NEW_YORK) == "01:30"
    assert written.times(first, second + HALF_HOUR, NEW_YORK) == "01:30 – 02:00"


def test_when_clocks_go_forward_no_time_falls_into_the_gap() -> None:
    before, after = datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert (words().time(before, BERLIN), words().time(after, BERLIN)) == ("01:59", "03:00")


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../etc/passwd", "Europe/Berlin\n"])
def test_a_zone_that_nobody_knows_counts_as_utc(zone: str) -> None:
    assert words().time(NOON, zone) == "17:30"
    assert words().span(NOON, NOON + HALF_HOUR, zone) == "Tue 24 Nov, 17:30 – 18:00"


@pytest.mark.parametrize(
    ("duration_ms", "text"),
    [
        (900_000, "15 min"),
        (1_800_000, "30 min"),
        (2_700_000, "45 min"),
        (3_600_000, "60 min"),
        (5_400_000, "90 min"),
        (6_000_000, "1 h 40 min"),
        (7_200_000, "2 h"),
        (0, "0 min"),
        (-60_000, "0 min"),
    ],
)
def test_durations_are_minutes_until_they_are_hours(duration_ms: int, text: str) -> None:
    assert words().minutes(duration_ms) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-30, "just now"),
        (0, "just now"),
        (4.9, "just now"),
        (5, "5 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (3599, "59 min ago"),
        (3600, "1 h ago"),
        (86399, "23 h ago"),
        (86400, "1 day ago"),
        (2 * 86400, "2 days ago"),
        (400 * 86400, "400 days ago"),
    ],
)
def test_ages_grow_from_seconds_to_days(seconds: float, text: str) -> None:
    assert words().age(NOON, NOON + timedelta(seconds=seconds)) == text


@given(
    seconds=st.integers(31_536_000, 4_102_444_800),
    zone=st.sampled_from([NEW_YORK, BERLIN, KOLKATA, "Australia/Lord_Howe", "Pacific/Apia", "UTC"]),
)
def test_a_time_of_24_hours_is_what_the_clocks_of_the_zone_show(seconds: int, zone: str) -> None:
    instant = datetime.fromtimestamp(seconds, UTC)
    local = instant.astimezone(ZoneInfo(zone))
    assert words().time(instant, zone) == f"{local.hour:02}:{local.minute:02}"
