"""What HubSpot is asked about the open meeting: itself, its files, related records, labels, record types."""

from dataclasses import replace

from app.domain.meetings import AssociationLabel, MeetingId, RecordRef, RecordType
from app.domain.problems import Problem
from app.services.meetings.service import MeetingsService
from app.services.meetings.state import MeetingRow
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.log.editor.inputs import EditorInputs
from app.ui.screens.log.editor.shown import EditorShown


class EditorLookUps:
    """Puts what comes into the editor's inputs; what cannot be read leaves them as they are."""

    def __init__(
        self, meetings: MeetingsService, publisher: Publisher[EditorInputs, EditorShown], tasks: TaskScope
    ) -> None:
        self._meetings = meetings
        self._publisher = publisher
        self._tasks = tasks

    @property
    def _inputs(self) -> EditorInputs:
        return self._publisher.inputs

    def name_kinds(self) -> None:
        """Ask what the account calls its own record types."""
        self._tasks.start(self._read_kinds(), key="editor-kinds", policy=Policy.LATEST)

    def suggest(self) -> None:
        """Look for records that belong to the ones it stands on."""
        self._tasks.start(self._suggest(), key="editor-suggest", policy=Policy.LATEST)

    async def refresh(self, meeting_id: MeetingId) -> None:
        """Read the meeting anew with all that belongs to it; a problem is shown where nothing is known."""
        try:
            row = await self._meetings.refresh(meeting_id)
        except Problem as problem:
            if meeting_id == self._inputs.meeting_id:
                shown = problem if self._inputs.row is None else None
                self._publisher.set(replace(self._inputs, is_loading=False, problem=shown))
            return
        if meeting_id != self._inputs.meeting_id:
            return
        self._publisher.set(replace(self._inputs, row=row, is_loading=False, problem=None))
        await self.read_files(row)
        await self._suggest()
        for record_type in dict.fromkeys(ref.type for ref in row.meeting.refs):
            await self.labels_of(record_type)

    async def labels_of(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels the account has for records of a type; none where they cannot be read."""
        if record_type not in self._inputs.labels:
            try:
                labels = await self._meetings.labels(record_type)
            except Problem:
                return ()
            known = {**self._inputs.labels, record_type: labels}
            self._publisher.set(replace(self._inputs, labels=known))
        return self._inputs.labels[record_type]

    async def read_files(self, row: MeetingRow) -> None:
        """Read names and sizes of the attached files, where the account's grant allows it."""
        if not row.meeting.attachments or not self._inputs.may_attach:
            return
        try:
            files = await self._meetings.attachments(row.meeting.attachments)
        except Problem:
            return
        if row.meeting.id == self._inputs.meeting_id:
            self._publisher.set(replace(self._inputs, attachments=files))

    async def _read_kinds(self) -> None:
        try:
            kinds = await self._meetings.kinds()
        except Problem:
            return
        self._publisher.set(replace(self._inputs, kinds=kinds))

    async def _suggest(self) -> None:
        refs = self._refs()
        try:
            found = await self._meetings.suggestions(refs) if refs else ()
        except Problem:
            return
        if refs == self._refs():
            self._publisher.set(replace(self._inputs, suggestions=found))

    def _refs(self) -> tuple[RecordRef, ...]:
        return tuple(record.ref for record in self._inputs.records)
