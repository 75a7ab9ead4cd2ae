"""What the changes of the outbox say: every kind, every state, every reason."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from PySide6.QtCore import QLocale

from app.domain.changes import (
    AttachFile,
    Change,
    ChangeState,
    DeleteMeeting,
    DetachFile,
    LinkRecord,
    LogMeeting,
    PinMeeting,
    Refusal,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    DEAL,
    Association,
    FileId,
    MeetingDetails,
    MeetingId,
    RecordRef,
)
from app.ui.kit.times import TimeWords
from app.ui.screens.log.outbox.words import change_words, loses_words, reason_words, state_words
from tests.fakes.clock import NOW
from tests.ui.screens.log.fakes import OPTIONS, change, edit

ID = MeetingId("1")
INTRO = MeetingDetails(title="Intro call")
ADA, NORTHWIND, ROLLOUT = RecordRef(CONTACT, "a"), RecordRef(COMPANY, "n"), RecordRef(DEAL, "r")
NAMES = {ADA: "Ada Okafor", NORTHWIND: "Northwind", ROLLOUT: ""}
BRITISH = TimeWords(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


def on(*refs: RecordRef) -> tuple[Association, ...]:
    return tuple(Association(ref) for ref in refs)


CHANGES: tuple[tuple[Change, str], ...] = (
    (LogMeeting(ID, INTRO), "Log “Intro call”"),
    (LogMeeting(ID, INTRO, on(ADA)), "Log “Intro call” on Ada Okafor"),
    (LogMeeting(ID, INTRO, on(ADA, ROLLOUT)), "Log “Intro call” on Ada Okafor, Deal"),
    (LogMeeting(ID, INTRO, on(ADA, NORTHWIND, ROLLOUT)), "Log “Intro call” on Ada Okafor, 2 more records"),
    (LogMeeting(ID, MeetingDetails()), "Log “Untitled meeting”"),
    (ScheduleMeeting(ID, INTRO, "7", "Europe/Berlin"), "Plan “Intro call”"),
    (edit("1", MeetingDetails(), MeetingDetails(outcome="NO_SHOW")), "Set “Demo” to No show"),
    (
        edit("1", MeetingDetails(), MeetingDetails(title="x", notes="y")),
        "Change “Demo”: Title, Internal notes",
    ),
    (DeleteMeeting(ID), "Delete “Demo”"),
    (LinkRecord(ID, Association(ADA)), "Put “Demo” on Ada Okafor"),
    (UnlinkRecord(ID, NORTHWIND), "Take “Demo” off Northwind"),
    (PinMeeting(ID, ROLLOUT), "Pin “Demo” on Deal"),
    (PinMeeting(ID, ADA, is_pinned=False), "Unpin “Demo” from Ada Okafor"),
    (AttachFile(ID, "s", "notes.pdf", 3), "Attach notes.pdf to “Demo”"),
    (DetachFile(ID, FileId("f")), "Take a file off “Demo”"),
)


@pytest.mark.parametrize(("what", "words"), CHANGES)
def test_every_change_has_words(what: Change, words: str) -> None:
    assert change_words(what, lambda _: "Demo", lambda ref: NAMES[ref], OPTIONS) == words


def test_hostile_names_stay_text_on_one_line() -> None:
    evil = "<img src=x>\n\u202eevil\u0007" + "x" * 10_000
    words = change_words(DeleteMeeting(ID), lambda _: evil, lambda _: evil, OPTIONS)
    assert words.startswith("Delete “<img src=x> evil")
    assert len(words) < 400
    assert not set(words) & {"\n", "\u202e", "\u0007"}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ChangeState.QUEUED, "Waiting since 10:14, Berlin time"),
        (ChangeState.SENDING, "Sending"),
        (ChangeState.UNKNOWN, "Checking whether it went through"),
        (ChangeState.VERIFYING, "Checking whether it went through"),
        (ChangeState.ASKING, "Nobody can say whether it arrived, since 10:14, Berlin time"),
        (ChangeState.CONFLICT, "Somebody else changed it too, since 10:14, Berlin time"),
        (ChangeState.DEAD, "Not sent, since 10:14, Berlin time"),
        (ChangeState.DONE, "Sent Mon 23 Nov, 09:15, Berlin time"),
    ],
)
def test_every_state_has_words(state: ChangeState, words: str) -> None:
    row = change(1, DeleteMeeting(ID), state, done_at=NOW - timedelta(hours=1))
    assert state_words(row, BRITISH, "Europe/Berlin", None) == words


@pytest.mark.parametrize(
    ("sent", "words"), [((30, 120), "Uploading, 25 %"), ((9, 0), "Sending"), ((9, 3), "Uploading, 100 %")]
)
def test_an_upload_says_how_far_it_is(sent: tuple[int, int], words: str) -> None:
    row = change(1, AttachFile(ID, "s", "a.pdf", 120), ChangeState.SENDING)
    assert state_words(row, BRITISH, "Europe/Berlin", sent) == words


REFUSALS: Mapping[str, str] = {
    "Rejected": "HubSpot did not accept this",
    "Gone": "HubSpot does not have this any more",
    "Conflict": "Somebody else was faster",
    "NotAllowed": "Missing permission: crm.objects.deals.write",
    "ServiceBroken": "HubSpot had a fault of its own",
    "Offline": "No connection to HubSpot",
    "SomethingNew": "HubSpot did not accept this",
}


@pytest.mark.parametrize(("kind", "words"), REFUSALS.items())
def test_a_refusal_has_the_words_of_its_problem(kind: str, words: str) -> None:
    row = change(1, DeleteMeeting(ID), ChangeState.DEAD, refusal=Refusal(kind, "crm.objects.deals.write"))
    assert words in reason_words(row)


def test_a_refused_field_is_named() -> None:
    refusal = Refusal("Rejected", "No.", {"title": "is too long", "hs_odd": "unknown"}, "8fa1")
    words = reason_words(change(1, DeleteMeeting(ID), ChangeState.DEAD, refusal=refusal))
    assert "8fa1" in words
    assert words.endswith("Title: is too long hs_odd: unknown")


def test_a_change_that_goes_on_has_no_reason() -> None:
    assert reason_words(change(1, DeleteMeeting(ID))) == ""
    assert reason_words(change(1, DeleteMeeting(ID), ChangeState.DEAD)) == ""
    assert "is it there?" in reason_words(change(1, DeleteMeeting(ID), ChangeState.ASKING))
    assert "whose version" in reason_words(change(1, DeleteMeeting(ID), ChangeState.CONFLICT))


@pytest.mark.parametrize(
    ("what", "is_lost"),
    [
        (LogMeeting(ID, INTRO), True),
        (ScheduleMeeting(ID, INTRO, "7", "UTC"), True),
        (AttachFile(ID, "s", "a.pdf", 3), True),
        (edit("1", MeetingDetails(), MeetingDetails(notes="written by hand")), True),
        (edit("1", MeetingDetails(notes="x"), MeetingDetails()), False),
        (edit("1", MeetingDetails(), MeetingDetails(outcome="NO_SHOW")), False),
        (DeleteMeeting(ID), False),
        (PinMeeting(ID, ADA), False),
    ],
)
def test_only_what_was_written_by_hand_is_asked_about(what: Change, is_lost: bool) -> None:
    assert bool(loses_words(what)) == is_lost
