"""Availability and booking."""

from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.links import Slug, UserId
from app.domain.problems import Gone, Offline, Problem, ServiceBroken, SlotGone, Unknown
from app.domain.slots import Busy, Slot, YearMonth
from app.gateways.hubspot.scheduler import HubSpotSchedulerGateway
from tests.gateways.scheduling import BOOK, HALF, SLUG, START, member, ms
from tests.gateways.service import (
    NOW,
    FakeHubSpot,
    json_of,
    query_of,
    refusal,
    reply,
)

NOVEMBER = YearMonth(2026, 11)


def availability(*starts: datetime, end: timedelta = HALF) -> dict[str, object]:
    slots = [{"startMillisUtc": ms(start), "endMillisUtc": ms(start + end)} for start in starts]
    return {"meetingDurationMillis": 1_800_000, "availabilities": slots}


async def test_a_month_has_its_slots_in_order_once(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
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
    found = await scheduler.availability(SLUG, "Asia/Tokyo", NOVEMBER, month_offset=3)
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
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot, body: dict[str, object]
) -> None:
    hubspot.on("GET", f"{BOOK}/availability-page/x", reply(body))
    found = await scheduler.availability(Slug("x"), "UTC", NOVEMBER, month_offset=0)
    assert (found.slots, found.busy, found.has_more) == ({}, {}, False)


async def test_a_link_without_a_slug_does_not_exist(scheduler: HubSpotSchedulerGateway) -> None:
    with pytest.raises(Gone):
        await scheduler.booking_info(Slug(""), "UTC")
    with pytest.raises(Gone):
        await scheduler.availability(Slug(""), "UTC", NOVEMBER, month_offset=0)


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
    scheduler: HubSpotSchedulerGateway,
    hubspot: FakeHubSpot,
    answer: httpx.Response | Exception,
    problem: type[Problem],
) -> None:
    hubspot.on("GET", f"{BOOK}/x", answer)
    hubspot.on("GET", f"{BOOK}/availability-page/x", answer)
    with pytest.raises(problem):
        await scheduler.booking_info(Slug("x"), "UTC")
    with pytest.raises(problem):
        await scheduler.availability(Slug("x"), "UTC", NOVEMBER, month_offset=0)


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
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
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
    receipt = await scheduler.book(REQUEST)
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
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("POST", BOOK, reply({"calendarEventId": "", "isOffline": True, "contactId": "5"}))
    receipt = await scheduler.book(replace(REQUEST, guests=(), locale=""))
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
    scheduler: HubSpotSchedulerGateway,
    hubspot: FakeHubSpot,
    answer: httpx.Response | Exception,
    problem: type[Problem],
) -> None:
    hubspot.on("POST", BOOK, answer)
    with pytest.raises(problem):
        await scheduler.book(REQUEST)
    assert len(hubspot.asked) == 1


async def test_a_booking_that_never_left_is_offline(
    scheduler: HubSpotSchedulerGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("POST", BOOK, httpx.ConnectError("no"))
    with pytest.raises(Offline):
        await scheduler.book(REQUEST)
