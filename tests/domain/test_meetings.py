"""Meetings, their fields in text form, and the values around them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from app.domain.changes import STUCK_STATES, WAITING_STATES, ChangeState
from app.domain.meetings import (
    FieldEdit,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingIndex,
    edits_between,
    is_local,
    local_meeting_id,
)
from tests.domain.meeting_world import ADA, MEI, NINE, ROLLOUT, details, meeting


def test_local_meetings_are_told_apart() -> None:
    assert is_local(local_meeting_id("a1"))
    assert not is_local(MeetingId("7001"))


def test_fields_have_one_text_form() -> None:
    shown = MeetingDetails(
        title="Intro", start=datetime(2026, 11, 23, 10, tzinfo=timezone(timedelta(hours=1))), owner_id=MEI
    )
    assert shown.text(MeetingField.START) == "2026-11-23T09:00:00+00:00"
    assert shown.text(MeetingField.END) == ""
    assert shown.text(MeetingField.OWNER) == "11"
    assert shown.text(MeetingField.TITLE) == "Intro"


def test_an_empty_text_clears() -> None:
    cleared = meeting().details.with_texts(dict.fromkeys(MeetingField, ""))
    assert cleared == MeetingDetails()


@pytest.mark.parametrize(
    "bad",
    ["soon", "2026-11-23", "2026-11-23T09:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"],
)
def test_an_instant_without_an_offset_or_outside_the_calendar_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        MeetingDetails().with_texts({MeetingField.END: bad})


@given(details)
def test_text_forms_lead_back_to_the_same_details(shown: MeetingDetails) -> None:
    assert MeetingDetails().with_texts({name: shown.text(name) for name in MeetingField}) == shown


@given(details, details)
def test_edits_lead_from_one_to_the_other(before: MeetingDetails, after: MeetingDetails) -> None:
    edits = edits_between(before, after)
    assert before.with_texts({one.name: one.after for one in edits}) == after
    assert after.with_texts({one.name: one.before for one in edits}) == before
    assert all(one.before != one.after for one in edits)
    assert edits_between(before, before) == ()


def test_edits_come_in_the_order_of_fields() -> None:
    shown = meeting().details
    changed = replace(shown, notes="n", title="Demo", start=NINE + timedelta(hours=1))
    assert edits_between(shown, changed) == (
        FieldEdit(MeetingField.TITLE, "Intro call with Ada Okafor", "Demo"),
        FieldEdit(MeetingField.START, "2026-11-23T09:00:00+00:00", "2026-11-23T10:00:00+00:00"),
        FieldEdit(MeetingField.NOTES, "", "n"),
    )


def test_a_meeting_names_its_records_as_far_as_they_are_known() -> None:
    assert meeting(on=(ADA, ROLLOUT)).refs == (ADA, ROLLOUT)
    assert meeting(on=None).refs == ()


def test_an_index_is_as_long_as_its_ids() -> None:
    assert len(MeetingIndex()) == 0
    assert len(MeetingIndex((MeetingId("1"),), [0])) == 1


def test_a_change_is_done_or_waits_or_is_stuck() -> None:
    assert WAITING_STATES | STUCK_STATES | {ChangeState.DONE} == set(ChangeState)
    assert not WAITING_STATES & STUCK_STATES


def test_the_ends_of_the_calendar_have_a_text_form() -> None:
    for instant in (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)):
        text = MeetingDetails(start=instant).text(MeetingField.START)
        assert MeetingDetails().with_texts({MeetingField.START: text}).start == instant
