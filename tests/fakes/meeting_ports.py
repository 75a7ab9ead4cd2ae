"""Fakes of single meeting ports, each answering what a test put there; `fake_meetings` is a whole HubSpot."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import (
    RECORD_TYPES,
    Association,
    AssociationLabel,
    Attachment,
    CrmRecord,
    FileId,
    Meeting,
    MeetingId,
    MeetingOptions,
    RecordRef,
    RecordType,
)
from app.domain.ports_meetings import MeetingPage, RecordKind
from app.domain.problems import Gone
from app.domain.records import OwnerId
from tests.fakes.scripted import Scripted


class FakeMeetingDirectory(Scripted):
    """The meetings of an account, in `kept` with their associations.

    Searches leave out `unindexed` ids and show `stale` versions instead of the present ones; each page is a
    step named after its walk, `skipped` counts rows of its first page that could not be read.
    """

    def __init__(self, *meetings: Meeting) -> None:
        super().__init__()
        self.kept: dict[MeetingId, Meeting] = {meeting.id: meeting for meeting in meetings}
        self.unindexed: set[MeetingId] = set()
        self.stale: dict[MeetingId, Meeting] = {}
        self.marks: dict[str, MeetingId] = {}
        self.answer = MeetingOptions()
        self.label_answer: dict[RecordType, tuple[AssociationLabel, ...]] = {}
        self.page_size = 100
        self.skipped = 0
        self.open_iterators = 0

    def put(self, *meetings: Meeting) -> None:
        """Add or replace."""
        self.kept.update({meeting.id: meeting for meeting in meetings})

    def all(self) -> AsyncIterator[MeetingPage]:
        """Every meeting with its associations, without labels."""
        return self._pages("all", [_unlabelled(one) for one in self.kept.values()])

    def between(
        self, earliest: datetime, latest: datetime, *, owner_id: OwnerId | None = None
    ) -> AsyncIterator[MeetingPage]:
        """Meetings that start in the range, as the index knows them."""
        return self._pages(
            "between",
            [
                _bare(one)
                for one in self._indexed()
                if one.details.start and earliest <= one.details.start <= latest
                if owner_id in (None, one.details.owner_id)
            ],
        )

    def changed_since(self, instant: datetime) -> AsyncIterator[MeetingPage]:
        """Meetings changed at or after the instant, as the index knows them, oldest first."""
        self.calls.append(("since", instant))
        dated = [(one.updated_at, one) for one in self._indexed() if one.updated_at]
        found = sorted((pair for pair in dated if pair[0] >= instant), key=lambda pair: pair[0])
        return self._pages("changed_since", [_bare(one) for _, one in found])

    def _indexed(self) -> list[Meeting]:
        there = {**self.kept, **self.stale}
        return [one for one in there.values() if one.id not in self.unindexed]

    async def _pages(self, step: str, meetings: list[Meeting]) -> AsyncGenerator[MeetingPage, None]:
        self.open_iterators += 1
        try:
            for start in range(0, max(len(meetings), 1), self.page_size):
                await self._step(step)
                rows = meetings[start : start + self.page_size]
                yield MeetingPage(tuple(rows), len(meetings), 0 if start else self.skipped)
        finally:
            self.open_iterators -= 1

    def times(self, method: str) -> int:
        """How often the method was called; `count` is the port's own."""
        return super().count(method)

    async def count(self) -> int:  # type: ignore[override]
        """How many there are."""
        await self._step("count")
        return len(self.kept)

    async def meeting(self, meeting_id: MeetingId) -> Meeting:
        """One with everything; raises Gone."""
        await self._step("meeting", meeting_id)
        if meeting_id not in self.kept:
            raise Gone(meeting_id)
        return self.kept[meeting_id]

    async def meetings(self, meeting_ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """The ones that exist, without associations."""
        await self._step("meetings", tuple(meeting_ids))
        return tuple(_bare(self.kept[one]) for one in meeting_ids if one in self.kept)

    async def associations(
        self, meeting_ids: Sequence[MeetingId]
    ) -> Mapping[MeetingId, tuple[Association, ...]]:
        """The records of the ones that exist."""
        await self._step("associations", tuple(meeting_ids))
        return {one: self.kept[one].associations or () for one in meeting_ids if one in self.kept}

    async def meetings_of(self, ref: RecordRef) -> tuple[Meeting, ...]:
        """The meetings on a record, without associations."""
        await self._step("meetings_of", ref)
        return tuple(_bare(one) for one in self.kept.values() if ref in one.refs)

    async def find(self, mark: str, sent: LogMeeting | ScheduleMeeting) -> Meeting | None:
        """The meeting noted in `marks`, unless the index does not know it yet."""
        await self._step("find", mark, sent)
        meeting_id = self.marks.get(mark)
        return None if meeting_id is None or meeting_id in self.unindexed else self.kept.get(meeting_id)

    async def options(self) -> MeetingOptions:
        """Outcomes and types."""
        await self._step("options")
        return self.answer

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        """The labels of a type."""
        await self._step("labels", record_type)
        return self.label_answer.get(record_type, ())


def _bare(meeting: Meeting) -> Meeting:
    return replace(meeting, associations=None)


def _unlabelled(meeting: Meeting) -> Meeting:
    return replace(meeting, associations=tuple(Association(ref) for ref in meeting.refs))


class FakeRecordFinder(Scripted):
    """Records in `kept`; `relations` by record."""

    def __init__(self, *records: CrmRecord) -> None:
        super().__init__()
        self.kept = {record.ref: record for record in records}
        self.relations: dict[RecordRef, tuple[CrmRecord, ...]] = {}
        self.all_kinds = tuple(RecordKind(record_type) for record_type in RECORD_TYPES)

    async def kinds(self) -> tuple[RecordKind, ...]:
        """The record types."""
        await self._step("kinds")
        return self.all_kinds

    async def search(self, record_type: RecordType, text: str, *, limit: int) -> tuple[CrmRecord, ...]:
        """Records of the type whose name has the text."""
        await self._step("search", record_type, text, limit)
        found = [
            one
            for one in self.kept.values()
            if one.ref.type == record_type and text.casefold() in one.name.casefold()
        ]
        return tuple(found[:limit])

    async def records(self, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """The ones that exist."""
        await self._step("records", tuple(refs))
        return tuple(self.kept[ref] for ref in refs if ref in self.kept)

    async def related(self, ref: RecordRef) -> tuple[CrmRecord, ...]:
        """What belongs to a record."""
        await self._step("related", ref)
        return self.relations.get(ref, ())


class FakeFileCabinet(Scripted):
    """Files in `kept`; uploads are told half and whole."""

    def __init__(self, *files: Attachment) -> None:
        super().__init__()
        self.kept = {file.id: file for file in files}
        self.folders: dict[tuple[str, str], FileId] = {}

    async def upload(
        self, path: Path, name: str, *, folder: str, on_progress: Callable[[int, int], None]
    ) -> FileId:
        """Keep it; the same folder and name give the same file."""
        on_progress(1, 2)
        await self._step("upload", path, name, folder)
        on_progress(2, 2)
        file_id = self.folders.setdefault((folder, name), FileId(f"file-{len(self.folders) + 1}"))
        self.kept[file_id] = Attachment(file_id, name, 2)
        return file_id

    async def attachments(self, file_ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        """Names and sizes; an unknown one by its id."""
        await self._step("attachments", tuple(file_ids))
        return tuple(self.kept.get(one) or Attachment(one, one) for one in file_ids)

    async def signed_address(self, file_id: FileId) -> str:
        """An address."""
        await self._step("signed_address", file_id)
        return f"https://files.example/{file_id}?signature=abc"
