"""The calendar's view-model over the real services: opening links, walking through the days."""

from datetime import date, timedelta

import pytest

from app.domain.preferences import Preferences
from app.domain.slots import YearMonth
from app.ui.screens.book.calendar.inputs import CalendarLook, slot_key
from tests.fakes.samples import HALF_HOUR, QUARTER, at, sample_info
from tests.ui.screens.book.bench import Bench, Ear
from tests.ui.screens.book.stage import DEMO, INTRO, NEW_YORK, Stage, furnish, quiet

pytestmark = pytest.mark.qt_loop
NOVEMBER, DECEMBER, JANUARY = YearMonth(2026, 11), YearMonth(2026, 12), YearMonth(2027, 1)


def months_asked(stage: Stage) -> list[object]:
    return [call[3] for call in stage.scheduler.calls if call[0] == "availability"]


def _look(bench: Bench) -> tuple[bool, bool]:
    week = bench.calendar.props.week
    assert week is not None
    return week.loading, week.empty is not None


async def test_opening_a_link_shows_a_skeleton_and_then_its_times(stage: Stage) -> None:
    bench = Bench(stage)
    await stage.services.links.load()
    seen: list[tuple[bool, bool]] = []
    bench.calendar.week_changed.connect(lambda: seen.append(_look(bench)))
    bench.selection.choose_link(bench.link())
    assert _look(bench) == (True, False)
    await quiet()
    assert _look(bench) == (False, False)
    week = bench.calendar.props.week
    assert week is not None
    assert len(week.slots) == len(
        [slot for slot in stage.scheduler.slots[HALF_HOUR] if slot.start > stage.clock.now()]
    )
    assert not any(is_empty for _, is_empty in seen), "a card must never flash while times are on their way"


