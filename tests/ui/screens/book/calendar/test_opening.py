"""A link that is opened on a Friday evening: remembered times are on screen before any answer."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from app.domain.problems import Offline
from app.ui.kit.theme import Theme
from app.ui.screens.book.calendar.inputs import CalendarLook
from tests.fakes.clock import ManualClock
from tests.fakes.samples import HALF_HOUR, at
from tests.ui.screens.book.bench import Bench
from tests.ui.screens.book.stage import Stage, furnish, quiet

pytestmark = pytest.mark.qt_loop
FRIDAY_EVENING = at(20, 18)
MONDAY = date(2026, 11, 23)


@pytest.fixture
async def friday(applied_theme: Theme) -> AsyncIterator[Stage]:
    """Started anew on a Friday evening, when the cache knows the week to come and nobody answers yet."""
    before = furnish(Stage(theme=applied_theme, clock=ManualClock(FRIDAY_EVENING)))
    await before.load()
    await Bench(before).open()
    await before.close()
    stage = before.again()
    await stage.load()
    for call in ("availability", "booking_info"):
        stage.scheduler.hold(call)
    yield stage
    await stage.close()
    assert before.errors == stage.errors == []


def answer(stage: Stage) -> None:
    for call in ("availability", "booking_info"):
        stage.scheduler.release(call)


async def test_remembered_times_of_the_next_week_are_on_screen_at_once(friday: Stage) -> None:
    bench = Bench(friday)
    await bench.open()
    week = bench.calendar.props.week
    assert week is not None
    assert week.days[0].date == MONDAY
    assert len(week.slots) == len(friday.scheduler.slots[HALF_HOUR])
    assert week.empty is None
    answer(friday)
    await quiet()
    assert bench.calendar.inputs.days[0] == MONDAY


async def test_the_answer_brings_a_nearer_time_on_screen(friday: Stage) -> None:
    friday.scheduler.offer(HALF_HOUR, at(20, 19))
    bench = Bench(friday)
    await bench.open()
    assert bench.calendar.inputs.days[0] == MONDAY
    answer(friday)
    await quiet()
    assert date(2026, 11, 20) in bench.calendar.inputs.days


async def test_whoever_goes_elsewhere_meanwhile_stays_there(friday: Stage) -> None:
    friday.scheduler.offer(HALF_HOUR, at(20, 19))
    bench = Bench(friday)
    await bench.open()
    bench.calendar.step(1)
    answer(friday)
    await quiet()
    assert bench.calendar.inputs.days[0] == date(2026, 11, 30)


async def test_a_list_of_links_that_arrives_meanwhile_does_not_stop_the_jump(applied_theme: Theme) -> None:
    stage = furnish(Stage(theme=applied_theme, clock=ManualClock(FRIDAY_EVENING)))
    await stage.load()
    stage.scheduler.hold("availability")
    bench = Bench(stage)
    await bench.open()
    bench.selection.choose_link(replace(bench.link(), name="Another name"))
    await quiet()
    stage.scheduler.release("availability")
    await quiet()
    assert bench.calendar.inputs.days[0] == MONDAY
    await stage.close()


async def test_offline_the_remembered_week_is_shown_as_well(friday: Stage) -> None:
    for call in ("availability", "booking_info"):
        friday.scheduler.fail_always(call, Offline())
    answer(friday)
    bench = Bench(friday)
    await bench.open()
    week = bench.calendar.props.week
    assert week is not None
    assert week.days[0].date == MONDAY
    assert (week.empty, bool(week.slots)) == (None, True)


async def test_the_month_opens_on_the_first_free_day(friday: Stage) -> None:
    bench = Bench(friday)
    bench.calendar.show_look(CalendarLook.MONTH)
    await bench.open()
    assert bench.calendar.inputs.day == MONDAY
    answer(friday)
    await quiet()
    assert bench.calendar.inputs.day == MONDAY
