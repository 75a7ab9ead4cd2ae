"""Every reply held against its field table, in every version of the path."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller
from tests.sandbox.scheduler.field_tables import Check

OBJECTS = ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
TYPES = (
    ("contacts", CONTACT),
    ("companies", COMPANY),
    ("deals", DEAL),
    ("tickets", TICKET),
    ("meetings", MEETING),
    ("users", "0-115"),
)
READS: tuple[tuple[str, Check], ...] = (
    ("/crm/v3/owners", tables.OWNERS),
    ("/crm/owners/2026-03?archived=true", tables.OWNERS),
    ("/crm/owners/2026-09/1185011", tables.OWNER),
    ("/crm/v3/owners/61240317?idProperty=userId", tables.OWNER),
    ("/crm/v3/properties/meetings", tables.PROPERTIES),
    ("/crm/properties/2026-03/0-47/hs_meeting_outcome", tables.PROPERTY),
    ("/crm/properties/2026-09/meetings/hs_activity_type", tables.PROPERTY),
    ("/crm/properties/2026-03/contacts", tables.PROPERTIES),
    ("/account-info/v3/details", tables.ACCOUNT),
    ("/account-info/2026-03/details", tables.ACCOUNT),
    ("/account-info/2026-09/details", tables.LATEST_ACCOUNT),
    ("/crm/v4/associations/meetings/contacts/labels", tables.LABELS),
    ("/crm/associations/2026-03/contacts/companies/labels", tables.LABELS),
    ("/crm/associations/2026-09/0-47/0-5/labels", tables.LABELS),
    ("/files/2026-03/files/search", tables.FILES),
)


@pytest.mark.parametrize(("path", "table"), READS)
def test_reads(standing: Caller, path: str, table: Check) -> None:
    reply = standing.get(path)
    assert reply.status_code == 200, reply.text
    table(reply.json())


@pytest.mark.parametrize("base", OBJECTS)
@pytest.mark.parametrize(("name", "type_id"), TYPES)
def test_records(standing: Caller, base: str, name: str, type_id: str) -> None:
    record_id = standing.first_id(type_id)
    for word in (name, type_id):
        page = standing.get(f"{base}/{word}", limit=2, associations="contacts,companies,nonsense")
        tables.RECORD_PAGE(page.json())
        one = standing.get(f"{base}/{word}/{record_id}", propertiesWithHistory="hs_object_id")
        tables.RECORD(one.json())
        found = standing.post(f"{base}/{word}/search", {"limit": 3})
        tables.SEARCH_PAGE(found.json())
        batch = standing.post(f"{base}/{word}/batch/read", {"inputs": [{"id": record_id}, {"id": "1"}]})
        assert batch.status_code == 207
        tables.batch_of(tables.RECORD)(batch.json())
        assert [row["id"] for row in batch.json()["results"]] == [record_id]


def test_values_are_text_or_null_and_instants_are_utc(standing: Caller) -> None:
    asked = "hs_meeting_title,hs_meeting_start_time,hs_meeting_location_type"
    record = standing.get("/crm/v3/objects/meetings", limit=1, properties=asked).json()["results"][0]
    assert set(record["properties"]) == {
        *asked.split(","),
        "hs_createdate",
        "hs_lastmodifieddate",
        "hs_object_id",
    }
    assert record["properties"]["hs_meeting_location_type"] is None
    start = record["properties"]["hs_meeting_start_time"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", start)
    assert datetime.fromisoformat(start).tzinfo == UTC
    assert record["createdAt"].endswith("Z")
    assert int(record["id"]) > 2**32


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("meetings", {"hs_createdate", "hs_lastmodifieddate", "hs_object_id"}),
        ("contacts", {"createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"}),
    ],
)
def test_default_properties(standing: Caller, name: str, expected: set[str]) -> None:
    page = standing.get(f"/crm/v3/objects/{name}", limit=1).json()
    found = standing.post(f"/crm/v3/objects/{name}/search", {"limit": 1}).json()
    for record in (page["results"][0], found["results"][0]):
        assert set(record["properties"]) == expected


def test_unknown_names_in_a_query_are_passed_over(standing: Caller) -> None:
    query: dict[str, Any] = {"properties": "email,no_such_thing", "associations": "yaks", "limit": 1}
    record = standing.get("/crm/v3/objects/contacts", **query).json()["results"][0]
    assert "no_such_thing" not in record["properties"]
    assert "associations" not in record


@pytest.mark.parametrize(
    "path",
    [
        "/scheduler/2026-03/meetings/meeting-links/",
        "/scheduler/2026-03/meetings/meeting-links/book/mei-nelson/",
        "/scheduler/v3/meetings/meeting-links/book/availability-page/sales%2Fproduct-demo/",
        "/crm/v3/owners/",
        "/crm/objects/2026-03/contacts/",
    ],
)
def test_a_slash_at_the_end_does_no_harm(standing: Caller, path: str) -> None:
    reply = standing.get(path, timezone="UTC")
    assert reply.status_code == 200, reply.text


def test_account_offset_is_that_of_now(standing: Caller) -> None:
    body = standing.get("/account-info/2026-03/details").json()
    assert (body["timeZone"], body["utcOffset"], body["utcOffsetMilliseconds"]) == (
        "Europe/Berlin",
        "+01:00",
        3_600_000,
    )


def test_only_the_latest_account_details_have_a_name_and_a_creation_in_epoch_ms(standing: Caller) -> None:
    latest = standing.get("/account-info/2026-09/details").json()
    created = standing.sandbox.portals[0].world.portal.created_at
    assert latest["createdAt"] == int(created.timestamp() * 1000)
    older = standing.get("/account-info/2026-03/details").json()
    assert set(latest) - set(older) == {"portalName", "createdAt"}


def test_the_two_enumerations_of_meetings(standing: Caller) -> None:
    outcome = standing.get("/crm/properties/2026-03/meetings/hs_meeting_outcome").json()
    values = [option["value"] for option in outcome["options"]]
    assert values[:5] == ["SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED"]
    assert any(option["hidden"] for option in outcome["options"])
    assert outcome["modificationMetadata"]["readOnlyValue"] is False
    missing = standing.get("/crm/properties/2026-03/meetings/none")
    assert missing.status_code == 404
    tables.ERROR(missing.json())
    assert standing.get("/crm/properties/2026-03/meetings?archived=true").json() == {"results": []}
    archived = standing.get("/crm/properties/2026-03/meetings/hs_timestamp?archived=true")
    assert archived.status_code == 404
    assert standing.get("/crm/properties/2026-03/meetings?dataSensitivity=x").status_code == 400


def test_archived_owner_has_only_the_inactive_id(standing: Caller) -> None:
    owner = standing.get("/crm/v3/owners", archived="true").json()["results"][0]
    assert "userId" not in owner
    assert owner["archived"] is True
    same = standing.get(
        f"/crm/v3/owners/{owner['userIdIncludingInactive']}", idProperty="userId", archived="true"
    )
    assert same.json() == owner


def test_owner_paging_and_mail(standing: Caller) -> None:
    first = standing.get("/crm/owners/2026-03", limit=5).json()
    second = standing.get("/crm/owners/2026-03", limit=5, after=first["paging"]["next"]["after"]).json()
    ids = [owner["id"] for owner in first["results"] + second["results"]]
    assert len(set(ids)) == 8
    assert "paging" not in second
    mail = first["results"][2]["email"]
    assert [o["id"] for o in standing.get("/crm/v3/owners", email=mail.upper()).json()["results"]] == [ids[2]]
    assert standing.get("/crm/v3/owners/1", idProperty="userId").status_code == 404
    assert standing.get("/crm/v3/owners/x").status_code == 400
    assert standing.get("/crm/v3/owners/1185011", idProperty="email").status_code == 400


def test_property_batch(standing: Caller) -> None:
    body = {"inputs": [{"name": "email"}, {"name": "nope"}], "archived": False}
    reply = standing.post("/crm/v3/properties/contacts/batch/read", body)
    assert reply.status_code == 207
    tables.batch_of(tables.PROPERTY)(reply.json())
