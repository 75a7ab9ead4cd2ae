"""Owners, property definitions and the account."""

from app.api.hubspot.account import AccountClient
from app.api.hubspot.object_types import ObjectType
from app.api.hubspot.owners import OwnersClient
from app.api.hubspot.properties import PropertiesClient
from app.api.hubspot.schemas import SchemasClient
from tests.api.hubspot.resource import replied, target_of, use
from tests.api.wire import answer


def test_owners_have_two_numbers() -> None:
    page, seen = use(
        OwnersClient,
        lambda client: client.list_page(limit=50, after="x", email="a+b@c.test", archived=True),
        replied("owners"),
    )
    assert target_of(seen[0]) == ("/crm/owners/2026-03?limit=50&archived=true&after=x&email=a%2Bb%40c.test")
    ana, gone, queue = page.rows
    assert (ana.id, ana.user_id, ana.any_user_id, ana.email) == (
        "4401",
        "2215340",
        "2215340",
        "ana@portal.test",
    )
    assert (gone.user_id, gone.any_user_id, gone.archived) == (None, "2215399", True)
    assert (queue.type, queue.any_user_id) == ("QUEUE", None)


def test_all_owners_come_page_by_page() -> None:
    async def work(client: OwnersClient) -> list[str]:
        return [owner.id async for page in client.walk() for owner in page.rows]

    more = answer(200, {"results": [{"id": 1}, {}], "paging": {"next": {"after": "p2"}}})
    ids, seen = use(OwnersClient, work, more, replied("owners"))
    assert ids == ["1", "4401", "4402", "4403"]
    assert target_of(seen[1]) == "/crm/owners/2026-03?limit=100&archived=false&after=p2"


def test_one_owner_is_found_by_either_number() -> None:
    async def work(client: OwnersClient) -> list[str]:
        return [
            (await client.by_owner_id("4401")).id,
            (await client.by_user_id("2215340", archived=True)).id,
        ]

    ids, seen = use(OwnersClient, work, answer(200, {"id": 4401}), answer(200, {"id": "4401"}))
    assert ids == ["4401", "4401"]
    assert [target_of(each) for each in seen] == [
        "/crm/owners/2026-03/4401?idProperty=id&archived=false",
        "/crm/owners/2026-03/2215340?idProperty=userId&archived=true",
    ]


def test_a_property_has_options() -> None:
    found, seen = use(
        PropertiesClient,
        lambda client: client.read(ObjectType.MEETINGS, "hs_meeting_outcome"),
        replied("property"),
    )
    assert target_of(seen[0]) == "/crm/properties/2026-03/meetings/hs_meeting_outcome"
    assert found.skipped == 1
    assert [(each.value, each.display_order, each.hidden) for each in found.value.options] == [
        ("SCHEDULED", 0, False),
        ("OURS", -1, True),
    ]
    assert not found.value.external_options


def test_all_properties_come_at_once() -> None:
    body = {"results": [{"name": "a"}, {"label": "nameless"}]}
    found, seen = use(
        PropertiesClient, lambda client: client.list_all(ObjectType.CONTACTS), answer(200, body)
    )
    assert target_of(seen[0]) == "/crm/properties/2026-03/contacts"
    assert ([each.name for each in found.value.results], found.skipped) == (["a"], 1)


def test_custom_types_say_what_they_are_called() -> None:
    body = {
        "results": [
            {
                "id": "77",
                "objectTypeId": "2-77",
                "name": "vehicle",
                "fullyQualifiedName": "p4711_vehicle",
                "labels": {"singular": "Vehicle", "plural": "Vehicles"},
                "primaryDisplayProperty": "plate",
                "secondaryDisplayProperties": ["model"],
            },
            {"name": "without an id"},
        ]
    }
    found, seen = use(SchemasClient, lambda client: client.list_all(), answer(200, body))
    assert target_of(seen[0]) == (
        "/crm-object-schemas/2026-03/schemas?includePropertyDefinitions=false"
        "&includeAssociationDefinitions=false&includeAuditMetadata=false"
    )
    (vehicle,) = found.value.results
    assert (vehicle.object_type_id, vehicle.labels.plural) == ("2-77", "Vehicles")
    assert (vehicle.primary_display_property, vehicle.secondary_display_properties) == ("plate", ("model",))
    assert found.skipped == 1


def test_the_account_says_who_it_is() -> None:
    account, seen = use(AccountClient, lambda client: client.details(), replied("account"))
    assert target_of(seen[0]) == "/account-info/2026-03/details"
    assert (account.portal_id, account.time_zone, account.ui_domain) == (
        "48217733",
        "US/Eastern",
        "app.hubspot.com",
    )
