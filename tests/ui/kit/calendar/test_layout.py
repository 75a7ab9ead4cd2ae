"""Boxes of a week: nothing covers anything else, and points lead back to what is drawn there."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.calendar.layout import Box, Frame, NowMark, build_layout
from app.ui.kit.calendar.model import BusyBlock, GridSlot, WeekProps
from tests.ui.kit.calendar.samples import GUEST, MONDAY, YOU, at, days, key, slot, week

FRAME = Frame(width=772)
CHANGE = date(2026, 10, 31)


def touches(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@st.composite
def weeks(draw: st.DrawFn) -> WeekProps:
    """Slots anywhere in a week, also across midnights and clock changes, in any order."""
    first = draw(st.sampled_from([MONDAY, CHANGE, date(2026, 3, 6), date(2026, 7, 6)]))
    base = at(first, 0)
    pairs = draw(st.lists(st.tuples(st.integers(0, 5 * 24 * 12), st.integers(1, 24)), max_size=40))
    slots = tuple(
        GridSlot(
            key=str(number),
            start=base + timedelta(minutes=5 * start),
            end=base + timedelta(minutes=5 * (start + length)),
            label="",
            accessible_name="",
        )
        for number, (start, length) in enumerate(pairs)
    )
    return WeekProps(days=days(first), rulers=(GUEST,), slots=slots)


@given(weeks(), st.integers(300, 1600))
def test_no_slot_is_drawn_over_another(props: WeekProps, width: int) -> None:
    placed = build_layout(props, Frame(width=width)).placed
    for number, one in enumerate(placed):
        assert one.box.width > 0
        assert one.box.height > 0
        for other in placed[number + 1 :]:
            if one.slot.key != other.slot.key:
                assert not touches(one.box, other.box)


@given(weeks(), st.integers(500, 1600))
def test_slots_stay_in_their_column_and_on_the_axis(props: WeekProps, width: int) -> None:
    layout = build_layout(props, Frame(width=width))
    for placed in layout.placed:
        column = layout.columns[placed.column]
        assert column.x < placed.box.x
        assert placed.box.right < column.right
        assert placed.box.y > 0
        assert placed.box.bottom < layout.height


@given(weeks())
def test_every_slot_of_the_days_has_a_place(props: WeekProps) -> None:
    layout = build_layout(props, FRAME)
    until = layout.axis.days[-1].end
    expected = {each.key for each in props.slots if each.start < until}
    assert {placed.slot.key for placed in layout.placed} == expected


@given(weeks())
def test_the_middle_of_a_box_leads_to_its_slot(props: WeekProps) -> None:
    layout = build_layout(props, FRAME)
    for placed in layout.placed:
        x, y = placed.box.x + placed.box.width / 2, placed.box.y + placed.box.height / 2
        assert layout.slot_at(x, y) == placed


def test_columns_share_the_width_without_gaps() -> None:
    layout = build_layout(week(), FRAME)
    assert layout.columns[0].x == layout.body_left == 92
    assert layout.columns[-1].right == 772
    for before, after in zip(layout.columns, layout.columns[1:], strict=False):
        assert before.right == after.x


def test_an_hour_is_72_pixels_and_a_slot_keeps_its_inset_and_gap() -> None:
    layout = build_layout(week(slots=(slot(MONDAY, 9), slot(MONDAY, 9, 30))), FRAME)
    first, second = (placed.box for placed in layout.placed)
    assert (first.height, second.y - first.bottom) == (34, 2)
    assert first.x == layout.columns[0].x + 6
    assert layout.columns[0].right - first.right == 5


def test_a_slot_over_midnight_goes_on_in_the_next_column() -> None:
    night = slot(MONDAY, 23, 30, minutes=60)
    layout = build_layout(week(slots=(night,)), FRAME)
    assert [(placed.column, placed.continues) for placed in layout.placed] == [(0, False), (1, True)]


def test_a_slot_begun_before_the_first_day_still_shows_its_rest() -> None:
    night = slot(MONDAY - timedelta(days=1), 23, 30, minutes=60)
    (placed,) = build_layout(week(slots=(night,)), FRAME).placed
    assert (placed.column, placed.continues) == (0, True)


def test_slots_outside_the_days_are_left_out() -> None:
    assert build_layout(week(slots=(slot(date(2026, 12, 24), 9),)), FRAME).placed == ()


def test_points_lead_to_instants_on_a_raster_of_five_minutes() -> None:
    layout = build_layout(week(), FRAME)
    y = layout.y_of(at(MONDAY, 10))
    assert y is not None
    x = layout.columns[0].x + 3
    assert layout.instant_at(x, y) == at(MONDAY, 10)
    assert layout.instant_at(x, y + 8) == at(MONDAY, 10, 5)
    assert layout.instant_at(10, y) is None
    assert layout.instant_at(x, layout.height - 1) is None
    assert layout.y_of(at(date(2027, 1, 1), 10)) is None


def test_a_skipped_hour_holds_no_instant() -> None:
    sunday = date(2026, 3, 8)
    layout = build_layout(WeekProps(days=days(sunday, 1), rulers=(GUEST,)), FRAME)
    ((number, box),) = layout.gaps()
    assert number == 0
    assert box.height == 72
    assert layout.instant_at(box.x + 5, box.y + 5) is None


def test_busy_times_that_overlap_become_one() -> None:
    def busy(start: int, end: int, label: str) -> BusyBlock:
        return BusyBlock(start=at(MONDAY, start), end=at(MONDAY, end), label=label)

    blocks = (busy(13, 14, "Later"), busy(9, 11, "Ada"), busy(10, 12, "Sam"), busy(12, 13, "Next"))
    shown = build_layout(week(busy=blocks), FRAME).busy
    assert [placed.label for placed in shown] == ["Ada", "Next", "Later"]
    assert [placed.box.height for placed in shown] == [216, 72, 72]
    assert build_layout(week(busy=()), FRAME).busy == ()


def test_busy_times_fill_their_column() -> None:
    layout = build_layout(week(), FRAME)
    (busy,) = layout.busy
    assert (busy.box.x, busy.box.right) == (layout.columns[1].x + 1, layout.columns[1].right)


def test_the_now_line_is_on_its_day_only() -> None:
    layout = build_layout(week(now=at(MONDAY, 10, 15)), FRAME)
    assert layout.now == NowMark(0, layout.y(10.25 * 60))
    assert build_layout(week(now=at(date(2026, 12, 1), 10)), FRAME).now is None
    assert build_layout(week(), FRAME).now is None


def test_a_narrow_frame_still_gives_every_day_a_column() -> None:
    layout = build_layout(week(), Frame(width=0))
    assert [column.width for column in layout.columns] == [1] * 5


def test_more_lanes_when_the_column_is_wider() -> None:
    dense = tuple(slot(MONDAY, 9, minute, minutes=60) for minute in (0, 15, 30, 45))
    narrow = build_layout(week(slots=dense), Frame(width=500))
    wide = build_layout(WeekProps(days=days(count=1), rulers=(GUEST, YOU), slots=dense), Frame(width=800))
    assert len({placed.box.x for placed in narrow.placed}) == 1
    assert len({placed.box.x for placed in wide.placed}) == 4


def test_days_and_rulers_are_needed() -> None:
    with pytest.raises(ValueError, match="a day and a ruler"):
        build_layout(WeekProps(days=(), rulers=(GUEST,)), FRAME)
    with pytest.raises(ValueError, match="a day and a ruler"):
        build_layout(WeekProps(days=days(), rulers=()), FRAME)


def test_keys_of_the_samples_are_those_of_the_layout() -> None:
    placed = build_layout(week(), FRAME).placed
    assert placed[0].slot.key == key(0, "09:00")
    assert placed[0].slot.start == datetime(2026, 11, 23, 14, tzinfo=UTC)
