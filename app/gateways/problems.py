"""What a wire error means to the rep: ApiError to Problem, in one place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.api.errors import (
    ApiError,
    Conflict,
    Delivery,
    Forbidden,
    GrantNotKept,
    Invalid,
    Locked,
    Maintenance,
    NotFound,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    Refused,
    ServerFailed,
    SignInLost,
    SourceFailed,
    TokenUnavailable,
    Unauthorized,
)
from app.domain import problems
from app.domain.problems import Problem

_SCHEDULING: Final = "MEETINGSBOOKINGSCHEDULINGERROR."
_BAD_DURATION: Final = "MEETING_DURATION_NOT_VALID"
_BLOCKED: Final = "BLOCKED_EMAIL"
_BAD_GUESTS: Final = "INVALID_EMAIL_GUESTS"
_BAD_EMAIL: Final = "INVALID_EMAIL"
_NAMING: Final = ("formField", "field", "missingFields", "propertyName", "invalidPropertyName", "properties")
"""Keys of an error's context whose values are names of fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What failed: `what` names the thing asked for; `booked_for` is set for a booking, to its address.

    A booking, and any other call that is `sent_once`, may have acted although its answer was lost.
    """

    account_id: str
    what: str
    now: Callable[[], datetime]
    booked_for: str | None = None
    sent_once: bool = False

    @property
    def is_booking(self) -> bool:
        """Whether the call has the refusals of a booking."""
        return self.booked_for is not None

    @property
    def is_doubtful(self) -> bool:
        """Whether the call must not be repeated blindly."""
        return self.sent_once or self.is_booking


class Calls:
    """Turns every ApiError of one account's calls into a Problem."""

    def __init__(self, account_id: str, now: Callable[[], datetime]) -> None:
        self._account_id = account_id
        self._now = now

    def problem(self, error: ApiError, what: str) -> Problem:
        """What `error` means for the thing asked for."""
        return problem_of(error, Call(account_id=self._account_id, what=what, now=self._now))

    @contextmanager
    def reading(self, what: str) -> Iterator[None]:
        """Inside, only questions are asked: a lost answer means nothing worse than Offline."""
        with _told(Call(account_id=self._account_id, what=what, now=self._now)):
            yield

    @contextmanager
    def writing(self, what: str, *, sent_once: bool = False) -> Iterator[None]:
        """Inside, something is changed: a lost answer is Unknown where acting twice would show.

        Any other change ends in the same state when repeated, so that it is Offline as with a question.
        """
        with _told(Call(account_id=self._account_id, what=what, now=self._now, sent_once=sent_once)):
            yield

    @contextmanager
    def booking(self, email: str) -> Iterator[None]:
        """Inside, a meeting is booked for `email`: a lost answer is Unknown."""
        with _told(Call(account_id=self._account_id, what="link", now=self._now, booked_for=email)):
            yield


@contextmanager
def _told(call: Call) -> Iterator[None]:
    try:
        yield
    except ApiError as error:
        raise problem_of(error, call) from error


def problem_of(error: ApiError, call: Call) -> Problem:
    """The problem behind `error` (HubSpot reference 3, status codes, and 5.7, errors seen on booking)."""
    reference = error.correlation_id
    match error:
        case SignInLost() | Unauthorized():
            return problems.SignInNeeded(call.account_id)
        case GrantNotKept():
            return _kept_back(error)
        case TokenUnavailable(problem=cause):
            return _unsent(problem_of(cause, call), call)
        case (
            RateLimited(retry_after=float(pause))
            | Locked(retry_after=float(pause))
            | Maintenance(retry_after=float(pause))
            | ServerFailed(retry_after=float(pause), delivery=Delivery.REFUSED)
        ):
            return problems.SlowDown(call.now() + timedelta(seconds=pause))
        case NotSent():
            return problems.Offline()
        case Forbidden(missing_scopes=scopes):
            return problems.NotAllowed(scopes, reference)
        case NotFound():
            return problems.Gone(call.what, reference)
        case Conflict() if call.is_booking:
            return problems.SlotGone(reference)
        case Conflict(existing_id=existing):
            return problems.Conflict(_sentence(error), existing, reference)
        case Invalid() if call.booked_for is not None and _BLOCKED in _codes(error):
            return problems.AddressBlocked(call.booked_for, reference)
        case Invalid() if call.is_booking and _BAD_GUESTS in _codes(error):
            return problems.GuestsRefused(reference)
        case Invalid() if call.is_booking and _BAD_EMAIL in _codes(error):
            return _rejected(error, {"email": _sentence(error)})
        case Invalid() if call.is_booking and _is_about_the_time(error):
            return problems.SlotGone(reference)
        case Refused() if not isinstance(error, Maintenance):
            return _rejected(error, _fields(error))
        case SourceFailed():
            return problems.Gone("file")
        case ApiError(delivery=Delivery.UNKNOWN) if call.is_doubtful:
            return problems.Unknown(reference)
        case OutcomeUnknown():
            return problems.Offline()
        case _:
            return problems.ServiceBroken(reference)


def _kept_back(error: GrantNotKept) -> Problem:
    """What the key store said, where it said something."""
    cause = error.__cause__
    if isinstance(cause, Problem):
        return cause
    return problems.StorageFailed(problems.StorageTrouble.LOCKED, "key store")


def _unsent(problem: Problem, call: Call) -> Problem:
    """Without a token nothing was sent: a booking whose token could not be had has surely not happened."""
    sounds_doubtful = isinstance(problem, problems.Unknown | problems.ServiceBroken)
    return problems.Offline() if call.is_doubtful and sounds_doubtful else problem


def _rejected(error: ApiError, fields: dict[str, str]) -> Problem:
    return problems.Rejected(_sentence(error), fields, error.sub_category, error.correlation_id)


def _sentence(error: ApiError) -> str:
    return error.message or error.sub_category or error.category or ""


def _codes(error: ApiError) -> set[str]:
    """Every code of the answer in capitals, without the family in front of the dot."""
    found = [error.sub_category, error.category]
    for row in error.details.field_errors:
        found += (row.sub_category, row.code)
    return {code.upper().rpartition(".")[2] for code in found if code}


def _is_about_the_time(error: ApiError) -> bool:
    family = (error.sub_category or "").upper()
    return family.startswith(_SCHEDULING) and _BAD_DURATION not in _codes(error)


def _fields(error: ApiError) -> dict[str, str]:
    """The service's sentences by the name of the field, as far as it names fields."""
    said: dict[str, str] = {}
    for key in _NAMING:
        said |= dict.fromkeys(error.details.context.get(key, ()), _sentence(error))
    for row in error.details.field_errors:
        names = [name for key in _NAMING for name in row.context.get(key, ())]
        said |= dict.fromkeys([*names, *([row.location] if row.location else [])], row.message)
    return said
