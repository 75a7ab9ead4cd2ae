"""The week's props: days, rulers, slots, busy times."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.links import LinkKind, UserId
from app.domain.slots import Busy
from app.services.availability_state import AvailabilityState
from app.ui.kit.calendar.model import SlotState
from app.ui.screens.book.calendar.week import clock_change_words, derive_rulers, derive_week
from tests.fakes.clock import NOW
from tests.fakes.samples import JONAS, MARIA, OFFLINE_JONAS, QUARTER, SLUG, at, sample_info, slot
from tests.ui.screens.book.snapshots import AMERICAN, TUESDAY, calendar, known, with_state

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


def test_a_slot_is_labelled_in_the_guests_time_with_the_reps_in_brackets() -> None:
    slots = derive_week(calendar(*TUESDAY, guest_zone=NEW_YORK)).slots
    assert [(one.label, one.detail) for one in slots] == [
        ("04:00", "(10:00)"),
        ("04:30", "(10:30)"),
        ("12:30", "(18:30)"),
    ]
    assert slots[2].accessible_name == "Tuesday 24 November, 12:30 to 13:00, New York time, free"
    assert [(one.start, one.end) for one in slots] == [tuple(slot(start)) for start in TUESDAY]


def test_in_ones_own_zone_nothing_stands_in_brackets() -> None:
    assert {one.detail for one in derive_week(calendar(*TUESDAY)).slots} == {""}


def test_twelve_hours_are_written_and_told_to_the_grid() -> None:
    props = derive_week(calendar(*TUESDAY, words=AMERICAN, guest_zone=NEW_YORK))
    assert props.twelve_hour is True
    assert props.slots[2].label == "12:30 PM"
    assert derive_week(calendar()).twelve_hour is False


def test_the_picked_slot_is_selected_whatever_its_length() -> None:
    states = [one.state for one in derive_week(calendar(*TUESDAY, selected=slot(at(24, 9), QUARTER))).slots]
    assert states == [SlotState.SELECTED, SlotState.FREE, SlotState.FREE]


def test_a_slot_on_a_hidden_calendar_is_marked_and_said() -> None:
    info = sample_info(kind=LinkKind.ROUND_ROBIN, members=(MARIA, OFFLINE_JONAS))
    times = {UserId("501"): (Busy(at(24, 9), at(24, 10)),)}
    inputs = with_state(calendar(*TUESDAY, info=info), availability=known(*TUESDAY, busy=times, info=info))
    risky = derive_week(inputs).slots[0]
    assert risky.offline_risk is True
    assert risky.accessible_name.endswith("; the host's calendar is disconnected")
    assert derive_week(calendar(*TUESDAY)).slots[0].offline_risk is False


def test_days_say_how_many_times_are_free_and_which_is_today() -> None:
    days = derive_week(calendar(*TUESDAY)).days
    assert [(day.title, day.number) for day in days] == [
        ("Mon", "23"),
        ("Tue", "24"),
        ("Wed", "25"),
        ("Thu", "26"),
        ("Fri", "27"),
    ]
    assert days[0].accessible_name == "Monday 23 November, 0 free"
    assert days[1].accessible_name == "Tuesday 24 November, 3 free"
    assert [day.is_today for day in days] == [True, False, False, False, False]


def test_days_that_are_over_are_dimmed() -> None:
    days = derive_week(calendar(*TUESDAY, now=at(25, 9))).days
    assert [day.is_past for day in days] == [True, True, False, False, False]
    assert days[2].is_today


def test_a_late_slot_counts_for_the_guests_day() -> None:
    days = derive_week(calendar(at(25, 2), guest_zone=NEW_YORK)).days
    assert days[1].accessible_name == "Tuesday 24 November, 1 free"


@pytest.mark.parametrize(
    ("day", "zone", "words"),
    [
        (date(2026, 11, 1), NEW_YORK, "Clocks go back"),
        (date(2026, 3, 8), NEW_YORK, "Clocks go forward"),
        (date(2026, 10, 25), BERLIN, "Clocks go back"),
        (date(2026, 3, 29), BERLIN, "Clocks go forward"),
        (date(2026, 11, 24), NEW_YORK, None),
        (date(2026, 11, 1), "Asia/Kolkata", None),
        (date(2026, 11, 1), "Mars/Phobos", None),
    ],
)
def test_a_clock_change_is_said_on_its_day(day: date, zone: str, words: str | None) -> None:
    assert clock_change_words(day, zone) == words


def test_the_week_of_a_clock_change_marks_the_day() -> None:
    props = derive_week(calendar(anchor=date(2026, 11, 1), week_days=7, first_weekday=7, guest_zone=NEW_YORK))
    assert [day.clock_change for day in props.days] == ["Clocks go back", *[None] * 6]


def test_rulers_are_the_guests_first_then_the_reps() -> None:
    rulers = derive_rulers(calendar(guest_zone=NEW_YORK))
    assert [(one.code, one.caption, one.emphasised) for one in rulers] == [
        ("NYC", "guest", True),
        ("BER", "you", False),
    ]


def test_one_zone_needs_one_ruler() -> None:
    assert [(one.code, one.caption, one.zone) for one in derive_rulers(calendar())] == [
        ("BER", "you", BERLIN)
    ]


def test_a_strange_zone_is_shown_by_its_letters() -> None:
    assert derive_rulers(calendar(guest_zone="Mars/Phobos"))[0].code == "MAR"


def test_busy_times_are_blocks_without_their_titles() -> None:
    times = {UserId("501"): (Busy(at(24, 10), at(24, 11)),)}
    props = derive_week(with_state(calendar(), availability=known(busy=times)))
    assert [(one.start, one.end, one.label) for one in props.busy] == [(at(24, 10), at(24, 11), "Busy")]


def test_the_grid_is_named_and_knows_the_time() -> None:
    props = derive_week(calendar(*TUESDAY, guest_zone=NEW_YORK))
    assert props.accessible_name == "Free times, 23 – 27 Nov, New York time"
    assert props.now == NOW
    assert props.first_hour == 8


@pytest.mark.parametrize(
    ("is_stale", "is_offline", "shown"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_times_look_stale_only_while_nothing_better_can_come(
    is_stale: bool, is_offline: bool, shown: bool
) -> None:
    inputs = with_state(calendar(*TUESDAY, is_offline=is_offline), is_stale=is_stale)
    assert derive_week(inputs).stale is shown


def test_an_unopened_link_is_a_skeleton_and_not_an_empty_week() -> None:
    props = derive_week(calendar(state=AvailabilityState()))
    assert props.loading is True
    assert props.empty is None


def test_an_empty_week_carries_its_card() -> None:
    props = derive_week(calendar())
    assert props.loading is False
    assert props.empty is not None


def test_group_members_do_not_change_the_slots() -> None:
    info = sample_info(SLUG, kind=LinkKind.GROUP, members=(MARIA, JONAS))
    assert derive_week(calendar(*TUESDAY, info=info)).slots == derive_week(calendar(*TUESDAY)).slots


def test_the_same_snapshot_gives_the_same_props() -> None:
    assert derive_week(calendar(*TUESDAY)) == derive_week(replace(calendar(*TUESDAY)))
