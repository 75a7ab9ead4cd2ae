"""What can go wrong on the wire, as one tree of exceptions.

    ApiError
    ├── NotSent              no byte of the request body left this computer
    │   ├── ConnectFailed      name, network, TLS, proxy or connect timeout
    │   ├── BreakerOpen        too many failures in a row, nothing is tried for `retry_after` seconds
    │   ├── TokenUnavailable   the access token could not be renewed just now (`problem` says why)
    │   └── GrantNotKept       the key store could not read or keep the grant
    ├── SourceFailed         the file that was to be sent could not be read to its end, or changed
    ├── SignInLost           the grant is gone: only signing in again helps
    ├── Refused              the service answered, and did nothing
    │   ├── Invalid            400 and every 4xx without a class of its own
    │   ├── Unauthorized       401, after one renewed token
    │   ├── Forbidden          403, `missing_scopes`
    │   ├── NotFound           404, 410
    │   ├── Conflict           409, `existing_id` where the message names one
    │   ├── Locked             423, a lock that lasts about 2 s
    │   ├── RateLimited        429, `retry_after` seconds, `policy`
    │   ├── Maintenance        477, the account is being moved, `retry_after` up to a day
    │   └── OAuthRefused       an OAuth endpoint's RFC 6749 error, `code`
    ├── ServerFailed         5xx
    ├── BadReply             an unusable answer: garbage, truncated, too large, wrong type, redirect
    └── OutcomeUnknown       a timeout or a lost connection after the request had left

HubSpot reference section 3 (error body, status codes); `delivery` follows "Outcome of a request".
"""

# ruff: noqa: N818
# Names say what happened; ApiError is the only one that needs the suffix.

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Delivery(StrEnum):
    """Whether the request can have had an effect."""

    REFUSED = "refused"
    UNKNOWN = "unknown"


class ConnectFault(StrEnum):
    """What stopped a request before it left."""

    NAME = "name"
    NETWORK = "network"
    TIMEOUT = "timeout"
    TLS = "tls"
    PROXY = "proxy"
    CLOSED = "closed"


class ReplyFault(StrEnum):
    """Why an answer cannot be used."""

    GARBAGE = "garbage"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"
    REDIRECT = "redirect"


class LossFault(StrEnum):
    """How the answer was lost after the request had left."""

    TIMEOUT = "timeout"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One row of the error body's `errors`; `location` is its `in`."""

    message: str = ""
    code: str | None = None
    sub_category: str | None = None
    location: str | None = None
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ErrorDetails:
    """What the answer said of the error; every part may be missing, `message` is wording that may change."""

    status: int | None = None
    category: str | None = None
    sub_category: str | None = None
    message: str = field(default="", repr=False)
    correlation_id: str | None = None
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    field_errors: tuple[FieldError, ...] = field(default=(), repr=False)
    policy: str | None = None


_NOTHING_SAID = ErrorDetails()


class ApiError(Exception):
    """A call that gave no usable answer. `retry_after` is in seconds where a pause was asked for."""

    delivery: Delivery = Delivery.UNKNOWN
    retry_after: float | None = None

    def __init__(self, details: ErrorDetails = _NOTHING_SAID) -> None:
        super().__init__(details)
        self.details = details

    @property
    def status(self) -> int | None:
        """The HTTP status, None where no answer came."""
        return self.details.status

    @property
    def category(self) -> str | None:
        """HubSpot's `category`, for example `VALIDATION_ERROR`."""
        return self.details.category

    @property
    def sub_category(self) -> str | None:
        """HubSpot's `subCategory`, for example `MeetingsBookingSchedulingError.…`."""
        return self.details.sub_category

    @property
    def message(self) -> str:
        """The service's own sentence; may be empty, never matched on, not safe to log."""
        return self.details.message

    @property
    def correlation_id(self) -> str | None:
        """What HubSpot's support asks for."""
        return self.details.correlation_id

    def __str__(self) -> str:
        """Codes only: messages may hold addresses and names, and this text is logged."""
        said = self.details
        parts = {
            "status": said.status,
            "category": said.category,
            "sub_category": said.sub_category,
            "correlation_id": said.correlation_id,
        }
        shown = " ".join(f"{name}={value}" for name, value in parts.items() if value is not None)
        return f"{type(self).__name__}({shown})"


class NotSent(ApiError):
    """No byte of the request body left this computer."""

    delivery = Delivery.REFUSED


