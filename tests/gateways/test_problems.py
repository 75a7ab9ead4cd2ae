"""Every wire error as the rep's problem: the codes of reference 5.7, the statuses of section 3."""

from datetime import timedelta
from typing import Any

import pytest

from app.api import errors
from app.api.errors import ApiError, ErrorDetails, FieldError
from app.domain import problems
from app.domain.problems import Problem, StorageFailed, StorageTrouble
from app.gateways.problems import Call, Calls, problem_of
from tests.gateways.service import NOW

READING = Call(account_id="live-1", what="link", now=lambda: NOW)
BOOKING = Call(account_id="live-1", what="link", now=lambda: NOW, booked_for="ada@north.test")
CREATING = Call(account_id="live-1", what="meeting", now=lambda: NOW, sent_once=True)
SOON = NOW + timedelta(seconds=7)


def details(status: int = 400, **parts: Any) -> ErrorDetails:
    return ErrorDetails(status=status, message="No.", correlation_id="c-1", **parts)


def invalid(sub_category: str | None = None, **parts: Any) -> errors.Invalid:
    return errors.Invalid(details(category="VALIDATION_ERROR", sub_category=sub_category, **parts))


def said(problem: Problem) -> tuple[type[Problem], dict[str, object]]:
    return type(problem), vars(problem)


def same(problem: Problem, expected: Problem) -> bool:
    return said(problem) == said(expected)


SCHEDULING = "MeetingsBookingSchedulingError"
REJECTED = problems.Rejected("No.", {}, None, "c-1")
UNKNOWN = errors.OutcomeUnknown(errors.LossFault.RESET)
BROKEN = errors.ServerFailed(details(500))
GARBAGE = errors.BadReply(errors.ReplyFault.GARBAGE, details(200))
OFFLINE = errors.ConnectFailed(errors.ConnectFault.NAME)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (invalid(f"{SCHEDULING}.MEETING_START_TIME_NOT_VALID"), problems.SlotGone("c-1")),
        (invalid(f"{SCHEDULING}.MEETING_TIME_NOT_AVAILABLE"), problems.SlotGone("c-1")),
        (invalid(f"{SCHEDULING}.SOMETHING_NEW"), problems.SlotGone("c-1")),
        (errors.Conflict(details(409)), problems.SlotGone("c-1")),
        (
            invalid(f"{SCHEDULING}.MEETING_DURATION_NOT_VALID"),
            problems.Rejected("No.", {}, f"{SCHEDULING}.MEETING_DURATION_NOT_VALID", "c-1"),
        ),
        (
            invalid("MeetingsBookingCreatedError.BLOCKED_EMAIl"),
            problems.AddressBlocked("ada@north.test", "c-1"),
        ),
        (invalid("INVALID_EMAIL_GUESTS"), problems.GuestsRefused("c-1")),
        (
            invalid("INVALID_EMAIL"),
            problems.Rejected("No.", {"email": "No."}, "INVALID_EMAIL", "c-1"),
        ),
        (
            invalid(field_errors=(FieldError(code="INVALID_EMAIL_GUESTS"),)),
            problems.GuestsRefused("c-1"),
        ),
        (
            invalid(context={"formField": ("company",)}),
            problems.Rejected("No.", {"company": "No."}, None, "c-1"),
        ),
        (errors.Forbidden(details(403), ("x.write",)), problems.NotAllowed(("x.write",), "c-1")),
        (errors.NotFound(details(404)), problems.Gone("link", "c-1")),
        (BROKEN, problems.Unknown("c-1")),
        (errors.ServerFailed(details(503), 7.0), problems.SlowDown(SOON)),
        (GARBAGE, problems.Unknown("c-1")),
        (UNKNOWN, problems.Unknown()),
        (errors.RateLimited(details(429), retry_after=7.0), problems.SlowDown(SOON)),
        (OFFLINE, problems.Offline()),
        (errors.TokenUnavailable(BROKEN), problems.Offline()),
        (errors.TokenUnavailable(UNKNOWN), problems.Offline()),
        (errors.TokenUnavailable(errors.RateLimited(retry_after=7.0)), problems.SlowDown(SOON)),
    ],
)
def test_what_a_booking_meets(error: ApiError, expected: Problem) -> None:
    assert same(problem_of(error, BOOKING), expected)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (errors.SignInLost("invalid_grant"), problems.SignInNeeded("live-1")),
        (errors.Unauthorized(details(401)), problems.SignInNeeded("live-1")),
        (errors.Forbidden(details(403)), problems.NotAllowed((), "c-1")),
        (errors.NotFound(details(404)), problems.Gone("link", "c-1")),
        (errors.Conflict(details(409), "12"), problems.Conflict("No.", "12", "c-1")),
        (errors.RateLimited(details(429), retry_after=7.0), problems.SlowDown(SOON)),
        (errors.Locked(details(423), 7.0), problems.SlowDown(SOON)),
        (errors.BreakerOpen(7.0), problems.Offline()),
        (errors.Maintenance(details(477), 7.0), problems.SlowDown(SOON)),
        (errors.Maintenance(details(477), None), problems.ServiceBroken("c-1")),
        (errors.OAuthRefused("invalid_scope", details(400)), REJECTED),
        (BROKEN, problems.ServiceBroken("c-1")),
        (GARBAGE, problems.ServiceBroken("c-1")),
        (UNKNOWN, problems.Offline()),
        (OFFLINE, problems.Offline()),
        (errors.TokenUnavailable(BROKEN), problems.ServiceBroken("c-1")),
        (errors.TokenUnavailable(OFFLINE), problems.Offline()),
        (errors.TokenUnavailable(errors.SignInLost("x")), problems.SignInNeeded("live-1")),
        (errors.GrantNotKept(), StorageFailed(StorageTrouble.LOCKED, "key store")),
        (invalid(f"{SCHEDULING}.X"), problems.Rejected("No.", {}, f"{SCHEDULING}.X", "c-1")),
        (invalid("INVALID_EMAIL"), problems.Rejected("No.", {}, "INVALID_EMAIL", "c-1")),
        (ApiError(details(500)), problems.ServiceBroken("c-1")),
        (errors.SourceFailed("a.pdf"), problems.Gone("file")),
    ],
)
def test_what_a_question_meets(error: ApiError, expected: Problem) -> None:
    assert same(problem_of(error, READING), expected)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (BROKEN, problems.Unknown("c-1")),
        (GARBAGE, problems.Unknown("c-1")),
        (UNKNOWN, problems.Unknown()),
        (OFFLINE, problems.Offline()),
        (errors.ServerFailed(details(503), 7.0), problems.SlowDown(SOON)),
        (errors.TokenUnavailable(BROKEN), problems.Offline()),
        (errors.Conflict(details(409), "12"), problems.Conflict("No.", "12", "c-1")),
        (invalid(f"{SCHEDULING}.X"), problems.Rejected("No.", {}, f"{SCHEDULING}.X", "c-1")),
    ],
)
def test_what_a_create_meets(error: ApiError, expected: Problem) -> None:
    assert same(problem_of(error, CREATING), expected)


