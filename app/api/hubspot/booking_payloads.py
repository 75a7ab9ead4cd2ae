"""What a booking and a calendar event send, and what HubSpot answers (reference 5.4, 5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from app.api.decoding import WireId
from app.api.hubspot.instants import WireInstant, instant_of, iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One booking as it is sent.

    `slug` is raw, its slash unescaped; `start` is an aware datetime that the link offers; `duration_ms` is
    the very number the link advertises; `form_fields` are (name, value), `consents` (communication type
    id, ticked); `likely_user_ids` are user ids; `timezone` is an IANA name, `locale` such as `en-us`.
    `guest_emails` are sent only when there are any.
    """

    slug: str
    start: datetime
    duration_ms: int
    first_name: str
    last_name: str
    email: str
    timezone: str
    form_fields: tuple[tuple[str, str], ...] = ()
    consents: tuple[tuple[str, bool], ...] = ()
    likely_user_ids: tuple[str, ...] = ()
    guest_emails: tuple[str, ...] = ()
    locale: str | None = None

    def payload(self) -> Mapping[str, object]:
        """`ExternalMeetingBooking`. Raises ValueError for a naive start."""
        body: dict[str, object] = {
            "slug": self.slug,
            "startTime": iso(self.start),
            "duration": self.duration_ms,
            "firstName": self.first_name,
            "lastName": self.last_name,
            "email": self.email,
            "timezone": self.timezone,
            "formFields": [{"name": name, "value": value} for name, value in self.form_fields],
            "legalConsentResponses": [
                {"communicationTypeId": type_id, "consented": ticked} for type_id, ticked in self.consents
            ],
            "likelyAvailableUserIds": self.likely_user_ids,
        }
        if self.guest_emails:
            body["guestEmails"] = self.guest_emails
        if self.locale:
            body["locale"] = self.locale
        return body


class BookingReplyPayload(msgspec.Struct, frozen=True, rename="camel"):
    """`ExternalMeetingBookingResponse`; an empty `calendar_event_id` means that no meeting was made."""

    calendar_event_id: str = ""
    contact_id: WireId | None = None
    start: WireInstant = None
    end: WireInstant = None
    duration: int | None = None
    subject: str = ""
    booking_timezone: str = ""
    is_offline: bool = False
    guest_emails: tuple[str, ...] = ()
    locale: str | None = None
    location: str | None = None
    web_conference_meeting_id: WireId | None = None
    web_conference_url: str | None = None

    @property
    def starts_at(self) -> datetime | None:
        """The UTC instant it starts."""
        return instant_of(self.start)

    @property
    def ends_at(self) -> datetime | None:
        """The UTC instant it ends."""
        return instant_of(self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """A calendar event without a meeting link, as it is sent.

    `organizer_user_id` is a user id, `owner_id` an owner id: two different numbers. `start` and `end`
    are aware datetimes; `associations` are (record id, association type id) with HubSpot's own types;
    `reminders` are (number, `DAYS` | `HOURS` | `MINUTES` | `WEEKS`); `timezone` is an IANA name.
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
    associations: tuple[tuple[str, int], ...] = ()
    reminders: tuple[tuple[int, str], ...] = ()
    should_include_description: bool = False

    def payload(self) -> Mapping[str, object]:
        """`ExternalCalendarMeetingEventCreateRequest`. Raises ValueError for a naive time."""
        return {
            "properties": self._properties(),
            "associations": [_association(record, kind) for record, kind in self.associations],
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


def _association(record_id: str, type_id: int) -> Mapping[str, object]:
    kind = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id}
    return {"to": {"id": record_id}, "types": [kind]}


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
