"""Sending edits and deletions: HubSpot's version is compared first, a group goes in one call."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.domain.changes import EditMeeting, PendingChange
from app.domain.conflicts import conflict_of, their_texts
from app.domain.meetings import Meeting, MeetingId, is_local
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingPorts
from app.domain.problems import Gone, Problem, ServiceBroken
from app.services.outbox.delivery import Delivery
from app.services.outbox.grouping import Resolve
from app.services.outbox.states import Differs, Event, Succeeded
from app.services.outbox.verdicts import verdict

Again = Callable[[PendingChange], datetime]


class Batches:
    """Sends edits and deletions of one account; a problem that all rows share is raised."""

    def __init__(self, ports: MeetingPorts, clock: Clock, *, resolve: Resolve, again: Again) -> None:
        self._ports = ports
        self._clock = clock
        self._resolve = resolve
        self._again = again

    async def edit(self, rows: Sequence[PendingChange]) -> tuple[Delivery, ...]:
        """Set the fields of every row that is in no conflict."""
        deliveries: list[Delivery] = []
        edits: dict[MeetingId, tuple[PendingChange, EditMeeting]] = {}
        for row, change in [(row, row.change) for row in rows if isinstance(row.change, EditMeeting)]:
            try:
                edits[known_id(change.meeting_id, self._resolve)] = (row, change)
            except Gone as problem:
                deliveries.append(self._failed(row, problem))
        for meeting_id, event in (await self._objections(edits)).items():
            deliveries.append(Delivery(edits.pop(meeting_id)[0], event))
        return (*deliveries, *await self._send(edits))

    async def delete(self, rows: Sequence[PendingChange]) -> tuple[Delivery, ...]:
        """Put the meetings into the recycle bin; one that was never made is gone already."""
        meeting_ids = [self._resolve(row.change.meeting_id) for row in rows]
        known = [one for one in meeting_ids if not is_local(one)]
        if known:
            await self._ports.writer.delete_many(known)
        return tuple(Delivery(row, Succeeded(self._clock.now())) for row in rows)

    async def _objections(
        self, edits: dict[MeetingId, tuple[PendingChange, EditMeeting]]
    ) -> dict[MeetingId, Event]:
        """Why some may not be sent: gone, or changed by somebody else in the same fields."""
        based = [one for one, (_, change) in edits.items() if change.base_updated_at and not change.is_forced]
        theirs = {one.id: one for one in await self._ports.directory.meetings(based)} if based else {}
        found: dict[MeetingId, Event] = {}
        for meeting_id in based:
            row, change = edits[meeting_id]
            version = theirs.get(meeting_id)
            if version is None:
                found[meeting_id] = self._failed(row, Gone("meeting")).event
            elif conflict_of(change, version):
                found[meeting_id] = Differs(their_texts(change, version), version.updated_at)
        return found

    async def _send(self, edits: dict[MeetingId, tuple[PendingChange, EditMeeting]]) -> tuple[Delivery, ...]:
        if len(edits) > 1:
            result = await self._ports.writer.edit_many(
                {one: change.edits for one, (_, change) in edits.items()}
            )
            done = {meeting.id: meeting for meeting in result.done}
            return tuple(
                self._edited(row, done.get(meeting_id), result.failed.get(meeting_id))
                for meeting_id, (row, _) in edits.items()
            )
        return tuple(
            [
                self._edited(row, await self._ports.writer.edit(meeting_id, change.edits))
                for meeting_id, (row, change) in edits.items()
            ]
        )

    def _edited(
        self, row: PendingChange, meeting: Meeting | None, problem: Problem | None = None
    ) -> Delivery:
        """A row of which the batch says nothing is sent again."""
        if meeting is None:
            return self._failed(row, problem or ServiceBroken())
        return Delivery(row, Succeeded(self._clock.now()), meeting)

    def _failed(self, row: PendingChange, problem: Problem) -> Delivery:
        return Delivery(row, verdict(row, problem, now=self._clock.now(), again_at=self._again(row)))


def known_id(meeting_id: MeetingId, resolve: Resolve) -> MeetingId:
    """HubSpot's id of a meeting. Raises Gone for one that was never made."""
    found = resolve(meeting_id)
    if is_local(found):
        raise Gone("meeting")
    return found
