"""What every screen shows of the meetings at once: the revision of the rows, how many to log, the lists."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Any, Final

from app.domain.accounts import AccountId
from app.domain.logging_rules import to_log_query
from app.domain.ports import Clock
from app.domain.problems import Offline, Problem, SignInNeeded, SlowDown
from app.domain.records import Owner, OwnerId
from app.services.meetings.active import ActiveAccount
from app.services.meetings.cached import CachedMeetings
from app.services.meetings.lists import AccountLists
from app.services.meetings.revisions import Revisions
from app.services.meetings.state import MeetingsState
from app.services.published import ErrorSink, Published

_COUNT_EVERY: Final = 60.0


class MeetingsOverview:
    """Publishes `MeetingsState`; starts anew with every account.

    `learn` and `note_types` are for the sync, which is cut short when another account becomes active.
    """

    def __init__(
        self,
        active: ActiveAccount,
        meetings: CachedMeetings,
        lists: AccountLists,
        clock: Clock,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._active = active
        self._meetings = meetings
        self._lists = lists
        self._clock = clock
        self._has_changed = asyncio.Event()
        self.revisions = Revisions(clock, self._on_revision)
        self.state = Published(MeetingsState(), on_error)
        active.when_switched(self._on_switched)

    def _on_switched(self) -> None:
        self.state.set(MeetingsState())
        self.revisions.note()

    def _on_revision(self, number: int) -> None:
        self._publish(revision=number)
        self._has_changed.set()

    async def recall(self, account_id: AccountId) -> None:
        """Publish what this computer knows; a problem is published.

        What HubSpot has said meanwhile is newer, and stays.
        """
        before = self.state.value
        try:
            options, owners = await self._lists.recall(account_id)
        except Problem as problem:
            if self._active.is_still(account_id):
                self._publish(problem=problem)
            return
        if self._active.is_still(account_id):
            if self.state.value.options == before.options:
                self._publish(options=options)
            if self.state.value.owners == before.owners:
                self._show_owners(owners)
            await self.count()

    async def learn(self, account_id: AccountId) -> OwnerId | None:
        """Ask for the lists that are old; the rep's owner id. Raises Offline, SignInNeeded and SlowDown.

        Another problem, such as a missing permission, is published and leaves the list as it was.
        """
        problems = [
            await self._tried(self._learn_options(account_id)),
            await self._tried(self._learn_owners(account_id)),
        ]
        self._publish(problem=next((one for one in problems if one), None))
        for kind in await self._lists.kinds(account_id):
            await self._lists.labels(account_id, kind.type)
        return self.state.value.my_owner_id

    async def _tried(self, learning: Awaitable[None]) -> Problem | None:
        try:
            await learning
        except (Offline, SignInNeeded, SlowDown):
            raise
        except Problem as problem:
            return problem
        return None

    async def _learn_options(self, account_id: AccountId) -> None:
        self._publish(options=await self._lists.options(account_id))

    async def _learn_owners(self, account_id: AccountId) -> None:
        self._show_owners(await self._lists.owners(account_id))

    async def note_types(self, account_id: AccountId, activity_types: set[str]) -> None:
        """Meetings carry these activity types. Raises StorageFailed."""
        await self._lists.note_types(account_id, activity_types)
        options, _ = await self._lists.recall(account_id)
        self._publish(options=options)

    def _show_owners(self, owners: Sequence[Owner]) -> None:
        account = self._active.account
        mine = [one for one in owners if account and one.user_id == account.user_id]
        best = next((one for one in mine if one.is_active), next(iter(mine), None))
        self._publish(owners=tuple(owners), my_owner_id=best.id if best else None)
        self._has_changed.set()

    async def count(self) -> bool:
        """Count what is to be logged; whether the number has changed. A problem is published."""
        account_id, owner_id = self._active.id, self.state.value.my_owner_id
        if account_id is None or owner_id is None:
            return False
        try:
            query = to_log_query(self._clock.now(), owner_id)
            number = len(await self._meetings.index(account_id, query))
        except Problem as problem:
            if self._active.is_still(account_id):
                self._publish(problem=problem)
            return False
        if not self._active.is_still(account_id) or number == self.state.value.to_log:
            return False
        self._publish(to_log=number)
        return True

    async def run(self) -> None:
        """Count when rows have changed, and each minute, since meetings end; never returns."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._count_on_change())
            group.create_task(self._count_each_minute())

    async def _count_on_change(self) -> None:
        while True:
            await self._has_changed.wait()
            self._has_changed.clear()
            await self.count()

    async def _count_each_minute(self) -> None:
        while True:
            await self._clock.sleep(_COUNT_EVERY)
            if await self.count():
                self.revisions.note()

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))
