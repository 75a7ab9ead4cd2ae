"""Whether a failed call is sent again, and when."""

import random

import pytest

from app.api.errors import (
    ApiError,
    BadReply,
    BreakerOpen,
    Conflict,
    ConnectFailed,
    ConnectFault,
    ErrorDetails,
    Forbidden,
    GrantNotKept,
    Invalid,
    Locked,
    LossFault,
    Maintenance,
    NotFound,
    OutcomeUnknown,
    RateLimited,
    ReplyFault,
    ServerFailed,
    SignInLost,
    TokenUnavailable,
    Unauthorized,
)
from app.api.retry import RequestClass, RetryBudget, RetryPolicy, may_pass, new_randomness, verdict
from tests.api.wire import NoJitter

SAFE, IDEMPOTENT, AMBIGUOUS = RequestClass.SAFE, RequestClass.IDEMPOTENT, RequestClass.AMBIGUOUS
SAID = ErrorDetails(status=400)


def failed(status: int, retry_after: float | None = None) -> ServerFailed:
    return ServerFailed(ErrorDetails(status=status), retry_after)


LOST = OutcomeUnknown(LossFault.TIMEOUT)
UNREACHED = ConnectFailed(ConnectFault.NETWORK)


@pytest.mark.parametrize(
    ("error", "safe", "ambiguous"),
    [
        (UNREACHED, True, True),
        (ConnectFailed(ConnectFault.TLS), False, False),
        (ConnectFailed(ConnectFault.CLOSED), False, False),
        (TokenUnavailable(LOST), True, True),
        (TokenUnavailable(GrantNotKept()), False, False),
        (BreakerOpen(1.0), False, False),
        (SignInLost("invalid_grant"), False, False),
        (Invalid(SAID), False, False),
        (Unauthorized(SAID), False, False),
        (Forbidden(SAID), False, False),
        (NotFound(SAID), False, False),
        (Conflict(SAID), False, False),
        (Locked(SAID, 2.0), True, False),
        (RateLimited(retry_after=1.0), True, False),
        (RateLimited(ErrorDetails(policy="DAILY"), retry_after=900.0), False, False),
        (Maintenance(SAID, 60.0), False, False),
        *((failed(status), True, False) for status in (500, 502, 503, 504, 521, 523, 524)),
        *((failed(status), False, False) for status in (501, 505, 520, 522, 525, 526, 599)),
        (BadReply(ReplyFault.GARBAGE), True, False),
        (BadReply(ReplyFault.TRUNCATED), True, False),
        (BadReply(ReplyFault.WRONG_TYPE), True, False),
        (BadReply(ReplyFault.TOO_LARGE), False, False),
        (BadReply(ReplyFault.REDIRECT), False, False),
        (LOST, True, False),
        (OutcomeUnknown(LossFault.RESET), True, False),
    ],
)
def test_only_what_may_pass_is_sent_again(error: ApiError, safe: bool, ambiguous: bool) -> None:
    assert may_pass(error, SAFE) is safe
    assert may_pass(error, IDEMPOTENT) is safe
    assert may_pass(error, AMBIGUOUS) is ambiguous


@pytest.mark.parametrize(("request_class", "most"), [(SAFE, 4), (IDEMPOTENT, 6), (AMBIGUOUS, 2)])
def test_each_class_has_its_number_of_retries(request_class: RequestClass, most: int) -> None:
    waits = [
        RetryPolicy().wait(UNREACHED, request_class, failures=n, randomness=NoJitter()) for n in range(1, 9)
    ]
    assert [wait is not None for wait in waits] == [n <= most for n in range(1, 9)]


def test_the_wait_doubles_up_to_its_cap_with_full_jitter() -> None:
    policy = RetryPolicy(safe=20)
    longest = [policy.wait(LOST, SAFE, failures=n, randomness=NoJitter()) for n in (1, 2, 3, 7, 8, 12)]
    assert longest == [0.5, 1.0, 2.0, 32.0, 60.0, 60.0]
    source = random.Random(4)
    drawn = [policy.wait(LOST, SAFE, failures=3, randomness=source) or 0.0 for _ in range(500)]
    assert 0.0 <= min(drawn) < 0.1
    assert 1.9 < max(drawn) <= 2.0


def test_a_stated_pause_is_never_shortened() -> None:
    source = random.Random(4)
    limited = RateLimited(retry_after=3.0)
    waits = [RetryPolicy().wait(limited, SAFE, failures=4, randomness=source) or 0.0 for _ in range(200)]
    assert min(waits) >= 3.0
    assert max(waits) <= 3.5


def test_the_budget_lets_a_tenth_of_the_calls_be_retries() -> None:
    budget = RetryBudget(reserve=0.0)
    taken = 0
    for _ in range(1_000):
        budget.note_call()
        taken += budget.take()
    assert 99 <= taken <= 100


def test_the_budget_starts_with_a_reserve_and_does_not_pile_up() -> None:
    budget = RetryBudget()
    assert sum(budget.take() for _ in range(20)) == 10
    for _ in range(10_000):
        budget.note_call()
    assert sum(budget.take() for _ in range(100)) == 50


@pytest.mark.parametrize("request_class", list(RequestClass))
def test_one_failure_is_its_own_verdict(request_class: RequestClass) -> None:
    assert verdict([LOST], request_class) is LOST
    opened = BreakerOpen(1.0)
    assert verdict([opened], request_class) is opened


def test_an_unreached_last_try_does_not_hide_an_earlier_one_that_may_have_acted() -> None:
    for last in (
        UNREACHED,
        BreakerOpen(1.0),
        RateLimited(retry_after=1.0),
        failed(503, 1.0),
        Locked(SAID, 2),
    ):
        assert verdict([LOST, last], IDEMPOTENT) is LOST
    assert verdict([LOST, UNREACHED], SAFE) is UNREACHED


def test_a_last_word_of_the_service_counts() -> None:
    gone = NotFound(SAID)
    assert verdict([LOST, gone], IDEMPOTENT) is gone
    assert verdict([UNREACHED, UNREACHED], IDEMPOTENT) is UNREACHED


def test_an_open_breaker_is_not_the_reason_of_a_failing_call() -> None:
    assert verdict([UNREACHED, BreakerOpen(1.0)], SAFE) is UNREACHED
    assert verdict([UNREACHED, BreakerOpen(1.0)], IDEMPOTENT) is UNREACHED


def test_jitter_comes_from_a_source_of_its_own() -> None:
    assert 0.0 <= new_randomness().uniform(0.0, 1.0) <= 1.0