async def test_the_usual_duration_is_chosen_once_the_link_tells_its_durations(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    assert bench.selection.duration_ms == HALF_HOUR
    stage.scheduler.infos[DEMO] = sample_info(DEMO, durations_ms=(QUARTER, 3_600_000))
    bench.selection.choose_link(bench.link(DEMO))
    assert bench.selection.duration_ms == 0
    await quiet()
    assert bench.selection.duration_ms == QUARTER


async def test_another_link_cuts_the_first_ones_requests_short(stage: Stage) -> None:
    bench = Bench(stage)
    await stage.services.links.load()
    stage.scheduler.hold("availability")
    bench.selection.choose_link(bench.link(INTRO))
    await quiet()
    bench.selection.choose_link(bench.link(DEMO))
    await quiet()
    stage.scheduler.release("availability")
    await quiet()
    state = stage.services.availability.state.value
    assert state.slug == DEMO
    assert bench.calendar.inputs.state.slug == DEMO
    assert not stage.tasks.is_running("open")


async def test_the_times_of_the_link_before_are_gone_at_once(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    stage.scheduler.hold("availability")
    bench.selection.choose_link(bench.link(DEMO))
    week = bench.calendar.props.week
    assert week is not None
    assert (week.slots, week.busy, week.loading) == ((), (), True)
    stage.scheduler.release("availability")
    await quiet()


async def test_another_duration_asks_nobody_and_moves_nothing(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    calls, ear = len(stage.scheduler.calls), Ear(bench.calendar)
    bench.calendar.choose_duration(QUARTER)
    await quiet()
    assert len(stage.scheduler.calls) == calls
    assert ear.take() == {"bar_changed", "week_changed"}
    week = bench.calendar.props.week
    assert week is not None
    assert {slot.end - slot.start for slot in week.slots} == {timedelta(minutes=15)}
    assert bench.calendar.inputs.anchor == date(2026, 11, 23)


async def test_d_goes_round_the_durations(stage: Stage) -> None:
    bench = Bench(stage)
    bench.calendar.choose_next_duration()
    assert bench.selection.duration_ms == 0
    await bench.open()
    bench.calendar.choose_next_duration()
    assert bench.selection.duration_ms == QUARTER
    bench.calendar.choose_next_duration()
    assert bench.selection.duration_ms == HALF_HOUR


async def test_another_zone_keeps_the_picked_slot_and_asks_only_for_what_is_missing(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    slot = bench.slot(at(24, 9))
    bench.selection.choose_slot(slot)
    calls = len(months_asked(stage))
    bench.calendar.choose_guest_zone(NEW_YORK)
    await quiet()
    assert bench.selection.slot == slot
    week = bench.calendar.props.week
    assert week is not None
    chosen = [one for one in week.slots if one.key == slot_key(slot)]
    assert [one.label for one in chosen] == ["04:00"]
    assert set(months_asked(stage)[calls:]) <= {NOVEMBER, DECEMBER}
    assert bench.calendar.props.bar.zone_city == "New York"


async def test_a_picked_slot_stays_on_screen_when_the_zone_moves_its_day(stage: Stage) -> None:
    await stage.prefer(Preferences(week_days=1))
    stage.scheduler.offer(HALF_HOUR, at(24, 23))
    bench = Bench(stage)
    await bench.open()
    bench.calendar.show_day(date(2026, 11, 25))
    bench.selection.choose_slot(bench.slot(at(24, 23)))
    bench.calendar.choose_guest_zone(NEW_YORK)
    await quiet()
    assert bench.calendar.inputs.days == (date(2026, 11, 24),)


async def test_it_never_opens_on_an_empty_month(applied_theme: object) -> None:
    stage = furnish(Stage(), week=(at(12, 9, month=1, year=2027),))
    await stage.load()
    bench = Bench(stage)
    await bench.open()
    assert date(2027, 1, 12) in bench.calendar.inputs.days
    week = bench.calendar.props.week
    assert week is not None
    assert len(week.slots) == 1
    assert bench.calendar.props.bar.can_go_back is True
    await stage.close()
    assert stage.errors == []


async def test_walking_on_while_the_link_opens_is_not_taken_back(stage: Stage) -> None:
    bench = Bench(stage)
    await stage.services.links.load()
    stage.scheduler.hold("availability")
    bench.selection.choose_link(bench.link())
    await quiet()
    bench.calendar.step(1)
    stage.scheduler.release("availability")
    await quiet()
    assert bench.calendar.inputs.days[0] == date(2026, 11, 30)


async def test_the_next_week_is_fetched_when_it_comes_on_screen_and_the_month_after_ahead(
    stage: Stage,
) -> None:
    bench = Bench(stage)
    await bench.open()
    assert set(months_asked(stage)) == {NOVEMBER, DECEMBER}
    for _ in range(6):
        bench.calendar.step(1)
    await quiet()
    assert bench.calendar.inputs.days[0] == date(2027, 1, 4)
    assert JANUARY in months_asked(stage)
    assert YearMonth(2027, 2) in months_asked(stage)


async def test_next_free_walks_months_and_previous_comes_back(stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(9, 9, month=3, year=2027))
    bench = Bench(stage)
    await bench.open()
    ear = Ear(bench.calendar, "focus_requested")
    bench.calendar.find_next_free()
    await quiet()
    assert date(2027, 3, 9) in bench.calendar.inputs.days
    assert ear.told == [(slot_key(bench.slot(at(9, 9, month=3, year=2027))),)]
    bench.calendar.find_previous_free()
    assert date(2026, 11, 27) in bench.calendar.inputs.days
    assert len(ear.told) == 2


async def test_next_and_previous_say_when_there_is_nothing(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    said: list[str] = []
    bench.calendar.status_changed.connect(said.append)
    bench.calendar.find_previous_free()
    stage.scheduler.last_month = DECEMBER
    await stage.services.availability.refresh()
    bench.calendar.find_next_free()
    await quiet()
    assert said == ["There is no earlier free time", "There is no later free time within a year"]
    assert bench.calendar.inputs.days[0] == date(2026, 11, 23)


async def test_the_month_lists_its_first_free_day_as_soon_as_it_is_known(stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(9, 9, month=12), at(20, 9, month=1, year=2027))
    bench = Bench(stage)
    await bench.open()
    bench.calendar.show_look(CalendarLook.MONTH)
    assert bench.calendar.inputs.day == date(2026, 11, 23)
    bench.calendar.step(1)
    assert bench.calendar.inputs.day == date(2026, 12, 9)
    bench.calendar.step(1)
    assert bench.calendar.inputs.day is None
    await quiet()
    assert bench.calendar.inputs.day == date(2027, 1, 20)


async def test_next_free_in_the_month_goes_day_by_day(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.calendar.show_look(CalendarLook.MONTH)
    days = []
    for _ in range(2):
        bench.calendar.find_next_free()
        await quiet()
        days.append(bench.calendar.inputs.day)
    bench.calendar.find_previous_free()
    assert [*days, bench.calendar.inputs.day] == [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 24)]


async def test_a_look_shows_the_same_days_as_the_one_before(stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(9, 9, month=12))
    bench = Bench(stage)
    await bench.open()
    bench.calendar.step(2)
    bench.calendar.show_look(CalendarLook.MONTH)
    assert bench.calendar.props.bar.title == "December 2026"
    bench.calendar.choose_day(date(2026, 12, 9))
    bench.calendar.show_look(CalendarLook.WEEK)
    assert bench.calendar.inputs.days[0] == date(2026, 12, 7)
    bench.calendar.step(-2)
    bench.calendar.show_look(CalendarLook.MONTH)
    assert bench.calendar.props.bar.title == "November 2026"
    ear = Ear(bench.calendar)
    bench.calendar.show_look(CalendarLook.MONTH)
    assert ear.take() == set()
