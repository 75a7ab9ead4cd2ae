"""Decides whether a failed call is sent again, and when; pure, decided per kind of request."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, assert_never

from app.api.errors import (
    ApiError,
    BadReply,
    BreakerOpen,
    ConnectFailed,
    ConnectFault,
    Delivery,
    Locked,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    ReplyFault,
    ServerFailed,
    TokenUnavailable,
)

# 520, 522, 525 and 526 speak of a connection behind HubSpot's edge that a second try does not mend.
_PASSING_STATUSES: Final = frozenset({500, 502, 503, 504, 521, 523, 524})
_PASSING_FAULTS: Final = frozenset({ReplyFault.GARBAGE, ReplyFault.TRUNCATED, ReplyFault.WRONG_TYPE})
_LASTING_CONNECT_FAULTS: Final = frozenset({ConnectFault.TLS, ConnectFault.CLOSED})
_DAILY: Final = "DAILY"


class RequestClass(StrEnum):
    """How dear a second sending would be.

    SAFE reads only (GET, search, batch read); IDEMPOTENT ends in the same state when repeated (PUT
    association, DELETE, PATCH with absolute values); AMBIGUOUS would act twice (book, create).
    """

    SAFE = "safe"
    IDEMPOTENT = "idempotent"
    AMBIGUOUS = "ambiguous"


class Randomness(Protocol):
    """The part of `random.Random` that jitter needs."""

    def uniform(self, a: float, b: float) -> float:
        """A number between `a` and `b`."""
        ...


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Retries per class, and full jitter that doubles from `base` up to `cap` seconds.

    An ambiguous request is sent again only when nothing of it had left this computer.
    """

    safe: int = 4
    idempotent: int = 6
    ambiguous_unsent: int = 2
    base: float = 0.5
    cap: float = 60.0

    def wait(
        self, error: ApiError, request: RequestClass, *, failures: int, randomness: Randomness
    ) -> float | None:
        """Seconds until the next try after `failures` failed ones (1 or more); None to give up."""
        if failures > self._most(request) or not may_pass(error, request):
            return None
        jitter = randomness.uniform(0.0, min(self.cap, self.base * 2 ** (failures - 1)))
        if error.retry_after is not None:
            return error.retry_after + min(jitter, self.base)
        return jitter

    def _most(self, request: RequestClass) -> int:
        match request:
            case RequestClass.SAFE:
                return self.safe
            case RequestClass.IDEMPOTENT:
                return self.idempotent
            case RequestClass.AMBIGUOUS:
                return self.ambiguous_unsent
            case _:
                assert_never(request)


def may_pass(error: ApiError, request: RequestClass) -> bool:
    """Whether sending `request` again is allowed, and may end better than `error`."""
    match error:
        case ConnectFailed(fault=fault):
            return fault not in _LASTING_CONNECT_FAULTS
        case TokenUnavailable(problem=problem):
            return may_pass(problem, RequestClass.SAFE)
    if request is RequestClass.AMBIGUOUS:
        return False
    match error:
        case RateLimited(policy=policy):
            return policy != _DAILY
        case ServerFailed(status=status):
            return status in _PASSING_STATUSES
        case BadReply(fault=flaw):
            return flaw in _PASSING_FAULTS
        case Locked() | OutcomeUnknown():
            return True
    return False


def verdict(problems: Sequence[ApiError], request: RequestClass) -> ApiError:
    """The error that tells the truth about a call whose tries ended in `problems`, the last one last.

    A last try that never reached the service says nothing of an earlier one that may have had an effect.
    """
    last = problems[-1]
    says_little = isinstance(last, NotSent | RateLimited | Locked | ServerFailed)
    if isinstance(last, BreakerOpen) and len(problems) > 1:
        last = problems[-2]
    if request is RequestClass.SAFE or not says_little:
        return last
    unsure = (problem for problem in problems if problem.delivery is Delivery.UNKNOWN)
    return next(unsure, last)


class RetryBudget:
    """Lets retries be at most `share` of the calls, plus a `reserve` that a quiet session starts with."""

    def __init__(self, *, share: float = 0.1, reserve: float = 10.0, ceiling: float = 50.0) -> None:
        self._share = share
        self._ceiling = ceiling
        self._tokens = reserve

    def note_call(self) -> None:
        """Count one call (not its retries)."""
        self._tokens = min(self._ceiling, self._tokens + self._share)

    def take(self) -> bool:
        """Take one retry; False when the budget is used up."""
        if self._tokens < 1.0:
            return False
        self._tokens -= 1.0
        return True


def new_randomness() -> Randomness:
    """A source of jitter of its own."""
    return random.Random()
