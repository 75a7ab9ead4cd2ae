"""What a problem means for a change, and how it is kept with it."""

from datetime import timedelta

import pytest

from app.domain.changes import (
    Change,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    PinMeeting,
    Refusal,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import FileId, MeetingId
from app.domain.problems import (
    Conflict,
    Gone,
    NotAllowed,
    Offline,
    Problem,
    Rejected,
    ServiceBroken,
    SignInNeeded,
    SlowDown,
    Unknown,
)
from app.services.outbox.states import Event, LookFailed, Lost, Postponed, Refused, Succeeded, Unsure
from app.services.outbox.verdicts import is_creation, look_verdict, refusal_of, verdict
from tests.fakes.clock import NOW
from tests.services.outbox.office import ADA, DETAILS, FULL, LOCAL, ON_ADA, log
from tests.services.outbox.rows import row

ID = MeetingId("7")
AGAIN = NOW + timedelta(seconds=3)
SOON = NOW + timedelta(seconds=9)
SCHEDULE = ScheduleMeeting(LOCAL, DETAILS, "501", "Europe/Berlin")
EDIT = EditMeeting(ID, ())


def told(change: Change, problem: Problem) -> Event:
    return verdict(row(change, started_at=NOW), problem, now=NOW, again_at=AGAIN)


@pytest.mark.parametrize("change", [log(), EDIT, SCHEDULE], ids=["log", "edit", "schedule"])
@pytest.mark.parametrize("problem", [Offline(), SignInNeeded("a"), FULL], ids=repr)
def test_what_was_not_sent_is_sent_later(change: Change, problem: Problem) -> None:
    kept = Refusal(type(problem).__name__)
    assert told(change, problem) == Postponed(AGAIN, kept, is_unsent=is_creation(change))


@pytest.mark.parametrize("change", [log(), EDIT], ids=["log", "edit"])
def test_a_pause_is_kept_to_but_never_lies_in_the_past(change: Change) -> None:
    for until, kept_to in ((SOON, SOON), (NOW - timedelta(days=1), NOW)):
        wanted = Postponed(kept_to, Refusal("SlowDown"), is_unsent=is_creation(change))
        assert told(change, SlowDown(until)) == wanted


@pytest.mark.parametrize("problem", [Unknown("c"), ServiceBroken("c")], ids=repr)
def test_a_lost_answer_is_looked_for_or_the_change_is_sent_again(problem: Problem) -> None:
    look = NOW + timedelta(seconds=2)
    assert told(log(), problem) == told(SCHEDULE, problem) == Lost(NOW, look)
    assert told(EDIT, problem) == Postponed(AGAIN, Refusal(type(problem).__name__, reference="c"))


@pytest.mark.parametrize(
    "change",
    [
        DeleteMeeting(ID),
        UnlinkRecord(ID, ADA),
        DetachFile(ID, FileId("f")),
        PinMeeting(ID, ADA, is_pinned=False),
    ],
    ids=lambda change: type(change).__name__,
)
def test_what_is_gone_need_not_be_taken_away(change: Change) -> None:
    assert told(change, Gone("meeting")) == Succeeded(NOW)


@pytest.mark.parametrize("change", [EDIT, LinkRecord(ID, ON_ADA), PinMeeting(ID, ADA), log()], ids=repr)
def test_what_is_gone_cannot_be_changed(change: Change) -> None:
    assert told(change, Gone("meeting")) == Refused(Refusal("Gone", "meeting"))


@pytest.mark.parametrize(
    ("problem", "refusal"),
    [
        (
            Rejected("no", {"title": "too long"}, "CODE", "c-1"),
            Refusal("Rejected", "no", {"title": "too long"}, "c-1"),
        ),
        (Conflict("other", "9", "c-2"), Refusal("Conflict", "other", {}, "c-2")),
        (NotAllowed(("a", "b")), Refusal("NotAllowed", "a b")),
    ],
)
def test_a_refusal_is_final_and_keeps_what_was_said(problem: Problem, refusal: Refusal) -> None:
    assert told(log(), problem) == told(EDIT, problem) == Refused(refusal)
    assert refusal_of(problem) == refusal


def test_a_look_that_cannot_be_made_says_nothing() -> None:
    def looked(problem: Problem) -> Event:
        return look_verdict(problem, now=NOW, again_at=AGAIN)

    for problem in (Offline(), Unknown(), ServiceBroken(), SignInNeeded("a"), FULL):
        assert looked(problem) == LookFailed(AGAIN, Refusal(type(problem).__name__))
    assert looked(SlowDown(SOON)) == LookFailed(SOON, Refusal("SlowDown"))
    assert looked(NotAllowed(("a",))) == Unsure(Refusal("NotAllowed", "a"))


def test_only_creations_may_not_be_sent_twice() -> None:
    assert is_creation(log())
    assert is_creation(SCHEDULE)
    assert not is_creation(EDIT)
