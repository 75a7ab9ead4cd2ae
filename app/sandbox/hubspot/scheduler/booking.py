"""Booking a slot: who hosts it, what it writes, and the reply (5.4, 5.6)."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.auth import require_any_scope
from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.crm.store import Record
from app.sandbox.hubspot.scheduler.booking_request import BookingRequest, read_booking
from app.sandbox.hubspot.scheduler.booking_rules import check_booking
from app.sandbox.hubspot.scheduler.parameters import known_link, world_of
from app.sandbox.hubspot.scheduler.scopes import WRITE_SCOPES
from app.sandbox.instants import epoch_ms, from_epoch_ms, object_instant
from app.sandbox.wire import read_object, reply
from app.sandbox.world import World
from app.sandbox.world.engagements import Engagement
from app.sandbox.world.fields import FormField
from app.sandbox.world.links import VIDEO_CALL, LinkType, MeetingLink
from app.sandbox.world.names import address_part
from app.sandbox.world.people import User

_MEETING_TO_CONTACT: Final = 200


async def post_booking(request: Request) -> Response:
    """POST `/meeting-links/book`: book a slot for somebody; exactly one of several equal requests wins."""
    require_any_scope(request, WRITE_SCOPES)
    body = await read_object(request)
    wanted = read_booking(body, request.query_params.get("timezone"))
    world = world_of(request)
    with world.lock:
        link = known_link(world, wanted.slug)
        check_booking(world, link, wanted)
        booked = Booking.place(world, link, wanted)
    return reply(booked.payload())


@dataclass(frozen=True, slots=True)
class Booking:
    """One accepted booking: `host` was assigned; `event_id` is empty when the host's calendar is offline."""

    link: MeetingLink
    wanted: BookingRequest
    host: User
    contact: Record
    event_id: str
    conference_url: str

    @classmethod
    def place(cls, world: World, link: MeetingLink, wanted: BookingRequest) -> "Booking":
        """Write the contact, and unless the host is offline the engagement and everybody's busy time."""
        start = epoch_ms(wanted.start)
        end = start + wanted.duration_ms
        host = _assign(world, link, wanted, start, end)
        contact = _upsert_contact(world, link, wanted)
        if world.is_offline(host.user_id):
            return cls(link, wanted, host, contact, "", "")
        event_id = _event_id(world, link, wanted, host)
        booking = cls(link, wanted, host, contact, event_id, _conference(link, wanted, event_id))
        meeting = world.store.create(MEETING, booking._engagement(start, end).properties())
        world.store.associate(MEETING, meeting.id, CONTACT, contact.id, type_ids=(_MEETING_TO_CONTACT,))
        attending = (host.user_id,) if link.type is LinkType.ROUND_ROBIN else link.members
        for member in attending:
            world.occupy(member, from_epoch_ms(start), from_epoch_ms(end))
        world.assignments[host.user_id] += 1
        return booking

    def payload(self) -> dict[str, Any]:
        """Return `ExternalMeetingBookingResponse`; duration in ms."""
        wanted = self.wanted
        body: dict[str, Any] = {
            "calendarEventId": self.event_id,
            "contactId": self.contact.id,
            "start": object_instant(wanted.start),
            "end": object_instant(from_epoch_ms(epoch_ms(wanted.start) + wanted.duration_ms)),
            "duration": wanted.duration_ms,
            "subject": self.subject,
            "bookingTimezone": wanted.zone.key if wanted.zone else self.host.zone_name,
            "isOffline": not self.event_id,
            "guestEmails": list(wanted.guest_emails),
            "formFields": [
                _answer(field, wanted.answers[field.name])
                for field in self.link.settings.fields
                if field.name in wanted.answers
            ],
            "legalConsentResponses": [
                {"communicationTypeId": type_id, "consented": consented}
                for type_id, consented in wanted.consents.items()
            ],
            "locale": wanted.locale or self.link.settings.locale,
        }
        if self.location:
            body["location"] = self.location
        if self.conference_url:
            body["webConferenceUrl"] = self.conference_url
            body["webConferenceMeetingId"] = self.conference_url.rpartition("/")[2]
        return body

    @property
    def subject(self) -> str:
        """The title of the calendar event."""
        return f"{self.link.title} with {self.wanted.first_name} {self.wanted.last_name}"

    @property
    def location(self) -> str:
        """Where the meeting happens: the video call's address, or what the link says."""
        return self.conference_url or self.link.settings.location or ""

    def _engagement(self, start: int, end: int) -> Engagement:
        change = f"{self.link.url}/change/{self.event_id}"
        return Engagement(
            owner=self.host,
            title=self.subject,
            start=start,
            end=end,
            outcome="SCHEDULED",
            activity_type=self.link.settings.activity_type,
            source="INTEGRATION",
            event_id=self.event_id,
            location=self.location,
            conference_url=self.conference_url,
            body=f"Need to make a change?\nReschedule: {change}\nCancel: {change}?cancel=true",
        )


def _assign(world: World, link: MeetingLink, wanted: BookingRequest, start: int, end: int) -> User:
    """Return the host: of a round robin a free member, a likely one if any, the owner or the least booked."""
    chosen = link.organizer
    if link.type is LinkType.ROUND_ROBIN:
        free = world.slots.free_members(link, start, end)
        free = [member for member in free if str(member) in wanted.likely_user_ids] or free
        chosen = min(free, key=lambda member: world.assignments[member])
        contact = world.store.find_by(CONTACT, "email", wanted.email)
        if link.settings.owner_prioritized and contact is not None:
            owner = contact.properties.get("hubspot_owner_id")
            chosen = next((member for member in free if str(world.host(member).owner_id) == owner), chosen)
    return world.host(chosen)


def _upsert_contact(world: World, link: MeetingLink, wanted: BookingRequest) -> Record:
    values: dict[str, str | None] = {"firstname": wanted.first_name, "lastname": wanted.last_name}
    for field in link.settings.fields:
        if not field.is_custom and wanted.answers.get(field.name, "").strip():
            values[field.name] = wanted.answers[field.name]
    contact = world.store.find_by(CONTACT, "email", wanted.email)
    if contact is not None:
        return world.store.update(contact, values)
    return world.store.create(CONTACT, {"email": wanted.email.lower(), "lifecyclestage": "lead", **values})


def _event_id(world: World, link: MeetingLink, wanted: BookingRequest, host: User) -> str:
    fact = f"{link.id}/{host.user_id}/{epoch_ms(wanted.start)}/{world.assignments.total()}/{wanted.email}"
    return hashlib.sha256(fact.encode()).hexdigest()[:26]


def _conference(link: MeetingLink, wanted: BookingRequest, event_id: str) -> str:
    if link.settings.location != VIDEO_CALL:
        return ""
    guest = "-".join(
        part for part in (address_part(wanted.first_name), address_part(wanted.last_name)) if part
    )
    return f"https://meet.example/{guest or 'guest'}-{event_id[:6]}"


def _answer(field: FormField, value: str) -> dict[str, Any]:
    labels = {option.value: option.label for option in field.options}
    return {
        "name": field.name,
        "label": field.label,
        "value": value,
        "isCustom": field.is_custom,
        "fieldType": field.field_type,
        "translatedLabel": field.label,
        "valueLabel": "; ".join(labels.get(part, part) for part in value.split(";")) if labels else value,
    }
