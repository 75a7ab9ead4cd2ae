"""What a booking sends, and what HubSpot answers (reference 5.4)."""

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
