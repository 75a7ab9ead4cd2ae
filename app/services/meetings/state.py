"""What the meeting services publish, and a meeting as a list shows it."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.meetings import CrmRecord, Meeting, MeetingOptions
from app.domain.problems import Problem
from app.domain.projection import PendingMark
from app.domain.records import Owner, OwnerId


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with what the rep changed but HubSpot does not know yet.

    `records` are in the order of its associations, with an empty name where it is not known; `pending` is
    None when nothing waits.
    """

    meeting: Meeting
    records: tuple[CrmRecord, ...] = ()
    pending: PendingMark | None = None


@dataclass(frozen=True, slots=True)
class MeetingsState:
    """What is known of the active account's meetings; `revision` grows whenever any row may have changed.

    `to_log` counts the rep's own meetings that have ended and are still scheduled. `owners` has inactive ones
    too. `my_owner_id` is None until owners were read once, or where the rep is no owner.
    """

    revision: int = 0
    to_log: int = 0
    options: MeetingOptions = field(default_factory=MeetingOptions)
    my_owner_id: OwnerId | None = None
    owners: tuple[Owner, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class SyncState:
    """How the reading of HubSpot's meetings stands.

    `done` and `total` count meetings of the present run (`total` None where it is not known); `synced_at` is
    the UTC instant of the last complete run; `problem` is why the last one stopped.
    """

    is_running: bool = False
    done: int = 0
    total: int | None = None
    synced_at: datetime | None = None
    problem: Problem | None = None
