"""Hours on the rulers, in every zone and clock style."""

from datetime import date

import pytest

from app.ui.kit.calendar.axis import build_axis
from app.ui.kit.calendar.clock_text import hour_text
from app.ui.kit.calendar.model import Ruler
from app.ui.kit.calendar.rulers import RulerText, ruler_texts, usual_day
from tests.ui.kit.calendar.samples import GUEST, MONDAY, NEW_YORK, YOU

DELHI = Ruler(zone="Asia/Kolkata", code="DEL", caption="host")


def words(ruler: RulerText) -> list[str]:
    return [hour.text for hour in ruler.hours]


@pytest.mark.parametrize(
    ("minute", "full", "half"),
    [
        (0, "00:00", "12 AM"),
        (8 * 60, "08:00", "8 AM"),
        (12 * 60, "12:00", "12 PM"),
        (18 * 60 + 30, "18:30", "6:30 PM"),
        (1440, "00:00", "12 AM"),
    ],
)
def test_hours_in_both_styles(minute: int, full: str, half: str) -> None:
    assert hour_text(minute, twelve_hour=False) == full
    assert hour_text(minute, twelve_hour=True) == half
    assert hour_text(minute, twelve_hour=True, am="vorm.", pm="nachm.").split()[-1] in ("vorm.", "nachm.")


def test_other_zones_show_the_same_instants() -> None:
    guest, you, host = ruler_texts(
        build_axis([MONDAY], NEW_YORK), (GUEST, YOU, DELHI), day=0, twelve_hour=False
    )
    assert words(guest)[:2] == ["00:00", "01:00"]
    assert words(you)[:2] == ["06:00", "07:00"]
    assert words(host)[8] == "18:30"
    assert [len(words(ruler)) for ruler in (guest, you, host)] == [25, 25, 25]
    assert (guest.emphasised, you.emphasised) == (True, False)


def test_in_the_week_of_a_clock_change_the_hours_of_the_asked_day_are_shown() -> None:
    axis = build_axis([date(2026, 10, 24), date(2026, 10, 26)], NEW_YORK)
    before = ruler_texts(axis, (GUEST, YOU), day=0, twelve_hour=False)
    after = ruler_texts(axis, (GUEST, YOU), day=1, twelve_hour=False)
    assert words(before[0]) == words(after[0])
    assert (words(before[1])[9], words(after[1])[9]) == ("15:00", "14:00")


def test_a_repeated_hour_is_written_twice_and_blank_on_other_days() -> None:
    axis = build_axis([date(2026, 10, 31), date(2026, 11, 1)], NEW_YORK)
    guest, you = ruler_texts(axis, (GUEST, YOU), day=1, twelve_hour=False)
    assert [hour for hour in guest.hours if hour.text == "01:00"] == [
        (60, "01:00", False),
        (120, "01:00", True),
    ]
    assert words(you)[:4] == ["05:00", "06:00", "07:00", "08:00"]
    _, saturday = ruler_texts(axis, (GUEST, YOU), day=0, twelve_hour=False)
    assert 120 not in [hour.position for hour in saturday.hours]


def test_the_rulers_are_true_for_the_day_with_the_repeated_hour_at_first() -> None:
    assert usual_day(build_axis([date(2026, 10, 31), date(2026, 11, 1)], NEW_YORK)) == 1
    assert usual_day(build_axis([date(2026, 3, 7), date(2026, 3, 8)], NEW_YORK)) == 0
    assert usual_day(build_axis([MONDAY], NEW_YORK)) == 0
