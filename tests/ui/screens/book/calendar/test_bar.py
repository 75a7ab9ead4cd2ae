"""The toolbar in words."""

from datetime import date

import pytest

from app.ui.screens.book.calendar.bar import derive_bar, difference_words
from app.ui.screens.book.calendar.inputs import CalendarLook
from tests.fakes.samples import HALF_HOUR, QUARTER
from tests.ui.screens.book.snapshots import TUESDAY, calendar, with_state

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("look", "anchor", "title"),
    [
        (CalendarLook.WEEK, date(2026, 11, 23), "23 – 27 Nov"),
        (CalendarLook.WEEK, date(2026, 12, 2), "30 Nov – 4 Dec"),
        (CalendarLook.COLUMNS, date(2026, 11, 23), "23 – 27 Nov"),
        (CalendarLook.LIST, date(2026, 11, 23), "23 Nov – 6 Dec"),
        (CalendarLook.MONTH, date(2026, 12, 9), "December 2026"),
    ],
)
def test_the_title_names_what_is_on_screen(look: CalendarLook, anchor: date, title: str) -> None:
    assert derive_bar(calendar(look=look, anchor=anchor)).title == title


def test_one_day_is_named_with_its_weekday() -> None:
    assert derive_bar(calendar(week_days=1)).title == "Mon 23 Nov"


@pytest.mark.parametrize(
    ("zone", "city", "code", "difference"),
    [
        (NEW_YORK, "New York", "NYC", "−6 h"),
        ("Asia/Kolkata", "Kolkata", "CCU", "+4:30 h"),
        ("Europe/Berlin", "Berlin", "BER", ""),
        ("Europe/Paris", "Paris", "PAR", ""),
        ("Mars/Phobos", "Phobos", "Phobos", ""),
    ],
)
def test_the_zone_is_a_city_a_code_and_a_difference(zone: str, city: str, code: str, difference: str) -> None:
    bar = derive_bar(calendar(guest_zone=zone))
    assert (bar.zone_city, bar.zone_code, bar.zone_difference) == (city, code, difference)


def test_the_difference_is_that_of_the_days_on_screen() -> None:
    """Europe leaves summer time a week before America does."""
    assert derive_bar(calendar(guest_zone=NEW_YORK, anchor=date(2026, 10, 26))).zone_difference == "−5 h"


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (60, "+1 h"), (-360, "−6 h"), (330, "+5:30 h"), (-210, "−3:30 h"), (765, "+12:45 h")],
)
def test_a_difference_has_a_sign_and_minutes_where_needed(minutes: int, words: str) -> None:
    assert difference_words(minutes) == words


def test_durations_are_the_links_own() -> None:
    bar = derive_bar(calendar(*TUESDAY))
    assert bar.durations == ((QUARTER, "15 min"), (HALF_HOUR, "30 min"))
    assert bar.duration_ms == HALF_HOUR


def test_without_info_the_durations_are_those_with_slots() -> None:
    assert derive_bar(with_state(calendar(*TUESDAY), info=None)).durations == (
        (QUARTER, "15 min"),
        (HALF_HOUR, "30 min"),
    )


@pytest.mark.parametrize(
    ("anchor", "can_go_back"),
    [(date(2026, 11, 23), False), (date(2026, 11, 30), True), (date(2026, 11, 2), False)],
)
def test_nobody_books_the_past(anchor: date, can_go_back: bool) -> None:
    assert derive_bar(calendar(anchor=anchor)).can_go_back is can_go_back
