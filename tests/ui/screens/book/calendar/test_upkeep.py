"""The calendar's view-model over the real services: refreshing, helping out, following along."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.problems import Offline
from app.domain.slots import YearMonth
from app.ui.screens.book.calendar.inputs import CalendarLook, slot_key
from tests.fakes.samples import HALF_HOUR, at
from tests.ui.screens.book.bench import Bench, Ear
from tests.ui.screens.book.stage import NEW_YORK, SCOPING, Stage, quiet

pytestmark = pytest.mark.qt_loop
NOVEMBER, DECEMBER, JANUARY = YearMonth(2026, 11), YearMonth(2026, 12), YearMonth(2027, 1)


async def test_only_the_look_on_screen_is_derived(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    for look, shown in (
        (CalendarLook.COLUMNS, {"listing"}),
        (CalendarLook.MONTH, {"month", "day_list"}),
        (CalendarLook.LIST, {"listing"}),
        (CalendarLook.WEEK, {"week"}),
    ):
        bench.calendar.show_look(look)
        props = bench.calendar.props
        parts = {
            "week": props.week,
            "month": props.month,
            "listing": props.listing,
            "day_list": props.day_list,
        }
        assert {name for name, part in parts.items() if part is not None} == shown


async def test_a_refresh_that_brings_nothing_new_is_silent(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    ear = Ear(bench.calendar)
    bench.calendar.refresh()
    await quiet()
    assert ear.take() == {"is_refreshing_changed"}
    assert bench.calendar.props.is_refreshing is False


async def test_a_refresh_keeps_the_times_while_it_runs(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    stage.scheduler.hold("availability")
    bench.calendar.refresh()
    await quiet()
    week = bench.calendar.props.week
    assert bench.calendar.props.is_refreshing is True
    assert week is not None
    assert week.slots
    assert week.loading is False
    stage.scheduler.release("availability")
    await quiet()
    assert bench.calendar.props.is_refreshing is False


async def test_coming_back_to_the_window_refreshes_only_what_is_older_than_a_minute(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    calls = len(stage.scheduler.calls)
    bench.calendar.refresh_if_old()
    await quiet()
    assert len(stage.scheduler.calls) == calls
    await stage.clock.advance(61)
    bench.calendar.refresh_if_old()
    await quiet()
    assert len(stage.scheduler.calls) > calls


async def test_the_button_of_the_empty_card_does_what_it_says(stage: Stage) -> None:
    stage.scheduler.fail_always("availability", Offline())
    stage.scheduler.fail_always("booking_info", Offline())
    bench = Bench(stage)
    await bench.open()
    week = bench.calendar.props.week
    assert week is not None
    assert week.empty is not None
    assert week.empty.action == "Try again"
    stage.scheduler.fail_always("availability", None)
    stage.scheduler.fail_always("booking_info", None)
    bench.calendar.help_out()
    await quiet()
    week = bench.calendar.props.week
    assert week is not None
    assert week.slots
    assert stage.opened == []


async def test_an_empty_week_leads_to_the_next_free_time(stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(8, 9, month=12))
    bench = Bench(stage)
    await bench.open()
    bench.calendar.step(1)
    await quiet()
    bench.calendar.help_out()
    await quiet()
    assert date(2026, 12, 8) in bench.calendar.inputs.days


async def test_a_link_without_any_time_is_opened_in_the_browser(stage: Stage) -> None:
    for slots in stage.scheduler.slots.values():
        slots.clear()
    stage.scheduler.last_month = DECEMBER
    bench = Bench(stage)
    await bench.open()
    bench.calendar.help_out()
    assert stage.opened == ["https://meetings.hubspot.com/maria/intro-call"]


async def test_without_a_link_the_button_does_nothing(stage: Stage) -> None:
    bench = Bench(stage)
    bench.calendar.help_out()
    await quiet()
    assert (stage.opened, stage.scheduler.calls) == ([], [])


async def test_picking_a_time_asks_for_the_desk_once(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    ear = Ear(bench.selection, "desk_requested")
    bench.calendar.activate(slot_key(bench.slot(at(24, 9))))
    assert bench.selection.slot == bench.slot(at(24, 9))
    assert ear.take() == {"slot_changed"}
    assert len(ear.told) == 1
    bench.calendar.activate("no such slot")
    assert len(ear.told) == 1


async def test_pointing_says_times_and_reasons(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    said: list[str] = []
    bench.calendar.status_changed.connect(said.append)
    bench.calendar.point_at(slot_key(bench.slot(at(24, 9))))
    bench.calendar.point_at(None)
    bench.calendar.point_at_cell(at(23, 8))
    bench.calendar.point_at_cell(None)
    assert said == ["Tue 24 Nov, 10:00 – 10:30 in Berlin", "", "Not 09:00 in Berlin: it is over", ""]


async def test_other_manners_are_followed_at_once(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    await stage.services.preferences.change(week_days=7, first_weekday=7, zone=NEW_YORK)
    assert bench.calendar.inputs.days[0] == date(2026, 11, 22)
    assert len(bench.calendar.inputs.days) == 7
    assert bench.calendar.inputs.own_zone == NEW_YORK
    await quiet()


async def test_a_time_that_begins_while_it_is_shown_goes(stage: Stage) -> None:
    stage.scheduler.offer(HALF_HOUR, at(23, 9, 20))
    bench = Bench(stage)
    await bench.open()
    before = len(bench.calendar.inputs.slots)
    await stage.clock.advance(6 * 60)
    ear = Ear(bench.calendar)
    bench.calendar._on_tick()
    assert len(bench.calendar.inputs.slots) == before - 1
    assert ear.take() == {"week_changed"}


async def test_offline_times_are_marked_stale_and_stay(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    stage.scheduler.fail_always("availability", Offline())
    bench.calendar.refresh()
    await quiet()
    week = bench.calendar.props.week
    assert week is not None
    assert week.stale is True
    assert week.slots


async def test_today_leads_back(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open(SCOPING)
    bench.calendar.step(3)
    bench.calendar.show_today()
    assert bench.calendar.inputs.days[0] == date(2026, 11, 23)
    bench.calendar.show_look(CalendarLook.MONTH)
    bench.calendar.step(2)
    bench.calendar.show_today()
    assert bench.calendar.props.bar.title == "November 2026"
    await quiet()


async def test_a_renamed_link_is_not_opened_again(stage: Stage) -> None:
    bench = Bench(stage)
    await bench.open()
    bench.calendar.step(1)
    await quiet()
    calls = len(stage.scheduler.calls)
    bench.selection.choose_link(replace(bench.link(), name="New"))
    await quiet()
    assert len(stage.scheduler.calls) == calls
    assert bench.calendar.inputs.days[0] == date(2026, 11, 30)
    assert bench.desk.props.title == "New"


async def test_closing_in_the_middle_leaves_no_task(stage: Stage) -> None:
    bench = Bench(stage)
    await stage.services.links.load()
    stage.scheduler.hold("availability")
    bench.selection.choose_link(bench.link())
    bench.calendar.find_next_free()
    bench.calendar.choose_guest_zone(NEW_YORK)
    await quiet()
    await stage.tasks.close()
    assert not stage.tasks.is_running("open")
    bench.calendar.refresh()
    assert not stage.tasks.is_running("refresh")
