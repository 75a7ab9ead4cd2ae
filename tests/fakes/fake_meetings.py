"""A HubSpot for meetings: what was written is there at once, what is searched for may lag."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import (
    RECORD_TYPES,
    Association,
    Attachment,
    CrmRecord,
    FieldEdit,
    FileId,
    Meeting,
    MeetingDetails,
    MeetingId,
    MeetingOptions,
    RecordRef,
    RecordType,
)
from app.domain.ports import Clock
from app.domain.ports_meetings import BatchResult, MeetingPorts, RecordKind
from app.domain.problems import Gone, Problem, Rejected
from tests.fakes.lagging_directory import FakeLaggingDirectory, Kept
from tests.fakes.scripted import Scripted


class FakeMeetings(Scripted):
    """What one account has, its writer, files and records, and a directory; `ports` hands them out.

    `fail` makes a call fail before it does anything, `lose` after it has. `lag` is how many seconds searches
    are behind.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.lag = 0.0
        self.kept: dict[MeetingId, Kept] = {}
        self.bin: dict[MeetingId, Kept] = {}
        self.pins: dict[RecordRef, MeetingId] = {}
        self.uploads: dict[tuple[str, str], FileId] = {}
        self.missing_files: set[Path] = set()
        self.row_problems: dict[MeetingId, Problem] = {}
        self.silent_rows: set[MeetingId] = set()
        self.names_scheduled = True
        self.known_options = MeetingOptions()
        self.known_kinds = tuple(RecordKind(one) for one in RECORD_TYPES)
        self.known_records: dict[RecordRef, CrmRecord] = {}
        self._lost: dict[str, list[Problem | None]] = {}
        self._next_id = 1000

    def ports(self) -> MeetingPorts:
        """All four ports."""
        return MeetingPorts(directory=FakeLaggingDirectory(self), writer=self, files=self, records=self)

    def lose(self, method: str, *problems: Problem | None) -> None:
        """The next calls of the method do their work and then raise these; None lets an answer through."""
        self._lost.setdefault(method, []).extend(problems)

    def add(
        self,
        details: MeetingDetails,
        associations: Sequence[Association] = (),
        *,
        mark: str = "",
        lag: float | None = None,
    ) -> Meeting:
        """Put a meeting there, as a colleague or a request does."""
        self._next_id += 1
        now = self.clock.now()
        meeting = Meeting(
            MeetingId(str(self._next_id)),
            details,
            tuple(associations),
            created_at=now,
            updated_at=now,
        )
        seen_from = now + timedelta(seconds=self.lag if lag is None else lag)
        self.kept[meeting.id] = Kept(meeting, seen_from, mark)
        return meeting

    def change(self, meeting_id: MeetingId, details: MeetingDetails) -> Meeting:
        """Change a meeting, as a colleague or a request does."""
        kept = self.meeting_there(meeting_id)
        kept.meeting = replace(kept.meeting, details=details, updated_at=self.clock.now())
        return kept.meeting

    async def step(self, method: str, *arguments: object) -> None:
        """What every call begins with."""
        await self._step(method, *arguments)

    async def answer(self, method: str) -> None:
        """What every call ends with."""
        planned = self._lost.get(method)
        problem = planned.pop(0) if planned else None
        if problem is not None:
            raise problem

    def meeting_there(self, meeting_id: MeetingId) -> Kept:
        """The meeting of that id. Raises Gone."""
        kept = self.kept.get(meeting_id)
        if kept is None:
            raise Gone("meeting")
        return kept

    def is_seen(self, kept: Kept) -> bool:
        """Whether searches show it."""
        return kept.seen_from <= self.clock.now()

    # Writer

    async def log(self, change: LogMeeting, *, mark: str) -> Meeting:
        """Create it."""
        await self._step("log", change, mark)
        meeting = self.add(change.details, change.associations, mark=mark)
        await self.answer("log")
        return meeting

    async def schedule(self, change: ScheduleMeeting, *, mark: str) -> MeetingId | None:
        """Put it into the calendar."""
        await self._step("schedule", change, mark)
        meeting = self.add(change.details, change.associations, mark=mark)
        await self.answer("schedule")
        return meeting.id if self.names_scheduled else None

    async def edit(self, meeting_id: MeetingId, edits: Sequence[FieldEdit]) -> Meeting:
        """Set the fields."""
        await self._step("edit", meeting_id, tuple(edits))
        meeting = self._edit(meeting_id, edits)
        await self.answer("edit")
        return meeting

    def _edit(self, meeting_id: MeetingId, edits: Sequence[FieldEdit]) -> Meeting:
        if meeting_id in self.row_problems:
            raise self.row_problems[meeting_id]
        details = self.meeting_there(meeting_id).meeting.details
        return self.change(meeting_id, details.with_texts({one.name: one.after for one in edits}))

    async def edit_many(self, edits: Mapping[MeetingId, Sequence[FieldEdit]]) -> BatchResult:
        """Set the fields of many; failures row by row."""
        await self._step("edit_many", dict(edits))
        done: list[Meeting] = []
        failed: dict[MeetingId, Problem] = {}
        for meeting_id, fields in edits.items():
            if meeting_id in self.silent_rows:
                continue
            try:
                done.append(self._edit(meeting_id, fields))
            except Problem as problem:
                failed[meeting_id] = problem
        await self.answer("edit_many")
        return BatchResult(tuple(done), failed)

    async def delete_many(self, meeting_ids: Sequence[MeetingId]) -> None:
        """Into the recycle bin; ones that are there already are fine."""
        await self._step("delete_many", tuple(meeting_ids))
        for meeting_id in meeting_ids:
            if meeting_id in self.kept:
                self.bin[meeting_id] = self.kept.pop(meeting_id)
                self.pins = {ref: one for ref, one in self.pins.items() if one != meeting_id}
        await self.answer("delete_many")

    async def link(self, meeting_id: MeetingId, association: Association) -> tuple[Association, ...]:
        """Put it on the record."""
        await self._step("link", meeting_id, association)
        known = self.meeting_there(meeting_id).meeting.associations or ()
        others = [one for one in known if one.ref != association.ref]
        return await self._associate(meeting_id, (*others, association), "link")

    async def unlink(self, meeting_id: MeetingId, ref: RecordRef) -> tuple[Association, ...]:
        """Take it off the record, and its pin with it."""
        await self._step("unlink", meeting_id, ref)
        known = self.meeting_there(meeting_id).meeting.associations or ()
        if self.pins.get(ref) == meeting_id:
            del self.pins[ref]
        return await self._associate(meeting_id, [one for one in known if one.ref != ref], "unlink")

    async def _associate(
        self, meeting_id: MeetingId, associations: Sequence[Association], method: str
    ) -> tuple[Association, ...]:
        kept = self.meeting_there(meeting_id)
        kept.meeting = replace(kept.meeting, associations=tuple(associations))
        await self.answer(method)
        return tuple(associations)

    async def pin(self, ref: RecordRef, meeting_id: MeetingId | None) -> None:
        """One pin for each record, of a meeting that stands on it."""
        await self._step("pin", ref, meeting_id)
        if meeting_id is None:
            self.pins.pop(ref, None)
        elif ref not in self.meeting_there(meeting_id).meeting.refs:
            raise Rejected("not associated")
        else:
            self.pins[ref] = meeting_id
        await self.answer("pin")

    async def attach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        """Add the file once."""
        await self._step("attach", meeting_id, file_id)
        there = self.meeting_there(meeting_id).meeting.attachments
        return await self._with_files(meeting_id, there if file_id in there else (*there, file_id), "attach")

    async def detach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        """Take the file away."""
        await self._step("detach", meeting_id, file_id)
        there = self.meeting_there(meeting_id).meeting.attachments
        return await self._with_files(meeting_id, [one for one in there if one != file_id], "detach")

    async def _with_files(self, meeting_id: MeetingId, files: Sequence[FileId], method: str) -> Meeting:
        kept = self.meeting_there(meeting_id)
        kept.meeting = replace(kept.meeting, attachments=tuple(files), updated_at=self.clock.now())
        await self.answer(method)
        return kept.meeting

    # Files

    async def upload(
        self, path: Path, name: str, *, folder: str, on_progress: Callable[[int, int], None]
    ) -> FileId:
        """Again with the same folder and name it returns the file that is there."""
        on_progress(0, 10)
        await self._step("upload", path, name, folder)
        if path in self.missing_files:
            raise Gone("file")
        file_id = self.uploads.setdefault((folder, name), FileId(f"file-{len(self.uploads) + 1}"))
        on_progress(10, 10)
        await self.answer("upload")
        return file_id

    async def attachments(self, file_ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Names by id."""
        await self._step("attachments", tuple(file_ids))
        names = {file_id: name for (_, name), file_id in self.uploads.items()}
        return tuple(Attachment(one, names.get(one, one)) for one in file_ids)

    async def signed_address(self, file_id: FileId) -> str:
        """An address of its own."""
        await self._step("signed_address", file_id)
        return f"https://files.example/{file_id}"

    # Records

    async def kinds(self) -> tuple[RecordKind, ...]:
        """What `known_kinds` says, the standard ones at first."""
        await self._step("kinds")
        return self.known_kinds

    async def search(self, record_type: RecordType, text: str, *, limit: int) -> tuple[CrmRecord, ...]:
        """Records of the type whose name has the text in it."""
        await self._step("search", record_type, text)
        found = [one for one in self.known_records.values() if one.ref.type == record_type]
        return tuple(one for one in found if text.casefold() in one.name.casefold())[:limit]

    async def records(self, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """Every record exists unless `known_records` names others of its type; with its pin."""
        await self._step("records", tuple(refs))
        return tuple(
            replace(self.known_records.get(ref, CrmRecord(ref, "")), pinned=self.pins.get(ref, MeetingId("")))
            for ref in refs
        )

    async def related(self, ref: RecordRef) -> tuple[CrmRecord, ...]:
        """Every other known record."""
        await self._step("related", ref)
        return tuple(one for one in self.known_records.values() if one.ref != ref)
