"""When to look for a lost creation, and when it may be sent again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.changes import ChangeState, ScheduleMeeting
from app.services.outbox.states import Absent, Event, NotSeen, Unsure
from app.services.outbox.verification import first_look, unseen
from tests.fakes.clock import NOW
from tests.services.outbox.office import DETAILS, LOCAL
from tests.services.outbox.rows import row

LOST = row(state=ChangeState.VERIFYING, started_at=NOW, attempt=1)


def after(seconds: float, looks: int, **values: Any) -> Event:
    """What follows from the look number `looks` + 1, that many seconds after the sending."""
    asked_at = NOW + timedelta(seconds=seconds)
    return unseen(replace(LOST, looks=looks, **values), asked_at=asked_at, now=asked_at)


def then(seconds: float) -> NotSeen:
    return NotSeen(NOW + timedelta(seconds=seconds))


def test_looks_come_after_2_10_60_and_121_seconds() -> None:
    assert first_look(NOW) == NOW + timedelta(seconds=2)
    assert after(2, 0) == then(10)
    assert after(10, 1) == then(60)
    assert after(60, 2) == then(121)
    assert after(121, 3) == Absent()


def test_late_looks_keep_a_little_distance_and_three_are_needed() -> None:
    assert after(3600, 0) == then(3602)
    assert after(3602, 1) == then(3604)
    assert after(3604, 2) == Absent()


def test_two_minutes_have_to_be_over() -> None:
    assert after(119, 7) == then(121)
    assert after(120, 7) == then(122)
    assert after(120.5, 7) == Absent()


def test_a_clock_that_was_set_back_makes_it_wait_longer() -> None:
    assert after(-3600, 3) == then(-3600 + 121)


def test_a_row_without_a_start_counts_as_sent_when_it_was_looked_for() -> None:
    assert after(500, 5, started_at=None) == then(621)


def test_a_computer_that_slept_during_a_look_does_not_make_it_younger() -> None:
    woken = NOW + timedelta(hours=1)
    slept = unseen(replace(LOST, looks=2), asked_at=NOW + timedelta(seconds=60), now=woken)
    assert slept == NotSeen(woken + timedelta(seconds=2))


def test_an_invitation_is_never_sent_again_without_asking() -> None:
    invitation = ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin")
    assert after(121, 3, change=invitation) == Unsure()


def test_the_third_attempt_is_the_last_one_without_asking() -> None:
    assert after(121, 3, attempt=2) == Absent()
    assert after(121, 3, attempt=3) == Unsure()
