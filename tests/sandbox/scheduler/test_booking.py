"""Booking: the reply, what is written, how the slot vanishes, who hosts, the offline trap."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from app.sandbox.crm.object_types import CONTACT, MEETING
from app.sandbox.instants import epoch_ms, from_epoch_ms, property_instant
from app.sandbox.oauth.scopes import ALL_SCOPES
from app.sandbox.world import World
from app.sandbox.world.people import AISHA, JONAS, MEI
from tests.sandbox.scheduler.conftest import READ, VERSIONS, WRITE, Clock, Scheduler, make_app, refused
from tests.sandbox.scheduler.field_tables import BOOKING_REPLY

START_NOT_VALID = "MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"
PUBLISHED_WRITE_SCOPES = {
    "meetings-write",
    "tickets",
    "tickets.sensitive.v2",
    "tickets.highly_sensitive.v2",
    "crm.objects.appointments.write",
    "crm.objects.appointments.sensitive.write.v2",
    "crm.objects.commercepayments.write",
    "crm.objects.companies.write",
    "crm.objects.companies.sensitive.write.v2",
    "crm.objects.companies.highly_sensitive.write.v2",
    "crm.objects.contacts.write",
    "crm.objects.contacts.sensitive.write.v2",
    "crm.objects.contacts.highly_sensitive.write.v2",
    "crm.objects.courses.write",
    "crm.objects.deals.write",
    "crm.objects.deals.sensitive.write.v2",
    "crm.objects.deals.highly_sensitive.write.v2",
    "crm.objects.goals.write",
    "crm.objects.line_items.write",
    "crm.objects.listings.write",
    "crm.objects.products.write",
    "crm.objects.projects.write",
    "crm.objects.projects.sensitive.write",
    "crm.objects.projects.highly_sensitive.write",
    "crm.objects.services.write",
}


@pytest.mark.parametrize("version", VERSIONS)
def test_every_link_that_can_be_booked_answers_with_the_documented_fields(
    scheduler: Scheduler, version: str
) -> None:
    scheduler.version = version
    for link in scheduler.world.links:
        if link.payment_link_id is not None:
            continue
        body = scheduler.body(link)
        reply = scheduler.post("meeting-links/book", body)
        assert reply.status_code == 200, (link.title, reply.text)
        booked = reply.json()
        BOOKING_REPLY(booked)
        assert booked["duration"] == link.settings.durations_ms[0]
        assert booked["start"] == f"{property_instant(from_epoch_ms(body['startTime']))[:-1]}.000Z"
        assert booked["isOffline"] == (booked["calendarEventId"] == "")
        assert booked["subject"] == f"{link.title} with Ada Okafor"
        assert [answer["name"] for answer in booked["formFields"]] == [
            answer["name"] for answer in body["formFields"]
        ]


def test_the_meeting_engagement_is_written_as_the_reference_lists_it(scheduler: Scheduler) -> None:
    link = scheduler.link("Intro call")
    body = scheduler.body(link)
    booked = scheduler.post("meeting-links/book", body).json()
    store = scheduler.world.store
    ada = store.find_by(CONTACT, "email", "ada@northwind.example")
    assert ada is not None
    assert booked["contactId"] == ada.id
    meeting = max(store.all(MEETING), key=lambda record: int(record.id))
    values = meeting.properties
    assert values["hs_meeting_title"] == "Intro call with Ada Okafor"
    assert values["hubspot_owner_id"] == str(MEI.owner_id)
    assert values["hs_meeting_outcome"] == "SCHEDULED"
    assert values["hs_activity_type"] == link.settings.activity_type
    assert values["hs_meeting_source"] == "INTEGRATION"
    assert values["hs_meeting_start_time"] == values["hs_timestamp"]
    assert values["hs_meeting_start_time"] == property_instant(from_epoch_ms(body["startTime"]))
    assert values["hs_meeting_end_time"] == property_instant(
        from_epoch_ms(body["startTime"] + body["duration"])
    )
    assert values["hs_unique_id"] == booked["calendarEventId"]
    assert values["hs_video_conference_url"] == values["hs_meeting_location"] == booked["webConferenceUrl"]
    assert store.associated(MEETING, meeting.id, CONTACT) == [ada.id]
    types = store.associations.between((MEETING, meeting.id), (CONTACT, ada.id))
    assert [spec.type_id for spec in types] == [200]
    back = store.associations.between((CONTACT, ada.id), (MEETING, meeting.id))
    assert [spec.type_id for spec in back] == [199]


def test_a_known_contact_is_found_whatever_the_case_and_takes_the_answers(scheduler: Scheduler) -> None:
    store = scheduler.world.store
    before = store.count(CONTACT)
    link = scheduler.link("Intro call")
    fields = [{"name": "numemployees", "value": "1001+"}]
    booked = scheduler.book(
        link, email="ADA@Northwind.Example", lastName="Okafor-Li", formFields=fields
    ).json()
    contact = store.get(CONTACT, booked["contactId"])
    assert contact is not None
    assert store.count(CONTACT) == before
    assert contact.properties["email"] == "ada@northwind.example"
    assert contact.properties["lastname"] == "Okafor-Li"
    assert contact.properties["numemployees"] == "1001+"
    answer = booked["formFields"][0]
    assert (answer["label"], answer["valueLabel"], answer["isCustom"]) == (
        "Company size",
        "More than 1,000",
        False,
    )


def test_an_unknown_contact_is_made_without_the_custom_answers(scheduler: Scheduler) -> None:
    link = scheduler.link("Full questionnaire")
    booked = scheduler.book(link, email="New.Person@Litware.example", firstName=" Zoë ").json()
    contact = scheduler.world.store.get(CONTACT, booked["contactId"])
    assert contact is not None
    assert contact.properties["email"] == "new.person@litware.example"
    assert contact.properties["firstname"] == "Zoë"
    assert contact.properties["company"] == "a text"
    assert "topic" not in contact.properties
    again = scheduler.book(link, email="new.person@litware.example").json()
    assert again["contactId"] == booked["contactId"]


def test_the_slot_and_its_overlaps_vanish_from_this_and_from_other_links(scheduler: Scheduler) -> None:
    link = scheduler.link("Intro call")
    start = scheduler.starts(link, 1, nth=1)[5]
    others = {
        name: scheduler.starts(scheduler.link(name), 1) for name in ("Pricing", "Any time, day or night")
    }
    body = scheduler.body(link, startTime=start, duration=1_800_000)
    assert scheduler.post("meeting-links/book", body).status_code == 200
    for nth, duration in enumerate(link.settings.durations_ms):
        assert not any(
            each < start + 1_800_000 and start < each + duration
            for each in scheduler.starts(link, 1, nth=nth)
        )
    for name, before in others.items():
        duration = scheduler.link(name).settings.durations_ms[0]
        gone = [each for each in before if each < start + 1_800_000 and start < each + duration]
        assert scheduler.starts(scheduler.link(name), 1) == [each for each in before if each not in gone]
    busy = scheduler.page(link, 1)["allUsersBusyTimes"][0]["busyTimes"]
    assert any(each["start"] <= start and start + 1_800_000 <= each["end"] for each in busy)


def test_booking_the_same_slot_twice_is_refused_with_the_start_time_code(scheduler: Scheduler) -> None:
    link = scheduler.link("Intro call")
    body = scheduler.body(link)
    assert scheduler.post("meeting-links/book", body).status_code == 200
    meetings = scheduler.world.store.count(MEETING)
    refused(scheduler.post("meeting-links/book", body), sub=START_NOT_VALID)
    assert scheduler.world.store.count(MEETING) == meetings


def test_a_slot_taken_meanwhile_is_refused_and_nothing_is_written(scheduler: Scheduler) -> None:
    link = scheduler.link("Intro call")
    body = scheduler.body(link, email="fresh@northwind.example")
    start = from_epoch_ms(body["startTime"])
    scheduler.world.occupy(MEI.user_id, start, start + timedelta(minutes=5))
    refused(scheduler.post("meeting-links/book", body), sub=START_NOT_VALID)
    assert scheduler.world.store.find_by(CONTACT, "email", "fresh@northwind.example") is None


@pytest.mark.parametrize("form", ["ms", "z", "offset", "digits"])
def test_the_start_may_be_epoch_ms_or_iso(scheduler: Scheduler, form: str) -> None:
    link = scheduler.link("Intro call")
    start = scheduler.starts(link, 1)[0]
    moment = from_epoch_ms(start)
    shifted = f"{(moment + timedelta(hours=5, minutes=30)).replace(tzinfo=None).isoformat()}+05:30"
    sent: Any = {"ms": start, "z": property_instant(moment), "offset": shifted, "digits": str(start)}[form]
    assert scheduler.book(link, startTime=sent).json()["start"] == f"{property_instant(moment)[:-1]}.000Z"


def test_the_zone_comes_from_the_body_then_the_query_then_the_host(scheduler: Scheduler) -> None:
    link = scheduler.link("Pricing")
    assert scheduler.book(link).json()["bookingTimezone"] == "America/New_York"
    body = scheduler.body(link, timezone=...)
    reply = scheduler.post("meeting-links/book", body, timezone="Asia/Kolkata")
    assert reply.json()["bookingTimezone"] == "Asia/Kolkata"
    assert scheduler.book(link, timezone=...).json()["bookingTimezone"] == "Europe/Berlin"


def test_the_lists_may_be_left_out_where_nothing_is_required(scheduler: Scheduler) -> None:
    names = ("formFields", "legalConsentResponses", "likelyAvailableUserIds", "locale", "timezone")
    reply = scheduler.book(scheduler.link("Pricing"), **dict.fromkeys(names, ...))
    assert reply.status_code == 200
    BOOKING_REPLY(reply.json())


def test_guests_are_echoed(scheduler: Scheduler) -> None:
    guests = ["sam@northwind.example", "ravi@fabrikam.example"]
    assert scheduler.book(scheduler.link("Intro call"), guestEmails=guests).json()["guestEmails"] == guests


def test_a_place_on_the_ground_has_no_video_call(scheduler: Scheduler) -> None:
    booked = scheduler.book(scheduler.link("Fair week meetings")).json()
    assert booked["location"].startswith("Hall 4")
    assert "webConferenceUrl" not in booked
    assert "webConferenceMeetingId" not in booked


def test_an_offline_host_makes_a_contact_and_nothing_else(scheduler: Scheduler) -> None:
    store = scheduler.world.store
    meetings = store.count(MEETING)
    link = scheduler.link("Coffee with Tom")
    body = scheduler.body(link, email="trap@northwind.example")
    reply = scheduler.post("meeting-links/book", body)
    booked = reply.json()
    BOOKING_REPLY(booked)
    assert (reply.status_code, booked["isOffline"], booked["calendarEventId"]) == (200, True, "")
    assert store.get(CONTACT, booked["contactId"]) is not None
    assert store.count(MEETING) == meetings
    assert body["startTime"] in scheduler.starts(link, 1)


def test_a_group_booking_takes_everybody_s_time(scheduler: Scheduler) -> None:
    link = scheduler.link("Technical scoping")
    start = scheduler.starts(link, 1)[0]
    assert scheduler.book(link, startTime=start).status_code == 200
    for user in (MEI, JONAS, AISHA):
        assert scheduler.world.busy(user.user_id, start, start + 3_600_000)
    assert start not in scheduler.starts(scheduler.link("Meet Jonas"), 1)
    refused(scheduler.book(link, startTime=start), sub=START_NOT_VALID)


def test_the_buffer_keeps_its_distance_after_a_booking(scheduler: Scheduler) -> None:
    scheduler.world.free_all()
    link = scheduler.link("Site visit")
    start = scheduler.starts(link, 1)[1]
    before = scheduler.starts(link, 1)
    assert scheduler.book(link, startTime=start).status_code == 200
    margin = link.settings.buffer_ms + link.settings.durations_ms[0]
    assert scheduler.starts(link, 1) == [each for each in before if abs(each - start) >= margin]


async def test_of_fifty_requests_for_one_slot_exactly_one_wins(world: World) -> None:
    app = make_app(world)
    link = world.links.named("Pricing")
    month = world.month(link, 2026, 12, MEI.zone)
    start = month.starts[link.settings.durations_ms[0]][0]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox") as http:
        bodies: list[dict[str, Any]] = [
            {
                "slug": link.slug,
                "startTime": start,
                "duration": link.settings.durations_ms[0],
                "firstName": "Ada",
                "lastName": str(number),
                "email": f"ada{number}@northwind.example",
            }
            for number in range(50)
        ]
        async with asyncio.TaskGroup() as group:
            sent = [
                group.create_task(http.post("/scheduler/v3/meetings/meeting-links/book", json=body))
                for body in bodies
            ]
    replies = [task.result() for task in sent]
    assert sorted(reply.status_code for reply in replies) == [200] + [400] * 49
    contacts = [world.store.find_by(CONTACT, "email", body["email"]) for body in bodies]
    assert sum(contact is not None for contact in contacts) == 1


def test_booking_needs_one_write_scope_whatever_the_body(scheduler: Scheduler) -> None:
    scheduler.bearer.scopes = {READ}
    bodies: list[Any] = [scheduler.body(scheduler.link("Pricing")), {}, [], "text"]
    for body in bodies:
        refusal = refused(scheduler.post("meeting-links/book", body), 403, "MISSING_SCOPES")
        assert WRITE in refusal["context"]["missingScopes"]
        assert set(refusal["context"]["missingScopes"]) == PUBLISHED_WRITE_SCOPES


@pytest.mark.parametrize("scope", sorted(PUBLISHED_WRITE_SCOPES))
def test_any_write_scope_will_do(scheduler: Scheduler, scope: str) -> None:
    assert scope in ALL_SCOPES
    body = scheduler.body(scheduler.link("Pricing"))
    scheduler.bearer.scopes = {scope}
    assert scheduler.post("meeting-links/book", body).status_code == 200


def test_a_booking_is_refused_once_its_start_has_come_too_close(scheduler: Scheduler, clock: Clock) -> None:
    link = scheduler.link("Renewal")
    start = scheduler.starts(link, 1)[0]
    clock.moment = from_epoch_ms(start) - timedelta(hours=4, seconds=-1)
    refused(scheduler.book(link, startTime=start), sub=START_NOT_VALID)
    clock.advance(seconds=-1)
    assert scheduler.book(link, startTime=start).status_code == 200
    assert epoch_ms(datetime(2026, 12, 1, tzinfo=UTC)) < start
