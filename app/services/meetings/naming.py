"""On which records meetings stand and what those are called, asked for where it is not known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from app.domain.accounts import AccountId
from app.domain.meetings import CrmRecord, Meeting, MeetingId, RecordRef
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache
from app.services.meetings.active import ActiveAccount
from app.services.meetings.own_changes import OwnChanges
from app.services.turns import Turns

T = TypeVar("T")

BATCH: Final = 100
"""Rows of one batch read."""

_ASK_AGAIN_AFTER: Final = timedelta(minutes=10)


class RecordNames:
    """Reads associations and records in batches; what HubSpot does not know is asked for rarely."""

    def __init__(self, active: ActiveAccount, cache: MeetingCache, own: OwnChanges, clock: Clock) -> None:
        self._active = active
        self._cache = cache
        self._own = own
        self._clock = clock
        self._asked: dict[tuple[AccountId, RecordRef | MeetingId], datetime] = {}
        self._turns: Turns[AccountId] = Turns()

    async def known(self, account_id: AccountId, refs: Iterable[RecordRef]) -> Mapping[RecordRef, CrmRecord]:
        """The records as the cache knows them. Raises StorageFailed."""
        wanted = tuple(dict.fromkeys(refs))
        records = await self._cache.records(account_id, wanted) if wanted else ()
        return {record.ref: record for record in records}

    async def keep(self, account_id: AccountId, records: Sequence[CrmRecord]) -> None:
        """Remember what HubSpot said of records. Raises StorageFailed."""
        if records and self._active.is_still(account_id):
            await self._cache.save_records(account_id, records, self._clock.now())

    async def read(self, account_id: AccountId, refs: Iterable[RecordRef]) -> None:
        """Read these records anew, a hundred a call and as few types in it as can be. Raises Problem."""
        for batch in batches(sorted(dict.fromkeys(refs), key=lambda ref: ref.type)):
            if self._active.is_still(account_id):
                records = await self._active.watch(self._active.ports().records.records(batch))
                await self.keep(account_id, records)
                self._note_asked(account_id, batch)

    async def complete(self, account_id: AccountId, ids: Sequence[MeetingId]) -> bool:
        """Read what is not known of these meetings' records, one run at a time; whether anything was read.

        Raises Problem, having kept what came before it.
        """
        return await self._turns.alone(account_id, lambda: self.fill(account_id, ids))

    async def fill(self, account_id: AccountId, ids: Sequence[MeetingId]) -> bool:
        """The same beside the run for the screen, which has not to wait for it. Raises Problem."""
        meetings = await self._cache.meetings(account_id, ids)
        unknown = [one for one in meetings if one.associations is None and self._may_ask(account_id, one.id)]
        for batch in batches(unknown):
            await self.keep_meetings(account_id, await self.with_associations(batch))
            self._note_asked(account_id, [meeting.id for meeting in batch])
        if unknown:
            meetings = await self._cache.meetings(account_id, ids)
        refs = dict.fromkeys(ref for meeting in meetings for ref in meeting.refs)
        known = await self.known(account_id, refs)
        missing = [
            ref for ref in refs if not (ref in known and known[ref].name) and self._may_ask(account_id, ref)
        ]
        await self.read(account_id, missing)
        return bool(unknown or missing)

    def _note_asked(self, account_id: AccountId, asked: Iterable[RecordRef | MeetingId]) -> None:
        self._asked.update(dict.fromkeys(((account_id, one) for one in asked), self._clock.now()))

    def _may_ask(self, account_id: AccountId, what: RecordRef | MeetingId) -> bool:
        asked_at = self._asked.get((account_id, what))
        return asked_at is None or self._clock.now() - asked_at >= _ASK_AGAIN_AFTER

    async def with_associations(self, meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
        """At most a hundred meetings with the records they stand on now. Raises Problem."""
        ids = tuple(meeting.id for meeting in meetings)
        found = await self._active.watch(self._active.ports().directory.associations(ids))
        return tuple(replace(one, associations=found.get(one.id, one.associations)) for one in meetings)

    async def with_known_labels(
        self, account_id: AccountId, meetings: Sequence[Meeting]
    ) -> tuple[Meeting, ...]:
        """Meetings of a walk, which tells no labels, with the labels that are known. Raises StorageFailed."""
        kept = await self._cache.meetings(account_id, [meeting.id for meeting in meetings])
        known = {(one.id, each.ref): each for one in kept for each in one.associations or ()}
        return tuple(
            replace(one, associations=tuple(known.get((one.id, each.ref), each) for each in one.associations))
            if one.associations
            else one
            for one in meetings
        )

    async def keep_meetings(self, account_id: AccountId, meetings: Sequence[Meeting]) -> None:
        """Keep what HubSpot answered, unless this computer knows better. Raises StorageFailed."""
        believable = self._own.believable(meetings)
        if believable and self._active.is_still(account_id):
            await self._cache.save(account_id, believable)


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows a hundred at a time."""
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
