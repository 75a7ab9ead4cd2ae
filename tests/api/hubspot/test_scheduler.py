"""The scheduler's calls and replies, field by field."""

from datetime import UTC, datetime, timedelta, timezone

import httpx
import pytest

from app.api.errors import ApiError, BadReply, Delivery, Invalid
from app.api.hubspot.booking_payloads import Booking, BookingReplyPayload, CalendarEvent
from app.api.hubspot.link_payloads import (
    AvailabilityPagePayload,
    DurationSlotsPayload,
    LinkAvailabilityPayload,
    SlotPayload,
)
from app.api.hubspot.scheduler import SchedulerClient
from app.api.paging import Ending
from app.api.urgency import Urgency
from app.api.versions import PATHS, ApiVersion
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer, json_of

START = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
LINKS = "/scheduler/2026-03/meetings/meeting-links"


def test_links_are_asked_for_with_every_filter() -> None:
    page, seen = use(
        SchedulerClient,
        lambda client: client.list_links(
            limit=50,
            after="c/1=",
            name="Intro & more",
            organizer_user_id="2215340",
            link_type="PERSONAL_LINK",
            urgency=Urgency.BACKGROUND,
        ),
        replied("meeting_links"),
    )
    assert target_of(seen[0]) == (
        f"{LINKS}?limit=50&after=c%2F1%3D&name=Intro%20%26%20more&organizerUserId=2215340&type=PERSONAL_LINK"
    )
    assert (page.total, page.after, page.skipped) == (3, "bmV4dA==", 0)
    first, second, third = page.rows
    assert (first.id, first.slug, first.link) == (
        "88001",
        "ana/intro",
        "https://meetings.example.test/ana/intro",
    )
    assert (first.type, first.organizer_user_id) == ("PERSONAL_LINK", "2215340")
    assert (first.default_link, first.name, first.payment_link_id) == (True, "Intro call", None)
    assert first.created == datetime(2025, 2, 3, 10, 15, 30, 123_000, tzinfo=UTC)
    assert first.updated == datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    assert (second.id, second.organizer_user_id, second.payment_link_id) == ("88002", "2215341", "5550")
    assert second.user_ids_of_link_members == ("2215341", "2215342")
    assert (second.name, second.updated) == (None, None)
    assert first.created == second.created == third.created
    assert third.type == "KIND_OF_2028"


def test_all_links_come_page_by_page() -> None:
    last = answer(200, {"total": 4, "results": [{"id": "9", "slug": "last"}, {"id": "10"}]})

    async def walk(client: SchedulerClient) -> tuple[list[list[str]], Ending | None, int]:
        pages = client.walk_links(limit=3, name="x", organizer_user_id="1", link_type="PERSONAL_LINK")
        found = [page async for page in pages]
        return [[row.slug for row in page.rows] for page in found], pages.ending, found[-1].skipped

    (slugs, ending, skipped), seen = use(SchedulerClient, walk, replied("meeting_links"), last)
    assert slugs == [["ana/intro", "sales-team", "new-kind"], ["last"]]
    assert (ending, skipped) == (Ending.COMPLETE, 1)
    assert target_of(seen[0]) == f"{LINKS}?limit=3&name=x&organizerUserId=1&type=PERSONAL_LINK"
    assert target_of(seen[1]).startswith(f"{LINKS}?limit=3&after=bmV4dA%3D%3D&")


@pytest.mark.parametrize("version", list(ApiVersion))
def test_a_slug_is_one_segment_encoded_once(version: ApiVersion) -> None:
    _, seen = use(
        SchedulerClient,
        lambda client: client.booking_info("team/link 50%", timezone="America/New_York"),
        replied("booking_info"),
        paths=PATHS[version],
    )
    assert target_of(seen[0]) == (
        f"/scheduler/{version}/meetings/meeting-links/book/team%2Flink%2050%25?timezone=America%2FNew_York"
    )


def test_booking_info_is_read_whole() -> None:
    found, _ = use(
        SchedulerClient, lambda client: client.booking_info("x", timezone="UTC"), replied("booking_info")
    )
    assert found.skipped == 0
    info = found.value
    assert (info.link_id, info.link_type, info.is_offline) == ("88001", "PERSONAL_LINK", False)
    params = info.custom_params
    assert params.durations == (900_000, 1_800_000)
    assert (params.start_time_increment_minutes, params.meeting_buffer_time) == ("FIFTEEN", 600_000)
    assert (params.availability["MONDAY"].start, params.availability["MONDAY"].end) == (540, 1_020)
    size, note = params.form_fields
    assert (size.name, size.label, size.type, size.field_type) == (
        "company_size",
        "Company size",
        "enumeration",
        "select",
    )
    assert (size.is_custom, size.is_required) == (False, True)
    assert [(each.value, each.label, each.display_order, each.hidden) for each in size.options] == [
        ("s", "Small", 1, False),
        ("l", "Large", 0, True),
    ]
    assert (note.field_type, note.is_custom) == ("hologram", True)
    consent = params.legal_consent_options
    assert params.legal_consent_enabled
    assert consent is not None
    box = consent.communication_consent_checkboxes[0]
    assert (box.communication_type_id, box.label, box.required) == ("41", "News", True)
    assert consent.processing_consent_type == "REQUIRED_CHECKBOX"
    assert consent.processing_consent_checkbox_label == "I agree"
    guests = params.guest_settings
    assert guests is not None
    assert (guests.can_add_guests, guests.max_guest_count) == (True, 5)
    assert (params.weeks_to_advertise, params.locale, params.location) == (4, "en-us", "Video call")
    assert params.window_start == datetime.fromtimestamp(1_795_000_000, UTC)
    assert params.window_end == datetime.fromtimestamp(1_799_000_000, UTC)
    member = info.all_users_busy_times[0]
    assert (member.meetings_user.user_id, member.meetings_user.id, member.is_offline) == (
        "2215340",
        "990",
        True,
    )
    assert member.meetings_user.user_profile.full_name == "Ana Lopez"
    assert (member.busy_times[0].start, member.busy_times[0].end) == (1_795_100_000_000, 1_795_103_600_000)
    assert info.link_availability is not None
    assert info.link_availability.has_more


