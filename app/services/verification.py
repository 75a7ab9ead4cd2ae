"""Finding out whether a booking whose answer was lost has happened; nothing is ever sent here."""

from datetime import timedelta
from typing import Final

from app.domain.availability import slot_at
from app.domain.booking import Booked, BookingReceipt, BookingRequest, NotFound, StillUnsure
from app.domain.ports import Clock, RecordDirectory
from app.domain.problems import NotAllowed, Problem, SignInNeeded
from app.domain.records import MeetingEngagement
from app.services.availability import AvailabilityService
from app.services.connectivity import ConnectivityService

AFTER_SENDING: Final = (2.0, 10.0, 60.0)
"""Seconds after the lost answer at which the meeting is looked for: search indexes lag."""

AT_ONCE: Final = (0.0,)
"""One look before a lost request is sent again."""

_CANCELED: Final = "CANCELED"

Finding = Booked | NotFound | StillUnsure


def looks_after(age: timedelta) -> tuple[float, ...]:
    """When to look for the meeting of a request sent `age` ago: now, and at what is left of the looks."""
    passed = max(age.total_seconds(), 0.0)
    return (0.0, *(look - passed for look in AFTER_SENDING if look > passed))


class Verification:
    """Looks for the meeting of one request, with the ports of the account that sent it."""

    def __init__(
        self,
        records: RecordDirectory,
        availability: AvailabilityService,
        connectivity: ConnectivityService,
        clock: Clock,
    ) -> None:
        self._records = records
        self._availability = availability
        self._connectivity = connectivity
        self._clock = clock

    async def run(self, request: BookingRequest, looks: tuple[float, ...], *, is_exclusive: bool) -> Finding:
        """Look for the contact's meeting at that start, after each of `looks` seconds.

        `is_exclusive` says that a booking takes its slot away, as in personal and group links: such a slot
        that is still offered was not booked. In a round robin it stays while another host is free.
        """
        waited, problem = 0.0, None
        for look in looks:
            await self._clock.sleep(look - waited)
            waited = look
            try:
                meeting = await self._connectivity.watch(
                    self._records.find_meeting(request.email, request.slot.start)
                )
            except (SignInNeeded, NotAllowed) as refusal:
                return StillUnsure(request, refusal)
            except Problem as failure:
                problem = failure
                continue
            problem = None
            if meeting and meeting.outcome.upper() != _CANCELED:
                return Booked(request, _receipt(request, meeting), found_later=True)
            if is_exclusive and look != looks[-1] and await self._is_offered(request):
                return NotFound(request)
        return StillUnsure(request, problem) if problem else NotFound(request)

    async def _is_offered(self, request: BookingRequest) -> bool:
        try:
            known = await self._availability.recheck(request.slug, request.zone, request.slot.start)
        except Problem:
            return False
        return slot_at(known.of(request.duration_ms), request.slot.start) is not None


def _receipt(request: BookingRequest, meeting: MeetingEngagement) -> BookingReceipt:
    """A receipt from the CRM's meeting; the contact's id is not known to it."""
    start = meeting.start or request.slot.start
    return BookingReceipt(
        calendar_event_id=meeting.id,
        contact_id="",
        start=start,
        end=meeting.end or start + timedelta(milliseconds=request.duration_ms),
        subject=meeting.title,
        is_offline=False,
        guests=request.guests,
        location=meeting.location,
        join_url=meeting.join_url,
    )
