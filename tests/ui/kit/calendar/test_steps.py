"""Where the arrow keys lead."""

from datetime import timedelta

import pytest

from app.ui.kit.calendar.layout import Frame, WeekLayout, build_layout
from app.ui.kit.calendar.model import SlotState
from app.ui.kit.calendar.opening import opening_slot, opening_top
from app.ui.kit.calendar.steps import Landing, Step, heads, move, nearest_in_edge_day, neighbour_in_time
from tests.ui.kit.calendar.samples import MONDAY, at, key, slot, week


@pytest.fixture
def layout() -> WeekLayout:
    return build_layout(week(), Frame(width=772))


@pytest.mark.parametrize(
    ("step", "start", "end"),
    [
        (Step.LATER, (0, "09:00"), (0, "09:30")),
        (Step.EARLIER, (0, "13:00"), (0, "09:30")),
        (Step.RIGHT, (0, "09:30"), (1, "09:30")),
        (Step.RIGHT, (1, "09:00"), (3, "13:30")),
        (Step.LEFT, (3, "13:30"), (1, "13:00")),
        (Step.LEFT, (4, "09:00"), (3, "13:30")),
        (Step.DAY_START, (1, "13:00"), (1, "09:00")),
        (Step.DAY_END, (1, "09:00"), (1, "13:00")),
        (Step.WEEK_START, (3, "13:30"), (0, "09:00")),
        (Step.WEEK_END, (0, "09:00"), (4, "13:00")),
    ],
)
def test_a_step_leads_to_the_nearest_slot(
    layout: WeekLayout, step: Step, start: tuple[int, str], end: tuple[int, str]
) -> None:
    assert move(layout, key(*start), step) == Landing(key(*end))


def test_past_the_edge_days_other_days_are_needed(layout: WeekLayout) -> None:
    assert move(layout, key(0, "09:00"), Step.LEFT) == Landing(beyond=-1)
    assert move(layout, key(4, "13:00"), Step.RIGHT) == Landing(beyond=1)


def test_up_and_down_end_with_the_day(layout: WeekLayout) -> None:
    assert move(layout, key(0, "09:00"), Step.EARLIER) == Landing()
    assert move(layout, key(0, "13:00"), Step.LATER) == Landing()


def test_from_a_slot_that_is_gone_no_step_leads_anywhere(layout: WeekLayout) -> None:
    assert move(layout, "gone", Step.RIGHT) == Landing()


def test_a_slot_over_midnight_is_walked_once() -> None:
    night = slot(MONDAY, 23, 30, minutes=60)
    layout = build_layout(week(slots=(night, slot(MONDAY + timedelta(days=1), 9))), Frame(width=772))
    assert [placed.column for placed in heads(layout)] == [0, 1]
    assert move(layout, night.key, Step.RIGHT) == Landing(key(1, "09:00"))


def test_the_slot_nearest_to_the_same_height_waits_in_the_next_days(layout: WeekLayout) -> None:
    height = layout.y(13 * 60)
    assert nearest_in_edge_day(layout, 1, height) == key(0, "13:00")
    assert nearest_in_edge_day(layout, -1, height) == key(4, "13:00")
    assert nearest_in_edge_day(build_layout(week(slots=()), Frame(width=772)), 1, 0) is None


def test_neighbours_in_time(layout: WeekLayout) -> None:
    assert neighbour_in_time(layout, key(0, "13:00"), 1) == key(1, "09:00")
    assert neighbour_in_time(layout, key(1, "09:00"), -1) == key(0, "13:00")
    assert neighbour_in_time(layout, key(4, "13:00"), 1) is None
    assert neighbour_in_time(layout, key(0, "09:00"), -1) is None
    assert neighbour_in_time(layout, None, 1) == key(0, "09:00")
    assert neighbour_in_time(layout, None, -1) == key(4, "13:00")
    assert neighbour_in_time(build_layout(week(slots=()), Frame(width=772)), None, 1) is None


def test_the_focus_opens_at_the_selected_slot_else_at_the_next_one() -> None:
    frame = Frame(width=772)
    chosen = slot(MONDAY, 13, state=SlotState.SELECTED)
    some = week(slots=(slot(MONDAY, 9), chosen))
    assert opening_slot(build_layout(some, frame), some) == chosen.key
    coming = week(now=at(MONDAY, 10))
    assert opening_slot(build_layout(coming, frame), coming) == key(0, "13:00")
    past = week(now=at(MONDAY + timedelta(days=30), 10))
    assert opening_slot(build_layout(past, frame), past) == key(0, "09:00")
    none = week(slots=())
    assert opening_slot(build_layout(none, frame), none) is None


@pytest.mark.parametrize(
    ("first_slot", "hour"),
    [(9, 8), (10, 8), (12, 12), (18, 18), (3, 3), (None, 8)],
)
def test_the_day_opens_at_its_usual_hour_unless_the_slots_are_elsewhere(
    first_slot: int | None, hour: int
) -> None:
    slots = () if first_slot is None else (slot(MONDAY, first_slot, 15),)
    props = week(slots=slots)
    layout = build_layout(props, Frame(width=772))
    assert opening_top(layout, props) == layout.y(hour * 60) - 16


def test_a_day_that_opens_at_midnight_is_not_scrolled() -> None:
    props = week(slots=(slot(MONDAY, 0),))
    assert opening_top(build_layout(props, Frame(width=772)), props) == 0
