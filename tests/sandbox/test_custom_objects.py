"""The account's own record type: its schema, its records, and its associations with meetings."""

import pytest

from app.sandbox.crm.object_types import MEETING, SITE
from tests.sandbox.calling import Caller

SCHEMAS = (
    "/crm/v3/schemas",
    "/crm-object-schemas/v3/schemas",
    "/crm-object-schemas/2026-03/schemas",
    "/crm-object-schemas/2026-09/schemas",
)
NAMES = (SITE, "sites", "p8412770_sites", "p_sites")
REQUIRED = {
    "allowsSensitiveProperties",
    "id",
    "name",
    "labels",
    "requiredProperties",
    "associations",
    "properties",
}


@pytest.mark.parametrize("base", SCHEMAS)
def test_the_schema_is_listed_and_read_by_every_name(standing: Caller, base: str) -> None:
    (schema,) = standing.get(base).json()["results"]
    assert set(schema) >= REQUIRED
    assert (schema["objectTypeId"], schema["name"]) == (SITE, "sites")
    assert schema["fullyQualifiedName"] == "p8412770_sites"
    assert schema["labels"] == {"singular": "Site", "plural": "Sites"}
    assert schema["primaryDisplayProperty"] == "site_name"
    own = {one["name"] for one in schema["properties"] if not one["hubspotDefined"]}
    assert own == {"site_name", "city", "street", "site_status", "opened_on"}
    ways = {(one["fromObjectTypeId"], one["toObjectTypeId"]) for one in schema["associations"]}
    assert {(SITE, MEETING), (MEETING, SITE)} <= ways
    for name in NAMES:
        assert standing.get(f"{base}/{name}").json() == schema
    assert standing.get(base, archived="true").json() == {"results": []}
    assert standing.get(f"{base}/p_trees").status_code == 400
    bare = standing.get(
        f"{base}/{SITE}", includePropertyDefinitions="false", includeAuditMetadata="false"
    ).json()
    assert bare["properties"] == []
    assert "createdAt" not in bare


def test_batch_read_of_schemas(standing: Caller) -> None:
    path = f"{SCHEMAS[2]}/batch/read"
    assert len(standing.post(path, {"inputs": [SITE, "nothing"]}).json()["results"]) == 1
    assert standing.post(path, {"inputs": ["nothing"]}).json() == {"results": []}


@pytest.mark.parametrize("name", NAMES)
def test_records_are_kept_under_every_name(hubspot: Caller, name: str) -> None:
    base = f"/crm/objects/2026-03/{name}"
    made = hubspot.post(base, {"properties": {"site_name": "Fabrikam Oslo", "site_status": "open"}})
    assert made.status_code == 201
    number = made.json()["id"]
    assert hubspot.patch(f"{base}/{number}", {"properties": {"site_status": ""}}).status_code == 200
    read = hubspot.get(f"{base}/{number}", properties="site_name,site_status").json()
    assert read["properties"]["site_name"] == "Fabrikam Oslo"
    assert read["properties"]["site_status"] is None
    found = hubspot.post(f"{base}/search", {"query": "oslo", "limit": 5}).json()
    assert [one["id"] for one in found["results"]] == [number]
    both = hubspot.post(f"{base}/batch/read", {"inputs": [{"id": number}], "properties": ["city"]})
    assert both.json()["results"][0]["properties"]["city"] is None
    assert (
        hubspot.get(f"/crm/properties/2026-03/{name}/site_status").json()["options"][0]["value"] == "planned"
    )
    assert hubspot.delete(f"{base}/{number}").status_code == 204
    assert hubspot.get(f"{base}/{number}").status_code == 404


def test_a_meeting_goes_with_a_site(hubspot: Caller) -> None:
    site = hubspot.first_id(SITE)
    labels = hubspot.get(f"/crm/associations/2026-03/meetings/{SITE}/labels").json()["results"]
    assert [(one["category"], one["label"]) for one in labels] == [
        ("USER_DEFINED", None),
        ("USER_DEFINED", "Held at"),
    ]
    types = [{"associationCategory": "USER_DEFINED", "associationTypeId": labels[1]["typeId"]}]
    body = {
        "properties": {"hs_timestamp": "2026-12-01T09:00:00Z"},
        "associations": [{"to": {"id": site}, "types": types}],
    }
    meeting = hubspot.post("/crm/objects/2026-03/meetings", body).json()["id"]
    inline = hubspot.get(f"/crm/objects/2026-03/meetings/{meeting}", associations="p_sites").json()
    assert inline["associations"]["sites"]["results"] == [{"id": site, "type": "meeting_event_to_site"}]
    wanted = {"propertyName": f"associations.{SITE}", "operator": "EQ", "value": site}
    found = hubspot.post(
        "/crm/objects/2026-03/meetings/search", {"filterGroups": [{"filters": [wanted]}]}
    ).json()
    assert [one["id"] for one in found["results"]] == [meeting]
    assert (
        hubspot.delete(f"/crm/objects/2026-03/meetings/{meeting}/associations/{SITE}/{site}").status_code
        == 204
    )
    again = hubspot.call("PUT", f"/crm/objects/2026-03/meetings/{meeting}/associations/default/sites/{site}")
    assert again.status_code == 200
    assert again.json()["results"][0]["associationSpec"]["associationCategory"] == "USER_DEFINED"
    pin = {"properties": {"hs_pinned_engagement_id": meeting}}
    assert hubspot.patch(f"/crm/objects/2026-03/{SITE}/{site}", pin).status_code == 200


def test_own_types_have_scopes_of_their_own(hubspot: Caller) -> None:
    caller = hubspot.with_scopes("oauth", "crm.objects.contacts.read")
    assert caller.get(SCHEMAS[2]).status_code == 403
    assert caller.get(f"{SCHEMAS[2]}/{SITE}").status_code == 200
    assert caller.get(f"/crm/objects/2026-03/{SITE}").status_code == 403
    reader = hubspot.with_scopes("crm.objects.custom.read")
    assert reader.get(SCHEMAS[2]).status_code == 200
    assert reader.get(f"/crm/objects/2026-03/{SITE}").status_code == 200
    assert reader.post(f"/crm/objects/2026-03/{SITE}", {"properties": {}}).status_code == 403
