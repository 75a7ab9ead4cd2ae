"""Sends one account's changes: in order for each meeting, several meetings at once, whatever happens."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from app.domain.changes import AttachFile, ChangeId, ChangeState, PendingChange
from app.domain.meetings import Association, Meeting
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingPorts
from app.domain.problems import Problem, StorageFailed
from app.services.accounts import AccountsService
from app.services.connectivity import ConnectivityService
from app.services.outbox.book import Book
from app.services.outbox.carrier import Carrier
from app.services.outbox.delivery import Delivery
from app.services.outbox.grouping import Job, jobs, next_due
from app.services.outbox.hindrance import Hindrance, hindrance, steady
from app.services.outbox.pacing import Pacing
from app.services.outbox.states import Began, Looked, Lost, moved
from app.services.outbox.verdicts import is_creation

SentCallback = Callable[[PendingChange, Meeting | None, tuple[Association, ...] | None], Awaitable[None]]
"""Told of a done change with what HubSpot answered: the meeting, or its records after a link."""

_MOST_AT_ONCE: Final = 4
_ONE_SLEEP: Final = 30.0
_STORAGE: Final = "storage"
_UNDER_WAY: Final = (ChangeState.SENDING, ChangeState.VERIFYING)


class Worker:
    """Works on one book at a time; `wake` tells it that something may be sent now."""

    def __init__(
        self,
        accounts: AccountsService,
        connectivity: ConnectivityService,
        carrier: Carrier,
        clock: Clock,
        pacing: Pacing,
        *,
        on_change: Callable[[], None],
        tell: SentCallback,
    ) -> None:
        self._accounts = accounts
        self._connectivity = connectivity
        self._carrier = carrier
        self._clock = clock
        self._pacing = pacing
        self._on_change = on_change
        self._tell = tell
        self._woken = asyncio.Event()
        self._busy: dict[ChangeId, asyncio.Task[None]] = {}
        self._called_off: set[ChangeId] = set()
        self._storage: Hindrance | None = None
        self.paused: Problem | None = None

    @property
    def is_sending(self) -> bool:
        """Whether a request is under way."""
        return bool(self._busy)

    @property
    def progress(self) -> Mapping[ChangeId, tuple[int, int]]:
        """Bytes sent and bytes in all of every upload under way."""
        return dict(self._carrier.progress)

    def wake(self, change_id: ChangeId | None = None) -> None:
        """Look at the rows again; the named one shall not wait for earlier failures' sake."""
        if change_id is not None:
            self._pacing.forget(change_id)
            self._storage = None
        self._woken.set()

    def call_off(self, change_id: ChangeId) -> bool:
        """End the upload of this change and forget it; False where it is not uploading."""
        task = self._busy.get(change_id)
        if task is None or change_id not in self._carrier.progress:
            return False
        self._called_off.add(change_id)
        task.cancel()
        return True

    async def serve(self, book: Book) -> None:
        """Send what the book holds; never returns. A cancelled creation may take 1.5 s to answer."""
        try:
            async with asyncio.TaskGroup() as group:
                while True:
                    self._woken.clear()
                    due = self._start(group, book)
                    alarm = group.create_task(self._ring(due)) if due else None
                    await self._woken.wait()
                    if alarm:
                        alarm.cancel()
        finally:
            self._busy.clear()

    async def _ring(self, due: datetime) -> None:
        left = (due - self._clock.now()).total_seconds()
        await self._clock.sleep(min(max(left, 0.0), _ONE_SLEEP))
        self._woken.set()

    def _start(self, group: asyncio.TaskGroup, book: Book) -> datetime | None:
        """Start what may go now; when (UTC) to look again even if nothing happens."""
        now = self._clock.now()
        if self._storage and self._storage.until and self._storage.until <= now:
            self._storage = None
        held = hindrance(self._accounts.state.value, self._connectivity.state.value, self._storage, now=now)
        self.paused = steady(self.paused, held.problem if held else None)
        if held is None:
            ports = self._accounts.ports().meetings
            room = _MOST_AT_ONCE - len(set(self._busy.values()))
            for job in jobs(book.rows, now=now, busy=self._busy, resolve=book.resolve)[:room]:
                task = group.create_task(self._run(book, job, ports))
                self._busy.update({row.id: task for row in job.rows})
        self._on_change()
        if held is not None:
            return held.until
        return next_due(book.rows, now=now, busy=self._busy, resolve=book.resolve)

    async def _run(self, book: Book, job: Job, ports: MeetingPorts) -> None:
        try:
            rows = await self._claim(book, job)
            if rows:
                await self._carry_out(book, rows, ports, is_look=job.is_look)
        except StorageFailed as problem:
            self._hold_up(problem)
        except asyncio.CancelledError:
            await self._forget_called_off(book, job)
        finally:
            self._doubt(book, job)
            for row in job.rows:
                self._busy.pop(row.id, None)
                self._called_off.discard(row.id)
            self._woken.set()
            self._on_change()

    async def _claim(self, book: Book, job: Job) -> tuple[PendingChange, ...]:
        """Take the rows up, durably; without those that changed meanwhile. Raises StorageFailed."""
        async with book.lock:
            rows = [row for row in job.rows if book.row(row.id) is row]
            if job.is_look:
                taken = tuple(moved(row, Looked()) for row in rows)
                book.show(taken)
            else:
                taken = tuple(moved(row, Began(self._clock.now())) for row in rows)
                if taken:
                    await book.commit(taken)
        self._storage = None
        return taken

    async def _carry_out(
        self, book: Book, rows: tuple[PendingChange, ...], ports: MeetingPorts, *, is_look: bool
    ) -> None:
        was_cut_short = False
        if is_look:
            deliveries = await self._carrier.look(rows[0], ports)
        elif is_creation(rows[0].change):
            deliveries, was_cut_short = await self._carrier.create(rows[0], book, ports)
        else:
            deliveries = await self._carrier.send(rows, book, ports)
        await self._settle(book, deliveries, is_last=was_cut_short)
        if was_cut_short:
            raise asyncio.CancelledError

    async def _settle(self, book: Book, deliveries: tuple[Delivery, ...], *, is_last: bool) -> None:
        """Keep what became of the rows; a disk that fails is tried until it works, or the program ends."""
        outcomes = tuple(delivery.outcome for delivery in deliveries)
        identities = {
            row.change.meeting_id: row.server_id
            for row in outcomes
            if row.server_id is not None and is_creation(row.change)
        }
        while True:
            try:
                await book.commit(outcomes, identities=identities)
                break
            except StorageFailed as problem:
                if is_last:
                    return
                await self._clock.sleep(self._hold_up(problem))
        self._storage = None
        self._pacing.forget(_STORAGE)
        await self._tell_of(book, deliveries)

    async def _tell_of(self, book: Book, deliveries: tuple[Delivery, ...]) -> None:
        done = [one for one in deliveries if one.outcome.state is ChangeState.DONE]
        try:
            for delivery in done:
                self._pacing.forget(delivery.row.id)
                if not book.is_closed:
                    await self._told(delivery)
        finally:
            book.drop_done([one.row.id for one in done])

    async def _told(self, delivery: Delivery) -> None:
        try:
            await self._tell(delivery.outcome, delivery.meeting, delivery.associations)
            if isinstance(delivery.row.change, AttachFile):
                await self._carrier.clear(delivery.row.change)
        except Problem:
            return

    def _hold_up(self, problem: Problem) -> float:
        """Send nothing for some seconds, which are returned: what is sent could not be noted."""
        pause = self._pacing.pause(_STORAGE)
        self._storage = Hindrance(problem, self._clock.now() + timedelta(seconds=pause))
        self.paused = problem
        self._on_change()
        return pause

    def _doubt(self, book: Book, job: Job) -> None:
        """Rows that were left under way count as not known, as they will after a restart."""
        left = [row for one in job.rows if (row := book.row(one.id)) and row.state in _UNDER_WAY]
        if left:
            book.show([moved(row, Lost(self._clock.now())) for row in left])

    async def _forget_called_off(self, book: Book, job: Job) -> None:
        """Pass the cancellation on, unless it was the rep who called the upload off."""
        task = asyncio.current_task()
        called_off = [row for row in job.rows if row.id in self._called_off]
        if not called_off or task is None or task.uncancel() > 0:
            raise asyncio.CancelledError
        try:
            await book.commit(removed=[row.id for row in called_off])
        except StorageFailed as problem:
            self._hold_up(problem)
            return
        await self._carrier.clear(*[row.change for row in called_off if isinstance(row.change, AttachFile)])
