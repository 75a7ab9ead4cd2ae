"""Names, cities, offsets and clock changes of time zones."""

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cities import CITY_CODES
from app.domain.zone_aliases import ZONE_ALIASES
from app.domain.zones import (
    ClockChange,
    abbreviation,
    canonical,
    city_of,
    clock_changes,
    code_of,
    difference_minutes,
    find_zone,
    offset_minutes,
    slug_of,
    zone_name,
)

NAMES = sorted(name for name in zoneinfo.available_timezones() if name not in ("Factory", "localtime"))
WINTER = datetime(2026, 1, 15, 12, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 12, tzinfo=UTC)
STRANGE = [
    "",
    "Europe",
    "Europe/",
    "/etc/localtime",
    "../etc/passwd",
    "Mars/Olympus",
    "tzdata.zi",
    "zone.tab",
    "posix/Europe/Berlin",
    "right/Europe/Berlin",
    "localtime",
    "Factory",
    "posixrules",
    "Europe/Berlin\0",
    "Zürich",
    "x" * 5000,
    "<b>",
]


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_name_is_answered_with_none(name: str) -> None:
    assert find_zone(name) is None
    assert zone_name(name) is None
    assert code_of(name) is None
    assert abbreviation(name, WINTER) is None
    assert offset_minutes(name, WINTER) is None
    assert difference_minutes(name, "UTC", WINTER) is None
    assert difference_minutes("UTC", name, WINTER) is None
    assert clock_changes(name, WINTER, SUMMER) == ()


@given(st.text())
def test_no_text_makes_a_name_function_fail(text: str) -> None:
    assert (find_zone(text) is None) == (offset_minutes(text, WINTER) is None)
    zone = zone_name(text)
    assert zone is None or find_zone(zone) is not None
    assert isinstance(city_of(text), str)


def test_every_known_zone_is_found_in_any_case_and_as_hubspot_writes_it() -> None:
    for name in NAMES:
        assert zone_name(name) == name
        assert zone_name(f" {name.lower()} ") == name
        assert zone_name(slug_of(name)) == name


@pytest.mark.parametrize(
    ("slug", "zone"),
    [
        ("america_slash_new_york", "America/New_York"),
        ("us_slash_eastern", "US/Eastern"),
        ("africa_slash_dar_es_salaam", "Africa/Dar_es_Salaam"),
        ("america_slash_argentina_slash_buenos_aires", "America/Argentina/Buenos_Aires"),
        ("america_slash_port_hyphen_au_hyphen_prince", "America/Port-au-Prince"),
        ("america_slash_port-au-prince", "America/Port-au-Prince"),
        ("etc_slash_gmt_plus_5", "Etc/GMT+5"),
        ("etc_slash_gmt_minus_5", "Etc/GMT-5"),
        ("utc", "UTC"),
    ],
)
def test_slugs_of_contact_properties(slug: str, zone: str) -> None:
    assert zone_name(slug) == zone


def test_tables_name_zones_that_exist() -> None:
    assert [
        zone for zone in (*CITY_CODES, *ZONE_ALIASES, *ZONE_ALIASES.values()) if not find_zone(zone)
    ] == []
    assert not set(ZONE_ALIASES) & set(ZONE_ALIASES.values())
    assert all(len(code) == 3 and code.isupper() for code in CITY_CODES.values())


def test_an_old_name_keeps_the_time_of_the_present_one() -> None:
    for old, zone in ZONE_ALIASES.items():
        for instant in (WINTER, SUMMER):
            assert offset_minutes(old, instant) == offset_minutes(zone, instant), old


@pytest.mark.parametrize(
    ("zone", "city", "code"),
    [
        ("America/New_York", "New York", "NYC"),
        ("US/Eastern", "New York", "NYC"),
        ("Europe/Berlin", "Berlin", "BER"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires", "BUE"),
        ("America/St_Lucia", "St Lucia", "STL"),
        ("Asia/Ust-Nera", "Ust-Nera", "UST"),
        ("Etc/GMT+5", "GMT-5", "GMT-5"),
        ("UTC", "UTC", "UTC"),
        ("GMT", "GMT", "GMT"),
    ],
)
def test_cities_and_codes(zone: str, city: str, code: str) -> None:
    assert city_of(zone) == city
    assert code_of(zone) == code


def test_every_zone_has_a_city_and_a_code() -> None:
    for name in NAMES:
        assert city_of(name)
        assert 2 <= len(code_of(name) or "") <= 6


def test_canonical_leaves_present_names_alone() -> None:
    assert canonical("US/Pacific") == "America/Los_Angeles"
    assert canonical("Europe/Paris") == "Europe/Paris"


@pytest.mark.parametrize(
    ("zone", "instant", "name", "minutes"),
    [
        ("America/New_York", WINTER, "EST", -300),
        ("America/New_York", SUMMER, "EDT", -240),
        ("Europe/Berlin", SUMMER, "CEST", 120),
        ("Asia/Kolkata", WINTER, "IST", 330),
        ("Asia/Kathmandu", WINTER, "+0545", 345),
        ("Australia/Lord_Howe", WINTER, "+11", 660),
        ("Australia/Lord_Howe", SUMMER, "+1030", 630),
    ],
)
def test_abbreviation_and_offset(zone: str, instant: datetime, name: str, minutes: int) -> None:
    assert abbreviation(zone, instant) == name
    assert offset_minutes(zone, instant) == minutes


def test_difference_depends_on_the_day() -> None:
    between = datetime(2026, 10, 28, 12, tzinfo=UTC)
    assert difference_minutes("America/New_York", "Europe/Berlin", WINTER) == -360
    assert difference_minutes("America/New_York", "Europe/Berlin", between) == -300


def test_clock_changes_of_a_year() -> None:
    start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    assert clock_changes("Europe/Berlin", start, end) == (
        ClockChange(datetime(2026, 3, 29, 1, tzinfo=UTC), 60, 120),
        ClockChange(datetime(2026, 10, 25, 1, tzinfo=UTC), 120, 60),
    )
    assert clock_changes("Australia/Lord_Howe", start, end) == (
        ClockChange(datetime(2026, 4, 4, 15, tzinfo=UTC), 660, 630),
        ClockChange(datetime(2026, 10, 3, 15, 30, tzinfo=UTC), 630, 660),
    )
    assert clock_changes("Asia/Tokyo", start, end) == ()
    assert clock_changes("Europe/Berlin", end, start) == ()


def test_a_change_counts_where_it_ends_the_span_and_not_where_it_begins_it() -> None:
    change = datetime(2026, 3, 29, 1, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert [found.at for found in clock_changes("Europe/Berlin", change - hour, change)] == [change]
    assert clock_changes("Europe/Berlin", change, change + hour) == ()
    odd = timedelta(seconds=30)
    assert [found.at for found in clock_changes("Europe/Berlin", change - odd, change + odd)] == [change]
