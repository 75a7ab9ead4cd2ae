"""Calendar events without a meeting link: what is sent, and what HubSpot answers (reference 5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from app.api.decoding import Decoder, WireId
from app.api.hubspot.instants import WireInstant, instant_of, iso
from app.api.hubspot.object_payloads import Association
from app.api.request import post
from app.api.retry import RequestClass
from app.api.session import ApiSession
from app.api.versions import ApiPaths


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """A calendar event without a meeting link, as it is sent.

    `organizer_user_id` is a user id, `owner_id` an owner id: two different numbers. `start` and `end`
    are aware datetimes; `location_type` is `ADDRESS`, `CUSTOM` or `PHONE`; `attendee_owner_ids` are owner
    ids; `reminders` are (number, `DAYS` | `HOURS` | `MINUTES` | `WEEKS`); `timezone` is an IANA name.
    """

    organizer_user_id: str
    owner_id: str
    title: str
    start: datetime
    end: datetime
    timezone: str
    outcome: str = "SCHEDULED"
    body: str | None = None
    internal_notes: str | None = None
    location: str | None = None
    location_type: str | None = None
    activity_type: str | None = None
    attachment_ids: tuple[str, ...] = ()
    attendee_owner_ids: tuple[str, ...] = ()
    associations: tuple[Association, ...] = ()
    reminders: tuple[tuple[int, str], ...] = ()
    should_include_description: bool = False

    def payload(self) -> Mapping[str, object]:
        """`ExternalCalendarMeetingEventCreateRequest`. Raises ValueError for a naive time."""
        return {
            "properties": self._properties(),
            "associations": [each.payload() for each in self.associations],
            "emailReminderSchedule": {
                "reminders": [
                    {"numberOfTimeUnits": number, "timeUnit": unit} for number, unit in self.reminders
                ],
                "shouldIncludeInviteDescription": self.should_include_description,
            },
            "timezone": self.timezone,
        }

    def _properties(self) -> dict[str, object]:
        given: dict[str, object] = {
            "hs_meeting_title": self.title,
            "hs_meeting_start_time": iso(self.start),
            "hs_meeting_end_time": iso(self.end),
            "hs_timestamp": iso(self.start),
            "hs_meeting_outcome": self.outcome,
            "hubspot_owner_id": self.owner_id,
        }
        optional: dict[str, object] = {
            "hs_meeting_body": self.body,
            "hs_internal_meeting_notes": self.internal_notes,
            "hs_meeting_location": self.location,
            "hs_meeting_location_type": self.location_type,
            "hs_activity_type": self.activity_type,
            "hs_attachment_ids": self.attachment_ids,
            "hs_attendee_owner_ids": self.attendee_owner_ids,
        }
        return given | {name: value for name, value in optional.items() if value}


class EventPropertiesPayload(msgspec.Struct, frozen=True):
    """The properties of a calendar event that are read."""

    hs_unique_id: str | None = None
    hs_meeting_external_url: str | None = None
    hs_meeting_start_time: WireInstant = None
    hs_meeting_end_time: WireInstant = None


class CalendarEventReplyPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`ExternalCalenderMeetingEventResponse` (spelt so)."""

    id: WireId
    properties: EventPropertiesPayload = EventPropertiesPayload()

    @property
    def starts_at(self) -> datetime | None:
        """The UTC instant it starts."""
        return instant_of(self.properties.hs_meeting_start_time)

    @property
    def ends_at(self) -> datetime | None:
        """The UTC instant it ends."""
        return instant_of(self.properties.hs_meeting_end_time)


_EVENTS: Final = Decoder(CalendarEventReplyPayload)


class CalendarEventsClient:
    """The organizers' calendars of one account."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._path = f"{paths.scheduler}/calendar"

    async def create(self, event: CalendarEvent) -> CalendarEventReplyPayload:
        """Make a calendar event and its meeting, which tells the attendees; sent once, as a booking is.

        Raises ApiError; see `ApiError.delivery`.
        """
        request = post(
            self._path,
            event.payload(),
            query=(("organizerUserId", event.organizer_user_id),),
            request_class=RequestClass.AMBIGUOUS,
        )
        return (await self._session.fetch(request, _EVENTS)).value
