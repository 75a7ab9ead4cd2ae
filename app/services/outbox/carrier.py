"""Carries changes to HubSpot and back with what became of them; keeps nothing itself."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.domain.changes import (
    AttachFile,
    ChangeId,
    DeleteMeeting,
    LogMeeting,
    PendingChange,
    ScheduleMeeting,
)
from app.domain.ports import Clock
from app.domain.ports_meetings import MeetingPorts, Spool
from app.domain.problems import Problem
from app.services.connectivity import ConnectivityService
from app.services.outbox.batches import Batches
from app.services.outbox.book import Book
from app.services.outbox.delivery import Delivery
from app.services.outbox.grace import Grace
from app.services.outbox.pacing import Pacing
from app.services.outbox.sending import Sending
from app.services.outbox.states import Succeeded
from app.services.outbox.verdicts import look_verdict, verdict
from app.services.outbox.verification import unseen


class Carrier:
    """Makes the calls; every problem ends as an event of its rows."""

    def __init__(
        self,
        connectivity: ConnectivityService,
        spool: Spool,
        clock: Clock,
        pacing: Pacing,
        *,
        on_progress: Callable[[], None],
    ) -> None:
        self._connectivity = connectivity
        self._spool = spool
        self._clock = clock
        self._pacing = pacing
        self.progress: dict[ChangeId, tuple[int, int]] = {}
        self._progressed = on_progress

    async def send(
        self, rows: Sequence[PendingChange], book: Book, ports: MeetingPorts
    ) -> tuple[Delivery, ...]:
        """Send changes that may be sent twice without harm; several are edits, or deletions, of a group."""
        try:
            return await self._connectivity.watch(self._sent(rows, book, ports))
        except Problem as problem:
            return tuple(self._failed(book.row(row.id) or row, problem) for row in rows)
        finally:
            for row in rows:
                self.progress.pop(row.id, None)

    async def create(
        self, row: PendingChange, book: Book, ports: MeetingPorts
    ) -> tuple[tuple[Delivery, ...], bool]:
        """Send a creation once; whether the call was cancelled meanwhile comes with the outcome."""
        grace: Grace[tuple[Delivery, ...]] = Grace(self._clock)
        answer = await grace.run(self._connectivity.watch(self._sent((row,), book, ports)))
        if isinstance(answer, Problem):
            answer = (self._failed(row, answer),)
        return answer, grace.was_cut_short

    async def look(self, row: PendingChange, ports: MeetingPorts) -> tuple[Delivery, ...]:
        """Look for the meeting of a creation whose answer was lost; sends nothing."""
        change = row.change
        assert isinstance(change, LogMeeting | ScheduleMeeting)
        asked_at = self._clock.now()
        try:
            found = await self._connectivity.watch(ports.directory.find(row.id, change))
        except Problem as problem:
            event = look_verdict(problem, now=self._clock.now(), again_at=self._again(row))
            return (Delivery(row, event),)
        now = self._clock.now()
        if found is None:
            return (Delivery(row, unseen(row, asked_at=asked_at, now=now)),)
        return (Delivery(row, Succeeded(now, found.id), found),)

    async def clear(self, *changes: AttachFile) -> None:
        """Delete the copies of files that are not needed; what cannot be deleted goes at the next start."""
        spooled = [change.spooled for change in changes if change.spooled]
        if not spooled:
            return
        try:
            await self._spool.remove(spooled)
        except Problem:
            return

    async def _sent(
        self, rows: Sequence[PendingChange], book: Book, ports: MeetingPorts
    ) -> tuple[Delivery, ...]:
        batches = Batches(ports, self._clock, resolve=book.resolve, again=self._again)
        if len(rows) > 1:
            is_deletion = isinstance(rows[0].change, DeleteMeeting)
            return await (batches.delete(rows) if is_deletion else batches.edit(rows))

        async def keep(row: PendingChange) -> None:
            await book.commit((row,))

        sending = Sending(
            ports,
            self._spool,
            self._clock,
            batches,
            resolve=book.resolve,
            keep=keep,
            on_progress=self._on_progress,
        )
        return (await sending.send(rows[0]),)

    def _on_progress(self, change_id: ChangeId, sent: int, total: int) -> None:
        self.progress[change_id] = (sent, total)
        self._progressed()

    def _failed(self, row: PendingChange, problem: Problem) -> Delivery:
        event = verdict(row, problem, now=self._clock.now(), again_at=self._again(row))
        return Delivery(row, event)

    def _again(self, row: PendingChange) -> datetime:
        return self._pacing.until(row.id, self._clock.now())
