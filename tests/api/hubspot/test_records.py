"""Look-ups of contacts, companies, deals and tickets."""

import pytest

from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.records import PINNED, RECORD_TYPES, RecordsClient
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import json_of


def test_text_is_searched_in_the_chosen_type() -> None:
    page, seen = use(
        RecordsClient,
        lambda client: client.search_text(ObjectType.DEALS, "big", properties=("dealname",), limit=5),
        replied("contact_search"),
    )
    assert target_of(seen[0]) == "/crm/objects/2026-03/0-3/search"
    assert json_of(seen[0]) == {
        "filterGroups": [],
        "properties": ["dealname"],
        "query": "big",
        "limit": 5,
    }
    assert len(page.rows) == 2


def test_a_value_is_searched_exactly() -> None:
    _, seen = use(
        RecordsClient,
        lambda client: client.search_by(ObjectType.COMPANIES, "domain", "acme.test", properties=("name",)),
        replied("contact_search"),
    )
    assert json_of(seen[0])["filterGroups"] == [
        {"filters": [{"propertyName": "domain", "operator": "EQ", "value": "acme.test"}]}
    ]


def test_a_contact_is_found_by_its_address_without_the_search() -> None:
    contact, seen = use(
        RecordsClient,
        lambda client: client.contact_by_email("jane+x@acme.test", properties=("email",)),
        replied("contact"),
    )
    assert contact.id == "70124"
    assert target_of(seen[0]) == (
        "/crm/objects/2026-03/contacts/jane%2Bx%40acme.test?properties=email&idProperty=email"
    )


def test_a_contact_is_created() -> None:
    _, seen = use(
        RecordsClient, lambda client: client.create_contact({"email": "j@a.test"}), replied("contact", 201)
    )
    assert json_of(seen[0]) == {"properties": {"email": "j@a.test"}, "associations": []}


def test_a_meeting_is_pinned_and_unpinned() -> None:
    async def work(client: RecordsClient) -> None:
        await client.pin(ObjectType.TICKETS, "5", "66001")
        await client.pin(ObjectType.TICKETS, "5", None)

    _, seen = use(RecordsClient, work, replied("contact"), replied("contact"))
    assert [target_of(each) for each in seen] == ["/crm/objects/2026-03/tickets/5"] * 2
    assert [json_of(each)["properties"] for each in seen] == [
        {"hs_pinned_engagement_id": "66001"},
        {"hs_pinned_engagement_id": ""},
    ]


def test_every_type_has_all_its_calls_an_accounts_own_too() -> None:
    async def work(client: RecordsClient) -> None:
        for kind in (*RECORD_TYPES, "2-77"):
            await client.of(kind).read("1", properties=(PINNED,))
        with pytest.raises(ValueError, match="object type"):
            client.of("a/b")

    _, seen = use(RecordsClient, work, *[replied("contact") for _ in range(5)])
    assert [target_of(each).partition("?")[0].split("/")[-2] for each in seen] == [*RECORD_TYPES, "2-77"]
