"""The only exceptions that cross a port: what went wrong, in the rep's terms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Problem(Exception):  # noqa: N818
    """Something the rep has to know; `app.ui.kit.wording` is the only place that turns it into words."""


@dataclass(eq=False)
class Offline(Problem):
    """The service could not be reached; nothing was sent."""


@dataclass(eq=False)
class SignInNeeded(Problem):
    """The account's grant is gone (revoked, uninstalled, secret changed); only signing in again helps."""

    account_id: str


@dataclass(eq=False)
class SlowDown(Problem):
    """The service asks for a pause that ends at `until` (UTC instant)."""

    until: datetime


@dataclass(eq=False)
class Rejected(Problem):
    """The service refused the input; `fields` maps a field name to the service's sentence about it."""

    message: str
    fields: Mapping[str, str] = field(default_factory=dict)
    code: str | None = None
    reference: str | None = None


@dataclass(eq=False)
class SlotGone(Problem):
    """The start is no longer offered by the link; nothing was booked."""

    reference: str | None = None


@dataclass(eq=False)
class AddressBlocked(Problem):
    """The link refuses this e-mail address or its domain; nothing was booked."""

    email: str
    reference: str | None = None


@dataclass(eq=False)
class GuestsRefused(Problem):
    """The link takes no extra guests, or fewer of them; nothing was booked."""

    reference: str | None = None


@dataclass(eq=False)
class Conflict(Problem):
    """Somebody else changed or created the same thing; `existing_id` names it when the service says so."""

    message: str
    existing_id: str | None = None
    reference: str | None = None


@dataclass(eq=False)
class Gone(Problem):
    """The thing asked for does not exist (any more)."""

    what: str
    reference: str | None = None


@dataclass(eq=False)
class NotAllowed(Problem):
    """The grant lacks a permission; `missing_scopes` are HubSpot's scope names."""

    missing_scopes: tuple[str, ...]
    reference: str | None = None


@dataclass(eq=False)
class Unknown(Problem):
    """The request left this computer and no usable answer came back: it may or may not have happened."""

    reference: str | None = None


@dataclass(eq=False)
class ServiceBroken(Problem):
    """The service answered with a fault of its own; `reference` is its correlation id."""

    reference: str | None = None


class SignInStop(StrEnum):
    """Why a sign-in ended without an account."""

    CANCELLED = "cancelled"
    TIMED_OUT = "timed-out"
    DECLINED = "declined"
    NO_FREE_PORT = "no-free-port"
    NO_CREDENTIALS = "no-credentials"
    WRONG_CREDENTIALS = "wrong-credentials"
    CODE_REFUSED = "code-refused"
    BROWSER_NOT_OPENED = "browser-not-opened"
    STRANGE_ANSWER = "strange-answer"


@dataclass(eq=False)
class SignInFailed(Problem):
    """A sign-in ended without an account; the accounts that were there before are untouched."""

    stop: SignInStop
    detail: str = ""


class StorageTrouble(StrEnum):
    """What is the matter with the data folder, a file in it, or the key store (the only one to be locked)."""

    UNREADABLE = "unreadable"
    READ_ONLY = "read-only"
    FULL = "full"
    NEWER_VERSION = "newer-version"
    DAMAGED = "damaged"
    IN_USE = "in-use"
    LOCKED = "locked"
    NOT_UNDERSTOOD = "not-understood"


@dataclass(eq=False)
class StorageFailed(Problem):
    """This computer could not keep or read something; `path` says where: a file or the key store's name."""

    trouble: StorageTrouble
    path: str


KnownProblem = (
    Offline
    | SignInNeeded
    | SlowDown
    | Rejected
    | SlotGone
    | AddressBlocked
    | GuestsRefused
    | Conflict
    | Gone
    | NotAllowed
    | Unknown
    | ServiceBroken
    | SignInFailed
    | StorageFailed
)
"""Every problem there is, so that the type checker shows where a new one lacks its words."""
