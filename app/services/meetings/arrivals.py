"""What HubSpot answered to changes from the outbox, put into the cache before the projection goes."""

from dataclasses import replace

from app.domain.accounts import AccountId
from app.domain.changes import (
    Change,
    DeleteMeeting,
    EditMeeting,
    LinkRecord,
    LogMeeting,
    PendingChange,
    PinMeeting,
    ScheduleMeeting,
    UnlinkRecord,
)
from app.domain.meetings import Association, CrmRecord, Meeting, MeetingId
from app.domain.ports_meetings import MeetingCache
from app.domain.projection import edited, linked, unlinked
from app.services.meetings.naming import RecordNames
from app.services.meetings.outgoing import Outgoing
from app.services.meetings.own_changes import OwnChanges


class Arrivals:
    """Keeps the answers; `note` is what the outbox calls for each change that was done."""

    def __init__(self, cache: MeetingCache, outbox: Outgoing, names: RecordNames, own: OwnChanges) -> None:
        self._cache = cache
        self._outbox = outbox
        self._names = names
        self._own = own

    async def note(
        self,
        row: PendingChange,
        answer: Meeting | None,
        associations: tuple[Association, ...] | None,
    ) -> None:
        """The change was done. Raises StorageFailed, when the next sync brings what is missing."""
        account_id, change = row.account_id, row.change
        meeting_id = self._outbox.resolve(change.meeting_id)
        if isinstance(change, DeleteMeeting):
            self._own.note_removed(meeting_id)
            await self._cache.remove(account_id, (meeting_id,))
            return
        self._own.note_written(meeting_id)
        if isinstance(change, PinMeeting):
            await self._pin(account_id, replace(change, meeting_id=meeting_id))
            return
        kept = next(iter(await self._cache.meetings(account_id, (meeting_id,))), None)
        meeting = _after(kept, change, meeting_id, answer)
        if meeting is None:
            return
        if associations is not None:
            meeting = replace(meeting, associations=associations)
        await self._cache.save(account_id, (meeting,))

    async def _pin(self, account_id: AccountId, pin: PinMeeting) -> None:
        known = await self._names.known(account_id, (pin.ref,))
        record = known.get(pin.ref) or CrmRecord(pin.ref, "")
        pinned = pin.meeting_id if pin.is_pinned else MeetingId("")
        await self._names.keep(account_id, (replace(record, pinned=pinned),))


def _after(
    kept: Meeting | None, change: Change, meeting_id: MeetingId, answer: Meeting | None
) -> Meeting | None:
    """The meeting after a change, from HubSpot's answer where there is one, else from what was sent."""
    match change:
        case LogMeeting() | ScheduleMeeting():
            sent = Meeting(meeting_id, change.details, change.associations)
            created = answer or kept or sent
            return (
                created
                if created.associations is not None
                else replace(created, associations=change.associations)
            )
        case _ if answer is not None or kept is None:
            return answer
        case EditMeeting():
            return replace(kept, details=edited(kept.details, change.edits))
        case LinkRecord(association=association):
            return replace(kept, associations=linked(kept.associations or (), association))
        case UnlinkRecord(ref=ref):
            return replace(kept, associations=unlinked(kept.associations, ref))
        case _:
            return None
