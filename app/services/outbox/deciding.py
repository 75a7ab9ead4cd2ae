"""What the rep decides about single rows: try again, forget, choose a side, say whether it happened."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from app.domain.changes import AttachFile, ChangeId, ChangeState, EditMeeting, PendingChange
from app.domain.conflicts import Side, resolved
from app.domain.meetings import MeetingField
from app.services.outbox.book import Book
from app.services.outbox.carrier import Carrier
from app.services.outbox.states import Decided, Doubted, moved
from app.services.outbox.undoing import with_followers
from app.services.outbox.worker import Worker

_DISCARDABLE: Final = frozenset(
    {ChangeState.QUEUED, ChangeState.DEAD, ChangeState.CONFLICT, ChangeState.ASKING}
)
_SENT_AGAIN: Final = frozenset({ChangeState.QUEUED, ChangeState.DEAD})


class Decisions:
    """Carries out decisions about the active account's rows; each one is one transaction.

    Every method raises SignInNeeded and StorageFailed; a row that has moved on meanwhile is left alone.
    """

    def __init__(self, opened: Callable[[], Awaitable[Book]], carrier: Carrier, worker: Worker) -> None:
        self._opened = opened
        self._carrier = carrier
        self._worker = worker

    async def retry(self, change_id: ChangeId) -> None:
        """Send a refused row again, or a waiting one at once."""
        book = await self._opened()
        async with book.lock:
            row = book.row(change_id)
            if row and row.state in _SENT_AGAIN:
                await book.commit((moved(row, Decided()),))
        self._worker.wake(change_id)

    async def discard(self, change_id: ChangeId) -> tuple[PendingChange, ...]:
        """Forget a row, and the later ones of a meeting that will never be; the rows that went."""
        book = await self._opened()
        async with book.lock:
            row = book.row(change_id)
            if row is None or row.state not in _DISCARDABLE:
                return ()
            gone = with_followers(row, book.rows, book.resolve)
            await book.commit(removed=[one.id for one in gone])
        await self.clear(gone)
        self._worker.wake()
        return gone

    async def resolve_conflict(self, change_id: ChangeId, choices: Mapping[MeetingField, Side]) -> None:
        """Send what is left of an edit after the rep's choice by field; without a choice mine stays."""
        book = await self._opened()
        async with book.lock:
            row = book.row(change_id)
            if (
                row is None
                or row.state is not ChangeState.CONFLICT
                or not isinstance(row.change, EditMeeting)
            ):
                return
            edit = resolved(row.change, choices, theirs=row.theirs, their_update=row.their_update)
            if edit is None:
                await book.commit(removed=(row.id,))
            else:
                await book.commit((moved(row, Decided(edit)),))
        self._worker.wake(change_id)

    async def decide(self, change_id: ChangeId, *, send_again: bool) -> None:
        """End the question whether a creation happened: send it again, or look for it once more."""
        book = await self._opened()
        async with book.lock:
            row = book.row(change_id)
            if row and row.state is ChangeState.ASKING:
                await book.commit((moved(row, Decided() if send_again else Doubted()),))
        self._worker.wake(change_id)

    async def clear(self, rows: tuple[PendingChange, ...]) -> None:
        """Delete the copies of files that waited with these rows."""
        await self._carrier.clear(*[row.change for row in rows if isinstance(row.change, AttachFile)])
