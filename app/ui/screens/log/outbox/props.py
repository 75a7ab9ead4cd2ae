"""What the outbox shows, worked out from one snapshot: the list, and the row that is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from app.domain.changes import (
    STUCK_STATES,
    AttachFile,
    ChangeId,
    ChangeState,
    DeleteMeeting,
    PendingChange,
)
from app.domain.meetings import MeetingId, RecordRef
from app.services.meetings.state import MeetingRow, MeetingsState
from app.services.outbox.snapshot import OutboxState
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.rows import ListRow
from app.ui.kit.wording import words_for
from app.ui.screens.log.field_lines import FieldLine, field_lines
from app.ui.screens.log.outbox.words import change_words, loses_words, reason_words, state_words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class OutboxInputs:
    """What the outbox is derived from; `known` are the meetings its rows are about, `zone` an IANA name."""

    state: OutboxState
    meetings: MeetingsState
    words: TimeWords
    zone: str
    known: Mapping[MeetingId, MeetingRow] = field(default_factory=dict)
    history: tuple[PendingChange, ...] = ()
    open_id: str = ""
    busy: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OpenChange:
    """The open row; `actions` are names of what can be done: retry, discard, edit, resolve, there, again,
    cancel and undo. `loses` is what a discard would lose, `share` how much of an upload has left.
    """

    id: ChangeId
    group: str
    meeting_id: MeetingId
    title: str
    status: str
    tone: str
    reason: str
    fields: tuple[FieldLine, ...]
    actions: frozenset[str]
    loses: str
    share: float | None
    is_busy: bool


@dataclass(frozen=True, slots=True)
class OutboxProps:
    """What is shown; `note` says why nothing is sent at present."""

    rows: tuple[ListRow, ...]
    open: OpenChange | None
    note: str
    elsewhere: int


@dataclass(frozen=True, slots=True)
class _Naming:
    """What meetings and records are called, gathered once for all rows."""

    inputs: OutboxInputs
    names: Mapping[RecordRef, str]

    @classmethod
    def of(cls, inputs: OutboxInputs) -> "_Naming":
        known = inputs.known.values()
        return cls(inputs, {record.ref: record.name for row in known for record in row.records})

    def words(self, row: PendingChange) -> str:
        """What a row does."""
        return change_words(row.change, self._title, self._name, self.inputs.meetings.options)

    def _title(self, meeting_id: MeetingId) -> str:
        known = self.inputs.known.get(meeting_id)
        return known.meeting.details.title if known is not None else ""

    def _name(self, ref: RecordRef) -> str:
        return self.names.get(ref, "")


def derive_outbox(inputs: OutboxInputs) -> OutboxProps:
    """The outbox from one snapshot: what needs the rep first, then what waits, then what was done."""
    stuck = [row for row in inputs.state.rows if row.state in STUCK_STATES]
    waiting = [row for row in inputs.state.rows if row.state not in STUCK_STATES]
    parts = (
        (translate("outbox", "Needs you"), stuck),
        (translate("outbox", "On the way"), waiting),
        (translate("outbox", "Sent"), list(inputs.history)),
    )
    naming = _Naming.of(inputs)
    rows = [_list_row(row, section, naming) for section, part in parts for row in part]
    every = [row for _, part in parts for row in part]
    chosen = next((row for row in every if row.id == inputs.open_id), every[0] if every else None)
    paused = inputs.state.paused
    return OutboxProps(
        rows=tuple(rows),
        open=_open(chosen, naming) if chosen is not None else None,
        note=words_for(paused).sentence if paused is not None else "",
        elsewhere=inputs.state.elsewhere,
    )


def _list_row(row: PendingChange, section: str, naming: _Naming) -> ListRow:
    inputs = naming.inputs
    status = state_words(row, inputs.words, inputs.zone, inputs.state.progress.get(row.id))
    return ListRow(row.id, naming.words(row), status, icon=_icon(row.state), section=section)


def _icon(state: ChangeState) -> str:
    match state:
        case ChangeState.ASKING | ChangeState.CONFLICT | ChangeState.DEAD:
            return "triangle-alert"
        case ChangeState.SENDING:
            return "send"
        case ChangeState.UNKNOWN | ChangeState.VERIFYING:
            return "search"
        case ChangeState.QUEUED:
            return "clock"
        case ChangeState.DONE:
            return "check"


def _open(row: PendingChange, naming: _Naming) -> OpenChange:
    inputs = naming.inputs
    sent = inputs.state.progress.get(row.id)
    return OpenChange(
        id=row.id,
        group=row.group,
        meeting_id=row.server_id or row.change.meeting_id,
        title=naming.words(row),
        status=state_words(row, inputs.words, inputs.zone, sent),
        tone=_tone(row.state),
        reason=reason_words(row),
        fields=field_lines(row, inputs.meetings, inputs.words, inputs.zone),
        actions=_actions(row),
        loses=loses_words(row.change),
        share=min(sent[0] / sent[1], 1.0) if sent is not None and sent[1] else None,
        is_busy=row.id in inputs.busy,
    )


def _tone(state: ChangeState) -> str:
    match state:
        case ChangeState.DEAD:
            return "bad"
        case ChangeState.ASKING | ChangeState.CONFLICT:
            return "warn"
        case ChangeState.DONE:
            return "ok"
        case _:
            return "muted"


def _actions(row: PendingChange) -> frozenset[str]:
    edit = set() if isinstance(row.change, DeleteMeeting) else {"edit"}
    match row.state:
        case ChangeState.DEAD:
            return frozenset({"retry", "discard"} | edit)
        case ChangeState.ASKING:
            return frozenset({"there", "again"})
        case ChangeState.CONFLICT:
            return frozenset({"resolve", "discard"})
        case ChangeState.QUEUED:
            return frozenset({"discard"} | edit)
        case ChangeState.SENDING:
            return frozenset({"cancel"} if isinstance(row.change, AttachFile) else set())
        case ChangeState.DONE:
            return frozenset(({"undo"} if row.group else set()) | edit)
        case ChangeState.UNKNOWN | ChangeState.VERIFYING:
            return frozenset()
