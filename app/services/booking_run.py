"""One booking from the wish to its outcome."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from app.domain.availability import Availability, nearest, slot_at
from app.domain.booking import (
    Booked,
    BookingOutcome,
    BookingReceipt,
    BookingRequest,
    BookingStage,
    HostOffline,
    NotBooked,
    NotFound,
    SlotTaken,
    StillUnsure,
)
from app.domain.links import LinkKind
from app.domain.ports import Clock, CrmPorts
from app.domain.problems import Conflict, Problem, ServiceBroken, SlotGone, Unknown
from app.services.availability import AvailabilityService
from app.services.connectivity import ConnectivityService
from app.services.sending import Answer, Sending
from app.services.verification import AFTER_SENDING, AT_ONCE, Finding, Verification, looks_after

OnStage = Callable[[BookingStage], None]
BeforeSending = Callable[[], Awaitable[None]]

_EXCLUSIVE: Final = (LinkKind.PERSONAL, LinkKind.GROUP)


class BookingRun:
    """Asks for the month again, sends once, and looks the meeting up when the answer is lost.

    Reference: HubSpot fact sheet, sections 5.4, 5.6 and 5.7.
    """

    def __init__(
        self,
        request: BookingRequest,
        on_stage: OnStage,
        *,
        ports: CrmPorts,
        availability: AvailabilityService,
        connectivity: ConnectivityService,
        clock: Clock,
    ) -> None:
        self._request = request
        self._on_stage = on_stage
        self._availability = availability
        self._clock = clock
        self._sending = Sending(ports.scheduler, connectivity, clock)
        self._verification = Verification(ports.records, availability, connectivity, clock)

    @property
    def was_cut_short(self) -> bool:
        """Whether the caller was cancelled while the request was on its way."""
        return self._sending.was_cut_short

    async def repeat(self, before_sending: BeforeSending, sent_at: datetime) -> BookingOutcome:
        """Book a wish whose first sending, at the UTC instant `sent_at`, was lost and not found.

        The meeting may have turned up meanwhile: it is looked for before sending, and again when the slot
        turns out to be taken, perhaps by the very wish.
        """
        finding = await self.look_up(AT_ONCE)
        if not isinstance(finding, NotFound):
            return finding
        outcome = await self.run(before_sending)
        if not isinstance(outcome, SlotTaken) or self.was_cut_short:
            return outcome
        finding = await self.look_up_since(sent_at)
        return outcome if isinstance(finding, NotFound) else finding

    async def run(self, before_sending: BeforeSending) -> BookingOutcome:
        """Book; `before_sending` is awaited right before the first byte leaves."""
        self._on_stage(BookingStage.RECHECKING)
        try:
            known = await self._recheck()
        except Problem as problem:
            return NotBooked(problem)
        if not self._is_offered(known):
            return self._taken(known)
        await before_sending()
        self._on_stage(BookingStage.SENDING)
        answer = await self._sending.run(self._request)
        return await self._outcome(answer, known)

    async def look_up_since(self, sent_at: datetime) -> Finding:
        """Find out whether a request that was sent at that UTC instant has been carried out."""
        return await self.look_up(looks_after(self._clock.now() - sent_at))

    async def look_up(self, looks: tuple[float, ...]) -> Finding:
        """Find out whether the request has been carried out; sends nothing."""
        self._on_stage(BookingStage.VERIFYING)
        state = self._availability.state.value
        is_exclusive = state.slug == self._request.slug and state.kind in _EXCLUSIVE
        return await self._verification.run(self._request, looks, is_exclusive=is_exclusive)

    async def _outcome(self, answer: Answer, known: Availability) -> BookingOutcome:
        match answer:
            case BookingReceipt(calendar_event_id="") | BookingReceipt(is_offline=True):
                hosts = tuple(member.full_name for member in known.members if member.is_offline)
                return HostOffline(answer.contact_id, hosts)
            case BookingReceipt():
                return Booked(self._request, answer)
            case SlotGone() | Conflict():
                return await self._refused(answer, known)
            case Unknown() | ServiceBroken():
                if self.was_cut_short:
                    return StillUnsure(self._request, answer)
                return await self.look_up(AFTER_SENDING)
            case _:
                return NotBooked(answer)

    async def _refused(self, problem: Problem, known: Availability) -> BookingOutcome:
        """HubSpot says that the slot is gone: taken where the list agrees, or cannot be had."""
        if self.was_cut_short:
            return self._taken(known)
        try:
            known = await self._recheck()
        except Problem:
            return self._taken(known)
        return NotBooked(problem) if self._is_offered(known) else self._taken(known)

    async def _recheck(self) -> Availability:
        request = self._request
        return await self._availability.recheck(request.slug, request.zone, request.slot.start)

    def _is_offered(self, known: Availability) -> bool:
        return slot_at(known.of(self._request.duration_ms), self._request.slot.start) is not None

    def _taken(self, known: Availability) -> SlotTaken:
        wanted = self._request.slot
        now = self._clock.now()
        free = [
            slot
            for slot in known.of(self._request.duration_ms)
            if slot.start > now and slot.start != wanted.start
        ]
        return SlotTaken(wanted, nearest(free, wanted.start))
