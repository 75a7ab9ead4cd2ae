"""What a problem means for the change that met it; pure."""

from datetime import datetime
from typing import Final

from app.domain.changes import (
    Change,
    DeleteMeeting,
    DetachFile,
    LogMeeting,
    PendingChange,
    PinMeeting,
    Refusal,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.problems import (
    Conflict,
    Gone,
    NotAllowed,
    Offline,
    Problem,
    Rejected,
    ServiceBroken,
    SignInNeeded,
    SlowDown,
    StorageFailed,
    Unknown,
)
from app.services.outbox.states import Event, LookFailed, Lost, Postponed, Refused, Succeeded, Unsure
from app.services.outbox.verification import first_look

_UNSENT: Final = (Offline, SlowDown, SignInNeeded, StorageFailed)
_UNCLEAR: Final = (Unknown, ServiceBroken)


def is_creation(change: Change) -> bool:
    """Whether sending it twice would make two meetings."""
    return isinstance(change, LogMeeting | ScheduleMeeting)


def refusal_of(problem: Problem) -> Refusal:
    """The problem as it is kept with the row."""
    kind, reference = type(problem).__name__, getattr(problem, "reference", None) or ""
    match problem:
        case Rejected(message=message, fields=fields):
            return Refusal(kind, message, dict(fields), reference)
        case Conflict(message=message):
            return Refusal(kind, message, {}, reference)
        case NotAllowed(missing_scopes=scopes):
            return Refusal(kind, " ".join(scopes), {}, reference)
        case Gone(what=what):
            return Refusal(kind, what, {}, reference)
        case _:
            return Refusal(kind, "", {}, reference)


def verdict(row: PendingChange, problem: Problem, *, now: datetime, again_at: datetime) -> Event:
    """What happens to a change whose sending ended with this problem.

    A creation may be sent again only where nothing was sent, which the ports then say for sure; the others
    set absolute values and may always be. `again_at` (UTC) is when, unless HubSpot named a time itself.
    """
    creates = is_creation(row.change)
    match problem:
        case SlowDown(until=until):
            return Postponed(max(until, now), refusal_of(problem), is_unsent=creates)
        case _ if isinstance(problem, _UNSENT):
            return Postponed(again_at, refusal_of(problem), is_unsent=creates)
        case _ if isinstance(problem, _UNCLEAR):
            return Lost(now, first_look(now)) if creates else Postponed(again_at, refusal_of(problem))
        case Gone() if _is_fulfilled_without(row.change):
            return Succeeded(now)
        case _:
            return Refused(refusal_of(problem))


def look_verdict(problem: Problem, *, now: datetime, again_at: datetime) -> Event:
    """What happens to a change when a look for it ended with this problem."""
    match problem:
        case SlowDown(until=until):
            return LookFailed(max(until, now), refusal_of(problem))
        case _ if isinstance(problem, (*_UNSENT, *_UNCLEAR)):
            return LookFailed(again_at, refusal_of(problem))
        case _:
            return Unsure(refusal_of(problem))


def _is_fulfilled_without(change: Change) -> bool:
    """Whether the change wants something away that is not there any more."""
    match change:
        case DeleteMeeting() | UnlinkRecord() | DetachFile() | PinMeeting(is_pinned=False):
            return True
        case _:
            return False