def test_bad_parts_of_booking_info_do_not_hide_the_rest() -> None:
    body = {
        "customParams": {
            "durations": [1_800_000],
            "formFields": [{"name": "a", "options": [{"value": "x"}, {"label": "y"}]}, {"label": "b"}],
            "legalConsentOptions": {"communicationConsentCheckboxes": [{"label": "n"}]},
        },
        "linkAvailability": {
            "linkAvailabilityByDuration": {
                "1800000": {"availabilities": [{"startMillisUtc": 1, "endMillisUtc": 2}, {}]}
            }
        },
        "allUsersBusyTimes": [
            {"meetingsUser": {"userId": 1}, "busyTimes": [{"start": 1}, {"start": 1, "end": 2}]},
            {"meetingsUser": None},
        ],
    }
    found, _ = use(
        SchedulerClient, lambda client: client.booking_info("x", timezone="UTC"), answer(200, body)
    )
    assert found.skipped == 6
    info = found.value
    assert [each.name for each in info.custom_params.form_fields] == ["a"]
    assert len(info.custom_params.form_fields[0].options) == 1
    assert len(info.all_users_busy_times) == 1
    assert len(info.all_users_busy_times[0].busy_times) == 1
    assert info.link_availability is not None
    assert len(info.link_availability.by_duration_ms[1_800_000]) == 1


def test_a_month_of_slots_is_asked_for_by_its_offset() -> None:
    found, seen = use(
        SchedulerClient,
        lambda client: client.availability_page("ana/intro", timezone="Europe/Paris", month_offset=2),
        replied("availability_page"),
    )
    assert target_of(seen[0]) == (
        f"{LINKS}/book/availability-page/ana%2Fintro?timezone=Europe%2FParis&monthOffset=2"
    )
    availability = found.value.link_availability
    assert availability is not None
    slots = availability.by_duration_ms
    assert sorted(slots) == [1_800_000, 3_600_000]
    assert [each.start_millis_utc for each in slots[1_800_000]] == [1_795_167_000_000, 1_795_167_900_000]
    first = slots[1_800_000][0]
    assert first.start == datetime.fromtimestamp(1_795_167_000, UTC)
    assert first.end == datetime.fromtimestamp(1_795_168_800, UTC)


def test_odd_duration_keys_lose_no_slot() -> None:
    one, two = SlotPayload(1, 2), SlotPayload(3, 4)
    found = LinkAvailabilityPayload(
        link_availability_by_duration={
            "900000": DurationSlotsPayload(900_000, (one,)),
            "0900000": DurationSlotsPayload(None, (two,)),
            "²": DurationSlotsPayload(900_000, (two,)),
            "9" * 20: DurationSlotsPayload(None, (two,)),
            "0": DurationSlotsPayload(None, (two,)),
        }
    )
    assert found.by_duration_ms == {900_000: (one, two, two)}


def test_a_month_may_hold_nothing_at_all() -> None:
    found, _ = use(
        SchedulerClient, lambda client: client.availability_page("x", timezone="UTC"), answer(200, b"{}")
    )
    assert found.value == AvailabilityPagePayload()


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


def test_a_calendar_event_without_a_link() -> None:
    event = CalendarEvent(
        organizer_user_id="2215340",
        owner_id="4401",
        title="Follow-up",
        start=START,
        end=START + timedelta(minutes=30),
        timezone="Europe/Paris",
        location="Room 1",
        location_type="ADDRESS",
        attachment_ids=("1", "2"),
        associations=(("70124", 200),),
        reminders=((15, "MINUTES"),),
    )
    reply, seen = use(
        SchedulerClient, lambda client: client.create_calendar_event(event), replied("calendar_event")
    )
    assert target_of(seen[0]) == "/scheduler/2026-03/meetings/calendar?organizerUserId=2215340"
    body = json_of(seen[0])
    assert body["properties"] == {
        "hs_meeting_title": "Follow-up",
        "hs_meeting_start_time": "2026-11-24T17:30:00.000Z",
        "hs_meeting_end_time": "2026-11-24T18:00:00.000Z",
        "hs_timestamp": "2026-11-24T17:30:00.000Z",
        "hs_meeting_outcome": "SCHEDULED",
        "hubspot_owner_id": "4401",
        "hs_meeting_location": "Room 1",
        "hs_meeting_location_type": "ADDRESS",
        "hs_attachment_ids": ["1", "2"],
    }
    assert body["associations"] == [
        {
            "to": {"id": "70124"},
            "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}],
        }
    ]
    assert body["emailReminderSchedule"] == {
        "reminders": [{"numberOfTimeUnits": 15, "timeUnit": "MINUTES"}],
        "shouldIncludeInviteDescription": False,
    }
    assert body["timezone"] == "Europe/Paris"
    assert (reply.id, reply.properties.hs_unique_id) == ("66001", "cal-1")


def test_a_calendar_event_is_never_sent_twice() -> None:
    event = CalendarEvent(
        organizer_user_id="1", owner_id="2", title="t", start=START, end=START, timezone="UTC"
    )

    async def work(client: SchedulerClient) -> None:
        with pytest.raises(BadReply):
            await client.create_calendar_event(event)

    _, seen = use(SchedulerClient, work, answer(200, b"{}"))
    assert len(seen) == 1
