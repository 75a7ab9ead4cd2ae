"""Booking for the rest of the app: one run for each wish, its journal, and the outcome that is never lost."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from app.domain.accounts import AccountId
from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingRequest,
    BookingStage,
    NotBooked,
    NotFound,
    StillUnsure,
)
from app.domain.ports import Clock, DraftStore
from app.domain.problems import SignInNeeded
from app.services.accounts import AccountsService
from app.services.availability import AvailabilityService
from app.services.booking_journal import BookingJournal, Entry, Trace, journal_key
from app.services.booking_run import BookingRun, OnStage
from app.services.connectivity import ConnectivityService
from app.services.links import LinksService
from app.services.published import ErrorSink, Published

_Wish = tuple[AccountId, str]


@dataclass(frozen=True, slots=True)
class BookingState:
    """The last booking; `stage` is set while it is under way, `outcome` once it has ended."""

    request: BookingRequest | None = None
    stage: BookingStage | None = None
    outcome: BookingOutcome | None = None


class BookingService:
    """Books slots of the active account. It sends a request once and never again by itself."""

    def __init__(
        self,
        accounts: AccountsService,
        connectivity: ConnectivityService,
        links: LinksService,
        availability: AvailabilityService,
        journal: DraftStore,
        clock: Clock,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._accounts = accounts
        self._connectivity = connectivity
        self._links = links
        self._availability = availability
        self._journal = BookingJournal(journal)
        self._clock = clock
        self._running: dict[_Wish, asyncio.Future[BookingOutcome | None]] = {}
        self.state = Published(BookingState(), on_error)

    async def book(self, request: BookingRequest, on_stage: OnStage) -> BookingOutcome:
        """Book the slot; a second call for the same link, start and address joins the first.

        A wish that was sent before without a known end is looked up instead of being sent; one that was
        looked up in vain is sent again, with a look before and after. When the call is
        cancelled while sending, it waits up to 1.5 s for the answer, leaves the outcome in `state`, and only
        then raises CancelledError; an answer that did not come is found by `unfinished` and `recheck`.
        """

        if self._accounts.active_id is None:
            return NotBooked(SignInNeeded(""))
        run = self._run(request, on_stage)

        async def start(account_id: AccountId, entry: Entry | None) -> BookingOutcome:
            async def note() -> None:
                sent = Entry(Trace.SENT, self._clock.now())
                await self._journal.note(account_id, request, sent)

            match entry:
                case Entry(trace=Trace.SENT, sent_at=sent_at):
                    return await run.look_up_since(sent_at)
                case Entry(sent_at=sent_at):
                    return await run.repeat(note, sent_at)
                case _:
                    return await run.run(note)

        outcome = await self._once(self._accounts.active_id, request, start)
        if run.was_cut_short:
            raise asyncio.CancelledError
        return outcome

    async def recheck(self, request: BookingRequest, on_stage: OnStage) -> BookingOutcome:
        """Look once more for the meeting of a request whose answer was lost; sends nothing.

        A request that was sent less than a minute ago is looked for until that minute is over.
        """
        if self._accounts.active_id is None:
            return StillUnsure(request, SignInNeeded(""))
        run = self._run(request, on_stage)

        async def start(_: AccountId, entry: Entry | None) -> BookingOutcome:
            return await run.look_up_since(entry.sent_at if entry else self._clock.now())

        return await self._once(self._accounts.active_id, request, start)

    async def unfinished(self) -> BookingRequest | None:
        """A request of the active account that was sent and whose end is not known."""
        account_id = self._accounts.active_id
        if account_id is None:
            return None
        return next(iter(await self._journal.unfinished(account_id, self._clock.now())), None)

    async def _once(
        self,
        account_id: AccountId,
        request: BookingRequest,
        start: Callable[[AccountId, Entry | None], Awaitable[BookingOutcome]],
    ) -> BookingOutcome:
        """Run `start`, or share the outcome of the run that is under way for the same wish."""
        wish = (account_id, journal_key(request))
        while (running := self._running.get(wish)) is not None:
            shared = await asyncio.shield(running)
            if shared is not None:
                return shared
        ended: asyncio.Future[BookingOutcome | None] = asyncio.get_running_loop().create_future()
        self._running[wish] = ended
        outcome = None
        try:
            entry = await self._journal.entry(account_id, request)
            outcome = await start(account_id, entry)
            await self._end(account_id, request, outcome, entry)
        finally:
            del self._running[wish]
            ended.set_result(outcome)
            self.state.set(replace(self.state.value, stage=None))
        return outcome

    def _run(self, request: BookingRequest, on_stage: OnStage) -> BookingRun:
        def enter(stage: BookingStage) -> None:
            self.state.set(BookingState(request, stage))
            on_stage(stage)

        return BookingRun(
            request,
            enter,
            ports=self._accounts.ports(),
            availability=self._availability,
            connectivity=self._connectivity,
            clock=self._clock,
        )

    async def _end(
        self, account_id: AccountId, request: BookingRequest, outcome: BookingOutcome, entry: Entry | None
    ) -> None:
        """Keep the outcome where a cancelled caller cannot lose it, and tell the others.

        The journal comes last: a crash before the caller has the outcome is looked up after the restart. A
        wish that was lost once may still turn up, whatever became of its second sending.
        """
        self.state.set(BookingState(request, None, outcome))
        match outcome:
            case Booked():
                await self._note_booked(account_id, request)
                await self._journal.close(account_id, request)
            case NotFound():
                await self._journal.mark_lost(account_id, request, self._clock.now())
            case StillUnsure():
                pass
            case _ if entry and entry.trace is Trace.LOST:
                await self._journal.mark_lost(account_id, request, self._clock.now())
            case _:
                await self._journal.close(account_id, request)

    async def _note_booked(self, account_id: AccountId, request: BookingRequest) -> None:
        if self._accounts.active_id == account_id:
            self._availability.invalidate(request.slug, request.slot.start)
            await self._links.note_used(request.slug)
