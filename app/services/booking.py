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
    StillUnsure,
)
from app.domain.ports import Clock, DraftStore
from app.domain.problems import SignInNeeded
from app.services.accounts import AccountsService
from app.services.availability import AvailabilityService
from app.services.booking_journal import BookingJournal, journal_key
from app.services.booking_run import BookingRun, OnStage
from app.services.connectivity import ConnectivityService
from app.services.links import LinksService
from app.services.published import ErrorSink, Published
from app.services.verification import LATER

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

        A wish that was sent before without a known end is looked up instead of being sent. When the call is
        cancelled while sending, it waits up to 1.5 s for the answer, leaves the outcome in `state`, and only
        then raises CancelledError; an answer that did not come is found by `unfinished` and `recheck`.
        """

        if self._accounts.active_id is None:
            return NotBooked(SignInNeeded(""))
        run = self._run(request, on_stage)

        async def start(account_id: AccountId) -> BookingOutcome:
            if await self._is_unfinished(account_id, request):
                return await run.look_up(LATER)
            return await run.run(lambda: self._journal.open(account_id, request))

        outcome = await self._once(self._accounts.active_id, request, start)
        if run.was_cut_short:
            raise asyncio.CancelledError
        return outcome

    async def recheck(self, request: BookingRequest, on_stage: OnStage) -> BookingOutcome:
        """Look once more for the meeting of a request whose answer was lost; sends nothing."""
        if self._accounts.active_id is None:
            return StillUnsure(request, SignInNeeded(""))
        run = self._run(request, on_stage)
        return await self._once(self._accounts.active_id, request, lambda _: run.look_up(LATER))

    async def unfinished(self) -> BookingRequest | None:
        """A request of the active account that was sent and whose end is not known."""
        account_id = self._accounts.active_id
        if account_id is None:
            return None
        return next(iter(await self._journal.unfinished(account_id)), None)

    async def _is_unfinished(self, account_id: AccountId, request: BookingRequest) -> bool:
        wishes = {journal_key(one) for one in await self._journal.unfinished(account_id)}
        return journal_key(request) in wishes

    async def _once(
        self,
        account_id: AccountId,
        request: BookingRequest,
        start: Callable[[AccountId], Awaitable[BookingOutcome]],
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
            outcome = await start(account_id)
            await self._end(account_id, request, outcome)
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

    async def _end(self, account_id: AccountId, request: BookingRequest, outcome: BookingOutcome) -> None:
        """Keep the outcome where a cancelled caller cannot lose it, and tell the others."""
        self.state.set(BookingState(request, None, outcome))
        if not isinstance(outcome, StillUnsure):
            await self._journal.close(account_id, request)
        if isinstance(outcome, Booked) and self._accounts.active_id == account_id:
            self._availability.invalidate(request.slug, request.slot.start)
            await self._links.note_used(request.slug)