class ConnectFailed(NotSent):
    """The service could not be reached."""

    def __init__(self, fault: ConnectFault) -> None:
        super().__init__()
        self.fault = fault


class BreakerOpen(NotSent):
    """The account's breaker is open after many failures in a row; nothing was tried."""

    def __init__(self, retry_after: float) -> None:
        super().__init__()
        self.retry_after = retry_after


class GrantNotKept(NotSent):
    """The key store could not be read or written; raised by implementations of `GrantStore`."""


class TokenUnavailable(NotSent):
    """The access token could not be renewed for a reason that may pass; the grant is kept."""

    def __init__(self, problem: ApiError) -> None:
        super().__init__(problem.details)
        self.problem = problem
        self.retry_after = problem.retry_after


class SourceFailed(ApiError):
    """A file could not be read, or changed while it was sent; the service cannot have taken a part of it."""

    delivery = Delivery.REFUSED

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path


class SignInLost(ApiError):
    """The grant is revoked, expired or signed out; `code` is the OAuth error or `signed_out`."""

    delivery = Delivery.REFUSED

    def __init__(self, code: str, details: ErrorDetails = _NOTHING_SAID) -> None:
        super().__init__(details)
        self.code = code


class Refused(ApiError):
    """The service answered with a 4xx and did nothing."""

    delivery = Delivery.REFUSED


class Invalid(Refused):
    """The input was refused (400 and every 4xx without a class of its own)."""

    @property
    def field_errors(self) -> tuple[FieldError, ...]:
        """What was wrong with which part of the input."""
        return self.details.field_errors


class Unauthorized(Refused):
    """The access token was refused (401); `ApiSession` raises it after one renewed token."""


class Forbidden(Refused):
    """A scope or a permission is missing (403)."""

    def __init__(self, details: ErrorDetails, missing_scopes: tuple[str, ...] = ()) -> None:
        super().__init__(details)
        self.missing_scopes = missing_scopes


class NotFound(Refused):
    """The id or slug does not exist (404, 410)."""


class Conflict(Refused):
    """The thing exists already or was changed (409); `existing_id` where the message names it."""

    def __init__(self, details: ErrorDetails, existing_id: str | None = None) -> None:
        super().__init__(details)
        self.existing_id = existing_id


class Locked(Refused):
    """The record is locked for a moment (423)."""

    def __init__(self, details: ErrorDetails, retry_after: float) -> None:
        super().__init__(details)
        self.retry_after = retry_after


class RateLimited(Refused):
    """A rate limit was reached (429), or a pause for one is still on and nothing was sent.

    `retry_after` (seconds) is always set; `is_stated` when the service itself named it.
    """

    retry_after: float

    def __init__(
        self, details: ErrorDetails = _NOTHING_SAID, *, retry_after: float, is_stated: bool = True
    ) -> None:
        super().__init__(details)
        self.retry_after = retry_after
        self.is_stated = is_stated

    @property
    def policy(self) -> str | None:
        """HubSpot's `policyName`: `TEN_SECONDLY_ROLLING`, `SECONDLY`, `DAILY`."""
        return self.details.policy


class Maintenance(Refused):
    """The account is being moved to another data centre (477); stop and tell the user."""

    def __init__(self, details: ErrorDetails, retry_after: float | None) -> None:
        super().__init__(details)
        self.retry_after = retry_after


class OAuthRefused(Refused):
    """An OAuth endpoint refused (RFC 6749 section 5.2); `code` such as `invalid_grant`."""

    def __init__(self, code: str, details: ErrorDetails) -> None:
        super().__init__(details)
        self.code = code


class ServerFailed(ApiError):
    """The service failed (5xx). Only a 503 with Retry-After says that nothing was done."""

    def __init__(self, details: ErrorDetails, retry_after: float | None = None) -> None:
        super().__init__(details)
        self.retry_after = retry_after
        if details.status == 503 and retry_after is not None:
            self.delivery = Delivery.REFUSED


class BadReply(ApiError):
    """The answer cannot be used, although its status promised success."""

    def __init__(self, fault: ReplyFault, details: ErrorDetails = _NOTHING_SAID) -> None:
        super().__init__(details)
        self.fault = fault


class OutcomeUnknown(ApiError):
    """The request left this computer and the connection was lost, or the time was up."""

    def __init__(self, fault: LossFault) -> None:
        super().__init__()
        self.fault = fault
