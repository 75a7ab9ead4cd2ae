"""What is asked of HubSpot because the rep looks at one meeting or types a name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from app.domain.accounts import AccountId
from app.domain.meetings import CrmRecord, Meeting, MeetingId, RecordRef, RecordType, is_local
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache
from app.domain.problems import Gone, Problem
from app.domain.suggesting import suggested
from app.services.directory import MIN_QUERY
from app.services.meetings.active import ActiveAccount
from app.services.meetings.booked import BookedMeetings
from app.services.meetings.cached import CachedMeetings
from app.services.meetings.naming import RecordNames

_MOST_FOUND: Final = 20


class LookUps:
    """Asks at once, keeps what came for reading offline, and passes problems on."""

    def __init__(
        self,
        active: ActiveAccount,
        cache: MeetingCache,
        meetings: CachedMeetings,
        names: RecordNames,
        clock: Clock,
    ) -> None:
        self._active = active
        self._cache = cache
        self._meetings = meetings
        self._names = names
        self._booked = BookedMeetings(active, clock)

    async def refresh(self, account_id: AccountId, meeting_id: MeetingId) -> None:
        """Read a meeting anew with its records, names and pins. Raises Gone, having forgotten it.

        A meeting that HubSpot does not know yet is left as it is, and so are names that cannot be read.
        """
        if is_local(meeting_id):
            return
        try:
            meeting = await self._active.watch(self._active.ports().directory.meeting(meeting_id))
        except Gone:
            is_waiting = meeting_id in self._meetings.pending(account_id)
            if self._active.is_still(account_id) and not is_waiting:
                await self._cache.remove(account_id, (meeting_id,))
            raise
        await self.keep(account_id, meeting)

    async def keep(self, account_id: AccountId, meeting: Meeting) -> None:
        """Keep a meeting that was just read, and read its records; names that fail stay as they are."""
        if self._active.is_still(account_id):
            await self._cache.save(account_id, (meeting,))
        try:
            await self._names.read(account_id, meeting.refs)
        except Problem:
            return

    async def search(
        self, account_id: AccountId, record_type: RecordType, text: str
    ) -> tuple[CrmRecord, ...]:
        """Records by free text, best first; none below two letters. Raises Problem."""
        query = text.strip()
        if len(query) < MIN_QUERY:
            return ()
        finder = self._active.ports().records
        found = await self._active.watch(finder.search(record_type, query, limit=_MOST_FOUND))
        await self._names.keep(account_id, found)
        return found

    async def suggestions(self, account_id: AccountId, refs: Sequence[RecordRef]) -> tuple[CrmRecord, ...]:
        """What else a meeting on these records may stand on; what could not be read is left out."""
        related: list[CrmRecord] = []
        for ref in refs if self._active.can_be_asked else ():
            try:
                found = await self._active.watch(self._active.ports().records.related(ref))
                await self._names.keep(account_id, found)
            except Problem:
                continue
            related.extend(found)
        return suggested(related, refs)

    async def booked(self, account_id: AccountId, email: str, start: datetime) -> MeetingId | None:
        """The engagement of a booking, read with its records; None when no look found it. Raises Problem."""
        found = await self._booked.find(account_id, email, start)
        if found is None:
            return None
        await self.refresh(account_id, found.id)
        return found.id
