"""Sending one change of any kind; what HubSpot may do twice without harm is simply done."""

from collections.abc import Awaitable, Callable
from typing import Final, assert_never

from app.domain.changes import (
    AttachFile,
    ChangeId,
    DeleteMeeting,
    DetachFile,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import Meeting, MeetingId
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingPorts, Spool
from app.domain.problems import Problem
from app.services.outbox.batches import Batches, known_id
from app.services.outbox.delivery import Delivery
from app.services.outbox.grouping import Resolve
from app.services.outbox.states import Succeeded, Uploaded, moved

Keep = Callable[[PendingChange], Awaitable[None]]
OnProgress = Callable[[ChangeId, int, int], None]

FOLDER: Final = "/slotdesk/{}"
"""One folder for each attached file, so that a second upload of it finds the first."""

_SCHEDULED_LOOKS: Final = (0.0, 2.0, 8.0)
"""Pauses before the looks for a scheduled meeting whose id HubSpot did not name."""


class Sending:
    """Sends changes of one account; every method raises Problem where nothing is known to have happened."""

    def __init__(
        self,
        ports: MeetingPorts,
        spool: Spool,
        clock: Clock,
        batches: Batches,
        *,
        resolve: Resolve,
        keep: Keep,
        on_progress: OnProgress,
    ) -> None:
        self._ports = ports
        self._spool = spool
        self._clock = clock
        self._batches = batches
        self._resolve = resolve
        self._keep = keep
        self._on_progress = on_progress

    async def send(self, row: PendingChange) -> Delivery:
        """Carry the change out."""
        change, writer = row.change, self._ports.writer
        match change:
            case LogMeeting():
                meeting = await writer.log(change, mark=row.id)
                return self._done(row, meeting, server_id=meeting.id)
            case ScheduleMeeting():
                server_id = await writer.schedule(change, mark=row.id)
                if server_id is not None:
                    return self._done(row, server_id=server_id)
                found = await self._scheduled(row, change)
                return self._done(row, found, server_id=found.id if found else None)
            case EditMeeting():
                return (await self._batches.edit((row,)))[0]
            case DeleteMeeting():
                return (await self._batches.delete((row,)))[0]
            case LinkRecord():
                linked = await writer.link(known_id(change.meeting_id, self._resolve), change.association)
                return Delivery(row, Succeeded(self._clock.now()), associations=linked)
            case UnlinkRecord():
                left = await writer.unlink(known_id(change.meeting_id, self._resolve), change.ref)
                return Delivery(row, Succeeded(self._clock.now()), associations=left)
            case PinMeeting():
                await self._pin(change)
                return self._done(row)
            case AttachFile():
                return await self._attach(row, change)
            case DetachFile():
                return self._done(
                    row, await writer.detach(known_id(change.meeting_id, self._resolve), change.file_id)
                )
            case _:
                assert_never(change)

    def _done(
        self, row: PendingChange, meeting: Meeting | None = None, *, server_id: MeetingId | None = None
    ) -> Delivery:
        return Delivery(row, Succeeded(self._clock.now(), server_id), meeting)

    async def _scheduled(self, row: PendingChange, change: ScheduleMeeting) -> Meeting | None:
        """The engagement of a meeting that HubSpot has put into the calendar, if it turns up soon."""
        for pause in _SCHEDULED_LOOKS:
            await self._clock.sleep(pause)
            try:
                found = await self._ports.directory.find(row.id, change)
            except Problem:
                continue
            if found is not None:
                return found
        return None

    async def _pin(self, change: PinMeeting) -> None:
        """A new pin replaces whichever is there; taking it away spares a pin that the rep has not seen."""
        meeting_id = known_id(change.meeting_id, self._resolve)
        if change.is_pinned:
            await self._ports.writer.pin(change.ref, meeting_id)
            return
        seen = (meeting_id, self._resolve(change.before) if change.before else meeting_id)
        for record in await self._ports.records.records((change.ref,)):
            if record.pinned in seen:
                await self._ports.writer.pin(change.ref, None)

    async def _attach(self, row: PendingChange, change: AttachFile) -> Delivery:
        """Upload, keep the file's id, then change the meeting: each step may be taken again."""
        meeting_id = known_id(change.meeting_id, self._resolve)
        file_id = row.file_id
        if file_id is None:
            file_id = await self._ports.files.upload(
                self._spool.path(change.spooled),
                change.name,
                folder=FOLDER.format(row.id),
                on_progress=lambda sent, total: self._on_progress(row.id, sent, total),
            )
            row = moved(row, Uploaded(file_id))
            await self._keep(row)
        return self._done(row, await self._ports.writer.attach(meeting_id, file_id))
