"""What Pipedrive may ask of a provider: times, durations and topics, good and hostile."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.provider import (
    MOST_DURATION_MIN,
    MOST_TOPIC_LETTERS,
    BodyFault,
    CallRequest,
    FieldFault,
    VideoMeeting,
    VideoMeetingId,
    read_call,
    read_link_id,
    read_start,
    start_text,
)

BODY = {"topic": "Demo", "start_time": "2026-11-23 09:30", "duration": 30}


def test_a_call_is_read_with_its_extra_fields_let_pass() -> None:
    call = read_call({**BODY, "duration": 22.5, "extra": [1]})
    assert call == CallRequest("Demo", datetime(2026, 11, 23, 9, 30, tzinfo=UTC), 22.5)
    assert isinstance(call, CallRequest)
    assert call.end == datetime(2026, 11, 23, 9, 52, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("topic", None, BodyFault.MISSING),
        ("topic", 7, BodyFault.NOT_TEXT),
        ("topic", " \n\x00", BodyFault.BLANK),
        ("start_time", None, BodyFault.MISSING),
        ("start_time", 1_700_000_000, BodyFault.NOT_TEXT),
        ("start_time", "2026-11-23T09:30", BodyFault.NOT_A_START),
        ("start_time", "2026-11-23 09:30:00", BodyFault.NOT_A_START),
        ("start_time", "2026-11-23 09:30Z", BodyFault.NOT_A_START),
        ("start_time", "2026-11-23 09:30\n", BodyFault.NOT_A_START),
        ("start_time", "2026-02-30 09:30", BodyFault.NOT_A_START),
        ("start_time", "2026-11-23 24:00", BodyFault.NOT_A_START),
        ("start_time", "٢٠٢٦-11-23 09:30", BodyFault.NOT_A_START),
        ("start_time", "0000-11-23 09:30", BodyFault.NOT_A_START),
        ("start_time", "9999-12-31 23:59", BodyFault.NOT_A_START),
        ("duration", None, BodyFault.MISSING),
        ("duration", "30", BodyFault.NOT_A_NUMBER),
        ("duration", True, BodyFault.NOT_A_NUMBER),
        ("duration", math.nan, BodyFault.NOT_A_NUMBER),
        ("duration", math.inf, BodyFault.NOT_A_NUMBER),
        ("duration", 0, BodyFault.NOT_POSITIVE),
        ("duration", -1.5, BodyFault.NOT_POSITIVE),
        ("duration", MOST_DURATION_MIN + 1, BodyFault.TOO_LONG),
        ("duration", 10**400, BodyFault.TOO_LONG),
    ],
)
def test_an_unusable_field_is_named(field: str, value: object, fault: BodyFault) -> None:
    assert read_call({**BODY, field: value}) == (FieldFault(field, fault),)


def test_all_unusable_fields_are_named_together() -> None:
    assert read_call({}) == tuple(
        FieldFault(name, BodyFault.MISSING) for name in ("topic", "start_time", "duration")
    )


@pytest.mark.parametrize("body", [None, [], "x", 1])
def test_a_body_that_is_no_object(body: object) -> None:
    assert read_call(body) == (FieldFault("", BodyFault.NOT_AN_OBJECT),)


def test_a_topic_is_one_clean_line() -> None:
    call = read_call({**BODY, "topic": "  A\r\nB\x00\ud800C \u202e 👩\u200d🚀" + "x" * 900})
    assert isinstance(call, CallRequest)
    assert call.topic.startswith("A B C 👩\u200d🚀x")
    assert len(call.topic) == MOST_TOPIC_LETTERS


LOW, HIGH = datetime(1, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001


@given(st.datetimes(min_value=LOW, max_value=HIGH), st.integers(-14, 14))
def test_starts_survive_their_spelling(moment: datetime, offset_h: int) -> None:
    start = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    assert read_start(start_text(start.astimezone(timezone(timedelta(hours=offset_h))))) == start


def test_link_ids_are_uuids_in_small_letters() -> None:
    assert read_link_id("0F8FAD5B-D9CB-469F-A165-70867728950E") == "0f8fad5b-d9cb-469f-a165-70867728950e"
    for text in (
        "",
        "0f8fad5b",
        "{0f8fad5b-d9cb-469f-a165-70867728950e}",
        "0f8fad5bd9cb469fa16570867728950e",
    ):
        assert read_link_id(text) is None


def test_a_meeting_needs_no_password() -> None:
    assert VideoMeeting(VideoMeetingId("m"), "https://meet.example/x", "Join").password is None
