"""Where the calendar goes: steps, the next free time, the one before, the day a month lists."""

from datetime import date, datetime, timedelta

import pytest

from app.domain.slots import YearMonth
from app.ui.screens.book.calendar.inputs import CalendarInputs, CalendarLook
from app.ui.screens.book.calendar.walking import (
    beyond,
    day_to_list,
    first_day,
    free_before,
    is_empty_here,
    stepped,
)
from tests.fakes.clock import NOW
from tests.fakes.samples import HALF_HOUR, at, slot
from tests.ui.screens.book.snapshots import TUESDAY, calendar, known, with_state

MONTHS = (YearMonth(2026, 11), YearMonth(2026, 12), YearMonth(2027, 1))
INSTANT = timedelta(microseconds=1)


def winter(*starts: datetime, **changes: object) -> CalendarInputs:
    return with_state(calendar(**changes), availability=known(*starts, months=MONTHS))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("look", "week_days", "steps", "day"),
    [
        (CalendarLook.WEEK, 5, 1, date(2026, 11, 30)),
        (CalendarLook.WEEK, 5, -1, date(2026, 11, 16)),
        (CalendarLook.WEEK, 7, 2, date(2026, 12, 7)),
        (CalendarLook.WEEK, 3, 1, date(2026, 11, 26)),
        (CalendarLook.WEEK, 1, 1, date(2026, 11, 24)),
        (CalendarLook.COLUMNS, 5, 1, date(2026, 11, 30)),
        (CalendarLook.LIST, 5, 1, date(2026, 12, 7)),
        (CalendarLook.LIST, 5, -1, date(2026, 11, 9)),
        (CalendarLook.MONTH, 5, 1, date(2026, 12, 1)),
        (CalendarLook.MONTH, 5, 2, date(2027, 1, 1)),
        (CalendarLook.MONTH, 5, -1, date(2026, 10, 1)),
    ],
)
def test_a_step_is_as_long_as_what_is_on_screen(
    look: CalendarLook, week_days: int, steps: int, day: date
) -> None:
    assert stepped(calendar(look=look, week_days=week_days), steps) == day


def test_from_the_end_of_a_long_month_a_step_leads_to_the_next_one() -> None:
    assert stepped(calendar(look=CalendarLook.MONTH, anchor=date(2027, 1, 31)), 1) == date(2027, 2, 1)


@pytest.mark.parametrize(
    ("changes", "instant"),
    [
        ({}, at(27, 23) - INSTANT),
        ({"anchor": date(2026, 11, 9)}, NOW),
        ({"look": CalendarLook.MONTH, "day": date(2026, 11, 24)}, at(24, 23) - INSTANT),
        ({"look": CalendarLook.MONTH, "anchor": date(2026, 12, 1)}, at(29, 23) - INSTANT),
        ({"look": CalendarLook.MONTH}, NOW),
    ],
    ids=["after the week", "a past week", "after the chosen day", "a month without a day", "this month"],
)
def test_the_next_free_time_lies_beyond_what_is_on_screen(
    changes: dict[str, object], instant: datetime
) -> None:
    assert beyond(winter(**changes)) == instant


def test_the_free_time_before_is_the_last_one_before_the_week() -> None:
    inputs = winter(*TUESDAY, at(26, 9), anchor=date(2026, 12, 7))
    found = free_before(inputs)
    assert found is not None
    assert found.start == at(26, 9)


def test_before_the_chosen_day_of_a_month_comes_the_day_before() -> None:
    inputs = winter(*TUESDAY, at(26, 9), look=CalendarLook.MONTH, day=date(2026, 11, 26))
    found = free_before(inputs)
    assert found is not None
    assert found.start == at(24, 17, 30)


def test_nothing_free_before_what_has_begun() -> None:
    assert free_before(winter(at(20, 9), at(23, 9), *TUESDAY)) is None


@pytest.mark.parametrize(
    ("anchor", "wanted", "day"),
    [
        (date(2026, 12, 1), date(2026, 12, 9), date(2026, 12, 9)),
        (date(2026, 12, 1), date(2026, 11, 24), date(2026, 12, 8)),
        (date(2026, 12, 1), None, date(2026, 12, 8)),
        (date(2026, 11, 1), None, date(2026, 11, 24)),
        (date(2027, 1, 1), date(2026, 12, 9), None),
    ],
    ids=["in the month", "in another month", "none yet", "not before now", "a month without times"],
)
def test_a_month_lists_the_wanted_day_or_its_first_free_one(
    anchor: date, wanted: date | None, day: date | None
) -> None:
    inputs = winter(at(20, 9), *TUESDAY, at(8, 9, month=12), look=CalendarLook.MONTH, anchor=anchor)
    assert day_to_list(inputs, wanted) == day


def test_empty_is_what_has_no_coming_time() -> None:
    assert is_empty_here(winter(at(23, 9)))
    assert not is_empty_here(winter(at(23, 9, 30)))
    assert is_empty_here(winter(at(30, 9)))


FRIDAY_EVENING = {"now": at(20, 18), "anchor": date(2026, 11, 20)}


@pytest.mark.parametrize(
    ("starts", "picked", "day"),
    [
        (TUESDAY, None, date(2026, 11, 24)),
        ((at(20, 19), *TUESDAY), None, date(2026, 11, 20)),
        ((at(8, 9, month=12),), None, date(2026, 12, 8)),
        ((), None, date(2026, 11, 20)),
        ((*TUESDAY, at(26, 9)), at(26, 9), date(2026, 11, 26)),
        (TUESDAY, at(26, 9), date(2026, 11, 24)),
        ((at(20, 18, 30), at(20, 19)), at(20, 19), date(2026, 11, 20)),
    ],
    ids=["next week", "today", "in December", "nothing", "picked", "picked and gone", "picked today"],
)
def test_a_link_opens_where_its_first_time_is(
    starts: tuple[datetime, ...], picked: datetime | None, day: date
) -> None:
    friday = winter(*starts, **FRIDAY_EVENING)
    assert first_day(friday, slot(picked, HALF_HOUR) if picked else None) == day


def test_a_link_skips_no_day_of_which_nothing_is_known() -> None:
    december = known(at(8, 9, month=12), months=MONTHS[1:])
    friday = with_state(winter(**FRIDAY_EVENING), availability=december)
    assert first_day(friday, None) == date(2026, 11, 20)
