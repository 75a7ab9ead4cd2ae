"""The books of the accounts on this computer, opened when they are needed."""

import asyncio
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

from app.domain.accounts import AccountId
from app.domain.changes import AttachFile, ChangeId, ChangeState, PendingChange
from app.domain.ports import Clock
from app.domain.ports_meetings import OutboxStore, Spool
from app.domain.problems import Problem, SignInNeeded
from app.services.accounts import AccountsService
from app.services.outbox.book import Book
from app.services.outbox.states import Lost, moved

_HISTORY: Final = timedelta(days=30)


class Shelf:
    """Opens each account's book once; what was under way when the program ended is not known then."""

    def __init__(
        self,
        accounts: AccountsService,
        store: OutboxStore,
        spool: Spool,
        clock: Clock,
        *,
        on_change: Callable[[], None],
        on_known: Callable[[ChangeId], None],
    ) -> None:
        self._accounts = accounts
        self._store = store
        self._spool = spool
        self._clock = clock
        self._on_change = on_change
        self._on_known = on_known
        self._books: dict[AccountId, Book] = {}
        self._opening = asyncio.Lock()
        self._is_spool_tidy = False
        self._left_behind: list[str] = []
        self._waiting: dict[AccountId, int] = {}
        self._unreadable: dict[AccountId, int] = {}

    @property
    def active(self) -> Book | None:
        """The active account's book, once it is open."""
        account_id = self._accounts.active_id
        return self._books.get(account_id) if account_id else None

    @property
    def elsewhere(self) -> int:
        """How many rows of other accounts wait."""
        active_id = self._accounts.active_id
        return sum(
            len(book.rows) if (book := self._books.get(account.id)) else self._waiting.get(account.id, 0)
            for account in self._accounts.state.value.accounts
            if account.id != active_id
        )

    @property
    def unreadable(self) -> int:
        """How many rows of the active account cannot be read."""
        account_id = self._accounts.active_id
        return self._unreadable.get(account_id, 0) if account_id else 0

    async def opened(self) -> Book:
        """The active account's book. Raises SignInNeeded, StorageFailed."""
        async with self._opening:
            account_id = self._accounts.active_id
            if account_id is None:
                raise SignInNeeded("")
            if account_id not in self._books:
                book = await self._open(account_id)
                await self._look_around()
                if self._accounts.state.value.find(account_id) is None:
                    raise SignInNeeded(account_id)
                self._books[account_id] = book
                self._on_change()
            return self._books[account_id]

    def close_departed(self) -> None:
        """Close the books of accounts that have signed out: nothing of theirs is written any more."""
        for account_id in tuple(self._books):
            if self._accounts.state.value.find(account_id) is None:
                book = self._books.pop(account_id)
                book.is_closed = True
                self._left_behind += _spooled(book.rows)

    async def tidy(self) -> None:
        """Remove the copies of files of accounts that have left; what fails is tried at the next start."""
        left, self._left_behind = self._left_behind, []
        try:
            if not self._accounts.state.value.accounts:
                await self._spool.keep_only(())
            elif left:
                await self._spool.remove(left)
        except Problem:
            return

    async def _open(self, account_id: AccountId) -> Book:
        now = self._clock.now()
        cut_off = [row for row in await self._store.open_rows(account_id) if row.state is ChangeState.SENDING]
        if cut_off:
            await self._store.write([moved(row, Lost(now)) for row in cut_off])
        await self._store.recover(account_id)
        rows = await self._store.open_rows(account_id)
        identities = await self._store.identities(account_id)
        self._unreadable[account_id] = await self._store.unreadable(account_id)
        for row in rows:
            self._on_known(row.id)
        return Book(account_id, self._store, self._on_change, rows=rows, identities=identities)

    async def _look_around(self) -> None:
        """Count what waits elsewhere and remove what nobody needs; the outbox works without it."""
        needed: list[str] = []
        unreadable = 0
        try:
            for account in self._accounts.state.value.accounts:
                rows = await self._store.open_rows(account.id)
                self._waiting[account.id] = len(rows)
                needed += _spooled(rows)
                unreadable += await self._store.unreadable(account.id)
                await self._store.forget_done(account.id, self._clock.now() - _HISTORY)
            if not self._is_spool_tidy and not unreadable:
                await self._spool.keep_only(needed)
                self._is_spool_tidy = True
        except Problem:
            return


def _spooled(rows: Iterable[PendingChange]) -> list[str]:
    """The names of the files that wait in the spool for these rows."""
    return [row.change.spooled for row in rows if isinstance(row.change, AttachFile)]
