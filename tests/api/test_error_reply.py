"""Answers that are not 2xx, and the errors they stand for."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.error_reply import error_of
from app.api.errors import (
    ApiError,
    BadReply,
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    Locked,
    Maintenance,
    NotFound,
    OAuthRefused,
    RateLimited,
    ReplyFault,
    ServerFailed,
    Unauthorized,
)
from app.api.reply import Reply
from tests.api.wire import sample

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def told(status: int, body: object = b"", *, is_oauth: bool = False, **headers: str) -> ApiError:
    raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
    found = {name.replace("_", "-"): text for name, text in headers.items()}
    return error_of(Reply(status, found, raw), utc_now=NOW, is_oauth=is_oauth)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, BadReply),
        (400, Invalid),
        (401, Unauthorized),
        (402, Invalid),
        (403, Forbidden),
        (404, NotFound),
        (409, Conflict),
        (410, NotFound),
        (414, Invalid),
        (423, Locked),
        (429, RateLimited),
        (477, Maintenance),
        (500, ServerFailed),
        (503, ServerFailed),
        (524, ServerFailed),
        (599, ServerFailed),
    ],
)
def test_every_status_has_its_class_without_a_body(status: int, kind: type[ApiError]) -> None:
    error = told(status)
    assert type(error) is kind
    assert error.status == status
    assert error.message == ""


def test_a_redirect_is_a_fault_of_the_reply() -> None:
    error = told(307, location="https://elsewhere.test/")
    assert isinstance(error, BadReply)
    assert error.fault is ReplyFault.REDIRECT


def test_the_error_body_is_read_whole() -> None:
    error = told(400, sample("error_start_not_valid"))
    assert isinstance(error, Invalid)
    assert error.category == "VALIDATION_ERROR"
    assert error.sub_category == "MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"
    assert error.correlation_id == "7c1d5a3e-2f0b-4b5e-9d70-0f6f6d1c2a11"
    assert error.details.context == {"slug": ("ana/intro",)}
    assert error.field_errors == (
        FieldError(
            message="startTime is not offered",
            code="NOT_OFFERED",
            sub_category="Detail",
            location="startTime",
            context={"offered": ("1", "2")},
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[1]",
        b"null",
        b"[" * 100_000,
        b'{"message": "\xff"}',
        {"message": 5, "category": [], "context": 3, "errors": "x", "correlationId": {}},
        {"errors": [1, None, {"context": {"a": None, "b": [1, "", "x"]}, "message": {}}]},
        {"context": {"missingScopes": {"a": 1}}},
    ],
)
def test_no_body_is_too_strange(body: object) -> None:
    error = told(403, body, x_hubspot_correlation_id="from-header")
    assert isinstance(error, Forbidden)
    assert error.correlation_id == "from-header"
    assert error.missing_scopes == ()


def test_endless_texts_and_rows_are_cut() -> None:
    error = told(400, {"message": "x" * 10_000, "errors": [{"message": "y"}] * 1_000})
    assert len(error.message) == 2_000
    assert len(error.details.field_errors) == 100


def test_missing_scopes_are_found_in_all_their_places() -> None:
    error = told(403, sample("error_missing_scopes"))
    assert isinstance(error, Forbidden)
    assert error.missing_scopes == ("crm.objects.contacts.write", "scheduler.meetings.meeting-link.read")


def test_a_conflict_names_the_record_that_is_in_the_way() -> None:
    error = told(409, sample("error_contact_exists"))
    assert isinstance(error, Conflict)
    assert error.existing_id == "70124"
    plain = told(409, {"message": "somebody was faster"})
    assert isinstance(plain, Conflict)
    assert plain.existing_id is None


def test_a_lock_lasts_two_seconds_at_least() -> None:
    assert told(423).retry_after == 2.0
    assert told(423, retry_after="5").retry_after == 5.0


def test_a_rate_limit_says_how_long() -> None:
    stated = told(429, sample("error_rate_limit"), retry_after="3")
    assert isinstance(stated, RateLimited)
    assert (stated.retry_after, stated.is_stated, stated.policy) == (3.0, True, "TEN_SECONDLY_ROLLING")
    assert stated.category == "RATE_LIMIT"
    guessed = told(429, sample("error_rate_limit"))
    assert isinstance(guessed, RateLimited)
    assert (guessed.retry_after, guessed.is_stated) == (10.0, False)


def test_a_date_in_retry_after_counts_from_the_answers_date() -> None:
    error = told(429, retry_after="Thu, 19 Nov 2026 09:00:30 GMT", date="Thu, 19 Nov 2026 09:00:00 GMT")
    assert error.retry_after == 30.0


def test_a_move_to_another_data_centre_may_take_a_day() -> None:
    assert told(477, retry_after="80000").retry_after == 80_000.0
    assert told(477).retry_after is None


def test_an_overload_may_name_a_pause() -> None:
    assert told(503, retry_after="4").retry_after == 4.0
    assert told(503).retry_after is None


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (400, {"error": "invalid_grant", "error_description": "refresh token is revoked"}, "invalid_grant"),
        (401, {"error": "invalid_client"}, "invalid_client"),
        (400, {"status": "BAD_REFRESH_TOKEN", "message": "missing or invalid"}, "invalid_grant"),
        (400, {"status": "BAD_AUTH_CODE"}, "invalid_grant"),
        (400, {"status": "BAD_CLIENT_SECRET"}, "invalid_client"),
    ],
)
def test_oauth_errors_keep_their_code(status: int, body: object, code: str) -> None:
    error = told(status, body, is_oauth=True)
    assert isinstance(error, OAuthRefused)
    assert error.code == code


def test_an_oauth_description_is_the_message() -> None:
    error = told(400, {"error": "invalid_grant", "error_description": "gone"}, is_oauth=True)
    assert error.message == "gone"


def test_an_oauth_answer_without_a_code_is_judged_by_its_status() -> None:
    assert type(told(400, {"message": "odd"}, is_oauth=True)) is Invalid
    assert type(told(400, {"error": "invalid_grant"})) is Invalid
    assert type(told(503, {"error": "server_error"}, is_oauth=True)) is ServerFailed


@given(st.integers(300, 699), st.binary(max_size=200), st.text(max_size=30), st.booleans())
def test_anything_at_all_becomes_an_error(status: int, body: bytes, retry_after: str, is_oauth: bool) -> None:
    headers = {"retry-after": retry_after, "date": retry_after}
    error = error_of(Reply(status, headers, body), utc_now=NOW, is_oauth=is_oauth)
    assert isinstance(error, ApiError)
    assert error.status == status
