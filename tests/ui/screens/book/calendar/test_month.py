"""The month's props, the list of one day, and the list of days."""

from datetime import date

import pytest

from app.domain.slots import YearMonth
from app.ui.kit.calendar.model import SlotState
from app.ui.screens.book.calendar.inputs import CalendarLook
from app.ui.screens.book.calendar.listing import derive_listing
from app.ui.screens.book.calendar.month import derive_day_list, derive_month
from tests.fakes.samples import at, slot
from tests.ui.screens.book.snapshots import TUESDAY, calendar, known, with_state

NEW_YORK = "America/New_York"


def test_a_month_is_whole_weeks_from_the_first_weekday() -> None:
    props = derive_month(calendar(look=CalendarLook.MONTH))
    assert props.weekdays == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert len(props.days) == 42
    assert props.accessible_name == "Free times in November 2026"
    sunday = derive_month(calendar(look=CalendarLook.MONTH, first_weekday=7))
    assert sunday.weekdays[0] == "Sun"


def test_a_day_says_its_number_of_free_times() -> None:
    days = {day.date: day for day in derive_month(calendar(*TUESDAY, look=CalendarLook.MONTH)).days}
    tuesday, monday = days[date(2026, 11, 24)], days[date(2026, 11, 23)]
    assert (tuesday.free_label, tuesday.bookable, tuesday.in_month) == ("3 free", True, True)
    assert tuesday.accessible_name == "Tuesday 24 November, 3 free"
    assert (monday.free_label, monday.bookable, monday.heat, monday.is_today) == ("", False, 0.0, True)
    assert (days[date(2026, 11, 28)].weekend, tuesday.weekend) == (True, False)
    assert (days[date(2026, 10, 31)].in_month, days[date(2026, 12, 6)].in_month) == (False, False)


def test_days_of_the_month_that_are_over_are_dimmed() -> None:
    days = derive_month(calendar(*TUESDAY, look=CalendarLook.MONTH)).days
    assert [day.is_past for day in days] == [day.date < date(2026, 11, 23) for day in days]


@pytest.mark.parametrize(("count", "heat"), [(1, 1 / 14), (7, 0.5), (14, 1.0), (16, 1.0)])
def test_a_bar_is_full_with_fourteen_times_or_the_most_there_are(count: int, heat: float) -> None:
    starts = [at(24, 8 + number // 2, 30 * (number % 2)) for number in range(count)]
    days = {day.date: day for day in derive_month(calendar(*starts, look=CalendarLook.MONTH)).days}
    assert days[date(2026, 11, 24)].heat == pytest.approx(heat)


def test_the_fullest_day_is_the_measure_of_the_others() -> None:
    starts = [at(24, 6 + number // 2, 30 * (number % 2)) for number in range(20)]
    days = {day.date: day for day in derive_month(calendar(*starts, at(25, 9), look=CalendarLook.MONTH)).days}
    assert days[date(2026, 11, 25)].heat == pytest.approx(1 / 20)


def test_the_chosen_day_is_marked_and_listed() -> None:
    inputs = calendar(
        *TUESDAY,
        look=CalendarLook.MONTH,
        day=date(2026, 11, 24),
        guest_zone=NEW_YORK,
        selected=slot(at(24, 9, 30)),
    )
    assert derive_month(inputs).selected == date(2026, 11, 24)
    listed = derive_day_list(inputs)
    assert [group.title for group in listed.groups] == [""]
    assert [(one.label, one.detail, one.state) for one in listed.groups[0].slots] == [
        ("04:00", "(10:00)", SlotState.FREE),
        ("04:30", "(10:30)", SlotState.SELECTED),
        ("12:30", "(18:30)", SlotState.FREE),
    ]
    assert listed.accessible_name == "Free times on Tuesday 24 November"


def test_without_a_day_nothing_is_listed() -> None:
    assert derive_day_list(calendar(*TUESDAY, look=CalendarLook.MONTH)).groups == ()


def test_the_list_leaves_out_days_without_times_and_the_columns_keep_them() -> None:
    starts = (*TUESDAY, at(26, 9))
    listed = derive_listing(calendar(*starts, look=CalendarLook.LIST))
    assert [(group.title, group.note, len(group.slots)) for group in listed.groups] == [
        ("Tue 24 Nov", "3 free", 3),
        ("Thu 26 Nov", "1 free", 1),
    ]
    columns = derive_listing(calendar(*starts, look=CalendarLook.COLUMNS))
    assert [group.note for group in columns.groups] == ["0 free", "3 free", "0 free", "1 free", "0 free"]
    assert listed.accessible_name == "Free times by day, Berlin time"


def test_the_list_holds_a_fortnight_over_the_edge_of_a_month() -> None:
    months = (YearMonth(2026, 11), YearMonth(2026, 12))
    inputs = with_state(
        calendar(look=CalendarLook.LIST),
        availability=known(at(24, 9), at(1, 9, month=12), at(9, 9, month=12), months=months),
    )
    assert [group.title for group in derive_listing(inputs).groups] == ["Tue 24 Nov", "Tue 1 Dec"]


def test_an_empty_month_and_an_empty_list_say_why() -> None:
    assert derive_month(calendar(look=CalendarLook.MONTH)).empty is not None
    assert derive_listing(calendar(look=CalendarLook.LIST)).empty is not None
