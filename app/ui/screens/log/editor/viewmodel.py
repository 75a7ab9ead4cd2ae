"""The open meeting: what is shown, what is typed, and which of the two counts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.domain.accounts import Feature, is_granted
from app.domain.log_drafts import LogDraft, draft_key, new_key
from app.domain.meetings import AssociationLabel, MeetingField, MeetingId, Outcome, RecordType
from app.services.connectivity import ConnectionState, OfflineSince
from app.services.meetings.state import MeetingRow, MeetingsState
from app.services.outbox.snapshot import OutboxState
from app.ui.context import UiContext
from app.ui.kit.publisher import Publisher
from app.ui.kit.routes import NewMeeting
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.log.editor.drafting import LogDraftKeeper
from app.ui.screens.log.editor.inputs import EditorInputs
from app.ui.screens.log.editor.look_ups import EditorLookUps
from app.ui.screens.log.editor.shown import EditorShown, derive_shown
from app.ui.screens.log.selection import LogSelection

HALF_HOUR = timedelta(minutes=30)
LOOK_PAUSE_S = 0.3
"""How long a meeting stays open before HubSpot is asked for it: a rep on the way to another asks nothing."""


class EditorViewModel(QObject):
    """Follows the selection; `drafted` carries when the draft was written (UTC instant, or None)."""

    form_changed = Signal()
    side_changed = Signal()
    duplicates_changed = Signal()
    changes_changed = Signal()
    opened = Signal()
    drafted = Signal(object)

    def __init__(self, context: UiContext, selection: LogSelection, tasks: TaskScope) -> None:
        super().__init__()
        self.context = context
        self.selection = selection
        self.tasks = tasks
        services = context.services
        self.meetings = services.meetings
        self.keeper = LogDraftKeeper(services.log_drafts, context.clock, tasks, kept=self._on_kept)
        self._key = ""
        self._publisher = Publisher(self, EditorInputs(), derive_shown)
        self.look_ups = EditorLookUps(self.meetings, self._publisher, tasks)
        selection.changed.connect(self._on_selection)
        selection.renamed.connect(self._on_renamed)
        services.meetings.state.subscribe(self._on_meetings)
        services.outbox.state.subscribe(self._on_outbox)
        services.connectivity.state.subscribe(self._on_connection)
        self._on_meetings(services.meetings.state.value)

    @property
    def inputs(self) -> EditorInputs:
        """The present snapshot."""
        return self._publisher.inputs

    @property
    def shown(self) -> EditorShown:
        """What the views show now."""
        return self._publisher.props

    @property
    def draft_key(self) -> str:
        """The key of the open meeting's draft; empty where nothing is open."""
        return self._key

    def set(self, **changes: object) -> None:
        """Replace parts of the snapshot."""
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]

    def type_text(self, name: MeetingField, text: str) -> None:
        """The rep typed; instants come as ISO 8601 text. A moved start takes the end along."""
        inputs = self.inputs
        typed = {name: text}
        details = inputs.details
        if name is MeetingField.START and details.start and details.end and text:
            length = details.end - details.start
            typed[MeetingField.END] = (datetime.fromisoformat(text) + length).isoformat()
        draft = replace(
            self._seen(inputs.draft, typed),
            details=details.with_texts(typed),
            typed=inputs.draft.typed | typed.keys(),
        )
        if not inputs.is_new:
            draft = self._without_untouched(draft)
        self.set(
            draft=draft,
            faults={key: fault for key, fault in inputs.faults.items() if key not in typed},
            unreadable=inputs.unreadable - {name},
            duplicates=(),
        )
        self._keep()

    def mark_unreadable(self, name: MeetingField) -> None:
        """An instant was typed in a way nobody understands; it stays as typed."""
        self.set(unreadable=self.inputs.unreadable | {name})

    def choose_outcome(self, value: str) -> None:
        """Press one of the outcomes; the pressed one again takes it back."""
        if self.inputs.is_open and not self.inputs.is_saving:
            is_pressed = self.inputs.details.outcome == value
            self.type_text(MeetingField.OUTCOME, Outcome.SCHEDULED if is_pressed else value)

    def change_draft(self, **changes: object) -> None:
        """Change the records, pins or files of a meeting that is not logged yet."""
        self.set(draft=replace(self.inputs.draft, **changes), duplicates=())  # type: ignore[arg-type]
        self._keep()
        self.look_ups.suggest()

    def let_go(self) -> None:
        """Nothing of what is open counts any more: it was sent, or discarded."""
        self.keeper.drop()
        self.set(draft=LogDraft(), faults={}, unreadable=frozenset(), duplicates=(), problem=None)
        self.drafted.emit(None)

    async def labels_of(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels the account has for records of a type; none where they cannot be read."""
        return await self.look_ups.labels_of(record_type)

    def _seen(self, draft: LogDraft, typed: Iterable[MeetingField]) -> LogDraft:
        """Remember what the fields said before they were typed over, so that nobody else's change is lost."""
        row = self.inputs.row
        if row is None:
            return draft
        stored, fresh = row.meeting.details, [name for name in typed if name not in draft.typed]
        seen = {name: draft.seen[name] for name in draft.typed if name in draft.seen}
        return replace(
            draft,
            seen=seen | {name: stored.text(name) for name in fresh},
            seen_at=(draft.seen_at if seen else None) or row.meeting.updated_at,
        )

    def _without_untouched(self, draft: LogDraft) -> LogDraft:
        """Fields that are back to what HubSpot has count as not typed."""
        row = self.inputs.row
        if row is None:
            return draft
        stored = row.meeting.details
        return replace(
            draft,
            typed=frozenset(name for name in draft.typed if draft.details.text(name) != stored.text(name)),
        )

    def _keep(self) -> None:
        if self._key:
            self.keeper.keep_soon(self._key, self.inputs.draft)

    def _on_kept(self, key: str, draft: LogDraft) -> None:
        if key == self._key:
            self.drafted.emit(draft.saved_at)

    def _on_selection(self) -> None:
        self.keeper.flush()
        new, meeting_id = self.selection.new, self.selection.meeting_id
        before = self.inputs if new is not None or meeting_id is not None else EditorInputs()
        self._key = draft_key(meeting_id) if meeting_id is not None else ""
        fresh = EditorInputs(
            meeting_id=meeting_id,
            is_new=new is not None,
            is_loading=meeting_id is not None,
            options=self.inputs.options,
            owners=self.inputs.owners,
            kinds=before.kinds,
            labels=before.labels,
            is_online=self.inputs.is_online,
            may_attach=self._may_attach(),
        )
        self._publisher.set(fresh)
        self.drafted.emit(None)
        if fresh.is_new or fresh.meeting_id is not None:
            self.look_ups.name_kinds()
        if new is not None:
            self._begin(new)
        elif meeting_id is not None:
            self.tasks.start(self._open(meeting_id), key="editor-open", policy=Policy.LATEST)
        else:
            self.tasks.cancel("editor-open")
        self.opened.emit()

    def _begin(self, new: NewMeeting) -> None:
        self._key = new_key(new.details, new.records)
        details = new.details
        if details.start is None:
            now = self.context.clock.now()
            end = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0)
            details = replace(details, start=end - HALF_HOUR, end=end)
        details = replace(
            details,
            outcome=details.outcome or Outcome.COMPLETED,
            owner_id=details.owner_id or self.meetings.state.value.my_owner_id,
        )
        self.set(draft=LogDraft(details=details, records=new.records))
        self.tasks.start(self._restore(self._key), key="editor-open", policy=Policy.LATEST)

    async def _restore(self, key: str) -> None:
        under = self.inputs.draft
        kept = await self.context.services.log_drafts.draft(key, under.details)
        if kept is not None and key == self._key and not under.typed:
            self.set(draft=replace(kept, records=kept.records or under.records))
            self.drafted.emit(kept.saved_at)
        self.look_ups.suggest()

    async def _open(self, meeting_id: MeetingId) -> None:
        row = await self.meetings.row(meeting_id)
        if row is not None:
            kept = await self.context.services.log_drafts.draft(draft_key(meeting_id), row.meeting.details)
            draft = self._without_stale(kept, row) if kept is not None else LogDraft()
            self._publisher.set(replace(self.inputs, row=row, draft=draft))
            self.drafted.emit(draft.saved_at)
            self._on_outbox(self.context.services.outbox.state.value)
            await self.context.clock.sleep(LOOK_PAUSE_S)
        await self.look_ups.refresh(meeting_id)

    def _without_stale(self, kept: LogDraft, row: MeetingRow) -> LogDraft:
        stored = row.meeting.details
        typed = frozenset(name for name in kept.typed if kept.details.text(name) != stored.text(name))
        return replace(kept, typed=typed)

    def _may_attach(self) -> bool:
        active = self.context.services.accounts.state.value.active
        return active is not None and is_granted(active.scopes, Feature.FILES)

    def _on_renamed(self, _before: str, after: str) -> None:
        self._key = draft_key(MeetingId(after))
        self.set(meeting_id=MeetingId(after))

    def _on_meetings(self, state: MeetingsState) -> None:
        self.set(options=state.options, owners=state.owners)
        meeting_id = self.inputs.meeting_id
        if meeting_id is not None and not self.inputs.is_loading:
            self.tasks.start(self._follow(meeting_id), key="editor-follow", policy=Policy.LATEST)

    async def _follow(self, meeting_id: MeetingId) -> None:
        row = await self.meetings.row(meeting_id)
        if row is None or meeting_id != self.inputs.meeting_id:
            return
        self.set(row=row)
        self.set(draft=self._without_untouched(self.inputs.draft))
        if not {one.id for one in self.inputs.attachments}.issuperset(row.meeting.attachments):
            await self.look_ups.read_files(row)

    def _on_outbox(self, state: OutboxState) -> None:
        outbox, meeting_id = self.context.services.outbox, self.inputs.meeting_id
        mine = tuple(
            row
            for row in state.rows
            if meeting_id is not None and outbox.resolve(row.change.meeting_id) == outbox.resolve(meeting_id)
        )
        progress = {row.id: state.progress[row.id] for row in mine if row.id in state.progress}
        self.set(changes=mine, progress=progress)

    def _on_connection(self, state: ConnectionState) -> None:
        self.set(is_online=not isinstance(state, OfflineSince))
