"""The editor as it was left comes back as it was, and bad payloads only lose what cannot be read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.log_drafts import (
    NEW_KEY,
    PLAN_KEY,
    Arrangement,
    LogDraft,
    draft_key,
    log_draft_from,
    log_draft_payload,
    new_key,
    plan_key,
)
from app.domain.meetings import (
    COMPANY,
    CONTACT,
    CrmRecord,
    Meeting,
    MeetingDetails,
    MeetingField,
    MeetingId,
    RecordRef,
)
from app.domain.records import OwnerId

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ADA = CrmRecord(RecordRef(CONTACT, "1"), "Ada Okafor", "ada@northwind.example")
STORED = MeetingDetails(title="Stored", start=START, owner_id=OwnerId("7"))

_INSTANTS = {MeetingField.START, MeetingField.END}
texts = st.text(max_size=40)
details = st.builds(
    MeetingDetails,
    title=texts,
    start=st.none() | st.datetimes(timezones=st.just(UTC)),
    outcome=texts,
    owner_id=st.none() | st.just(OwnerId("7")),
    notes=texts,
)


def test_keys_tell_meetings_apart() -> None:
    assert draft_key(MeetingId("12")) == "log/12"
    assert new_key(MeetingDetails(), ()) == NEW_KEY
    assert plan_key(MeetingDetails(), ()) == PLAN_KEY
    assert plan_key(STORED, (ADA,)) == f"{PLAN_KEY}/{START.isoformat()}/0-1:1"
    assert new_key(STORED, (ADA,)) == f"{NEW_KEY}/{START.isoformat()}/0-1:1"


def test_an_empty_draft_is_not_worth_keeping() -> None:
    assert LogDraft().is_empty
    assert not LogDraft(typed=frozenset({MeetingField.TITLE})).is_empty
    assert not LogDraft(records=(ADA,)).is_empty
    assert not LogDraft(files=("/tmp/a.pdf",)).is_empty
    assert not LogDraft(plan=Arrangement(attendees=(OwnerId("7"),))).is_empty


def test_a_plan_that_cannot_be_read_is_left_out() -> None:
    payload = {"location_type": 3, "attendees": ["7", None, 8], "reminders": ["1", -5, 10]}
    assert log_draft_from(payload, STORED).plan == Arrangement("", (OwnerId("7"),), (10,))


@given(details=details, typed=st.frozensets(st.sampled_from(MeetingField)), is_pinned=st.booleans())
def test_a_draft_comes_back_as_it_was(
    details: MeetingDetails, typed: frozenset[MeetingField], is_pinned: bool
) -> None:
    pins = frozenset({ADA.ref}) if is_pinned else frozenset()
    seen = {name: STORED.text(name) for name in typed}
    plan = Arrangement("PHONE", (OwnerId("7"), OwnerId("8")), (10, 1440))
    draft = LogDraft(details, typed, seen, START, (ADA,), pins, ("a.pdf",), START, plan)
    read = log_draft_from(log_draft_payload(draft), details)
    assert read == draft


def test_only_what_was_typed_lies_over_the_stored_values() -> None:
    draft = LogDraft(MeetingDetails(title="Typed", notes="x"), frozenset({MeetingField.TITLE}))
    read = log_draft_from(log_draft_payload(draft), STORED)
    assert (read.details.title, read.details.notes, read.details.start) == ("Typed", "", START)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"fields": 3, "records": "no", "files": None, "saved_at": 5},
        {"fields": {"title": 4, "nonsense": "x", 7: "y"}},
        {"fields": {"start": "not a time", "end": ""}, "seen": {"start": "never", "title": 3}},
        {"records": [["0-1", "1", "Ada"], [1, 2, 3, 4, 5], "row", ["0-1", "1", "Ada", None, True]]},
        {"files": [1, None]},
    ],
)
def test_what_cannot_be_read_is_left_out(payload: dict[str, object]) -> None:
    read = log_draft_from(payload, STORED)
    assert read.details.title == "Stored"
    assert read.records == ()
    assert read.files == ()
    assert read.typed <= {MeetingField.END}


def test_an_unpinned_record_is_read_without_its_pin() -> None:
    northwind = RecordRef(COMPANY, "2")
    read = log_draft_from({"records": [["0-2", "2", "Northwind", "", False]]}, STORED)
    assert (read.records[0].ref, read.pins) == (northwind, frozenset())


def test_what_the_rep_saw_is_what_the_meeting_was_when_typing_began() -> None:
    seen = {MeetingField.TITLE: "Before", MeetingField.NOTES: "not typed"}
    draft = LogDraft(MeetingDetails(title="Mine"), frozenset({MeetingField.TITLE}), seen, START)
    later = START.replace(hour=11)
    now = Meeting(MeetingId("12"), MeetingDetails(title="Theirs", notes="Theirs"), updated_at=later)
    began = draft.begun_with(now)
    assert (began.details.title, began.details.notes, began.updated_at) == ("Before", "Theirs", START)
    assert LogDraft().begun_with(now) == now
