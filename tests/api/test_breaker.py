"""When an account's calls stop for a while."""

import pytest

from app.api.breaker import Breaker
from app.api.errors import (
    ApiError,
    BadReply,
    BreakerOpen,
    ConnectFailed,
    ConnectFault,
    ErrorDetails,
    Invalid,
    LossFault,
    OutcomeUnknown,
    RateLimited,
    ReplyFault,
    ServerFailed,
    SignInLost,
    TokenUnavailable,
)
from app.api.urgency import Urgency

USER, BACKGROUND = Urgency.USER, Urgency.BACKGROUND
LOST = OutcomeUnknown(LossFault.TIMEOUT)


def is_admitted(breaker: Breaker, now: float, urgency: Urgency = USER) -> bool:
    try:
        breaker.admit(now, urgency)
    except BreakerOpen:
        return False
    return True


def opened(at: float = 0.0) -> Breaker:
    breaker = Breaker(threshold=3)
    for _ in range(3):
        breaker.note_failure(at, LOST)
    return breaker


@pytest.mark.parametrize(
    "error",
    [
        LOST,
        ConnectFailed(ConnectFault.NAME),
        ServerFailed(ErrorDetails(status=500)),
        BadReply(ReplyFault.GARBAGE),
    ],
)
def test_it_opens_after_failures_in_a_row(error: ApiError) -> None:
    breaker = Breaker(threshold=3)
    for _ in range(2):
        breaker.note_failure(0.0, error)
        assert is_admitted(breaker, 0.0)
    breaker.note_failure(0.0, error)
    with pytest.raises(BreakerOpen) as refusal:
        breaker.admit(1.0, USER)
    assert refusal.value.retry_after == 4.0


def test_a_sign_of_life_starts_the_count_again() -> None:
    breaker = Breaker(threshold=2)
    for sign in (
        None,
        Invalid(ErrorDetails(status=400)),
        RateLimited(ErrorDetails(status=429), retry_after=1),
    ):
        breaker.note_failure(0.0, LOST)
        breaker.note_success() if sign is None else breaker.note_failure(0.0, sign)
        assert is_admitted(breaker, 0.0)
    breaker.note_failure(0.0, LOST)
    breaker.note_failure(0.0, LOST)
    assert not is_admitted(breaker, 0.0)


def test_what_never_reached_the_service_proves_nothing() -> None:
    breaker = Breaker(threshold=2)
    breaker.note_failure(0.0, LOST)
    for neutral in (SignInLost("x"), TokenUnavailable(LOST), RateLimited(retry_after=1.0), BreakerOpen(1.0)):
        breaker.note_failure(0.0, neutral)
        assert is_admitted(breaker, 0.0)
    breaker.note_failure(0.0, LOST)
    assert not is_admitted(breaker, 0.0)


def test_afterwards_one_background_call_tries_and_the_user_is_never_held() -> None:
    breaker = opened()
    assert not is_admitted(breaker, 4.9)
    assert is_admitted(breaker, 5.0, BACKGROUND)
    assert not is_admitted(breaker, 5.0, BACKGROUND)
    assert is_admitted(breaker, 5.0, USER)
    assert is_admitted(breaker, 5.0, USER)
    breaker.note_success()
    assert is_admitted(breaker, 5.1, BACKGROUND)
    assert is_admitted(breaker, 5.1, BACKGROUND)


def test_a_cancelled_try_lets_another_one_try() -> None:
    breaker = opened()
    assert is_admitted(breaker, 5.0, BACKGROUND)
    breaker.note_abandoned()
    assert is_admitted(breaker, 5.0, BACKGROUND)


def test_each_failed_try_doubles_the_pause_up_to_its_cap() -> None:
    breaker, now, pauses = opened(), 0.0, []
    for _ in range(6):
        with pytest.raises(BreakerOpen) as refusal:
            breaker.admit(now, USER)
        pauses.append(refusal.value.retry_after)
        now += refusal.value.retry_after or 0.0
        breaker.admit(now, USER)
        breaker.note_failure(now, LOST)
    assert pauses == [5.0, 10.0, 20.0, 40.0, 60.0, 60.0]
    breaker.note_success()
    assert is_admitted(breaker, now)


def test_stragglers_do_not_lengthen_the_pause() -> None:
    breaker = opened()
    for _ in range(20):
        breaker.note_failure(1.0, LOST)
    assert is_admitted(breaker, 5.0)
