"""The walks by which HubSpot's meetings are copied to this computer, and how deletions are noticed."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from app.domain.accounts import AccountId
from app.domain.meetings import Meeting, MeetingId, MeetingQuery, is_local
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache, MeetingPage
from app.domain.records import OwnerId
from app.services.meetings.active import ActiveAccount
from app.services.meetings.naming import RecordNames, batches
from app.services.meetings.own_changes import OwnChanges

Arrived = Callable[[int], None]
_Keep = Callable[[AccountId, Sequence[Meeting]], Awaitable[None]]

CLOCK_OFF_BY: Final = timedelta(hours=25)
"""How far this computer's clock may be from HubSpot's."""

_PORTION: Final = 500
"""Rows that are kept together; whatever came is kept, however a walk ends."""

RECENT_PAST: Final = timedelta(days=30)
RECENT_FUTURE: Final = timedelta(days=60)


@dataclass(slots=True)
class Harvest:
    """What a walk brought; `newest` is the last change of properties it saw, `first` that of page one.

    Changes after `not_after` are not believed: they would hide every real one from the next question.
    """

    not_after: datetime
    ids: set[MeetingId] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    newest: datetime | None = None
    first: datetime | None = None
    skipped: int = 0

    def add(self, page: MeetingPage) -> None:
        """Count a page in."""
        is_first = not self.ids
        self.ids.update(meeting.id for meeting in page.meetings)
        self.types.update(meeting.details.activity_type for meeting in page.meetings)
        changes = [one.updated_at for one in page.meetings if one.updated_at]
        believed = [instant for instant in changes if instant <= self.not_after]
        if believed:
            self.newest = latest(max(believed), self.newest)
        if is_first:
            self.first = self.newest
        self.skipped += page.skipped


def latest(instant: datetime, *others: datetime | None) -> datetime:
    """The latest of the instants that are known."""
    return max((instant, *(other for other in others if other is not None)))


class Reading:
    """Walks page by page, keeping the first page at once and the others some together, which costs half.

    `pending` names meetings with changes that wait; `arrived` is told how many rows were kept.
    """

    def __init__(
        self,
        active: ActiveAccount,
        cache: MeetingCache,
        names: RecordNames,
        own: OwnChanges,
        clock: Clock,
        *,
        pending: Callable[[], Collection[MeetingId]],
    ) -> None:
        self._active = active
        self._cache = cache
        self._names = names
        self._own = own
        self._clock = clock
        self._pending = pending

    async def recent(self, account_id: AccountId, owner_id: OwnerId | None, arrived: Arrived) -> Harvest:
        """The owner's (or, without one, everybody's) meetings of -30 to +60 days. Raises Problem."""
        now = self._clock.now()
        earliest, latest_start = now - RECENT_PAST, now + RECENT_FUTURE
        pages = self._active.ports().directory.between(earliest, latest_start, owner_id=owner_id)
        harvest = await self._walk(account_id, pages, self._names.keep_meetings, arrived)
        owners = frozenset({owner_id}) if owner_id else frozenset()
        await self._drop_vanished(
            account_id, harvest, MeetingQuery(owner_ids=owners, earliest=earliest, latest=latest_start)
        )
        return harvest

    async def everything(self, account_id: AccountId, arrived: Arrived) -> Harvest:
        """All meetings with their records. Raises Problem, keeping what was there and what came."""
        pages = self._active.ports().directory.all()
        harvest = await self._walk(account_id, pages, self._keep_walked, arrived)
        await self._drop_vanished(account_id, harvest, MeetingQuery())
        return harvest

    async def changed(self, account_id: AccountId, since: datetime, arrived: Arrived) -> Harvest:
        """The meetings with properties changed at or after the UTC instant, with their records.

        Raises Problem.
        """
        pages = self._active.ports().directory.changed_since(since)
        return await self._walk(account_id, pages, self._keep_changed, arrived)

    async def _walk(
        self, account_id: AccountId, pages: AsyncIterator[MeetingPage], keep: _Keep, arrived: Arrived
    ) -> Harvest:
        harvest, waiting = Harvest(self._clock.now() + CLOCK_OFF_BY), list[Meeting]()

        async def keep_waiting() -> None:
            kept = tuple(waiting)
            waiting.clear()
            if kept:
                await keep(account_id, kept)
                arrived(len(kept))

        async with aclosing(self._active.walk(pages)) as walk:
            try:
                async for page in walk:
                    is_first = not harvest.ids
                    harvest.add(page)
                    waiting += page.meetings
                    if is_first or len(waiting) >= _PORTION:
                        await keep_waiting()
            finally:
                await keep_waiting()
        return harvest

    async def _keep_walked(self, account_id: AccountId, meetings: Sequence[Meeting]) -> None:
        labelled = await self._names.with_known_labels(account_id, meetings)
        await self._names.keep_meetings(account_id, labelled)

    async def _keep_changed(self, account_id: AccountId, meetings: Sequence[Meeting]) -> None:
        await self._names.keep_meetings(account_id, meetings)
        for batch in batches(meetings):
            await self._names.keep_meetings(account_id, await self._names.with_associations(batch))

    async def _drop_vanished(self, account_id: AccountId, harvest: Harvest, query: MeetingQuery) -> None:
        """Ask for the meetings that the walk should have shown and did not, and forget what is gone.

        Rows that could not be read would look gone: after a walk with such rows nothing is forgotten.
        """
        if harvest.skipped:
            return
        index = await self._cache.index(account_id, query)
        missing = [one for one in index.ids if one not in harvest.ids and not is_local(one)]
        for batch in batches(missing):
            still_there = await self._active.watch(self._active.ports().directory.meetings(batch))
            await self._names.keep_meetings(account_id, still_there)
            gone = await self._gone(account_id, set(batch) - {meeting.id for meeting in still_there})
            if gone and self._active.is_still(account_id):
                await self._cache.remove(account_id, gone)

    async def _gone(self, account_id: AccountId, ids: Iterable[MeetingId]) -> list[MeetingId]:
        """Which of these may be forgotten: none that was just written or has changes that wait."""
        pending = self._pending()
        known = await self._cache.meetings(account_id, tuple(ids))
        return [one.id for one in known if one.id not in pending and not self._own.is_young(one)]
