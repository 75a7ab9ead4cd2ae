"""Everything the editor's props are derived from, in one frozen snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.changes import ChangeId, PendingChange
from app.domain.log_drafts import LogDraft
from app.domain.logging_rules import DetailFault
from app.domain.meetings import (
    AssociationLabel,
    Attachment,
    CrmRecord,
    MeetingDetails,
    MeetingField,
    MeetingId,
    MeetingOptions,
    RecordType,
)
from app.domain.ports_meetings import RecordKind
from app.domain.problems import Problem
from app.domain.records import Owner
from app.services.meetings.state import MeetingRow


@dataclass(frozen=True, slots=True)
class EditorInputs:
    """The open meeting and what is typed over it.

    `meeting_id` is None for a new meeting (`is_new`) and where nothing is open. `faults` are shown only
    after the rep tried to save; `unreadable` are instants that were typed in a way nobody understands.
    `changes` are the pending ones of this meeting, `progress` bytes sent and in all by upload.
    """

    meeting_id: MeetingId | None = None
    is_new: bool = False
    is_loading: bool = False
    row: MeetingRow | None = None
    draft: LogDraft = field(default_factory=LogDraft)
    faults: Mapping[MeetingField, DetailFault] = field(default_factory=dict)
    unreadable: frozenset[MeetingField] = frozenset()
    is_saving: bool = False
    problem: Problem | None = None
    duplicates: tuple[MeetingRow, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    suggestions: tuple[CrmRecord, ...] = ()
    changes: tuple[PendingChange, ...] = ()
    progress: Mapping[ChangeId, tuple[int, int]] = field(default_factory=dict)
    options: MeetingOptions = field(default_factory=MeetingOptions)
    owners: tuple[Owner, ...] = ()
    kinds: tuple[RecordKind, ...] = ()
    labels: Mapping[RecordType, tuple[AssociationLabel, ...]] = field(default_factory=dict)
    is_online: bool = True
    may_attach: bool = True

    @property
    def is_open(self) -> bool:
        """Whether there is anything to show."""
        return self.is_new or self.row is not None

    @property
    def details(self) -> MeetingDetails:
        """The values on screen: the meeting's, with what was typed over them."""
        if self.row is None:
            return self.draft.details
        typed = {name: self.draft.details.text(name) for name in self.draft.typed}
        return self.row.meeting.details.with_texts(typed)

    @property
    def records(self) -> tuple[CrmRecord, ...]:
        """The records it stands on, or will stand on."""
        return self.draft.records if self.row is None else self.row.records

    @property
    def is_changed(self) -> bool:
        """Whether something would be sent."""
        if self.is_new:
            return not self.draft.is_empty
        return self.row is not None and self.details != self.row.meeting.details
