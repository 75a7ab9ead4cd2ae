"""Meetings that may be the one the rep is about to log, looked for here and at HubSpot."""

from collections.abc import Sequence

from app.domain.accounts import AccountId
from app.domain.duplicates import QUARTER, duplicates
from app.domain.meetings import CONTACT, Meeting, MeetingDetails, MeetingId, MeetingQuery, RecordRef
from app.domain.problems import Problem
from app.services.meetings.active import ActiveAccount
from app.services.meetings.cached import CachedMeetings
from app.services.meetings.naming import BATCH, RecordNames
from app.services.meetings.outgoing import Outgoing
from app.services.meetings.state import MeetingRow


class MeetingDuplicates:
    """Asks HubSpot for the contacts' meetings first, and does without it where it does not answer."""

    def __init__(
        self, active: ActiveAccount, meetings: CachedMeetings, names: RecordNames, outbox: Outgoing
    ) -> None:
        self._active = active
        self._meetings = meetings
        self._names = names
        self._outbox = outbox

    async def find(
        self,
        account_id: AccountId,
        details: MeetingDetails,
        refs: Sequence[RecordRef],
        *,
        exclude: MeetingId | None = None,
        calendar_id: str = "",
    ) -> tuple[MeetingRow, ...]:
        """The same contact within 15 minutes, or the same calendar id, nearest first.

        Raises StorageFailed.
        """
        contacts = [ref for ref in dict.fromkeys(refs) if ref.type == CONTACT]
        if details.start is None and not calendar_id:
            return ()
        for ref in contacts if self._active.can_be_asked else ():
            await self._read(account_id, ref, details)
        candidates: dict[MeetingId, Meeting] = {}
        for ref in contacts:
            candidates.update({one.id: one for one in await self._meetings.on_record(account_id, ref)})
        candidates.update({one.id: one for one in await self._at_that_time(account_id, details)})
        found = duplicates(
            details,
            refs,
            candidates.values(),
            calendar_id=calendar_id,
            exclude=self._outbox.resolve(exclude) if exclude else None,
        )
        return await self._meetings.rows(account_id, [meeting.id for meeting in found])

    async def _read(self, account_id: AccountId, ref: RecordRef, details: MeetingDetails) -> None:
        """Bring the contact's meetings of that time into the cache."""
        directory = self._active.ports().directory
        try:
            meetings = await self._active.watch(directory.meetings_of(ref))
            near = [one for one in meetings if _is_near(one, details)][:BATCH]
            if near:
                await self._names.keep_meetings(account_id, await self._names.with_associations(near))
        except Problem:
            return

    async def _at_that_time(self, account_id: AccountId, details: MeetingDetails) -> tuple[Meeting, ...]:
        if details.start is None:
            return ()
        query = MeetingQuery(earliest=details.start - QUARTER, latest=details.start + QUARTER)
        index = await self._meetings.index(account_id, query)
        return await self._meetings.meetings(account_id, index.ids)


def _is_near(meeting: Meeting, details: MeetingDetails) -> bool:
    start, wanted = meeting.details.start, details.start
    return start is not None and wanted is not None and abs(start - wanted) <= QUARTER
