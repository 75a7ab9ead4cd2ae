"""Contacts, companies, deals, owners, and the meeting of a booking whose answer was lost."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.api.hubspot.associations import AssociationsClient
from app.api.hubspot.meetings import MeetingsClient
from app.api.hubspot.owners import OwnersClient
from app.api.hubspot.records import RecordsClient
from app.domain.problems import Gone, NotAllowed, Offline, Problem, SlowDown
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner, OwnerId
from app.gateways.hubspot.records import HubSpotRecordsGateway
from tests.gateways.service import (
    NOW,
    PATHS_NOW,
    Answer,
    FakeHubSpot,
    JumpingTime,
    calls,
    json_of,
    query_of,
    refusal,
    reply,
    session_on,
)

OBJECTS = "/crm/objects/2026-03"
START = datetime(2026, 11, 24, 9, tzinfo=UTC)
BY_EMAIL = f"{OBJECTS}/contacts/grace%40navy.test"
MEETINGS_OF = f"{OBJECTS}/contacts/501/associations/meetings"
READ_MEETINGS = f"{OBJECTS}/meetings/batch/read"
SEARCH_MEETINGS = f"{OBJECTS}/meetings/search"
MISSING = refusal(404, "OBJECT_NOT_FOUND")


@pytest.fixture
def gateway(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotRecordsGateway:
    session = session_on(hubspot, time)
    return HubSpotRecordsGateway(
        RecordsClient(session, PATHS_NOW),
        AssociationsClient(session, PATHS_NOW),
        MeetingsClient(session, PATHS_NOW),
        OwnersClient(session, PATHS_NOW),
        calls(),
    )


def record(record_id: object, **properties: object) -> dict[str, object]:
    return {"id": record_id, "properties": properties, "createdAt": "2026-01-01T00:00:00Z", "archived": False}


GRACE = record(
    501,
    firstname="Grace",
    lastname="Hopper",
    email="grace@navy.test",
    company="Navy",
    phone=None,
    hs_timezone="america_slash_new_york",
    hubspot_owner_id="31",
    numemployees=12,
)


async def test_a_contact_is_read_with_every_property(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", f"{OBJECTS}/contacts/501", reply(GRACE))
    found = await gateway.contact(ContactId("501"), properties=("numemployees", "company"))
    assert query_of(hubspot.asked[0])["properties"] == (
        "firstname,lastname,email,company,phone,hs_timezone,hubspot_owner_id,numemployees"
    )
    assert found == Contact(
        id=ContactId("501"),
        first_name="Grace",
        last_name="Hopper",
        email="grace@navy.test",
        company="Navy",
        phone="",
        zone="America/New_York",
        owner_id=OwnerId("31"),
        properties={
            "firstname": "Grace",
            "lastname": "Hopper",
            "email": "grace@navy.test",
            "company": "Navy",
            "phone": "",
            "hs_timezone": "america_slash_new_york",
            "hubspot_owner_id": "31",
            "numemployees": "12",
        },
    )
    assert type(found.id) is str


async def test_a_bare_contact_is_read_too(gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot) -> None:
    hubspot.on("GET", f"{OBJECTS}/contacts/7", reply(record("7", hs_timezone="atlantis")))
    found = await gateway.contact(ContactId("7"))
    assert found == Contact(ContactId("7"), "", "", "", properties={"hs_timezone": "atlantis"})


@pytest.mark.parametrize("contact_id", ["8", ""])
async def test_a_contact_that_is_gone_is_gone(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, contact_id: str
) -> None:
    hubspot.on("GET", f"{OBJECTS}/contacts/8", MISSING)
    with pytest.raises(Gone):
        await gateway.contact(ContactId(contact_id))


async def test_a_contact_is_found_by_its_address(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", BY_EMAIL, reply(GRACE), MISSING)
    found = await gateway.contact_by_email("grace@navy.test", properties=("jobtitle",))
    assert found is not None
    assert found.full_name == "Grace Hopper"
    assert query_of(hubspot.asked[0])["idProperty"] == "email"
    assert query_of(hubspot.asked[0])["properties"].endswith(",jobtitle")
    assert await gateway.contact_by_email("grace@navy.test") is None
    assert await gateway.contact_by_email("") is None
    assert len(hubspot.asked) == 2


async def test_contacts_are_searched_as_typed(gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot) -> None:
    hubspot.on(
        "POST", f"{OBJECTS}/contacts/search", reply({"total": 2, "results": [GRACE, {"id": {}}, record(7)]})
    )
    found = await gateway.search_contacts("gra", limit=8, properties=("jobtitle",))
    assert [contact.id for contact in found] == ["501", "7"]
    sent = json_of(hubspot.asked[0])
    assert (sent["query"], sent["limit"]) == ("gra", 8)
    assert "jobtitle" in sent["properties"]


async def test_companies_and_deals_of_a_contact(gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot) -> None:
    linked = [{"toObjectId": "1"}, {"toObjectId": 2}]
    hubspot.on("GET", f"{OBJECTS}/contacts/501/associations/companies", reply({"results": linked}))
    hubspot.on("GET", f"{OBJECTS}/contacts/501/associations/0-3", reply({"results": linked}))
    hubspot.on(
        "POST",
        f"{OBJECTS}/companies/batch/read",
        reply({"results": [record("1", name="Navy", domain="navy.test", city="Arlington"), record("2")]}),
    )
    hubspot.on(
        "POST",
        f"{OBJECTS}/0-3/batch/read",
        reply({"results": [record("1", dealname="Ship", dealstage="won")]}, status=207),
    )
    assert await gateway.companies_of(ContactId("501")) == (
        Company("1", "Navy", "navy.test", "Arlington"),
        Company("2", ""),
    )
    assert await gateway.deals_of(ContactId("501")) == (Deal("1", "Ship", "won"),)
    assert [json_of(request)["inputs"] for request in hubspot.calls("batch")] == [
        [{"id": "1"}, {"id": "2"}],
        [{"id": "1"}, {"id": "2"}],
    ]


async def test_a_contact_without_companies_costs_one_call(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    hubspot.on("GET", f"{OBJECTS}/contacts/501/associations/companies", reply({"results": []}))
    assert await gateway.companies_of(ContactId("501")) == ()
    assert await gateway.companies_of(ContactId("")) == ()
    assert len(hubspot.asked) == 1


async def test_of_many_companies_the_first_hundred_are_read(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    linked = [{"toObjectId": str(number)} for number in range(150)]
    hubspot.on("GET", f"{OBJECTS}/contacts/501/associations/companies", reply({"results": linked}))
    hubspot.on("POST", f"{OBJECTS}/companies/batch/read", reply({"results": []}))
    await gateway.companies_of(ContactId("501"))
    assert len(json_of(hubspot.asked[1])["inputs"]) == 100


async def test_owners_come_with_the_inactive_ones(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    active = {"id": "31", "type": "PERSON", "userId": 77, "firstName": "Ada", "lastName": "Lovelace"}
    queue = {"id": "32", "type": "QUEUE"}
    left = {"id": "33", "email": "bob@north.test", "userIdIncludingInactive": 78, "archived": True}
    hubspot.on(
        "GET",
        "/crm/owners/2026-03",
        reply({"results": [active], "paging": {"next": {"after": "1"}}}),
        reply({"results": [queue]}),
        reply({"results": [left]}),
    )
    assert await gateway.owners() == (
        Owner(OwnerId("31"), "77", "", "Ada Lovelace"),
        Owner(OwnerId("32"), None, "", "32"),
        Owner(OwnerId("33"), "78", "bob@north.test", "bob@north.test", is_active=False),
    )
    assert [query_of(request)["archived"] for request in hubspot.asked] == ["false", "false", "true"]


def meeting(number: int, start: datetime | None, outcome: str = "SCHEDULED") -> dict[str, object]:
    return record(
        str(number),
        hs_meeting_title="Demo with Grace",
        hs_meeting_start_time=None if start is None else start.isoformat().replace("+00:00", "Z"),
        hs_meeting_end_time="2026-11-24T09:30:00Z",
        hs_meeting_outcome=outcome,
        hubspot_owner_id="31",
        hs_meeting_location="Room 4",
        hs_video_conference_url="https://meet.test/1",
    )


def script(hubspot: FakeHubSpot, linked: list[dict[str, object]], searched: list[dict[str, object]]) -> None:
    hubspot.on("GET", BY_EMAIL, reply(GRACE))
    hubspot.on("GET", MEETINGS_OF, reply({"results": [{"toObjectId": row["id"]} for row in linked]}))
    hubspot.on("POST", READ_MEETINGS, reply({"results": linked}))
    hubspot.on("POST", SEARCH_MEETINGS, reply({"total": len(searched), "results": searched}))


async def test_a_meeting_is_found_through_its_contact(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    script(hubspot, [meeting(1, START + timedelta(hours=1)), meeting(2, START), meeting(3, None)], [])
    assert await gateway.find_meeting("grace@navy.test", START) == MeetingEngagement(
        id="2",
        title="Demo with Grace",
        start=START,
        end=START + timedelta(minutes=30),
        outcome="SCHEDULED",
        owner_id=OwnerId("31"),
        location="Room 4",
        join_url="https://meet.test/1",
    )
    assert hubspot.calls("search") == []


@pytest.mark.parametrize(
    ("offset", "is_found"),
    [
        (timedelta(0), True),
        (timedelta(seconds=60), True),
        (timedelta(seconds=-60), True),
        (timedelta(seconds=61), False),
        (timedelta(seconds=-61), False),
    ],
)
async def test_a_minute_is_close_enough(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, offset: timedelta, *, is_found: bool
) -> None:
    script(hubspot, [meeting(1, START + offset)], [])
    assert (await gateway.find_meeting("grace@navy.test", START) is not None) is is_found


async def test_of_several_the_nearest_that_is_not_canceled_counts(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    second = timedelta(seconds=1)
    rows = [meeting(1, START, "CANCELED"), meeting(2, START + 9 * second), meeting(3, START - 5 * second)]
    script(hubspot, rows, [])
    found = await gateway.find_meeting("grace@navy.test", START)
    assert found is not None
    assert found.id == "3"


@pytest.mark.parametrize("linked", [[], [meeting(1, START, "canceled")]])
async def test_what_is_not_associated_yet_is_searched(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, linked: list[dict[str, object]]
) -> None:
    script(hubspot, linked, [meeting(8, START + timedelta(hours=2)), meeting(9, START)])
    found = await gateway.find_meeting("grace@navy.test", START)
    assert found is not None
    assert found.id == "9"
    group = json_of(hubspot.calls("search")[0])["filterGroups"][0]["filters"]
    start_ms = int(START.timestamp() * 1000)
    assert group == [
        {"propertyName": "associations.contact", "operator": "EQ", "value": "501"},
        {
            "propertyName": "hs_meeting_start_time",
            "operator": "BETWEEN",
            "value": str(start_ms - 60_000),
            "highValue": str(start_ms + 60_000),
        },
    ]


async def test_the_newest_hundred_meetings_are_read(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    script(hubspot, [meeting(number, None) for number in range(90, 250)], [])
    assert await gateway.find_meeting("grace@navy.test", START) is None
    asked = [row["id"] for row in json_of(hubspot.calls("batch")[0])["inputs"]]
    assert asked == [str(number) for number in range(249, 149, -1)]


async def test_the_newest_meetings_may_be_on_a_later_page(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot
) -> None:
    script(hubspot, [meeting(9, START)], [])
    first = {"results": [{"toObjectId": n} for n in (1, 2)], "paging": {"next": {"after": "2"}}}
    hubspot.on("GET", MEETINGS_OF, reply(first), reply({"results": [{"toObjectId": 9}]}))
    found = await gateway.find_meeting("grace@navy.test", START)
    assert found is not None
    assert [row["id"] for row in json_of(hubspot.calls("batch")[0])["inputs"]] == ["9", "2", "1"]


@pytest.mark.parametrize("missing", [BY_EMAIL, MEETINGS_OF])
async def test_without_a_contact_there_is_no_meeting(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, missing: str
) -> None:
    script(hubspot, [], [])
    hubspot.on("GET", missing, MISSING)
    assert await gateway.find_meeting("grace@navy.test", START) is None
    assert await gateway.find_meeting("", START) is None


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal(403, "MISSING_SCOPES"), NotAllowed),
        (refusal(429, "RATE_LIMITS", policyName="DAILY"), SlowDown),
        (httpx.ConnectError("no"), Offline),
    ],
)
async def test_failure_comes_as_a_problem(
    gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot, answer: Answer, problem: type[Problem]
) -> None:
    contacts = f"{OBJECTS}/contacts"
    for path in (
        BY_EMAIL,
        f"{contacts}/501",
        f"{contacts}/501/associations/companies",
        "/crm/owners/2026-03",
    ):
        hubspot.on("GET", path, answer)
    hubspot.on("POST", f"{contacts}/search", answer)
    for question in (
        gateway.contact_by_email("grace@navy.test"),
        gateway.contact(ContactId("501")),
        gateway.companies_of(ContactId("501")),
        gateway.owners(),
        gateway.search_contacts("g", limit=5),
        gateway.find_meeting("grace@navy.test", START),
    ):
        with pytest.raises(problem):
            await question


async def test_a_pause_ends_at_an_instant(gateway: HubSpotRecordsGateway, hubspot: FakeHubSpot) -> None:
    hubspot.on("GET", BY_EMAIL, reply(status=477, Retry_After="3600"))
    with pytest.raises(SlowDown) as caught:
        await gateway.contact_by_email("grace@navy.test")
    assert caught.value.until == NOW + timedelta(hours=1)
