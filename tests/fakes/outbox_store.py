"""Fakes of what the outbox keeps on disk: its rows, and the copies of files that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.accounts import AccountId
from app.domain.changes import ChangeId, ChangeState, PendingChange
from app.domain.meetings import MeetingId
from tests.fakes.scripted import Scripted

_UNDER_WAY = (ChangeState.SENDING, ChangeState.VERIFYING)


class FakeOutboxStore(Scripted):
    """Rows in memory; it survives the services that use it, as a disk does."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[ChangeId, PendingChange] = {}
        self.known: dict[AccountId, dict[MeetingId, MeetingId]] = {}
        self.forgotten_drafts: list[str] = []
        self.damaged: dict[AccountId, int] = {}

    async def open_rows(self, account_id: AccountId) -> tuple[PendingChange, ...]:
        """Everything that is not done."""
        await self._step("open_rows", account_id)
        rows = [row for row in self._of(account_id) if row.state is not ChangeState.DONE]
        return tuple(sorted(rows, key=lambda row: row.id))

    async def unreadable(self, account_id: AccountId) -> int:
        """What `damaged` says."""
        await self._step("unreadable", account_id)
        return self.damaged.get(account_id, 0)

    async def recover(self, account_id: AccountId) -> None:
        """What was under way is unknown."""
        await self._step("recover", account_id)
        for row in self._of(account_id):
            if row.state in _UNDER_WAY:
                self.kept[row.id] = replace(row, state=ChangeState.UNKNOWN)

    async def write(
        self,
        rows: Sequence[PendingChange],
        *,
        removed: Sequence[ChangeId] = (),
        discarded_drafts: Sequence[str] = (),
        identities: Mapping[MeetingId, MeetingId] | None = None,
    ) -> None:
        """One transaction."""
        await self._step("write", tuple(rows), tuple(removed))
        self.apply(rows, removed=removed, discarded_drafts=discarded_drafts, identities=identities)

    def apply(
        self,
        rows: Sequence[PendingChange],
        *,
        removed: Sequence[ChangeId] = (),
        discarded_drafts: Sequence[str] = (),
        identities: Mapping[MeetingId, MeetingId] | None = None,
    ) -> None:
        """What `write` does, at once."""
        for change_id in removed:
            self.kept.pop(change_id, None)
        for row in rows:
            self.kept[row.id] = row
            self.known.setdefault(row.account_id, {}).update(identities or {})
        self.forgotten_drafts += discarded_drafts

    async def identities(self, account_id: AccountId) -> Mapping[MeetingId, MeetingId]:
        """HubSpot's id by local id."""
        await self._step("identities", account_id)
        return dict(self.known.get(account_id, {}))

    async def history(self, account_id: AccountId, *, limit: int) -> tuple[PendingChange, ...]:
        """Done rows, newest first."""
        await self._step("history", account_id, limit)
        rows = [row for row in self._of(account_id) if row.state is ChangeState.DONE]
        return tuple(sorted(rows, key=lambda row: (str(row.done_at), row.id), reverse=True)[:limit])

    async def forget_done(self, account_id: AccountId, before: datetime) -> None:
        """Remove what was done before."""
        await self._step("forget_done", account_id, before)
        for row in self._of(account_id):
            if row.state is ChangeState.DONE and row.done_at and row.done_at < before:
                del self.kept[row.id]

    def wipe(self, account_id: AccountId) -> None:
        """What signing out does to the rows of an account."""
        for row in self._of(account_id):
            del self.kept[row.id]
        self.known.pop(account_id, None)

    def _of(self, account_id: AccountId) -> tuple[PendingChange, ...]:
        return tuple(row for row in self.kept.values() if row.account_id == account_id)
