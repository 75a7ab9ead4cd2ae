"""One account's rows in memory, exactly as they are on disk."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

from app.domain.accounts import AccountId
from app.domain.changes import ChangeId, ChangeState, PendingChange
from app.domain.meetings import MeetingId
from app.domain.ports_meetings import OutboxStore
from app.domain.problems import Problem
from app.services.finishing import to_the_end


class Book:
    """The rows in their order; memory changes only after the disk has.

    Who decides by looking at rows and then commits holds `lock` meanwhile, so that no row is taken up and
    replaced at the same time.
    """

    def __init__(
        self,
        account_id: AccountId,
        store: OutboxStore,
        on_change: Callable[[], None],
        *,
        rows: Iterable[PendingChange],
        identities: Mapping[MeetingId, MeetingId],
    ) -> None:
        self.account_id = account_id
        self.lock = asyncio.Lock()
        self.is_closed = False
        self._store = store
        self._on_change = on_change
        self._rows = {row.id: row for row in rows}
        self._identities = dict(identities)

    @property
    def rows(self) -> tuple[PendingChange, ...]:
        """Every row on its way, in the order of ids."""
        return tuple(self._rows.values())

    @property
    def identities(self) -> Mapping[MeetingId, MeetingId]:
        """HubSpot's id by local id."""
        return self._identities

    def row(self, change_id: ChangeId) -> PendingChange | None:
        """The row of that id."""
        return self._rows.get(change_id)

    def resolve(self, meeting_id: MeetingId) -> MeetingId:
        """HubSpot's id of a meeting, once it is known; else the id as it is."""
        return self._identities.get(meeting_id, meeting_id)

    async def commit(
        self,
        rows: Sequence[PendingChange] = (),
        *,
        removed: Sequence[ChangeId] = (),
        discarded_drafts: Sequence[str] = (),
        identities: Mapping[MeetingId, MeetingId] | None = None,
    ) -> None:
        """Keep rows durably, then show them. Raises StorageFailed, and then nothing has changed.

        A cancelled call is carried to its end first. After the account has signed out nothing is written.
        """
        failures: list[Problem] = []

        async def write() -> None:
            if self.is_closed:
                return
            try:
                await self._store.write(
                    rows, removed=removed, discarded_drafts=discarded_drafts, identities=identities
                )
            except Problem as problem:
                failures.append(problem)
                return
            self._identities.update(identities or {})
            self.show(rows, removed=removed)

        await to_the_end(write())
        if failures:
            raise failures[0]

    def show(self, rows: Sequence[PendingChange] = (), *, removed: Sequence[ChangeId] = ()) -> None:
        """Change memory alone: for states that a restart finds out by itself."""
        for change_id in removed:
            self._rows.pop(change_id, None)
        self._rows.update({row.id: row for row in rows})
        self._rows = dict(sorted(self._rows.items()))
        self._on_change()

    def drop_done(self, change_ids: Iterable[ChangeId]) -> None:
        """Forget done rows, which the disk keeps as history."""
        done = [one for one in change_ids if (row := self.row(one)) and row.state is ChangeState.DONE]
        self.show(removed=done)
