"""What a wire error means to the rep: ApiError to Problem, in one place."""

from datetime import UTC, datetime, timedelta
from typing import Final

from app.api.errors import (
    ApiError,
    BreakerOpen,
    Conflict,
    Delivery,
    Forbidden,
    GrantNotKept,
    Invalid,
    Locked,
    Maintenance,
    NotFound,
    NotSent,
    OAuthRefused,
    OutcomeUnknown,
    RateLimited,
    Refused,
    SignInLost,
    TokenUnavailable,
    Unauthorized,
)
from app.domain import problems
from app.domain.problems import Problem

_SCHEDULING: Final = "MeetingsBookingSchedulingError"
_BAD_DURATION: Final = "MEETING_DURATION_NOT_VALID"
_BLOCKED: Final = "BLOCKED_EMAIL"
_BAD_GUESTS: Final = "INVALID_EMAIL_GUESTS"
_BAD_EMAIL: Final = "INVALID_EMAIL"
_SHORT_LOCK_S: Final = 2.0


def problem_of(error: ApiError, *, account_id: str, what: str = "", may_have_acted: bool = False) -> Problem:
    """The problem behind `error`; `what` names the thing asked for, for Gone.

    `may_have_acted` is true for calls that must not be repeated blindly: a lost answer is then Unknown, else
    it is Offline or the service's own fault.
    """
    reference = error.correlation_id
    match error:
        case SignInLost() | Unauthorized():
            return problems.SignInNeeded(account_id)
        case TokenUnavailable(problem=cause):
            return problem_of(cause, account_id=account_id, what=what)
        case GrantNotKept():
            return problems.StorageFailed(problems.StorageTrouble.LOCKED, "")
        case RateLimited() | Locked() | BreakerOpen() | Maintenance():
            return problems.SlowDown(_after(error.retry_after))
        case NotSent():
            return problems.Offline()
        case Forbidden(missing_scopes=scopes):
            return problems.NotAllowed(scopes, reference)
        case NotFound():
            return problems.Gone(what, reference)
        case Conflict(existing_id=existing):
            return problems.Conflict(error.message, existing, reference)
        case Invalid():
            return problems.Rejected(error.message, _fields(error), error.sub_category, reference)
        case OAuthRefused() | Refused():
            return problems.Rejected(error.message, {}, error.sub_category, reference)
        case _ if may_have_acted and error.delivery is Delivery.UNKNOWN:
            return problems.Unknown(reference)
        case OutcomeUnknown():
            return problems.Offline()
        case _:
            return problems.ServiceBroken(reference)


def booking_problem_of(error: ApiError, *, account_id: str, slug: str, email: str) -> Problem:
    """The problem behind a failed booking (reference 5.7): the link's own refusals come first."""
    code = (error.sub_category or "").upper()
    reference = error.correlation_id
    if isinstance(error, Conflict):
        return problems.SlotGone(reference)
    if isinstance(error, Invalid):
        codes = {code, (error.category or "").upper()}
        codes |= {(row.sub_category or row.code or "").upper() for row in error.field_errors}
        if _mentions(codes, _BLOCKED):
            return problems.AddressBlocked(email, reference)
        if _mentions(codes, _BAD_GUESTS):
            return problems.GuestsRefused(reference)
        if _mentions(codes, _BAD_EMAIL):
            return problems.Rejected(error.message, {"email": error.message}, error.sub_category, reference)
        if code.startswith(_SCHEDULING.upper()) and not _mentions(codes, _BAD_DURATION):
            return problems.SlotGone(reference)
    return problem_of(error, account_id=account_id, what=slug, may_have_acted=True)


def _mentions(codes: set[str], wanted: str) -> bool:
    return any(code.rpartition(".")[2] == wanted for code in codes)


def _fields(error: Invalid) -> dict[str, str]:
    return {row.location: row.message for row in error.field_errors if row.location}


def _after(seconds: float | None) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds if seconds is not None else _SHORT_LOCK_S)
