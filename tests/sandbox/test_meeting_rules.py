"""Meetings by the reference, section by section (6, 7, 8 and 14): what it says is what the sandbox does."""

from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, SITE, TICKET
from app.sandbox.world.people import JONAS, MEI
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller

BASES = ("/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
MEETINGS = "/crm/objects/2026-03/meetings"
WRITABLE = {
    "hs_timestamp": "2026-12-01T09:00:00Z",
    "hs_meeting_title": "T",
    "hubspot_owner_id": str(JONAS.owner_id),
    "hs_meeting_body": "<p>b</p>",
    "hs_internal_meeting_notes": "<p>n</p>",
    "hs_meeting_external_url": "https://calendar.example/1",
    "hs_meeting_location": "Room 1",
    "hs_meeting_start_time": "2026-12-01T09:00:00Z",
    "hs_meeting_end_time": "2026-12-01T09:30:00Z",
    "hs_meeting_outcome": "SCHEDULED",
    "hs_activity_type": "Renewal",
    "hs_attachment_ids": "174000000011;174000000024",
}
READ_ONLY = (
    "hs_createdate",
    "hs_lastmodifieddate",
    "hs_object_id",
    "hs_meeting_source",
    "hs_video_conference_url",
    "hs_unique_id",
    "hs_engagement_source",
)
PINNED = (
    ("contacts", CONTACT),
    ("companies", COMPANY),
    ("0-3", DEAL),
    ("tickets", TICKET),
    ("p_sites", SITE),
)


def new_meeting(hubspot: Caller, **more: Any) -> str:
    body = {"properties": {"hs_timestamp": "2026-12-01T09:00:00Z", **more}, "associations": []}
    made = hubspot.post(MEETINGS, body)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def shown(hubspot: Caller, path: str, name: str) -> Any:
    return hubspot.get(path, properties=name).json()["properties"][name]


@pytest.mark.parametrize("base", BASES)
def test_every_property_is_written_read_and_cleared(hubspot: Caller, base: str) -> None:
    made = hubspot.post(f"{base}/meetings", {"properties": WRITABLE, "associations": []})
    assert made.status_code == 201
    path = f"{base}/meetings/{made.json()['id']}"
    read = hubspot.get(path, properties=",".join(WRITABLE)).json()["properties"]
    assert {name: read[name] for name in WRITABLE} == WRITABLE
    for name in WRITABLE:
        assert hubspot.patch(path, {"properties": {name: ""}}).status_code == 200
        assert shown(hubspot, path, name) is None


@pytest.mark.parametrize("name", [*READ_ONLY, "hs_engagement_type", "hs_nothing"])
def test_what_is_unknown_or_read_only_is_refused(standing: Caller, name: str) -> None:
    path = f"{MEETINGS}/{standing.first_id(MEETING)}"
    reply = standing.patch(path, {"properties": {name: "1"}})
    assert reply.status_code == 400
    tables.ERROR(reply.json())
    assert reply.json()["category"] == "VALIDATION_ERROR"
    assert reply.json()["errors"][0]["context"] == {"propertyName": [name]}


def test_a_user_id_is_no_owner(standing: Caller) -> None:
    path = f"{MEETINGS}/{standing.first_id(MEETING)}"
    reply = standing.patch(path, {"properties": {"hubspot_owner_id": str(MEI.user_id)}})
    assert reply.status_code == 400
    assert reply.json()["errors"][0]["code"] == "INVALID_OWNER_ID"


def test_without_properties_only_three_come_back(standing: Caller) -> None:
    row = standing.get(MEETINGS, limit=1).json()["results"][0]
    assert set(row["properties"]) == {"hs_createdate", "hs_lastmodifieddate", "hs_object_id"}
    assert len(standing.get(MEETINGS).json()["results"]) == 10


def test_the_bin_is_listed_and_read_but_not_searched_or_associated(hubspot: Caller) -> None:
    contact = hubspot.first_id(CONTACT)
    meeting = new_meeting(hubspot, hs_meeting_title="Gone fishing")
    hubspot.call("PUT", f"{MEETINGS}/{meeting}/associations/default/contacts/{contact}")
    assert hubspot.delete(f"{MEETINGS}/{meeting}").status_code == 204
    assert [row["id"] for row in hubspot.get(MEETINGS, archived="true").json()["results"]] == [meeting]
    read = hubspot.get(f"{MEETINGS}/{meeting}", archived="true", properties="hs_meeting_title").json()
    assert read["properties"]["hs_meeting_title"] == "Gone fishing"
    both = hubspot.post(f"{MEETINGS}/batch/read?archived=true", {"inputs": [{"id": meeting}]})
    assert both.json()["results"][0]["archived"] is True
    assert hubspot.post(f"{MEETINGS}/search", {"query": "fishing"}).json()["total"] == 0
    listed = hubspot.get(f"/crm/objects/2026-03/contacts/{contact}/associations/meetings", limit=500)
    assert meeting not in [row["toObjectId"] for row in listed.json()["results"]]
    assert (
        hubspot.patch(f"{MEETINGS}/{meeting}", {"properties": {"hs_meeting_title": "x"}}).status_code == 404
    )
    batch = hubspot.post(f"{MEETINGS}/batch/update", {"inputs": [{"id": meeting, "properties": {}}]})
    assert batch.status_code == 207
    assert batch.json()["errors"][0]["context"]["ids"] == [meeting]


@pytest.mark.parametrize("verb", ["read", "create", "update", "archive"])
def test_a_batch_takes_a_hundred(hubspot: Caller, verb: str) -> None:
    meeting = hubspot.first_id(MEETING)
    row: dict[str, Any] = {"id": meeting, "properties": {"hs_timestamp": "2026-12-01T09:00:00Z"}}
    many = hubspot.post(f"{MEETINGS}/batch/{verb}", {"inputs": [row] * 101})
    assert many.status_code == 400
    tables.ERROR(many.json())
    assert hubspot.post(f"{MEETINGS}/batch/{verb}", {"inputs": [row] * 100}).status_code in (200, 201, 204)


def test_associations_do_not_touch_the_modified_date(hubspot: Caller) -> None:
    meeting, contact = new_meeting(hubspot), hubspot.first_id(CONTACT)
    before = hubspot.get(f"{MEETINGS}/{meeting}").json()
    hubspot.sandbox.clock.advance(60)
    link = f"{MEETINGS}/{meeting}/associations/contacts/{contact}"
    hubspot.call("PUT", f"{MEETINGS}/{meeting}/associations/default/contacts/{contact}")
    assert hubspot.get(f"{MEETINGS}/{meeting}").json() == before
    hubspot.delete(link)
    assert hubspot.get(f"{MEETINGS}/{meeting}").json() == before


def test_inline_associations_come_with_their_first_page(hubspot: Caller) -> None:
    meeting = new_meeting(hubspot)
    contacts = [record.id for record in hubspot.store.all(CONTACT)][:130]
    pairs = [{"from": {"id": meeting}, "to": {"id": contact}} for contact in contacts]
    path = "/crm/associations/2026-03/meetings/contacts/batch/associate/default"
    assert hubspot.post(path, {"inputs": pairs}).status_code == 200
    inline = hubspot.get(f"{MEETINGS}/{meeting}", associations="contacts").json()["associations"]["contacts"]
    assert [row["id"] for row in inline["results"]] == contacts[:100]
    assert inline["paging"]["next"]["after"] == contacts[99]


@pytest.mark.parametrize(("name", "type_id"), PINNED)
def test_one_pin_a_record_and_only_an_associated_meeting(hubspot: Caller, name: str, type_id: str) -> None:
    record = f"/crm/objects/2026-03/{name}/{hubspot.first_id(type_id)}"
    first, second = new_meeting(hubspot), new_meeting(hubspot)

    def pin(meeting: str) -> int:
        body = {"properties": {"hs_pinned_engagement_id": meeting}}
        return hubspot.patch(record, body).status_code

    assert pin(first) == 400
    for meeting in (first, second):
        number = record.rpartition("/")[2]
        hubspot.call("PUT", f"{MEETINGS}/{meeting}/associations/default/{name}/{number}")
    assert pin(first) == 200
    assert pin(second) == 200
    assert shown(hubspot, record, "hs_pinned_engagement_id") == second
    assert pin("") == 200
    assert shown(hubspot, record, "hs_pinned_engagement_id") is None


def test_a_pin_outlives_its_meeting_as_a_bare_value(hubspot: Caller) -> None:
    """Nothing in the documents takes the value away; it only cannot be set again."""
    number, meeting = hubspot.first_id(CONTACT), new_meeting(hubspot)
    record = f"/crm/objects/2026-03/contacts/{number}"
    hubspot.call("PUT", f"{MEETINGS}/{meeting}/associations/default/contacts/{number}")
    body = {"properties": {"hs_pinned_engagement_id": meeting}}
    assert hubspot.patch(record, body).status_code == 200
    hubspot.delete(f"{MEETINGS}/{meeting}")
    assert shown(hubspot, record, "hs_pinned_engagement_id") == meeting
    assert hubspot.patch(record, body).status_code == 400


def test_conditions_make_properties_required_from_2026_09_on(hubspot: Caller) -> None:
    rule = {"property": "hs_meeting_outcome", "values": ["CANCELED"]}
    body = {"typeId": MEETING, "properties": ["hs_internal_meeting_notes"], "when": rule}
    assert hubspot.post("/__sandbox__/required", body).status_code == 204
    assert hubspot.post("/__sandbox__/required", {**body, "when": 5}).status_code == 400
    meeting = new_meeting(hubspot)
    path = f"/crm/objects/2026-09/meetings/{meeting}"
    assert hubspot.patch(path, {"properties": {"hs_meeting_outcome": "NO_SHOW"}}).status_code == 200
    refused = hubspot.patch(path, {"properties": {"hs_meeting_outcome": "CANCELED"}})
    assert refused.status_code == 400
    tables.ERROR(refused.json())
    assert refused.json()["subCategory"] == "MISSING_CONDITIONAL_REQUIRED_PROPERTY"
    assert refused.json()["context"] == {"properties": ["hs_internal_meeting_notes"]}
    both = {"hs_meeting_outcome": "CANCELED", "hs_internal_meeting_notes": "Moved house"}
    assert hubspot.patch(path, {"properties": both}).status_code == 200
    assert hubspot.patch(path, {"properties": {"hs_internal_meeting_notes": ""}}).status_code == 400
    assert hubspot.patch(path, {"properties": {"hs_meeting_title": "x"}}).status_code == 200
    old = {"properties": {"hs_internal_meeting_notes": ""}}
    assert hubspot.patch(f"{MEETINGS}/{meeting}", old).status_code == 200


def test_the_choices_of_the_activity_type_may_live_elsewhere(hubspot: Caller) -> None:
    path = "/crm/properties/2026-03/meetings/hs_activity_type"
    before = hubspot.get(path).json()
    assert before["externalOptions"] is False
    assert [one["label"] for one in before["options"] if one["hidden"]] == ["Trade fair (old)"]
    free = {"hs_activity_type": "Anything goes"}
    meeting = new_meeting(hubspot)
    assert hubspot.patch(f"{MEETINGS}/{meeting}", {"properties": free}).status_code == 400
    body = {"typeId": MEETING, "property": "hs_activity_type"}
    assert hubspot.post("/__sandbox__/external-options", body).status_code == 204
    assert hubspot.post("/__sandbox__/external-options", {**body, "property": "x"}).status_code == 400
    after = hubspot.get(path).json()
    tables.PROPERTY(after)
    assert (after["externalOptions"], after["options"]) == (True, [])
    assert hubspot.patch(f"{MEETINGS}/{meeting}", {"properties": free}).status_code == 200