def test_every_kind_of_error_has_a_problem() -> None:
    def leaves(kind: type[ApiError]) -> set[type[ApiError]]:
        below = kind.__subclasses__()
        return {kind}.union(*map(leaves, below))

    named = {
        errors.NotSent: (),
        errors.Refused: (),
        ApiError: (),
        errors.ConnectFailed: (errors.ConnectFault.TLS,),
        errors.BreakerOpen: (1.0,),
        errors.TokenUnavailable: (OFFLINE,),
        errors.GrantNotKept: (),
        errors.SourceFailed: ("a.pdf",),
        errors.SignInLost: ("x",),
        errors.Invalid: (),
        errors.Unauthorized: (),
        errors.Forbidden: (details(403),),
        errors.NotFound: (),
        errors.Conflict: (details(409),),
        errors.Locked: (details(423), 2.0),
        errors.Maintenance: (details(477), None),
        errors.OAuthRefused: ("x", details(400)),
        errors.ServerFailed: (details(500),),
        errors.BadReply: (errors.ReplyFault.GARBAGE,),
        errors.OutcomeUnknown: (errors.LossFault.TIMEOUT,),
    }
    assert set(named) | {errors.RateLimited} == leaves(ApiError)
    for kind, arguments in named.items():
        for call in (READING, BOOKING, CREATING):
            assert isinstance(problem_of(kind(*arguments), call), Problem)


def test_fields_are_named_as_the_service_names_them() -> None:
    rows = (
        FieldError(message="Too long", location="jobtitle"),
        FieldError(message="Not one of the options", context={"propertyName": ("size", "kind")}),
        FieldError(message="Nameless"),
    )
    error = invalid(context={"missingFields": ("a",), "properties": ("b",), "ids": ("9",)}, field_errors=rows)
    found = problem_of(error, READING)
    assert isinstance(found, problems.Rejected)
    assert found.fields == {
        "a": "No.",
        "b": "No.",
        "jobtitle": "Too long",
        "size": "Not one of the options",
        "kind": "Not one of the options",
    }


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (ErrorDetails(status=400, sub_category="A.B", category="C"), "A.B"),
        (ErrorDetails(status=400, category="C"), "C"),
        (ErrorDetails(status=400), ""),
    ],
)
def test_a_refusal_without_words_shows_its_code(found: ErrorDetails, sentence: str) -> None:
    problem = problem_of(errors.Invalid(found), READING)
    assert isinstance(problem, problems.Rejected)
    assert problem.message == sentence


def test_the_key_store_s_own_words_are_kept() -> None:
    trouble = StorageFailed(StorageTrouble.UNREADABLE, "KWallet")
    error = errors.GrantNotKept()
    error.__cause__ = trouble
    assert problem_of(errors.TokenUnavailable(error), BOOKING) is trouble


def test_errors_are_translated_where_the_calls_are_made() -> None:
    calls = Calls("live-1", lambda: NOW)
    with pytest.raises(problems.Offline) as caught, calls.reading("links"):
        raise UNKNOWN
    assert caught.value.__cause__ is UNKNOWN
    with pytest.raises(problems.Unknown), calls.booking("ada@north.test"):
        raise UNKNOWN
    with pytest.raises(problems.Offline), calls.writing("meeting"):
        raise UNKNOWN
    with pytest.raises(problems.Unknown), calls.writing("meeting", sent_once=True):
        raise UNKNOWN
    assert same(calls.problem(errors.NotFound(details(404)), "meeting"), problems.Gone("meeting", "c-1"))
    with pytest.raises(problems.AddressBlocked) as blocked, calls.booking("ada@north.test"):
        raise invalid("MeetingsBookingCreatedError.BLOCKED_EMAIl")
    assert blocked.value.email == "ada@north.test"
    with pytest.raises(ZeroDivisionError), calls.reading("links"):
        raise ZeroDivisionError
