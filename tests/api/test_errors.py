"""What the errors say of themselves."""

import pytest

from app.api.errors import (
    ApiError,
    BadReply,
    BreakerOpen,
    ConnectFailed,
    ConnectFault,
    Delivery,
    ErrorDetails,
    GrantNotKept,
    LossFault,
    OutcomeUnknown,
    RateLimited,
    Refused,
    ReplyFault,
    ServerFailed,
    SignInLost,
    TokenUnavailable,
)

DETAILS = ErrorDetails(
    status=400,
    category="VALIDATION_ERROR",
    sub_category="MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID",
    message="jane@acme.test cannot be booked",
    correlation_id="c-1",
)


@pytest.mark.parametrize(
    ("error", "delivery"),
    [
        (ConnectFailed(ConnectFault.NAME), Delivery.REFUSED),
        (BreakerOpen(3.0), Delivery.REFUSED),
        (TokenUnavailable(OutcomeUnknown(LossFault.TIMEOUT)), Delivery.REFUSED),
        (GrantNotKept(), Delivery.REFUSED),
        (SignInLost("invalid_grant"), Delivery.REFUSED),
        (Refused(DETAILS), Delivery.REFUSED),
        (RateLimited(retry_after=1.0), Delivery.REFUSED),
        (ServerFailed(ErrorDetails(status=503), 5.0), Delivery.REFUSED),
        (ServerFailed(ErrorDetails(status=503)), Delivery.UNKNOWN),
        (ServerFailed(ErrorDetails(status=500), 5.0), Delivery.UNKNOWN),
        (BadReply(ReplyFault.GARBAGE), Delivery.UNKNOWN),
        (OutcomeUnknown(LossFault.RESET), Delivery.UNKNOWN),
    ],
)
def test_each_error_knows_whether_it_can_have_had_an_effect(error: ApiError, delivery: Delivery) -> None:
    assert error.delivery is delivery


def test_an_error_shows_codes_and_no_sentence() -> None:
    error = Refused(DETAILS)
    assert (error.status, error.category, error.correlation_id) == (400, "VALIDATION_ERROR", "c-1")
    assert error.sub_category == DETAILS.sub_category
    assert error.message == DETAILS.message
    shown = str(error)
    assert "c-1" in shown
    assert "VALIDATION_ERROR" in shown
    assert "jane" not in shown
    assert "jane" not in repr(error)


def test_a_renewal_that_must_wait_passes_the_wait_on() -> None:
    assert TokenUnavailable(RateLimited(retry_after=7.0)).retry_after == 7.0
    assert ConnectFailed(ConnectFault.TIMEOUT).retry_after is None
