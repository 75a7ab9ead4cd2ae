"""The table of states: every pair of state and event."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest

from app.domain.changes import ChangeState, Refusal
from app.domain.meetings import FileId, MeetingId
from app.services.outbox.states import (
    ALLOWED,
    Absent,
    Began,
    Decided,
    Differs,
    Doubted,
    Event,
    Looked,
    LookFailed,
    Lost,
    NotSeen,
    Postponed,
    Refused,
    Succeeded,
    Unsure,
    Uploaded,
    moved,
)
from tests.fakes.clock import NOW
from tests.services.outbox.office import log
from tests.services.outbox.rows import row

S = ChangeState
LATER = NOW + timedelta(seconds=10)
WHY = Refusal("Rejected", "too long")
Values = dict[str, Any]

WORN: Values = {
    "attempt": 2,
    "started_at": NOW,
    "looks": 1,
    "not_before": LATER,
    "refusal": WHY,
    "theirs": {"title": "x"},
    "their_update": NOW,
}
"""What a row may have gathered on its way."""

TABLE: tuple[tuple[Event, dict[ChangeState, tuple[ChangeState, Values]]], ...] = (
    (
        Began(LATER),
        dict.fromkeys(
            (S.QUEUED, S.UNKNOWN),
            (S.SENDING, {"attempt": 3, "started_at": LATER, "looks": 0, "not_before": None, "refusal": None}),
        ),
    ),
    (Uploaded(FileId("f")), {S.SENDING: (S.SENDING, {"file_id": FileId("f")})}),
    (
        Succeeded(LATER, MeetingId("7")),
        dict.fromkeys(
            (S.SENDING, S.VERIFYING),
            (S.DONE, {"done_at": LATER, "server_id": MeetingId("7"), "not_before": None, "refusal": None}),
        ),
    ),
    (Postponed(NOW, None), {S.SENDING: (S.QUEUED, {"not_before": NOW, "refusal": None})}),
    (
        Postponed(None, WHY, is_unsent=True),
        {S.SENDING: (S.QUEUED, {"not_before": None, "refusal": WHY, "started_at": None})},
    ),
    (Refused(WHY), {S.SENDING: (S.DEAD, {"refusal": WHY})}),
    (
        Lost(LATER, NOW),
        {
            S.SENDING: (S.UNKNOWN, {"not_before": NOW, "started_at": LATER}),
            S.VERIFYING: (S.UNKNOWN, {"not_before": NOW}),
        },
    ),
    (Looked(), {S.UNKNOWN: (S.VERIFYING, {"not_before": None})}),
    (NotSeen(NOW), {S.VERIFYING: (S.UNKNOWN, {"looks": 2, "not_before": NOW, "refusal": None})}),
    (LookFailed(NOW, WHY), {S.VERIFYING: (S.UNKNOWN, {"not_before": NOW, "refusal": WHY})}),
    (
        Absent(),
        {
            S.VERIFYING: (
                S.QUEUED,
                {"looks": 2, "started_at": None, "not_before": None, "refusal": None},
            )
        },
    ),
    (Unsure(None), {S.VERIFYING: (S.ASKING, {"looks": 2, "not_before": None, "refusal": None})}),
    (Doubted(), {S.ASKING: (S.UNKNOWN, {"not_before": None, "refusal": None})}),
    (
        Decided(log(title="Other")),
        dict.fromkeys(
            (S.QUEUED, S.DEAD, S.CONFLICT, S.ASKING),
            (
                S.QUEUED,
                {
                    "change": log(title="Other"),
                    "not_before": None,
                    "refusal": None,
                    "theirs": {},
                    "their_update": None,
                    "looks": 0,
                },
            ),
        ),
    ),
)
ROWS = {state: row(state=state, **WORN) for state in ChangeState}


@pytest.mark.parametrize("state", ChangeState)
@pytest.mark.parametrize(("event", "ways"), TABLE, ids=[type(one[0]).__name__ for one in TABLE])
def test_every_event_in_every_state(
    event: Event, ways: dict[ChangeState, tuple[ChangeState, Values]], state: ChangeState
) -> None:
    wanted = ways.get(state)
    assert (state in ALLOWED[type(event)]) == (wanted is not None)
    if wanted is None:
        with pytest.raises(ValueError, match=f"{type(event).__name__} cannot happen"):
            moved(ROWS[state], event)
    else:
        assert moved(ROWS[state], event) == replace(ROWS[state], state=wanted[0], **wanted[1])


@pytest.mark.parametrize("state", ChangeState)
def test_a_conflict_is_met_while_sending_only(state: ChangeState) -> None:
    event = Differs({"title": "theirs"}, LATER)
    if state is S.SENDING:
        wanted = replace(ROWS[state], state=S.CONFLICT, theirs={"title": "theirs"}, their_update=LATER)
        assert moved(ROWS[state], event) == wanted
    else:
        with pytest.raises(ValueError, match="Differs cannot happen"):
            moved(ROWS[state], event)


def test_the_table_knows_every_event() -> None:
    kinds = set(get_args(Event))
    assert {type(event) for event, _ in TABLE} | {Differs} == kinds
    assert set(ALLOWED) == kinds


def test_a_decision_without_another_form_keeps_the_change() -> None:
    assert moved(ROWS[S.DEAD], Decided()).change == log()
