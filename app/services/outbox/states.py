"""How one event moves a change on its way; pure, one line of a table for each event."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, assert_never

from app.domain.changes import Change, ChangeState, PendingChange, Refusal
from app.domain.meetings import FileId, MeetingId


@dataclass(frozen=True, slots=True)
class Began:
    """An attempt begins at this UTC instant; kept before its first byte leaves."""

    now: datetime


@dataclass(frozen=True, slots=True)
class Uploaded:
    """The file lies in HubSpot, its meeting is not changed yet."""

    file_id: FileId


@dataclass(frozen=True, slots=True)
class Succeeded:
    """HubSpot has it, as this meeting where it is a new one."""

    now: datetime
    server_id: MeetingId | None = None


@dataclass(frozen=True, slots=True)
class Postponed:
    """It may be sent again without harm, after `until` (UTC); `is_unsent` says that nothing left at all."""

    until: datetime | None
    refusal: Refusal | None = None
    is_unsent: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """HubSpot refused it, and would again."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Differs:
    """Somebody else changed the same fields: HubSpot's version of them, and when it was made (UTC)."""

    theirs: Mapping[str, str]
    their_update: datetime | None


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer is lost: it may have happened until `now`; looked for after `until` (both UTC)."""

    now: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A look for it begins."""


@dataclass(frozen=True, slots=True)
class NotSeen:
    """A look found nothing; the next one after `until` (UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class LookFailed:
    """A look could not be made, which says nothing; tried again after `until` (UTC)."""

    until: datetime
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """Enough looks found nothing: it did not happen and is sent again."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody can say whether it happened: the rep decides."""

    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Doubted:
    """The rep wants one more look."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The rep wants it sent (again), perhaps in another form."""

    change: Change | None = None


Event = (
    Began
    | Uploaded
    | Succeeded
    | Postponed
    | Refused
    | Differs
    | Lost
    | Looked
    | NotSeen
    | LookFailed
    | Absent
    | Unsure
    | Doubted
    | Decided
)

_S: Final = ChangeState

ALLOWED: Final[Mapping[type[Event], frozenset[ChangeState]]] = MappingProxyType(
    {
        Began: frozenset({_S.QUEUED, _S.UNKNOWN}),
        Uploaded: frozenset({_S.SENDING}),
        Succeeded: frozenset({_S.SENDING, _S.VERIFYING}),
        Postponed: frozenset({_S.SENDING}),
        Refused: frozenset({_S.SENDING}),
        Differs: frozenset({_S.SENDING}),
        Lost: frozenset({_S.SENDING, _S.VERIFYING}),
        Looked: frozenset({_S.UNKNOWN}),
        NotSeen: frozenset({_S.VERIFYING}),
        LookFailed: frozenset({_S.VERIFYING}),
        Absent: frozenset({_S.VERIFYING}),
        Unsure: frozenset({_S.VERIFYING}),
        Doubted: frozenset({_S.ASKING}),
        Decided: frozenset({_S.QUEUED, _S.DEAD, _S.CONFLICT, _S.ASKING}),
    }
)
"""In which states an event can happen; everywhere else it is a mistake of the program."""


def moved(row: PendingChange, event: Event) -> PendingChange:
    """The row after the event; raises ValueError where the event cannot happen in its state."""
    if row.state not in ALLOWED[type(event)]:
        raise ValueError(f"{type(event).__name__} cannot happen to a change that is {row.state}")
    match event:
        case Began() | Uploaded() | Succeeded() | Postponed() | Refused() | Differs():
            return _sent(row, event)
        case Lost() | Looked() | NotSeen() | LookFailed() | Absent() | Unsure():
            return _looked_for(row, event)
        case Doubted():
            return replace(row, state=_S.UNKNOWN, not_before=None, refusal=None)
        case Decided(change=change):
            return replace(
                row,
                state=_S.QUEUED,
                change=change or row.change,
                not_before=None,
                refusal=None,
                theirs={},
                their_update=None,
                looks=0,
            )
        case _:
            assert_never(event)


def _sent(
    row: PendingChange, event: Began | Uploaded | Succeeded | Postponed | Refused | Differs
) -> PendingChange:
    match event:
        case Began(now=now):
            return replace(
                row,
                state=_S.SENDING,
                attempt=row.attempt + 1,
                started_at=now,
                looks=0,
                not_before=None,
                refusal=None,
            )
        case Uploaded(file_id=file_id):
            return replace(row, file_id=file_id)
        case Succeeded(now=now, server_id=server_id):
            return replace(
                row, state=_S.DONE, done_at=now, server_id=server_id, not_before=None, refusal=None
            )
        case Postponed(until=until, refusal=refusal, is_unsent=is_unsent):
            started_at = None if is_unsent else row.started_at
            return replace(row, state=_S.QUEUED, started_at=started_at, not_before=until, refusal=refusal)
        case Refused(refusal=refusal):
            return replace(row, state=_S.DEAD, refusal=refusal)
        case Differs(theirs=theirs, their_update=their_update):
            return replace(row, state=_S.CONFLICT, theirs=theirs, their_update=their_update)
        case _:
            assert_never(event)


def _looked_for(
    row: PendingChange, event: Lost | Looked | NotSeen | LookFailed | Absent | Unsure
) -> PendingChange:
    match event:
        case Lost(now=now, until=until):
            left_until = now if row.state is _S.SENDING else row.started_at
            return replace(row, state=_S.UNKNOWN, started_at=left_until, not_before=until)
        case Looked():
            return replace(row, state=_S.VERIFYING, not_before=None)
        case NotSeen(until=until):
            return replace(row, state=_S.UNKNOWN, looks=row.looks + 1, not_before=until, refusal=None)
        case LookFailed(until=until, refusal=refusal):
            return replace(row, state=_S.UNKNOWN, not_before=until, refusal=refusal)
        case Absent():
            return replace(
                row,
                state=_S.QUEUED,
                started_at=None,
                looks=row.looks + 1,
                not_before=None,
                refusal=None,
            )
        case Unsure(refusal=refusal):
            return replace(row, state=_S.ASKING, looks=row.looks + 1, not_before=None, refusal=refusal)
        case _:
            assert_never(event)
