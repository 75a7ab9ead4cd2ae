"""What the card of a meeting is derived from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.accounts import Account
from app.domain.changes import PendingChange
from app.domain.meetings import RecordRef
from app.domain.ports_meetings import RecordKind
from app.services.meetings.state import MeetingRow, MeetingsState
from app.ui.kit.times import TimeWords


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What was read about one meeting: its owner's other ones around it, and the last one before it.

    `last` is the last meeting that took place with `last_with`, the first contact (or other record).
    """

    around: tuple[MeetingRow, ...] = ()
    last: MeetingRow | None = None
    last_with: RecordRef | None = None


@dataclass(frozen=True, slots=True)
class CardInputs:
    """One snapshot; `surrounding` is None until it was read for this meeting."""

    words: TimeWords
    zone: str
    now: datetime
    account: Account | None
    meetings: MeetingsState
    row: MeetingRow | None = None
    zones: Mapping[RecordRef, str] = field(default_factory=dict)
    kinds: tuple[RecordKind, ...] = ()
    changes: tuple[PendingChange, ...] = ()
    surrounding: Surrounding | None = None
