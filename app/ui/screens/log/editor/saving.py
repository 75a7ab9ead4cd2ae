"""Sending what is in the editor: checked, compared with what is there already, kept, and undone on wish."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.changes import ChangeId
from app.domain.conflicts import Side
from app.domain.log_drafts import LogDraft, draft_key
from app.domain.logging_rules import check_details, errors_in
from app.domain.meetings import (
    Association,
    AssociationLabel,
    CrmRecord,
    FileId,
    MeetingField,
    MeetingId,
    RecordRef,
)
from app.domain.problems import Problem
from app.ui.kit.notices import Tone
from app.ui.kit.routes import NewMeeting
from app.ui.kit.tasks import Policy
from app.ui.kit.wording import words_for
from app.ui.screens.log.editor.record_rows import is_pinned
from app.ui.screens.log.editor.viewmodel import EditorViewModel
from app.ui.screens.log.undoing import Gesture, Undoing

translate = QCoreApplication.translate


class EditorCommands(QObject):
    """What the rep can do with the open meeting; `stopped(MeetingField)` names the field to mend."""

    stopped = Signal(object)

    def __init__(self, viewmodel: EditorViewModel, undoing: Undoing) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._undoing = undoing
        context = viewmodel.context
        self._meetings = context.services.meetings
        self._outbox = context.services.outbox
        self._notices = context.notices
        self._opener = context.opener
        self._tasks = viewmodel.tasks

    def save(self) -> None:
        """Log the new meeting, or send what was changed and open the next one."""
        inputs = self._viewmodel.inputs
        if not inputs.is_open or inputs.is_saving:
            return
        if inputs.unreadable:
            self.stopped.emit(next(name for name in MeetingField if name in inputs.unreadable))
            return
        before = inputs.row.meeting.details if inputs.row is not None else None
        faults = check_details(inputs.details, before)
        self._viewmodel.set(faults=faults)
        errors = errors_in(faults)
        if errors:
            self.stopped.emit(next(iter(errors)))
            return
        work = self._log(is_sure=bool(inputs.duplicates)) if inputs.is_new else self._edit()
        self._tasks.start(work, key="editor-save", policy=Policy.ONCE)

    def discard(self) -> None:
        """Throw away what was typed; an existing meeting shows HubSpot's version again."""
        self._tasks.start(self._discard(), key="editor-discard", policy=Policy.ONCE)

    def delete(self) -> None:
        """Move the meeting to HubSpot's recycle bin; it can be taken back for some seconds."""
        meeting_id = self._viewmodel.inputs.meeting_id
        if meeting_id is not None:
            self._tasks.start(self._delete(meeting_id), key="editor-delete", policy=Policy.ONCE)

    def use_duplicate(self, meeting_id: MeetingId) -> None:
        """The meeting is in HubSpot already: open that one instead; what was typed goes with it."""
        self._tasks.start(self._use(meeting_id), key="editor-use", policy=Policy.ONCE)

    def put_on(self, record: CrmRecord) -> None:
        """Put the meeting on a record."""
        inputs = self._viewmodel.inputs
        if any(known.ref == record.ref for known in inputs.records):
            return
        if inputs.is_new:
            self._viewmodel.change_draft(records=(*inputs.draft.records, record))
        elif inputs.meeting_id is not None:
            self._start(self._meetings.link(inputs.meeting_id, Association(record.ref)))

    def take_off(self, ref: RecordRef) -> None:
        """Take the meeting off a record."""
        inputs = self._viewmodel.inputs
        if inputs.is_new:
            kept = tuple(record for record in inputs.draft.records if record.ref != ref)
            self._viewmodel.change_draft(records=kept, pins=inputs.draft.pins - {ref})
        elif inputs.meeting_id is not None:
            self._start(self._meetings.unlink(inputs.meeting_id, ref))

    def pin(self, ref: RecordRef, is_wanted: bool) -> None:
        """Pin the meeting to a record, or take the pin away."""
        inputs = self._viewmodel.inputs
        record = next((known for known in inputs.records if known.ref == ref), None)
        if record is None or is_pinned(record, inputs) == is_wanted:
            return
        if inputs.is_new:
            pins = inputs.draft.pins | {ref} if is_wanted else inputs.draft.pins - {ref}
            self._viewmodel.change_draft(pins=pins)
        elif inputs.meeting_id is not None:
            self._start(self._meetings.pin(inputs.meeting_id, ref, is_wanted))

    def label(self, ref: RecordRef, labels: Sequence[AssociationLabel]) -> None:
        """Set the labels between the meeting and a record."""
        meeting_id = self._viewmodel.inputs.meeting_id
        if meeting_id is not None:
            self._start(self._meetings.link(meeting_id, Association(ref, tuple(labels))))

    def attach(self, paths: Sequence[Path]) -> None:
        """Add files; they are copied at once and sent with the meeting."""
        inputs = self._viewmodel.inputs
        if inputs.is_new:
            added = [str(path) for path in paths if str(path) not in inputs.draft.files]
            self._viewmodel.change_draft(files=(*inputs.draft.files, *added))
        elif inputs.meeting_id is not None:
            for path in paths:
                self._start(self._meetings.attach(inputs.meeting_id, path))

    def remove_file(self, key: str) -> None:
        """Take a file off, stop its upload, or leave it out."""
        inputs = self._viewmodel.inputs
        if key in inputs.draft.files:
            kept = tuple(path for path in inputs.draft.files if path != key)
            self._viewmodel.change_draft(files=kept)
        elif any(row.id == key for row in inputs.changes):
            self._outbox.cancel_upload(ChangeId(key))
            self._start(self._outbox.discard(ChangeId(key)))
        elif inputs.meeting_id is not None:
            self._start(self._meetings.detach(inputs.meeting_id, FileId(key)))

    def open_file(self, key: str) -> None:
        """Open an attached file by an address that works for some minutes."""
        self._tasks.start(self._open_file(FileId(key)), key="editor-file", policy=Policy.LATEST)

    def resolve(self, change_id: ChangeId, choices: dict[MeetingField, Side]) -> None:
        """End a conflict with the rep's choice for each field."""
        self._start(self._outbox.resolve_conflict(change_id, choices))

    def _start(self, work: Awaitable[object]) -> None:
        self._tasks.start(self._told(work))

    async def _told(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Problem as problem:
            self._notices.say(words_for(problem).sentence, tone=Tone.BAD)

    async def _log(self, *, is_sure: bool) -> None:
        viewmodel, inputs = self._viewmodel, self._viewmodel.inputs
        draft, details = inputs.draft, inputs.details
        refs = tuple(record.ref for record in draft.records)
        reopen = self._way_back(draft)
        viewmodel.set(is_saving=True)
        try:
            if not is_sure:
                found = await self._meetings.duplicates(details, refs, exclude=None)
                if found:
                    viewmodel.set(duplicates=found)
                    return
            meeting_id = await self._meetings.log(
                details,
                tuple(Association(ref) for ref in refs),
                pins=tuple(ref for ref in refs if ref in draft.pins),
                files=tuple(Path(path) for path in draft.files),
                draft_key=viewmodel.draft_key,
            )
        except Problem as problem:
            viewmodel.set(problem=problem)
            return
        finally:
            viewmodel.set(is_saving=False)
        viewmodel.let_go()
        viewmodel.selection.choose(meeting_id)
        self._note(Gesture(str(meeting_id), (), translate("log", "Meeting logged"), reopen))

    async def _edit(self) -> None:
        viewmodel, inputs = self._viewmodel, self._viewmodel.inputs
        if inputs.meeting_id is None:
            return
        if not inputs.is_changed:
            await viewmodel.keeper.discard(viewmodel.draft_key)
            viewmodel.selection.go_on()
            return
        viewmodel.set(is_saving=True)
        try:
            group = await self._meetings.edit(
                inputs.meeting_id,
                inputs.details,
                seen=inputs.draft.begun_with(inputs.row.meeting) if inputs.row is not None else None,
                draft_key=viewmodel.draft_key,
            )
        except Problem as problem:
            viewmodel.set(problem=problem)
            return
        finally:
            viewmodel.set(is_saving=False)
        viewmodel.let_go()
        viewmodel.selection.go_on()
        if group is not None:
            self._note(Gesture(group, (inputs.meeting_id,), translate("log", "Saved")))

    async def _discard(self) -> None:
        viewmodel = self._viewmodel
        is_new = viewmodel.inputs.is_new
        await viewmodel.keeper.discard(viewmodel.draft_key)
        viewmodel.let_go()
        if is_new:
            viewmodel.selection.choose(None)
            viewmodel.selection.leave()

    async def _delete(self, meeting_id: MeetingId) -> None:
        await self._viewmodel.keeper.discard(self._viewmodel.draft_key)
        try:
            group = await self._meetings.delete((meeting_id,))
        except Problem as problem:
            self._viewmodel.set(problem=problem)
            return
        self._viewmodel.let_go()
        self._viewmodel.selection.go_on()
        self._note(Gesture(group, (meeting_id,), translate("log", "Moved to HubSpot's recycle bin")))

    async def _use(self, meeting_id: MeetingId) -> None:
        """Carry what was typed over to the meeting that is there, and open it."""
        viewmodel, inputs = self._viewmodel, self._viewmodel.inputs
        row = next((row for row in inputs.duplicates if row.meeting.id == meeting_id), None)
        if row is None:
            return
        carried = inputs.draft.typed - {MeetingField.START, MeetingField.END}
        texts = {name: inputs.details.text(name) for name in carried if inputs.details.text(name)}
        draft = LogDraft(details=row.meeting.details.with_texts(texts), typed=frozenset(texts))
        records, before = inputs.draft.records, viewmodel.draft_key
        if not draft.is_empty:
            await viewmodel.context.services.log_drafts.keep(draft_key(meeting_id), draft)
        viewmodel.let_go()
        await viewmodel.keeper.discard(before)
        viewmodel.selection.choose(meeting_id)
        for record in records:
            if record.ref not in row.meeting.refs:
                self._start(self._meetings.link(meeting_id, Association(record.ref)))

    async def _open_file(self, file_id: FileId) -> None:
        try:
            address = await self._meetings.file_address(file_id)
        except Problem as problem:
            self._notices.say(words_for(problem).sentence, tone=Tone.BAD)
            return
        if not self._opener.open(address):
            text = translate("log", "The file's address is not one Slotdesk opens.")
            self._notices.say(text, tone=Tone.WARN)

    def _way_back(self, draft: LogDraft) -> Callable[[], Awaitable[None]]:
        """Opens the form of a new meeting again, with what was in it when it was logged."""
        viewmodel = self._viewmodel
        key, new = viewmodel.draft_key, viewmodel.selection.new or NewMeeting()

        async def reopen() -> None:
            await viewmodel.context.services.log_drafts.keep(key, draft)
            viewmodel.selection.open_new(new)

        return reopen

    def _note(self, gesture: Gesture) -> None:
        said = gesture.words
        if not self._viewmodel.inputs.is_online:
            said = translate("log", "{text}. It is sent when you are online").format(text=said)
        self._undoing.note(gesture, said=said)
