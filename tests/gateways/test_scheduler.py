"""Booking info, availability and booking."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.api.hubspot.scheduler import SchedulerClient
from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.forms import Choice, CommunicationConsent, FieldKind
from app.domain.links import GuestRule, LinkKind, Member, Slug, UserId, WeeklyHours
from app.domain.problems import Gone, Offline, Problem, ServiceBroken, SlotGone, Unknown
from app.domain.slots import Busy, Slot, YearMonth
from app.gateways.hubspot.scheduler import HubSpotSchedulerGateway
from tests.gateways.service import (
    NOW,
    PATHS_NOW,
    FakeHubSpot,
    JumpingTime,
    calls,
    json_of,
    query_of,
    refusal,
    reply,
    session_on,
)

BOOK = "/scheduler/2026-03/meetings/meeting-links/book"
SLUG = Slug("team/demo")
NOVEMBER = YearMonth(2026, 11)
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
HALF = timedelta(minutes=30)


def ms(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)


def field(
    name: str, field_type: str = "text", data_type: str = "string", **parts: object
) -> dict[str, object]:
    return {"name": name, "label": name.title(), "type": data_type, "fieldType": field_type, **parts}


def member(user_id: str, *, is_offline: bool = False, busy: object = (), **profile: str) -> dict[str, object]:
    return {
        "isOffline": is_offline,
        "busyTimes": busy,
        "meetingsUser": {
            "id": "9" + user_id,
            "userId": user_id,
            "calendarProvider": "GOOGLE",
            "isSalesStarter": False,
            "userProfile": {"email": f"u{user_id}@north.test", **profile},
        },
    }


def info(**params: object) -> dict[str, object]:
    return {
        "linkId": "1",
        "linkType": "GROUP_CALENDAR",
        "isOffline": False,
        "customParams": {
            "availability": {"monday": {"start": 540, "end": 1020}},
            "durations": [1_800_000, 900_000, 1_800_000, 0],
            "startTimeIncrementMinutes": "FORTY_FIVE",
            "meetingBufferTime": 300_000,
            "formFields": [],
            "legalConsentEnabled": False,
            "weeksToAdvertise": 4,
            **params,
        },
        "allUsersBusyTimes": [],
    }


@pytest.fixture
def gateway(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotSchedulerGateway:
    client = SchedulerClient(session_on(hubspot, time), PATHS_NOW)
    return HubSpotSchedulerGateway(client, calls(), now=lambda: NOW)


async def test_booking_info_keeps_hubspots_units_apart(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    body = info(
        guestSettings={"canAddGuests": True, "maxGuestCount": 5},
        locale="en-us",
        location="Room 4",
        customAvailabilityStartDate=ms(START),
        customAvailabilityEndDate=ms(START + timedelta(days=9)),
    )
    hubspot.on("GET", f"{BOOK}/team%2Fdemo", reply(body))
    found = await gateway.booking_info(SLUG, "Europe/Berlin")
    assert query_of(hubspot.asked[0]) == {"timezone": "Europe/Berlin"}
    assert (found.slug, found.kind, found.is_offline) == (SLUG, LinkKind.GROUP, False)
    assert found.durations_ms == (900_000, 1_800_000)
    assert found.increment == timedelta(minutes=45)
    assert found.buffer == timedelta(minutes=5)
    assert found.hours == (WeeklyHours("monday", 540, 1020),)
    assert found.guests == GuestRule(allowed=True, limit=5)
    assert (found.locale, found.location, found.weeks_to_advertise) == ("en-us", "Room 4", 4)
    assert (found.window_start, found.window_end) == (START, START + timedelta(days=9))
    assert found.consent is None


@pytest.mark.parametrize(
    ("word", "minutes"),
    [
        ("FIVE", 5),
        ("TEN", 10),
        ("FIFTEEN", 15),
        ("TWENTY", 20),
        ("THIRTY", 30),
        ("FORTY_FIVE", 45),
        ("SIXTY", 60),
        ("NINETY", 90),
        ("ONE_HUNDRED_TWENTY", 120),
        ("thirty", 30),
        ("MEETING_DURATION", None),
        ("SOMETHING_NEW", None),
        ("", None),
    ],
)
async def test_the_raster_comes_in_words(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot, word: str, minutes: int | None
) -> None:
    hubspot.on("GET", f"{BOOK}/x", reply(info(startTimeIncrementMinutes=word)))
    found = await gateway.booking_info(Slug("x"), "UTC")
    assert found.increment == (None if minutes is None else timedelta(minutes=minutes))


async def test_what_booking_info_leaves_out_is_empty(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", f"{BOOK}/x", reply({"customParams": {"meetingBufferTime": -5}, "linkType": "NEW"}))
    found = await gateway.booking_info(Slug("x"), "UTC")
    assert (found.kind, found.durations_ms, found.increment) == (LinkKind.OTHER, (), None)
    assert (found.buffer, found.guests, found.members) == (timedelta(0), GuestRule(), ())


async def test_every_kind_of_question_is_asked(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    options = [
        {"value": "b", "label": "B", "displayOrder": 2},
        {"value": "old", "label": "Old", "displayOrder": 0, "hidden": True},
        {"value": "a", "label": "", "displayOrder": 1},
        {"value": "<other>", "label": "Or <else>", "displayOrder": 3},
    ]
    kinds = {kind.value: kind for kind in FieldKind}
    fields = [field(name, name) for name in kinds]
    fields += [
        field("choice", "select", "enumeration", options=options, isRequired=True, isCustom=True),
        field("new-number", "slider", "number"),
        field("new-date", "wheel", "date"),
        field("new-flag", "switch", "bool"),
        field("new-choice", "chips", "enumeration", options=options),
        field("new-enumeration", "chips", "enumeration"),
        field("newer", "hologram", "aura"),
        {**field("nameless"), "label": "  "},
        {**field("angled"), "label": "Size <10 & up"},
    ]
    hubspot.on("GET", f"{BOOK}/x", reply(info(formFields=fields)))
    asked = {one.name: one for one in (await gateway.booking_info(Slug("x"), "UTC")).form_fields}
    assert {name: asked[name].kind for name in kinds} == kinds
    choice = asked["choice"]
    assert (choice.is_required, choice.is_custom) == (True, True)
    assert choice.choices == (Choice("a", "a"), Choice("b", "B"), Choice("<other>", "Or <else>"))
    assert [asked[f"new-{kind}"].kind for kind in ("number", "date", "flag", "choice", "enumeration")] == [
        FieldKind.NUMBER,
        FieldKind.DATE,
        FieldKind.BOOLEAN,
        FieldKind.SELECT,
        FieldKind.TEXT,
    ]
    assert asked["newer"].kind is FieldKind.TEXT
    assert (asked["nameless"].label, asked["angled"].label) == ("nameless", "Size <10 & up")


CONSENT = {
    "communicationConsentText": "<p>We would <b>like</b> to write.</p>",
    "communicationConsentCheckboxes": [
        {"communicationTypeId": 204981, "label": "News &amp; offers", "required": True},
        {"label": "unreadable"},
    ],
    "processingConsentType": "REQUIRED_CHECKBOX",
    "processingConsentText": "<p>We store it.</p><script>x()</script>",
    "processingConsentCheckboxLabel": "I <em>agree</em>",
    "privacyPolicyText": '<a href="https://x.test">Privacy</a>',
}


async def test_consent_is_words_and_boxes(gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot) -> None:
    body = info(legalConsentEnabled=True, legalConsentOptions=CONSENT)
    hubspot.on("GET", f"{BOOK}/x", reply(body))
    consent = (await gateway.booking_info(Slug("x"), "UTC")).consent
    assert consent is not None
    assert consent.intro == "We would like to write."
    assert consent.boxes == (CommunicationConsent("204981", "News & offers", is_required=True),)
    assert (consent.processing_text, consent.processing_label) == ("We store it.", "I agree")
    assert consent.processing_required
    assert consent.privacy_text == "Privacy"


@pytest.mark.parametrize(
    ("params", "is_asked"),
    [
        ({"legalConsentEnabled": False, "legalConsentOptions": CONSENT}, False),
        ({"legalConsentEnabled": True}, False),
        ({"legalConsentEnabled": True, "legalConsentOptions": {"processingConsentType": "IMPLICIT"}}, True),
    ],
)
async def test_consent_is_asked_only_where_the_link_does(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot, params: dict[str, object], *, is_asked: bool
) -> None:
    hubspot.on("GET", f"{BOOK}/x", reply(info(**params)))
    consent = (await gateway.booking_info(Slug("x"), "UTC")).consent
    assert (consent is not None) is is_asked
    assert consent is None or not consent.processing_required


async def test_members_are_named_once(gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot) -> None:
    body = info()
    body["allUsersBusyTimes"] = [
        member("1", fullName=" Ada Lovelace "),
        member("2", is_offline=True, firstName="Bob"),
        member("3"),
        member("1", fullName="Ada Lovelace"),
    ]
    hubspot.on("GET", f"{BOOK}/x", reply(body))
    found = await gateway.booking_info(Slug("x"), "UTC")
    assert found.members == (
        Member(UserId("1"), "u1@north.test", "Ada Lovelace", is_offline=False),
        Member(UserId("2"), "u2@north.test", "Bob", is_offline=True),
        Member(UserId("3"), "u3@north.test", "u3@north.test", is_offline=False),
    )
    assert found.offline_members == (found.members[1],)


def availability(*starts: datetime, end: timedelta = HALF) -> dict[str, object]:
    slots = [{"startMillisUtc": ms(start), "endMillisUtc": ms(start + end)} for start in starts]
    return {"meetingDurationMillis": 1_800_000, "availabilities": slots}


async def test_a_month_has_its_slots_in_order_once(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    late, early = START + timedelta(hours=1), START
    strange = {"startMillisUtc": 10**18, "endMillisUtc": 10**18 + 1}
    backwards = {"startMillisUtc": ms(late) + 5, "endMillisUtc": ms(late)}
    month = availability(late, early, late)
    month["availabilities"] += [strange, backwards]  # type: ignore[operator]
    busy = [
        {"start": ms(START), "end": ms(START + HALF)},
        {"start": ms(START), "end": ms(START)},
        {"start": 10**18, "end": 10**18},
        {"start": ms(START), "end": 10**18},
    ]
    body = {
        "linkAvailability": {
            "hasMore": True,
            "linkAvailabilityByDuration": {"1800000": month, "900000": {"availabilities": []}},
        },
        "allUsersBusyTimes": [member("1", busy=busy), member("1", busy=busy[:1]), member("2")],
    }
    hubspot.on("GET", f"{BOOK}/availability-page/team%2Fdemo", reply(body))
    found = await gateway.availability(SLUG, "Asia/Tokyo", NOVEMBER, month_offset=3)
    assert query_of(hubspot.asked[0]) == {"timezone": "Asia/Tokyo", "monthOffset": "3"}
    assert (found.slug, found.month, found.zone, found.fetched_at) == (SLUG, NOVEMBER, "Asia/Tokyo", NOW)
    assert found.slots == {
        1_800_000: (Slot(early, early + HALF), Slot(late, late + HALF)),
        900_000: (),
    }
    assert found.busy == {UserId("1"): (Busy(START, START + HALF),) * 2, UserId("2"): ()}
    assert [one.user_id for one in found.members] == ["1", "2"]
    assert found.has_more


@pytest.mark.parametrize("body", [{}, {"linkAvailability": None, "allUsersBusyTimes": []}])
async def test_a_link_without_availability_has_no_slots(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot, body: dict[str, object]
) -> None:
    hubspot.on("GET", f"{BOOK}/availability-page/x", reply(body))
    found = await gateway.availability(Slug("x"), "UTC", NOVEMBER, month_offset=0)
    assert (found.slots, found.busy, found.has_more) == ({}, {}, False)


async def test_a_link_without_a_slug_does_not_exist(gateway: HubSpotSchedulerGateway) -> None:
    with pytest.raises(Gone):
        await gateway.booking_info(Slug(""), "UTC")
    with pytest.raises(Gone):
        await gateway.availability(Slug(""), "UTC", NOVEMBER, month_offset=0)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal(404, "OBJECT_NOT_FOUND"), Gone),
        (refusal(500), ServiceBroken),
        (httpx.ReadError("lost"), Offline),
        (httpx.Response(200, headers={"Content-Type": "text/html"}, content=b"<html>"), ServiceBroken),
    ],
)
async def test_questions_fail_as_problems(
    gateway: HubSpotSchedulerGateway,
    hubspot: FakeHubSpot,
    answer: httpx.Response | Exception,
    problem: type[Problem],
) -> None:
    hubspot.on("GET", f"{BOOK}/x", answer)
    hubspot.on("GET", f"{BOOK}/availability-page/x", answer)
    with pytest.raises(problem):
        await gateway.booking_info(Slug("x"), "UTC")
    with pytest.raises(problem):
        await gateway.availability(Slug("x"), "UTC", NOVEMBER, month_offset=0)


REQUEST = BookingRequest(
    slug=SLUG,
    slot=Slot(START, START + HALF),
    duration_ms=1_800_000,
    first_name="Grace",
    last_name="Hopper",
    email="grace@navy.test",
    answers=(("company", "Navy"), ("topics", "a;b")),
    consents=(("204981", False),),
    likely_user_ids=(UserId("1"), UserId("2")),
    guests=("guest@navy.test",),
    zone="America/New_York",
    locale="en-us",
)


async def test_a_booking_says_all_and_is_answered(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    answer = {
        "calendarEventId": "event-1 ",
        "contactId": 501,
        "start": "2026-11-24T09:00:00Z",
        "end": "2026-11-24T09:30:00Z",
        "duration": 1_800_000,
        "subject": "Demo with Grace",
        "isOffline": False,
        "guestEmails": ["guest@navy.test"],
        "location": "https://meet.test/1",
        "webConferenceUrl": "https://meet.test/1",
    }
    hubspot.on("POST", BOOK, reply(answer))
    receipt = await gateway.book(REQUEST)
    assert receipt == BookingReceipt(
        calendar_event_id="event-1",
        contact_id="501",
        start=START,
        end=START + HALF,
        subject="Demo with Grace",
        is_offline=False,
        guests=("guest@navy.test",),
        location="https://meet.test/1",
        join_url="https://meet.test/1",
    )
    assert query_of(hubspot.asked[0]) == {"timezone": "America/New_York"}
    assert json_of(hubspot.asked[0]) == {
        "slug": "team/demo",
        "startTime": "2026-11-24T09:00:00.000Z",
        "duration": 1_800_000,
        "firstName": "Grace",
        "lastName": "Hopper",
        "email": "grace@navy.test",
        "timezone": "America/New_York",
        "formFields": [{"name": "company", "value": "Navy"}, {"name": "topics", "value": "a;b"}],
        "legalConsentResponses": [{"communicationTypeId": "204981", "consented": False}],
        "likelyAvailableUserIds": ["1", "2"],
        "guestEmails": ["guest@navy.test"],
        "locale": "en-us",
    }


async def test_an_offline_booking_is_told_as_it_is(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("POST", BOOK, reply({"calendarEventId": "", "isOffline": True, "contactId": "5"}))
    receipt = await gateway.book(replace(REQUEST, guests=(), locale=""))
    assert (receipt.calendar_event_id, receipt.is_offline, receipt.contact_id) == ("", True, "5")
    assert (receipt.start, receipt.end) == (START, START + HALF)
    sent = json_of(hubspot.asked[0])
    assert "guestEmails" not in sent
    assert "locale" not in sent


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal(400, subCategory="MeetingsBookingSchedulingError.MEETING_START_TIME_NOT_VALID"), SlotGone),
        (refusal(409, "CONFLICT"), SlotGone),
        (refusal(500), Unknown),
        (refusal(503), Unknown),
        (httpx.ReadTimeout("late"), Unknown),
        (httpx.RemoteProtocolError("gone"), Unknown),
        (httpx.Response(200, headers={"Content-Type": "application/json"}, content=b'{"calen'), Unknown),
        (httpx.Response(302, headers={"Location": "https://elsewhere.test"}), Unknown),
        (refusal(404, "OBJECT_NOT_FOUND"), Gone),
    ],
)
async def test_a_booking_is_sent_once_whatever_comes_back(
    gateway: HubSpotSchedulerGateway,
    hubspot: FakeHubSpot,
    answer: httpx.Response | Exception,
    problem: type[Problem],
) -> None:
    hubspot.on("POST", BOOK, answer)
    with pytest.raises(problem):
        await gateway.book(REQUEST)
    assert len(hubspot.asked) == 1


async def test_a_booking_that_never_left_is_offline(
    gateway: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("POST", BOOK, httpx.ConnectError("no"))
    with pytest.raises(Offline):
        await gateway.book(REQUEST)
