"""The meeting ports of one account before the network code is loaded: each call waits, then passes on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from app.domain.changes import LogMeeting, ScheduleMeeting
from app.domain.meetings import (
    Association,
    AssociationLabel,
    Attachment,
    CrmRecord,
    FieldEdit,
    FileId,
    Meeting,
    MeetingId,
    MeetingOptions,
    RecordRef,
    RecordType,
)
from app.domain.ports_meetings import BatchResult, MeetingPage, MeetingPorts, RecordKind
from app.domain.records import OwnerId

Real = Callable[[], Awaitable[MeetingPorts]]


def deferred_meetings(real: Real) -> MeetingPorts:
    """Ports that ask `real` for the working ones at every call."""
    return MeetingPorts(
        directory=_Directory(real), writer=_Writer(real), files=_Files(real), records=_Records(real)
    )


class _Directory:
    def __init__(self, real: Real) -> None:
        self._real = real

    async def all(self) -> AsyncIterator[MeetingPage]:
        async for page in (await self._real()).directory.all():
            yield page

    async def between(
        self, earliest: datetime, latest: datetime, *, owner_id: OwnerId | None = None
    ) -> AsyncIterator[MeetingPage]:
        async for page in (await self._real()).directory.between(earliest, latest, owner_id=owner_id):
            yield page

    async def changed_since(self, instant: datetime) -> AsyncIterator[MeetingPage]:
        async for page in (await self._real()).directory.changed_since(instant):
            yield page

    async def count(self) -> int:
        return await (await self._real()).directory.count()

    async def meeting(self, meeting_id: MeetingId) -> Meeting:
        return await (await self._real()).directory.meeting(meeting_id)

    async def meetings(self, meeting_ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        return await (await self._real()).directory.meetings(meeting_ids)

    async def associations(
        self, meeting_ids: Sequence[MeetingId]
    ) -> Mapping[MeetingId, tuple[Association, ...]]:
        return await (await self._real()).directory.associations(meeting_ids)

    async def meetings_of(self, ref: RecordRef) -> tuple[Meeting, ...]:
        return await (await self._real()).directory.meetings_of(ref)

    async def find(self, mark: str, sent: LogMeeting | ScheduleMeeting) -> Meeting | None:
        return await (await self._real()).directory.find(mark, sent)

    async def options(self) -> MeetingOptions:
        return await (await self._real()).directory.options()

    async def labels(self, record_type: RecordType) -> tuple[AssociationLabel, ...]:
        return await (await self._real()).directory.labels(record_type)


class _Writer:
    def __init__(self, real: Real) -> None:
        self._real = real

    async def log(self, change: LogMeeting, *, mark: str) -> Meeting:
        return await (await self._real()).writer.log(change, mark=mark)

    async def schedule(self, change: ScheduleMeeting, *, mark: str) -> MeetingId | None:
        return await (await self._real()).writer.schedule(change, mark=mark)

    async def edit(self, meeting_id: MeetingId, edits: Sequence[FieldEdit]) -> Meeting:
        return await (await self._real()).writer.edit(meeting_id, edits)

    async def edit_many(self, edits: Mapping[MeetingId, Sequence[FieldEdit]]) -> BatchResult:
        return await (await self._real()).writer.edit_many(edits)

    async def delete_many(self, meeting_ids: Sequence[MeetingId]) -> None:
        return await (await self._real()).writer.delete_many(meeting_ids)

    async def link(self, meeting_id: MeetingId, association: Association) -> tuple[Association, ...]:
        return await (await self._real()).writer.link(meeting_id, association)

    async def unlink(self, meeting_id: MeetingId, ref: RecordRef) -> tuple[Association, ...]:
        return await (await self._real()).writer.unlink(meeting_id, ref)

    async def pin(self, ref: RecordRef, meeting_id: MeetingId | None) -> None:
        return await (await self._real()).writer.pin(ref, meeting_id)

    async def attach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        return await (await self._real()).writer.attach(meeting_id, file_id)

    async def detach(self, meeting_id: MeetingId, file_id: FileId) -> Meeting:
        return await (await self._real()).writer.detach(meeting_id, file_id)


class _Files:
    def __init__(self, real: Real) -> None:
        self._real = real

    async def upload(
        self, path: Path, name: str, *, folder: str, on_progress: Callable[[int, int], None]
    ) -> FileId:
        return await (await self._real()).files.upload(path, name, folder=folder, on_progress=on_progress)

    async def attachments(self, file_ids: Sequence[FileId]) -> tuple[Attachment, ...]:
        return await (await self._real()).files.attachments(file_ids)

    async def signed_address(self, file_id: FileId) -> str:
        return await (await self._real()).files.signed_address(file_id)


class _Records:
    def __init__(self, real: Real) -> None:
        self._real = real

    async def kinds(self) -> tuple[RecordKind, ...]:
        return await (await self._real()).records.kinds()

    async def search(self, record_type: RecordType, text: str, *, limit: int) -> tuple[CrmRecord, ...]:
        return await (await self._real()).records.search(record_type, text, limit=limit)

    async def records(self, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        return await (await self._real()).records.records(refs)

    async def related(self, ref: RecordRef) -> tuple[CrmRecord, ...]:
        return await (await self._real()).records.related(ref)
