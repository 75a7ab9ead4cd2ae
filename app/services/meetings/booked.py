"""Finding the engagement that HubSpot wrote for a booking, of which it does not tell the id."""

from datetime import datetime, timedelta
from typing import Final

from app.domain.accounts import AccountId
from app.domain.meetings import CONTACT, Meeting, RecordRef
from app.domain.ports import Clock
from app.domain.problems import NotAllowed, Problem, SignInNeeded
from app.services.meetings.active import ActiveAccount

LOOKS: Final = (0, 2, 10, 60)
"""Seconds after the booking at which it is looked for (the index lags)."""

_NEAR: Final = timedelta(minutes=1)


class BookedMeetings:
    """Looks on the contact's record, which the lag of the search index does not touch."""

    def __init__(self, active: ActiveAccount, clock: Clock) -> None:
        self._active = active
        self._clock = clock

    async def find(self, account_id: AccountId, email: str, start: datetime) -> Meeting | None:
        """The contact's meeting within a minute of the UTC instant; None when no look found it.

        Raises the problem of the last look, and at once where waiting does not mend it.
        """
        waited = 0
        failure: Problem | None = None
        for due in LOOKS:
            if due > waited:
                await self._clock.sleep(due - waited)
            waited = due
            if not self._active.is_still(account_id):
                return None
            try:
                failure, found = None, await self._look(email, start)
            except (SignInNeeded, NotAllowed):
                raise
            except Problem as problem:
                failure, found = problem, None
            if found:
                return found
        if failure:
            raise failure
        return None

    async def _look(self, email: str, start: datetime) -> Meeting | None:
        contact = await self._active.watch(self._active.crm().records.contact_by_email(email))
        if contact is None:
            return None
        ref = RecordRef(CONTACT, contact.id)
        meetings = await self._active.watch(self._active.ports().directory.meetings_of(ref))
        near = [one for one in meetings if one.details.start and abs(one.details.start - start) <= _NEAR]
        return max(near, key=_created, default=None)


def _created(meeting: Meeting) -> float:
    return meeting.created_at.timestamp() if meeting.created_at else 0.0
