"""Keeping this computer's copy of the meetings up to date: what is asked when, and how far it got."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.accounts import AccountId
from app.domain.meetings import MeetingId, MeetingQuery
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingCache
from app.domain.problems import NotAllowed, Problem
from app.domain.records import OwnerId
from app.services.meetings.active import ActiveAccount
from app.services.meetings.naming import RecordNames
from app.services.meetings.notes import instant_from
from app.services.meetings.reading import CLOCK_OFF_BY, Harvest, Reading, latest
from app.services.meetings.state import SyncState
from app.services.published import ErrorSink, Published
from app.services.turns import Turns

EVERY: Final = timedelta(minutes=5)
"""How often HubSpot is asked what has changed."""

WALK_EVERY: Final = timedelta(hours=24)
"""How often everything is read, since only that shows deletions and new records of old meetings."""

OVERLAP: Final = timedelta(minutes=5)
"""How far back changes are asked for again, because HubSpot's search learns of them late."""

_NAMED_AT_ONCE: Final = 500
_SYNCED, _WALKED, _NAMED, _WATERMARK = "synced at", "walked at", "named at", "watermark"


class MeetingSync:
    """One run at a time for an account: the rep's recent meetings, everything or what changed, names.

    `prepare` is awaited first and says who the rep is; `finish` gets the activity types that were seen.
    `arrived` is told whenever rows may have changed.
    """

    def __init__(
        self,
        active: ActiveAccount,
        cache: MeetingCache,
        reading: Reading,
        names: RecordNames,
        clock: Clock,
        *,
        prepare: Callable[[AccountId], Awaitable[OwnerId | None]],
        finish: Callable[[AccountId, set[str]], Awaitable[None]],
        arrived: Callable[[], None],
        on_error: ErrorSink,
    ) -> None:
        self._active = active
        self._cache = cache
        self._reading = reading
        self._names = names
        self._clock = clock
        self._prepare = prepare
        self._finish = finish
        self._arrived = arrived
        self._turns: Turns[AccountId] = Turns()
        self._task: asyncio.Task[None] | None = None
        self._may_walk = True
        self.state = Published(SyncState(), on_error)
        active.when_switched(self._on_switched)

    async def recall(self, account_id: AccountId) -> None:
        """Publish when the last complete run was. Raises StorageFailed."""
        synced_at = instant_from(await self._cache.note(account_id, _SYNCED))
        if self._active.is_still(account_id):
            self._publish(synced_at=synced_at)

    def is_older(self, age: timedelta) -> bool:
        """Whether the last run failed or is at least that old."""
        state = self.state.value
        if state.problem is not None or state.synced_at is None:
            return True
        return self._clock.now() - state.synced_at >= age

    async def start(self, *, full: bool, is_automatic: bool) -> None:
        """Bring the active account's copy up to date, or join the run under way; a problem is published.

        `full` reads everything, which otherwise happens once a day; after the rep has cut a run short, no
        automatic one does.
        """
        account_id = self._active.id
        if account_id is None:
            return
        self._may_walk = self._may_walk or not is_automatic
        if full:
            await self._turns.alone(account_id, lambda: self._run(account_id, is_full=True))
        else:
            await self._turns.share(account_id, lambda: self._run(account_id, is_full=False))

    def cancel(self) -> None:
        """Cut the run short; what came stays, and the next run starts anew."""
        if self._task:
            self._task.cancel()
            self._may_walk = False

    def _on_switched(self) -> None:
        self.cancel()
        self._may_walk = True
        self.state.set(SyncState())

    def _on_arrived(self, rows: int) -> None:
        self._publish(done=self.state.value.done + rows)
        self._arrived()

    async def _run(self, account_id: AccountId, *, is_full: bool) -> None:
        if not self._active.is_still(account_id):
            return
        self._publish(is_running=True, done=0, total=None)
        task: asyncio.Task[None] | None = None
        try:
            async with asyncio.TaskGroup() as group:
                task = self._task = group.create_task(self._read(account_id, is_full=is_full))
        finally:
            if self._task is task:
                self._task = None
            if self._active.is_still(account_id):
                self._publish(is_running=False)

    async def _read(self, account_id: AccountId, *, is_full: bool) -> None:
        try:
            await self._read_all(account_id, is_full=is_full)
        except Problem as problem:
            self._publish(problem=problem)

    async def _read_all(self, account_id: AccountId, *, is_full: bool) -> None:
        started = self._clock.now()
        owner_id = await self._prepare(account_id)
        watermark = instant_from(await self._cache.note(account_id, _WATERMARK))
        recent = Harvest(started)
        if (
            owner_id is not None or watermark is None
        ):  # Everybody's weeks are too many for every five minutes.
            recent = await self._reading.recent(account_id, owner_id, self._on_arrived)
        types, ids = recent.types, recent.ids
        if is_full or (self._may_walk and await self._is_walk_due(account_id, watermark)):
            walked = await self._walk(account_id)
            types = types | walked.types
            watermark = latest(started - CLOCK_OFF_BY, recent.newest, walked.first)
            await self._note(account_id, _WATERMARK, watermark)
            await self._note(account_id, _WALKED, started)
        if watermark is not None:
            changed = await self._change(account_id, watermark)
            types, ids = types | changed.types, ids | changed.ids
        await self._finish(account_id, types)
        await self._name(account_id, ids)

    async def _change(self, account_id: AccountId, watermark: datetime) -> Harvest:
        """Read what has changed; with that the copy is complete."""
        self._publish(done=0, total=None)
        changed = await self._reading.changed(account_id, watermark - OVERLAP, self._on_arrived)
        await self._note(account_id, _WATERMARK, latest(watermark, changed.newest))
        synced_at = self._clock.now()
        await self._note(account_id, _SYNCED, synced_at)
        self._publish(synced_at=synced_at, problem=None)
        return changed

    async def _is_walk_due(self, account_id: AccountId, watermark: datetime | None) -> bool:
        walked_at = instant_from(await self._cache.note(account_id, _WALKED))
        if walked_at is None or watermark is None:
            return True
        return not timedelta(0) <= self._clock.now() - walked_at < WALK_EVERY

    async def _walk(self, account_id: AccountId) -> Harvest:
        """Read everything, with the progress HubSpot's count allows.

        The watermark that holds after a walk has to be older than its start by HubSpot's own clock: the
        newest change seen before it or on its first page is; so is our clock, less what it may be off by.
        """
        self._publish(done=0, total=None)
        try:
            self._publish(total=await self._active.watch(self._active.ports().directory.count()))
        except NotAllowed:
            self._publish(total=None)
        walked = await self._reading.everything(account_id, self._on_arrived)
        await self._cache.save_note(account_id, _NAMED, None)
        return walked

    async def _name(self, account_id: AccountId, ids: set[MeetingId]) -> None:
        """Learn the records of these meetings, or of all after a walk, so that people can be searched."""
        is_everything = await self._cache.note(account_id, _NAMED) is None
        wanted = (await self._cache.index(account_id, MeetingQuery())).ids if is_everything else tuple(ids)
        for start in range(0, len(wanted), _NAMED_AT_ONCE):
            if await self._names.fill(account_id, wanted[start : start + _NAMED_AT_ONCE]):
                self._arrived()
        await self._note(account_id, _NAMED, self._clock.now())

    async def _note(self, account_id: AccountId, name: str, instant: datetime) -> None:
        await self._cache.save_note(account_id, name, instant.isoformat())

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))
