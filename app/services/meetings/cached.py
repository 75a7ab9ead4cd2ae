"""Meetings as this computer knows them, with the changes that wait in the outbox laid over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.accounts import AccountId
from app.domain.changes import ChangeState, PendingChange
from app.domain.meetings import CrmRecord, Meeting, MeetingId, MeetingIndex, MeetingQuery, RecordRef
from app.domain.ports_meetings import MeetingCache
from app.domain.projection import ProjectedMeeting, merge_index, project, with_pins
from app.services.meetings.naming import RecordNames
from app.services.meetings.outgoing import Outgoing
from app.services.meetings.state import MeetingRow


class CachedMeetings:
    """Answers from the cache and the outbox alone; raises only StorageFailed."""

    def __init__(self, cache: MeetingCache, outbox: Outgoing, names: RecordNames) -> None:
        self._cache = cache
        self._outbox = outbox
        self._names = names

    def pending(self, account_id: AccountId) -> Mapping[MeetingId, Sequence[PendingChange]]:
        """The changes that wait, by the id HubSpot uses for the meeting where it has one."""
        found: dict[MeetingId, list[PendingChange]] = {}
        for row in self._waiting(account_id):
            found.setdefault(self._outbox.resolve(row.change.meeting_id), []).append(row)
        return found

    def _waiting(self, account_id: AccountId) -> Iterable[PendingChange]:
        """A done row counts as being sent while it is there: only then its result is in the cache."""
        return (
            replace(row, state=ChangeState.SENDING) if row.state is ChangeState.DONE else row
            for row in self._outbox.state.value.rows
            if row.account_id == account_id
        )

    async def index(self, account_id: AccountId, query: MeetingQuery) -> MeetingIndex:
        """The answer to the query."""
        # The changes as they were before the reading: what is done meanwhile is in the cache only afterwards.
        pending = self.pending(account_id)
        index = await self._cache.index(account_id, query)
        if not pending:
            return index
        known = await self._projected(account_id, tuple(pending))
        refs = (ref for one in known.values() if one for ref in one.meeting.refs)
        records = await self._names.known(account_id, refs)
        return merge_index(index, known, query, {ref: record.name for ref, record in records.items()})

    async def meetings(self, account_id: AccountId, ids: Sequence[MeetingId]) -> tuple[Meeting, ...]:
        """The known ones of these as the rep has decided them to be, in the order asked for."""
        projected = await self._projected(account_id, ids)
        return tuple(one.meeting for one in projected.values() if one)

    async def rows(self, account_id: AccountId, ids: Sequence[MeetingId]) -> tuple[MeetingRow, ...]:
        """The known ones of these, with their records, in the order asked for."""
        # The changes as they were before the reading: what is done meanwhile is in the cache only afterwards.
        waiting = tuple(self._waiting(account_id))
        found = [one for one in (await self._projected(account_id, ids)).values() if one]
        records = await self._names.known(account_id, (ref for one in found for ref in one.meeting.refs))
        return tuple(
            MeetingRow(one.meeting, _records(one.meeting, records, waiting), one.pending) for one in found
        )

    async def on_record(self, account_id: AccountId, ref: RecordRef) -> tuple[Meeting, ...]:
        """The known meetings on a record, in no order; the ones that wait to be put on it are among them."""
        kept = await self._cache.of_record(account_id, ref)
        ids = dict.fromkeys((*(meeting.id for meeting in kept), *self.pending(account_id)))
        return tuple(one for one in await self.meetings(account_id, tuple(ids)) if ref in one.refs)

    async def _projected(
        self, account_id: AccountId, ids: Sequence[MeetingId]
    ) -> Mapping[MeetingId, ProjectedMeeting | None]:
        """By resolved id, in the order asked for; None for what is deleted or not known."""
        wanted = tuple(dict.fromkeys(self._outbox.resolve(one) for one in ids))
        pending = self.pending(account_id)
        kept = {meeting.id: meeting for meeting in await self._cache.meetings(account_id, wanted)}
        return {one: project(kept.get(one), pending.get(one, ())) for one in wanted}


def _records(
    meeting: Meeting, known: Mapping[RecordRef, CrmRecord], waiting: Iterable[PendingChange]
) -> tuple[CrmRecord, ...]:
    return with_pins((known.get(ref) or CrmRecord(ref, "") for ref in meeting.refs), waiting)
