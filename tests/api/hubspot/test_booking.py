"""What a booking and a calendar event send, and what their answers mean."""

from datetime import UTC, datetime, timedelta, timezone

import httpx
import pytest

from app.api.errors import ApiError, Delivery, Invalid
from app.api.hubspot.booking_payloads import Booking, BookingReplyPayload
from app.api.hubspot.scheduler import SchedulerClient
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

START = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
LINKS = "/scheduler/2026-03/meetings/meeting-links"


BOOKING = Booking(
    slug="ana/intro",
    start=START.astimezone(timezone(timedelta(hours=-5))),
    duration_ms=1_800_000,
    first_name="Jane",
    last_name="Doe",
    email="jane@acme.test",
    timezone="America/New_York",
)


def test_a_booking_is_sent_as_hubspot_wants_it() -> None:
    full = Booking(
        slug="ana/intro",
        start=START,
        duration_ms=1_800_000,
        first_name="Jane",
        last_name="Doe",
        email="jane@acme.test",
        timezone="America/New_York",
        form_fields=(("note", "a;b"),),
        consents=(("41", False),),
        likely_user_ids=("2215340",),
        guest_emails=("kim@acme.test",),
        locale="en-us",
    )
    reply, seen = use(SchedulerClient, lambda client: client.book(full), replied("booking"))
    assert (seen[0].method, target_of(seen[0])) == ("POST", f"{LINKS}/book?timezone=America%2FNew_York")
    assert json_of(seen[0]) == {
        "slug": "ana/intro",
        "startTime": "2026-11-24T17:30:00.000Z",
        "duration": 1_800_000,
        "firstName": "Jane",
        "lastName": "Doe",
        "email": "jane@acme.test",
        "timezone": "America/New_York",
        "formFields": [{"name": "note", "value": "a;b"}],
        "legalConsentResponses": [{"communicationTypeId": "41", "consented": False}],
        "likelyAvailableUserIds": ["2215340"],
        "guestEmails": ["kim@acme.test"],
        "locale": "en-us",
    }
    assert (reply.calendar_event_id, reply.contact_id, reply.is_offline) == ("ev-123", "70124", False)
    assert (reply.starts_at, reply.ends_at) == (START, START + timedelta(minutes=30))
    assert (reply.duration, reply.subject) == (1_800_000, "Intro call with Jane")
    assert reply.guest_emails == ("kim@acme.test",)
    assert (reply.location, reply.web_conference_url) == (
        "Video call",
        "https://video.example.test/j/812345",
    )


def test_what_a_booking_does_not_have_is_not_sent() -> None:
    _, seen = use(SchedulerClient, lambda client: client.book(BOOKING), replied("booking"))
    body = json_of(seen[0])
    assert "guestEmails" not in body
    assert "locale" not in body
    assert body["startTime"] == "2026-11-24T17:30:00.000Z"
    assert body["formFields"] == body["legalConsentResponses"] == body["likelyAvailableUserIds"] == []


def test_an_offline_booking_is_an_answer_to_be_looked_at() -> None:
    body = {"calendarEventId": None, "contactId": 5, "isOffline": True}
    reply, _ = use(SchedulerClient, lambda client: client.book(BOOKING), answer(200, body))
    assert reply == BookingReplyPayload(contact_id=reply.contact_id, is_offline=True)
    assert (reply.calendar_event_id, reply.contact_id, reply.starts_at) == ("", "5", None)


def caught(*steps: httpx.Response | Exception) -> tuple[ApiError, int]:
    async def work(client: SchedulerClient) -> ApiError:
        with pytest.raises(ApiError) as refusal:
            await client.book(BOOKING)
        return refusal.value

    error, seen = use(SchedulerClient, work, *steps)
    return error, len(seen)


def test_a_refused_booking_says_why() -> None:
    error, sent = caught(replied("error_start_not_valid", 400))
    assert isinstance(error, Invalid)
    assert error.sub_category == "MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"
    assert (error.delivery, sent) == (Delivery.REFUSED, 1)


@pytest.mark.parametrize("step", [answer(500), httpx.ReadTimeout("x"), answer(200, b"[1]")])
def test_a_booking_without_a_usable_answer_is_unknown(step: httpx.Response | Exception) -> None:
    error, sent = caught(step)
    assert (error.delivery, sent) == (Delivery.UNKNOWN, 1)


def test_a_naive_start_is_a_fault_of_ours() -> None:
    naive = Booking(
        slug="x",
        start=START.replace(tzinfo=None),
        duration_ms=1,
        first_name="a",
        last_name="b",
        email="c",
        timezone="UTC",
    )
    with pytest.raises(ValueError, match="zone"):
        naive.payload()
