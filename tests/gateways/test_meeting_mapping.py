"""Stored values, ordinary and odd, and what is written of them."""

from datetime import UTC, datetime

import pytest

from app.api.decoding import WireId
from app.api.hubspot.object_payloads import ObjectPayload, PropertyValue
from app.domain.meetings import FieldEdit, FileId, MeetingDetails, MeetingField
from app.gateways.hubspot.meeting_mapping import (
    attached,
    changes_of,
    field_named,
    is_marked,
    marked,
    meeting_of,
    properties_of,
)

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def stored(**properties: PropertyValue) -> ObjectPayload:
    return ObjectPayload(id=WireId("7"), properties=properties)


def test_every_value_is_read() -> None:
    payload = ObjectPayload(
        id=WireId("7"),
        properties={
            "hs_meeting_title": "Kick-off",
            "hs_meeting_start_time": "2026-11-20T09:00:00Z",
            "hs_meeting_end_time": 1795168800000,
            "hs_meeting_outcome": "COMPLETED",
            "hs_activity_type": "Demo",
            "hubspot_owner_id": 4401,
            "hs_meeting_location": "Room 1",
            "hs_meeting_body": "<p>a</p><p>b</p>",
            "hs_internal_meeting_notes": "n",
            "hs_meeting_external_url": "https://cal.test/1",
            "hs_attachment_ids": "3; 1;;3",
            "hs_unique_id": "cal-1",
            "hs_video_conference_url": "https://zoom.test/1",
            "hs_meeting_source": "INTEGRATION",
            "hs_createdate": "2026-11-01T09:00:00Z",
        },
        updated_at="2026-11-02T09:00:00.123Z",
    )
    meeting = meeting_of(payload)
    assert meeting.details == MeetingDetails(
        title="Kick-off",
        start=NINE,
        end=TEN,
        outcome="COMPLETED",
        activity_type="Demo",
        owner_id="4401",  # type: ignore[arg-type]
        location="Room 1",
        body="a\nb",
        notes="n",
        external_url="https://cal.test/1",
    )
    assert meeting.attachments == ("3", "1")
    assert (meeting.calendar_id, meeting.join_url) == ("cal-1", "https://zoom.test/1")
    assert (meeting.source, meeting.associations) == ("INTEGRATION", None)
    assert meeting.created_at == datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert meeting.updated_at == datetime(2026, 11, 2, 9, 0, 0, 123_000, tzinfo=UTC)


def test_odd_values_are_kept_and_unreadable_ones_are_as_if_not_set() -> None:
    odd = meeting_of(
        stored(
            hs_meeting_outcome="SOMETHING_OF_OURS",
            hs_activity_type="First meeting <3",
            hs_meeting_start_time="2026-11-20T10:00:00Z",
            hs_meeting_end_time="2026-11-20T09:00:00Z",
            hs_meeting_title=None,
            hubspot_owner_id="",
            hs_attachment_ids=None,
        )
    )
    assert (odd.details.outcome, odd.details.activity_type) == ("SOMETHING_OF_OURS", "First meeting <3")
    assert (odd.details.start, odd.details.end) == (TEN, NINE)
    assert (odd.details.title, odd.details.owner_id, odd.attachments) == ("", None, ())
    for value in (None, "", "yesterday", True, "99999999999999999999"):
        undated = meeting_of(stored(hs_meeting_start_time=value, hs_meeting_end_time=value))
        assert (undated.details.start, undated.details.end) == (None, None)
    assert meeting_of(stored(hs_timestamp="2026-11-20T09:00:00Z")).details.start == NINE
    late = meeting_of(stored(hs_lastmodifieddate="2026-11-20T09:00:00Z"))
    assert (late.updated_at, late.created_at) == (NINE, None)


@pytest.mark.parametrize(
    ("notes", "shown"),
    [
        ("", ""),
        ("one", "one"),
        ("one\n\ntwo <b> & co", "one\n\ntwo <b> & co"),
        ("[slotdesk:other]", ""),
    ],
)
def test_the_mark_is_found_and_never_shown(notes: str, shown: str) -> None:
    payload = stored(hs_internal_meeting_notes=marked(notes, "0197a"))
    assert is_marked(payload, "0197a")
    assert not is_marked(payload, "0197")
    assert meeting_of(payload).details.notes == shown


def test_a_mark_is_known_after_hubspot_has_wrapped_it() -> None:
    for notes in ("<p>one</p><p>[slotdesk:0197a]</p>", "<div>[slotdesk:0197a]<br>more</div>"):
        payload = stored(hs_internal_meeting_notes=notes)
        assert is_marked(payload, "0197a")
        assert "slotdesk" not in meeting_of(payload).details.notes
    assert not is_marked(stored(hs_internal_meeting_notes="see [slotdesk:0197a] there"), "0197a")


def test_a_new_meeting_sends_what_is_set() -> None:
    assert properties_of(MeetingDetails()) == {}
    assert properties_of(MeetingDetails(title="t", start=NINE, body="a\nb")) == {
        "hs_meeting_title": "t",
        "hs_meeting_start_time": "2026-11-20T09:00:00.000Z",
        "hs_timestamp": "2026-11-20T09:00:00.000Z",
        "hs_meeting_body": "a<br>b",
    }


def test_an_edit_sends_its_fields_and_an_empty_text_clears() -> None:
    edits = [FieldEdit(name, "x", "") for name in MeetingField]
    cleared = changes_of(edits)
    assert set(cleared.values()) == {""}
    assert "hs_timestamp" not in cleared
    moved = changes_of([FieldEdit(MeetingField.START, "", TEN.isoformat())])
    assert moved == dict.fromkeys(("hs_meeting_start_time", "hs_timestamp"), "2026-11-20T10:00:00.000Z")
    assert changes_of([FieldEdit(MeetingField.OWNER, "", "9")]) == {"hubspot_owner_id": "9"}
    assert attached((FileId("1"), FileId("2"))) == {"hs_attachment_ids": "1;2"}


def test_properties_have_the_names_of_fields() -> None:
    assert field_named("hs_meeting_outcome") == "outcome"
    assert field_named("hs_timestamp") == "start"
    assert field_named("hs_something_new") == "hs_something_new"
