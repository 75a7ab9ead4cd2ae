"""Whole weeks that cover a month, and where their days are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.calendar.model import month_dates
from app.ui.kit.calendar.month_layout import BAR_HEIGHT, HEADER, MonthLayout, bar_of, week_edge
from tests.ui.kit.calendar.samples import month

dates = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(dates, st.integers(0, 6))
def test_whole_weeks_cover_the_month(day: date, first_weekday: int) -> None:
    shown = month_dates(day, first_weekday)
    assert len(shown) in (28, 35, 42)
    assert {each.weekday() for each in shown[::7]} == {first_weekday}
    assert list(shown) == [shown[0] + timedelta(days=number) for number in range(len(shown))]
    inside = [each for each in shown if (each.year, each.month) == (day.year, day.month)]
    assert inside[0].day == 1
    assert (inside[-1] + timedelta(days=1)).day == 1
    assert shown[6] >= inside[0]
    assert shown[-7] <= inside[-1]


@given(st.integers(0, 2000), st.integers(0, 2000), dates)
def test_every_point_of_a_day_leads_to_it(width: int, height: int, day: date) -> None:
    props = month(day.replace(day=1))
    layout = MonthLayout(props.days, width, height)
    for each, box in layout.boxes.items():
        assert layout.day_at(box.x, box.y) == each
        assert layout.day_at(box.right - 1, box.bottom - 1) == each
        assert bar_of(box).height == BAR_HEIGHT
    assert layout.day_at(5, HEADER - 1) is None


def test_the_edges_of_a_week() -> None:
    days = month().days
    assert week_edge(days, date(2026, 12, 9), -1) == date(2026, 12, 7)
    assert week_edge(days, date(2026, 12, 9), 1) == date(2026, 12, 13)
