"""What a meeting that is about to be logged begins with."""

from dataclasses import dataclass, field

from app.domain.meetings import CrmRecord, MeetingDetails


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A form that is filled in before the rep sees it: from a booking, from the agenda, or not at all.

    `records` are the ones it will stand on; `calendar_id` finds the same meeting in HubSpot.
    """

    details: MeetingDetails = field(default_factory=MeetingDetails)
    records: tuple[CrmRecord, ...] = ()
    calendar_id: str = ""
