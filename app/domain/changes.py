"""What the rep has decided and HubSpot may not know yet: the changes that wait in the outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from app.domain.accounts import AccountId
from app.domain.meetings import (
    Association,
    FieldEdit,
    FileId,
    MeetingDetails,
    MeetingId,
    RecordRef,
)
from app.domain.records import OwnerId

ChangeId = NewType("ChangeId", str)
"""A time-ordered UUID (version 7) in hexadecimal: the order of ids is the order of decisions."""


@dataclass(frozen=True, slots=True)
class LogMeeting:
    """Create a meeting engagement; `meeting_id` is local. Nobody is invited by it."""

    meeting_id: MeetingId
    details: MeetingDetails
    associations: tuple[Association, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleMeeting:
    """Put a plain meeting into the organizer's calendar, with invitations (HubSpot reference 5.5).

    `organizer_user_id` is a user id, not an owner id; `reminders` are minutes before the start;
    `location_type` is ADDRESS, CUSTOM, PHONE or empty; `zone` is an IANA name.
    """

    meeting_id: MeetingId
    details: MeetingDetails
    organizer_user_id: str
    zone: str
    associations: tuple[Association, ...] = ()
    attendee_owner_ids: tuple[OwnerId, ...] = ()
    location_type: str = ""
    reminders: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EditMeeting:
    """Set fields; `base_updated_at` is the version the rep saw, None for a meeting that is still local.

    `is_forced` says that the rep has seen the other version and wants this one.
    """

    meeting_id: MeetingId
    edits: tuple[FieldEdit, ...]
    base_updated_at: datetime | None = None
    is_forced: bool = False


@dataclass(frozen=True, slots=True)
class DeleteMeeting:
    """Put a meeting into HubSpot's recycle bin."""

    meeting_id: MeetingId


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """Put the meeting on a record, with these labels (all of them, replacing the ones before)."""

    meeting_id: MeetingId
    association: Association


@dataclass(frozen=True, slots=True)
class UnlinkRecord:
    """Take the meeting off a record."""

    meeting_id: MeetingId
    ref: RecordRef


@dataclass(frozen=True, slots=True)
class PinMeeting:
    """Pin the meeting on a record it stands on, or take its pin away; `before` is the pin the rep saw."""

    meeting_id: MeetingId
    ref: RecordRef
    is_pinned: bool = True
    before: MeetingId | None = None


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Upload a file and put it on the meeting; `spooled` is its name in the spool folder, `size` in bytes."""

    meeting_id: MeetingId
    spooled: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class DetachFile:
    """Take a file off the meeting; the file itself stays in HubSpot."""

    meeting_id: MeetingId
    file_id: FileId


Change = (
    LogMeeting
    | ScheduleMeeting
    | EditMeeting
    | DeleteMeeting
    | LinkRecord
    | UnlinkRecord
    | PinMeeting
    | AttachFile
    | DetachFile
)


class ChangeState(StrEnum):
    """Where a change is on its way (reliability rules, outbox)."""

    QUEUED = "queued"
    SENDING = "sending"
    UNKNOWN = "unknown"
    VERIFYING = "verifying"
    ASKING = "asking"
    """Nobody can say whether it happened: the rep decides, with both facts shown."""
    CONFLICT = "conflict"
    """Somebody else changed the meeting meanwhile: the rep chooses."""
    DEAD = "dead"
    """Refused for a reason that sending again does not mend."""
    DONE = "done"


WAITING_STATES = frozenset(
    {ChangeState.QUEUED, ChangeState.SENDING, ChangeState.UNKNOWN, ChangeState.VERIFYING}
)
"""States that end by themselves."""

STUCK_STATES = frozenset({ChangeState.ASKING, ChangeState.CONFLICT, ChangeState.DEAD})
"""States that wait for the rep; later changes of the same meeting wait behind them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a change is stuck: `kind` is the problem's class name in `app.domain.problems`.

    `message` is HubSpot's own sentence, `fields` its sentences by field, `reference` its correlation id.
    """

    kind: str
    message: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    reference: str = ""


@dataclass(frozen=True, slots=True)
class PendingChange:
    """A row of the outbox.

    `group` is shared by changes of one gesture (a bulk change, a log with its pins), which are undone
    together and, where HubSpot has a batch call, sent together. `started_at` is until when the last
    attempt may have left this computer: its beginning, later the loss of its answer; `looks` counts the vain
    searches for it; `not_before` is when it may be tried again.
    `file_id` keeps an upload that has been done before its meeting was changed. `theirs` is HubSpot's version
    of the edited fields in a conflict, in canonical text form by field name, and `their_update` its version.
    """

    id: ChangeId
    account_id: AccountId
    change: Change
    created_at: datetime
    state: ChangeState = ChangeState.QUEUED
    group: str = ""
    attempt: int = 0
    started_at: datetime | None = None
    looks: int = 0
    not_before: datetime | None = None
    refusal: Refusal | None = None
    file_id: FileId | None = None
    theirs: Mapping[str, str] = field(default_factory=dict)
    their_update: datetime | None = None
    done_at: datetime | None = None
    server_id: MeetingId | None = None
