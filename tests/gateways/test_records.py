"""Contacts, companies, deals and owners, as the gateway of records reads them."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from app.domain.problems import Gone, NotAllowed, Offline, Problem, SlowDown
from app.domain.records import Company, Contact, ContactId, Deal, Owner, OwnerId
from app.gateways.hubspot.records import HubSpotRecordsGateway
from tests.gateways.graces_records import BY_EMAIL, GRACE, OBJECTS, record, records_gateway
from tests.gateways.service import (
    NOW,
    Answer,
    FakeHubSpot,
    JumpingTime,
    json_of,
    query_of,
    refusal,
    reply,
)

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
MISSING = refusal(404, "OBJECT_NOT_FOUND")


@pytest.fixture
def gateway(hubspot: FakeHubSpot, time: JumpingTime) -> HubSpotRecordsGateway:
    return records_gateway(hubspot, time)


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
