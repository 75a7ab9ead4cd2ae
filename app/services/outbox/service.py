"""The outbox for the rest of the app: keeps changes, shows them, sends them, and takes them back."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from app.domain.accounts import AccountId
from app.domain.changes import Change, ChangeId, DeleteMeeting, PendingChange
from app.domain.conflicts import Side
from app.domain.meetings import Association, Meeting, MeetingField, MeetingId
from app.domain.ports import Clock
from app.domain.ports_meetings import OutboxStore, Spool
from app.domain.problems import Problem, SignInNeeded
from app.services.accounts import AccountsService, AccountsState
from app.services.connectivity import ConnectionState, ConnectivityService
from app.services.outbox.book import Book
from app.services.outbox.carrier import Carrier
from app.services.outbox.deciding import Decisions
from app.services.outbox.entering import Entry, entered
from app.services.outbox.holding import held_longer
from app.services.outbox.identifiers import ChangeIds
from app.services.outbox.pacing import Pacing
from app.services.outbox.shelf import Shelf
from app.services.outbox.snapshot import OutboxState
from app.services.outbox.undoing import put_back, undone
from app.services.outbox.worker import SentCallback, Worker
from app.services.published import ErrorSink, Published

_HISTORY: Final = 500
_NEXT_TRY: Final = 30.0
"""Seconds between tries to read an outbox that cannot be read."""


class OutboxService:
    """Changes of the active account, on their way to HubSpot; `run` sends them.

    Rows of other accounts wait until their account is active. Commands raise SignInNeeded when nobody is
    signed in and StorageFailed when nothing could be kept.
    """

    def __init__(
        self,
        accounts: AccountsService,
        connectivity: ConnectivityService,
        store: OutboxStore,
        spool: Spool,
        clock: Clock,
        rng: random.Random,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._accounts = accounts
        self._store = store
        self._clock = clock
        self._ids = ChangeIds(rng)
        self._superseded: dict[str, tuple[PendingChange, ...]] = {}
        self._callbacks: list[SentCallback] = []
        self._trouble: Problem | None = None
        self._account_id: AccountId | None = accounts.active_id
        self._switched = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self.state = Published(OutboxState(), on_error)
        pacing = Pacing(rng)
        carrier = Carrier(connectivity, spool, clock, pacing, on_progress=self._publish)
        self._worker = Worker(
            accounts, connectivity, carrier, clock, pacing, on_change=self._publish, tell=self._tell
        )
        self._shelf = Shelf(accounts, store, spool, clock, on_change=self._publish, on_known=self._ids.after)
        self._decisions = Decisions(self._shelf.opened, carrier, self._worker)
        accounts.state.subscribe(self._on_accounts)
        connectivity.state.subscribe(self._on_connection)

    @property
    def identities(self) -> Mapping[MeetingId, MeetingId]:
        """HubSpot's id by local id, of the active account."""
        book = self._shelf.active
        return MappingProxyType(book.identities) if book else MappingProxyType({})

    def resolve(self, meeting_id: MeetingId) -> MeetingId:
        """HubSpot's id of a meeting that was local, once it is known; else the id as it is."""
        return self.identities.get(meeting_id, meeting_id)

    def subscribe_sent(self, callback: SentCallback) -> None:
        """Await the callback for every change that was done, after the disk knows and before its row goes."""
        self._callbacks.append(callback)

    async def load(self) -> None:
        """Read the active account's rows; a problem is told in `state.paused`."""
        try:
            await self._shelf.opened()
            self._trouble = None
        except SignInNeeded:
            self._trouble = None
        except Problem as problem:
            self._trouble = problem
        self._publish()

    async def add(
        self,
        changes: Sequence[Change],
        *,
        group: str | None = None,
        hold_seconds: float = 0,
        discard_drafts: Sequence[str] = (),
    ) -> tuple[ChangeId, ...]:
        """Keep changes durably, in one transaction with forgetting the drafts; the ids of their rows.

        A change may join a row that waits, and then has that row's id, or cancel it out, and then has none.
        `hold_seconds` keeps new rows back so that they can be undone before they are sent. Without a `group`
        the rows get one of their own, so that each row's `group` can be undone.
        """
        book = await self._shelf.opened()
        name = group or self._ids.next(self._clock.now())
        async with book.lock:
            entry = entered(
                book.rows,
                changes,
                fresh=lambda change: self._fresh(book, change, name, hold_seconds),
                resolve=book.resolve,
            )
            removed = [row.id for row in entry.removed]
            rows = (*entry.rows, *self._held_longer(book, entry, hold_seconds))
            await book.commit(rows, removed=removed, discarded_drafts=discard_drafts)
        if book.is_closed:
            raise SignInNeeded(book.account_id)
        if group and any(isinstance(change, DeleteMeeting) for change in changes):
            self._superseded[group] = entry.removed
        else:
            await self._decisions.clear(entry.removed)
        self._worker.wake()
        return entry.ids

    async def undo(self, group: str) -> bool:
        """Take a gesture back: what is not sent goes, the rest is answered by its opposite.

        False where nothing could be taken back: a deletion that was sent, a row nobody knows the end of.
        """
        book = await self._shelf.opened()
        async with book.lock:
            rows = {row.id: row for row in await self._store.history(book.account_id, limit=_HISTORY)}
            rows |= {row.id: row for row in book.rows}
            gesture = [row for row in rows.values() if row.group == group]
            plan = undone(gesture, book.rows, book.resolve)
            left = [row for row in book.rows if row.id not in plan.removed]
            back = self._ids.next(self._clock.now())
            entry = entered(
                left,
                plan.opposites,
                fresh=lambda change: self._fresh(book, change, back, 0),
                resolve=book.resolve,
            )
            restored = self._restored(book, group, gesture, plan.removed)
            removed = [*plan.removed, *(row.id for row in entry.removed)]
            if not (restored or entry.rows or removed):
                return False
            gone = tuple(row for row in book.rows if row.id in removed)
            await book.commit([*restored, *entry.rows], removed=removed)
            self._superseded.pop(group, None)
        await self._decisions.clear(gone)
        self._worker.wake()
        return True

    async def retry(self, change_id: ChangeId) -> None:
        """Send a refused row again, or a waiting one at once."""
        await self._decisions.retry(change_id)

    async def discard(self, change_id: ChangeId) -> tuple[ChangeId, ...]:
        """Forget a row, and the later ones of a meeting that will never be; the ids that went.

        () for a row that is being sent or looked for: it ends by itself.
        """
        return tuple(row.id for row in await self._decisions.discard(change_id))

    async def resolve_conflict(self, change_id: ChangeId, choices: Mapping[MeetingField, Side]) -> None:
        """Go on with an edit in conflict, by field; fields without a choice stay the rep's."""
        await self._decisions.resolve_conflict(change_id, choices)

    async def decide(self, change_id: ChangeId, *, send_again: bool) -> None:
        """Answer for a creation whose end nobody knows: send it again, or look for it once more.

        What is found is taken over, and the later changes of its meeting go on; `discard` forgets it all.
        """
        await self._decisions.decide(change_id, send_again=send_again)

    def cancel_upload(self, change_id: ChangeId) -> bool:
        """End an upload and forget its row; False where it is not uploading (a waiting one: `discard`)."""
        return self._worker.call_off(change_id)

    async def history(self, limit: int = 200) -> tuple[PendingChange, ...]:
        """Done rows of the active account, newest first; () when nobody is signed in."""
        account_id = self._accounts.active_id
        return await self._store.history(account_id, limit=limit) if account_id else ()

    async def run(self) -> None:
        """Send the active account's rows as long as it is active; never returns.

        Cancelled, it ends within 2 seconds: a creation under way gets 1.5 s to be answered.
        """
        while True:
            self._switched.clear()
            async with asyncio.TaskGroup() as group:
                self._serving = group.create_task(self._serve())

    async def _serve(self) -> None:
        while True:
            await self.load()
            await self._shelf.tidy()
            book = self._shelf.active
            if book is not None:
                await self._worker.serve(book)
            elif self._trouble is not None:
                await self._clock.sleep(_NEXT_TRY)
            else:
                await self._switched.wait()

    def _fresh(self, book: Book, change: Change, group: str, hold_seconds: float) -> PendingChange:
        now = self._clock.now()
        return PendingChange(
            self._ids.next(now),
            book.account_id,
            change,
            now,
            group=group,
            not_before=now + timedelta(seconds=hold_seconds) if hold_seconds > 0 else None,
            file_id=put_back(change),
        )

    def _held_longer(self, book: Book, entry: Entry, hold_seconds: float) -> tuple[PendingChange, ...]:
        """While gestures follow one another, the ones before wait for the last: they go as one batch."""
        if hold_seconds <= 0:
            return ()
        touched = {row.id for row in (*entry.rows, *entry.removed)}
        return held_longer(book.rows, self._clock.now() + timedelta(seconds=hold_seconds), besides=touched)

    def _restored(
        self, book: Book, group: str, gesture: Sequence[PendingChange], removed: Sequence[ChangeId]
    ) -> tuple[PendingChange, ...]:
        """Rows that a deletion had made needless, as far as the deletion goes itself."""
        deleted = {
            book.resolve(row.change.meeting_id)
            for row in gesture
            if isinstance(row.change, DeleteMeeting) and row.id not in removed
        }
        before = self._superseded.get(group, ())
        return tuple(row for row in before if book.resolve(row.change.meeting_id) not in deleted)

    async def _tell(
        self, row: PendingChange, meeting: Meeting | None, associations: tuple[Association, ...] | None
    ) -> None:
        for callback in tuple(self._callbacks):
            await callback(row, meeting, associations)

    def _on_accounts(self, accounts: AccountsState) -> None:
        self._shelf.close_departed()
        active_id = accounts.active.id if accounts.active else None
        if active_id != self._account_id:
            self._account_id = active_id
            self._switched.set()
            if self._serving is not None:
                self._serving.cancel()
            self._publish()
        self._worker.wake()

    def _on_connection(self, _: ConnectionState) -> None:
        self._worker.wake()

    def _publish(self) -> None:
        book = self._shelf.active
        self.state.set(
            OutboxState(
                rows=book.rows if book else (),
                is_sending=self._worker.is_sending,
                paused=self._trouble or self._worker.paused,
                progress=self._worker.progress,
                elsewhere=self._shelf.elsewhere,
                unreadable=self._shelf.unreadable,
                is_loaded=book is not None,
            )
        )
