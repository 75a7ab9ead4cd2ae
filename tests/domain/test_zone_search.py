"""The zone picker's search."""

import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ports import ZoneEntry
from app.domain.zone_search import ZoneIndex
from app.domain.zones import city_of
from tests.fakes.clock import NOW

ENTRIES = (
    ZoneEntry("America/New_York", "New York", ("United States",)),
    ZoneEntry("Europe/Berlin", "Berlin", ("Germany", "Denmark", "Norway", "Sweden")),
    ZoneEntry("America/Sao_Paulo", "São Paulo", ("Brazil",)),
    ZoneEntry("Asia/Kolkata", "Kolkata", ("India",)),
    ZoneEntry("Asia/Kathmandu", "Kathmandu", ("Nepal",)),
    ZoneEntry("Europe/London", "London", ("United Kingdom", "Guernsey", "Isle of Man", "Jersey")),
    ZoneEntry("America/St_Johns", "St. John's", ("Canada",)),
    ZoneEntry("Mars/Olympus", "Olympus", ("Mars",)),
)
INDEX = ZoneIndex(ENTRIES, NOW)


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("new y", ["America/New_York"]),
        ("york", ["America/New_York"]),
        ("nyc", ["America/New_York"]),
        ("EST", ["America/New_York"]),
        ("edt", ["America/New_York"]),
        ("us/eastern", ["America/New_York"]),
        ("sao", ["America/Sao_Paulo"]),
        ("germany", ["Europe/Berlin"]),
        ("calcutta", ["Asia/Kolkata"]),
        ("+5:30", ["Asia/Kolkata"]),
        ("utc+545", ["Asia/Kathmandu"]),
        ("gmt -5", ["America/New_York"]),
        ("UTC−3:30", ["America/St_Johns"]),
        ("united", ["America/New_York", "Europe/London"]),
        ("kingdom", ["Europe/London"]),
        ("america/new_y", ["America/New_York"]),
        ("asia", ["Asia/Kolkata", "Asia/Kathmandu"]),
        ("olympus", []),
        ("+77", []),
    ],
)
def test_search(typed: str, zones: list[str]) -> None:
    assert [entry.zone for entry in INDEX.search(typed)] == zones


def test_the_better_match_comes_first() -> None:
    assert [entry.city for entry in INDEX.search("b")] == ["Berlin", "São Paulo", "London"]
    assert [entry.city for entry in INDEX.search("man")] == ["London"]


def test_an_empty_text_lists_the_table() -> None:
    assert INDEX.search("  ") == ENTRIES[:-1]
    assert INDEX.search("", limit=2) == ENTRIES[:2]


def test_entries_are_found_under_old_names() -> None:
    assert INDEX.entry("US/Eastern") is ENTRIES[0]
    assert INDEX.entry("Europe/Berlin") is ENTRIES[1]
    assert INDEX.entry("Mars/Olympus") is None


@given(st.text(max_size=12))
def test_any_text_is_searched_without_failing(text: str) -> None:
    assert set(INDEX.search(text)) <= set(ENTRIES)


def test_every_zone_is_found_by_its_city() -> None:
    entries = [ZoneEntry(name, city_of(name), ()) for name in sorted(zoneinfo.available_timezones())]
    index = ZoneIndex(entries, NOW)
    for entry in index.search("", limit=1000):
        assert entry in index.search(entry.city), entry
