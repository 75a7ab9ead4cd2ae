"""The sentence for the status line: a slot's times, or why a time cannot be booked."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from app.domain.links import LinkKind, UserId
from app.domain.reasons import (
    BufferTime,
    BusyTime,
    Limited,
    NotLoaded,
    OffRaster,
    OutsideHours,
    OutsideWindow,
    Past,
    Reason,
    TooShort,
)
from app.domain.slots import Busy
from app.ui.screens.book.calendar.status import cell_status, reason_words, slot_status
from tests.fakes.samples import JONAS, MARIA, OFFLINE_JONAS, at, sample_info, slot
from tests.ui.screens.book.snapshots import TUESDAY, calendar, known, with_state

NEW_YORK = "America/New_York"

WORDS: tuple[tuple[Reason, str], ...] = (
    (Past(), "it is over"),
    (NotLoaded(), "not loaded yet"),
    (OutsideWindow(at(1, 9), None), "outside the dates of this link"),
    (BusyTime((MARIA, JONAS), at(24, 10)), "Maria Nowak, Jonas Weber are busy until 11:00"),
    (
        BufferTime((replace(MARIA, full_name=""),), 15),
        "within the 15 min that maria@slotdesk.example keeps free around meetings",
    ),
    (OutsideHours(), "outside the weekly hours of this link"),
    (OffRaster(30), "meetings start every 30 min"),
    (TooShort((MARIA,), 15, 30), "Maria Nowak: only 15 min are free, the meeting needs 30"),
    (Limited(), "too soon, or limited by the link"),
)


def test_the_table_holds_every_reason() -> None:
    assert {type(reason) for reason, _ in WORDS} == set(get_args(Reason))


@pytest.mark.parametrize(("reason", "words"), WORDS, ids=lambda value: type(value).__name__)
def test_a_reason_ends_the_sentence(reason: Reason, words: str) -> None:
    assert reason_words(reason, calendar()) == words


def test_a_slot_is_told_in_both_zones() -> None:
    text = slot_status(calendar(guest_zone=NEW_YORK), slot(at(24, 17, 30)))
    assert text == "Tue 24 Nov, 12:30 – 13:00 in New York · 18:30 – 19:00 in Berlin, your time"


def test_in_ones_own_zone_a_slot_is_told_once() -> None:
    assert slot_status(calendar(), slot(at(24, 17, 30))) == "Tue 24 Nov, 18:30 – 19:00 in Berlin"


def test_a_risky_slot_warns() -> None:
    info = sample_info(kind=LinkKind.GROUP, members=(MARIA, OFFLINE_JONAS))
    inputs = with_state(calendar(*TUESDAY, info=info), availability=known(*TUESDAY, info=info))
    text = slot_status(inputs, slot(at(24, 9)))
    assert text.endswith(" · a host's calendar is disconnected, the booking may fail")


def test_a_cell_names_the_time_the_zone_and_the_reason() -> None:
    times = {UserId("501"): (Busy(at(24, 14), at(24, 15)),)}
    inputs = with_state(calendar(guest_zone=NEW_YORK), availability=known(busy=times))
    assert cell_status(inputs, at(24, 14)) == "Not 09:00 in New York: Maria Nowak is busy until 10:00"


@pytest.mark.parametrize(
    ("instant", "reason"),
    [
        (at(23, 8), "it is over"),
        (at(9, 9, month=12), "not loaded yet"),
        (at(25, 9, 5), "too soon, or limited by the link"),
    ],
)
def test_other_cells_have_their_reasons(instant: object, reason: str) -> None:
    assert cell_status(calendar(*TUESDAY), instant).endswith(reason)  # type: ignore[arg-type]


def test_a_cell_where_a_slot_begins_is_that_slot() -> None:
    assert cell_status(calendar(*TUESDAY), at(24, 9)) == "Tue 24 Nov, 10:00 – 10:30 in Berlin"


@pytest.mark.parametrize("inputs", [calendar(link=None), with_state(calendar(), info=None)])
def test_nothing_is_said_of_a_link_that_nobody_knows(inputs: object) -> None:
    assert cell_status(inputs, at(24, 12)) == ""  # type: ignore[arg-type]


def test_buffers_are_told() -> None:
    info = sample_info(buffer=timedelta(minutes=15))
    times = {UserId("501"): (Busy(at(24, 14), at(24, 15)),)}
    inputs = with_state(calendar(info=info), availability=known(busy=times), info=info)
    assert "within the 15 min that Maria Nowak keeps free" in cell_status(inputs, at(24, 15))
