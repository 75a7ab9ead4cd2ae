"""Creating, changing and archiving records, and everything HubSpot refuses while at it."""

from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, MEETING
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller, calling

CONTACTS = "/crm/objects/2026-03/contacts"
MEETINGS = "/crm/objects/2026-03/meetings"
START = "2026-12-01T09:00:00Z"


def meeting_body(**more: Any) -> dict[str, Any]:
    properties = {"hs_timestamp": START, "hs_meeting_start_time": START, "hs_meeting_title": "Call", **more}
    return {"properties": properties, "associations": []}


def link_to(record_id: str, type_id: int, category: str = "HUBSPOT_DEFINED") -> dict[str, Any]:
    return {
        "to": {"id": record_id},
        "types": [{"associationCategory": category, "associationTypeId": type_id}],
    }


def test_create_read_change_archive(hubspot: Caller) -> None:
    made = hubspot.post(CONTACTS, {"properties": {"email": "New@Person.Example", "firstname": "New"}})
    assert made.status_code == 201
    tables.RECORD(made.json())
    record_id = made.json()["id"]
    assert made.json()["properties"]["email"] == "new@person.example"
    assert made.json()["url"].endswith(f"/contacts/8412770/record/0-1/{record_id}")

    hubspot.sandbox.clock.advance(60)
    changed = hubspot.patch(
        f"{CONTACTS}/{record_id}", {"properties": {"lastname": "Person"}, "objectWriteTraceId": "t-1"}
    )
    assert changed.status_code == 200
    tables.RECORD(changed.json())
    assert changed.json()["objectWriteTraceId"] == "t-1"
    assert changed.json()["updatedAt"] > made.json()["updatedAt"]
    assert changed.json()["properties"]["lastmodifieddate"] == changed.json()["updatedAt"].replace(".000", "")

    by_mail = hubspot.get(f"{CONTACTS}/NEW@person.example", idProperty="email", properties="lastname")
    assert by_mail.json()["properties"]["lastname"] == "Person"

    assert hubspot.delete(f"{CONTACTS}/{record_id}").status_code == 204
    assert hubspot.get(f"{CONTACTS}/{record_id}").status_code == 404
    binned = hubspot.get(f"{CONTACTS}/{record_id}", archived="true")
    assert binned.json()["archived"] is True
    tables.RECORD(binned.json())
    listed = hubspot.get(CONTACTS, archived="true").json()["results"]
    assert [row["id"] for row in listed] == [record_id]
    assert hubspot.delete(f"{CONTACTS}/{record_id}").status_code == 204
    assert hubspot.delete(f"{CONTACTS}/999").status_code == 204


def test_an_empty_text_clears_a_value_and_history_remembers(hubspot: Caller) -> None:
    record_id = hubspot.first_id(CONTACT)
    before = hubspot.store.get(CONTACT, record_id)
    assert before is not None
    job = before.properties["jobtitle"]
    hubspot.patch(f"{CONTACTS}/{record_id}", {"properties": {"jobtitle": ""}})
    shown = hubspot.get(f"{CONTACTS}/{record_id}", propertiesWithHistory="jobtitle").json()
    tables.RECORD(shown)
    assert shown["properties"]["jobtitle"] is None
    assert [version["value"] for version in shown["propertiesWithHistory"]["jobtitle"]] == ["", job]


def test_an_email_belongs_to_one_contact(hubspot: Caller) -> None:
    first = hubspot.post(CONTACTS, {"properties": {"email": "one@person.example"}}).json()["id"]
    other = hubspot.post(CONTACTS, {"properties": {"email": "two@person.example"}}).json()["id"]
    for reply in (
        hubspot.post(CONTACTS, {"properties": {"email": "ONE@person.example"}}),
        hubspot.patch(f"{CONTACTS}/{other}", {"properties": {"email": "one@person.example"}}),
    ):
        assert reply.status_code == 409
        tables.ERROR(reply.json())
        assert reply.json()["category"] == "CONFLICT"
        assert reply.json()["message"].endswith(f"Existing ID: {first}")
    same = hubspot.patch(f"{CONTACTS}/{first}", {"properties": {"email": "one@person.example"}})
    assert same.status_code == 200
    hubspot.delete(f"{CONTACTS}/{first}")
    assert hubspot.post(CONTACTS, {"properties": {"email": "one@person.example"}}).status_code == 201


REFUSED: tuple[tuple[str, str, dict[str, Any], str], ...] = (
    ("contacts", "no_such_thing", {"no_such_thing": "x"}, "PROPERTY_DOESNT_EXIST"),
    ("contacts", "hs_object_id", {"hs_object_id": "5"}, "READ_ONLY_VALUE"),
    ("meetings", "hs_meeting_source", {"hs_meeting_source": "X"}, "READ_ONLY_VALUE"),
    ("contacts", "email", {"email": "not an address"}, "INVALID_EMAIL"),
    ("contacts", "lifecyclestage", {"lifecyclestage": "Lead"}, "INVALID_OPTION"),
    ("meetings", "hs_meeting_outcome", {"hs_meeting_outcome": "CANCELLED"}, "INVALID_OPTION"),
    ("meetings", "hs_meeting_start_time", {"hs_meeting_start_time": "tomorrow"}, "INVALID_LONG"),
    ("meetings", "hs_meeting_end_time", {"hs_meeting_end_time": "2026-12-01T09:00:00"}, "INVALID_LONG"),
    ("meetings", "hubspot_owner_id", {"hubspot_owner_id": "61240317"}, "INVALID_OWNER_ID"),
    ("companies", "numberofemployees", {"numberofemployees": "many"}, "INVALID_NUMBER"),
    ("contacts", "date_of_birth", {"date_of_birth": "2000-01-01T10:00:00Z"}, "INVALID_DATE"),
    ("tickets", "hs_ticket_category", {"hs_ticket_category": "PRODUCT_ISSUE;X"}, "INVALID_OPTION"),
    ("contacts", "firstname", {"firstname": ["a"]}, "INVALID_VALUE"),
    ("contacts", "firstname", {"firstname": "x" * 70_000}, "TOO_LONG"),
)


@pytest.mark.parametrize(("kind", "name", "properties", "code"), REFUSED)
def test_values_are_checked(
    standing: Caller, kind: str, name: str, properties: dict[str, Any], code: str
) -> None:
    given = {"hs_timestamp": START, **properties} if kind == "meetings" else properties
    reply = standing.post(f"/crm/objects/2026-03/{kind}", {"properties": given})
    assert reply.status_code == 400
    tables.ERROR(reply.json())
    assert reply.json()["category"] == "VALIDATION_ERROR"
    assert code in reply.json()["message"]
    assert {"code": code, "context": {"propertyName": [name]}}.items() <= reply.json()["errors"][0].items()


def test_every_fault_is_named_at_once(standing: Caller) -> None:
    reply = standing.post(CONTACTS, {"properties": {"nope": "1", "email": "x", "createdate": "1"}})
    assert [one["code"] for one in reply.json()["errors"]] == [
        "PROPERTY_DOESNT_EXIST",
        "INVALID_EMAIL",
        "READ_ONLY_VALUE",
    ]


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("1796115600000", "2026-12-01T09:00:00Z"),
        (1796115600250, "2026-12-01T09:00:00.250Z"),
        ("2026-12-01T10:00:00+01:00", "2026-12-01T09:00:00Z"),
        ("2026-12-01", "2026-12-01T00:00:00Z"),
    ],
)
def test_datetimes_are_taken_in_both_forms(hubspot: Caller, given: Any, stored: str) -> None:
    made = hubspot.post(MEETINGS, {"properties": {"hs_meeting_start_time": given}, "associations": []})
    assert made.status_code == 201
    assert made.json()["properties"]["hs_meeting_start_time"] == stored
    assert made.json()["properties"]["hs_timestamp"] == stored


def test_other_values_are_normalised(hubspot: Caller) -> None:
    properties = {"date_of_birth": "946684800000", "numemployees": "11-50", "message": 5, "salutation": True}
    made = hubspot.post(CONTACTS, {"properties": properties}).json()
    assert made["properties"]["date_of_birth"] == "2000-01-01"
    assert made["properties"]["message"] == "5"
    assert made["properties"]["salutation"] == "true"


def test_a_meeting_needs_a_place_on_the_timeline(standing: Caller) -> None:
    reply = standing.post(MEETINGS, {"properties": {"hs_meeting_title": "No time"}})
    assert reply.status_code == 400
    assert reply.json()["context"] == {"properties": ["hs_timestamp"]}


def test_create_with_associations(hubspot: Caller) -> None:
    contact, company = hubspot.first_id(CONTACT), hubspot.first_id(COMPANY)
    body = meeting_body()
    body["associations"] = [link_to(contact, 200), link_to(company, 188)]
    made = hubspot.post(MEETINGS, body).json()
    shown = hubspot.get(f"{MEETINGS}/{made['id']}", associations="contacts,companies,deals").json()
    assert shown["associations"]["contacts"]["results"] == [
        {"id": contact, "type": "meeting_event_to_contact"}
    ]
    assert [row["id"] for row in shown["associations"]["companies"]["results"]] == [company]
    assert "deals" not in shown["associations"]


@pytest.mark.parametrize(
    "association",
    [
        link_to("51000000841", 206),
        link_to("51000000841", 199),
        link_to("1", 200),
        link_to("51000000841", 200, "NOBODY_DEFINED"),
        {"to": {"id": "51000000841"}, "types": []},
        {"to": {"id": "51000000841"}},
        {"to": {}, "types": []},
        {"types": []},
        "text",
    ],
)
def test_wrong_associations_are_refused_and_nothing_is_written(standing: Caller, association: Any) -> None:
    before = standing.store.count(MEETING)
    reply = standing.post(MEETINGS, {**meeting_body(), "associations": [association]})
    assert reply.status_code == 400
    tables.ERROR(reply.json())
    assert standing.store.count(MEETING) == before


def test_paging_walks_every_record_once(standing: Caller) -> None:
    seen: list[str] = []
    after: dict[str, Any] = {}
    while True:
        page = standing.get(CONTACTS, limit=100, **after).json()
        seen += [row["id"] for row in page["results"]]
        if "paging" not in page:
            break
        after = {"after": page["paging"]["next"]["after"]}
    assert len(seen) == 600
    assert seen == sorted(set(seen), key=int)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{CONTACTS}?limit=101", 400),
        (f"{CONTACTS}?limit=0", 400),
        (f"{CONTACTS}?limit=ten", 400),
        (f"{CONTACTS}?after=x", 400),
        (f"{CONTACTS}?archived=perhaps", 400),
        (f"{CONTACTS}/abc", 404),
        (f"{CONTACTS}/51000000841?idProperty=firstname", 400),
        (f"{CONTACTS}/51000000841?idProperty=nope", 400),
        (f"{CONTACTS}/51000000841?archived=true", 404),
        ("/crm/v3/objects/yaks", 400),
        ("/crm/v3/objects/0-99/5", 400),
    ],
)
def test_wrong_reads(standing: Caller, path: str, status: int) -> None:
    reply = standing.get(path)
    assert reply.status_code == status
    tables.ERROR(reply.json())


def test_a_pin_needs_an_associated_meeting(hubspot: Caller) -> None:
    contact = hubspot.first_id(CONTACT)
    meeting = hubspot.post(MEETINGS, meeting_body()).json()["id"]
    pin = {"properties": {"hs_pinned_engagement_id": meeting}}
    assert hubspot.patch(f"{CONTACTS}/{contact}", pin).status_code == 400
    hubspot.call("PUT", f"{MEETINGS}/{meeting}/associations/default/contacts/{contact}")
    assert hubspot.patch(f"{CONTACTS}/{contact}", pin).status_code == 200
    shown = hubspot.get(f"{CONTACTS}/{contact}", properties="hs_pinned_engagement_id").json()
    assert shown["properties"]["hs_pinned_engagement_id"] == meeting
    made = hubspot.post(CONTACTS, {**pin, "associations": [link_to(meeting, 199)]})
    assert made.status_code == 201
    assert hubspot.post(CONTACTS, pin).status_code == 400


def test_admin_set_required_properties_count_from_2026_09_on() -> None:
    with calling(required={CONTACT: ("phone",)}) as hubspot:
        body = {"properties": {"email": "a@person.example"}}
        refused = hubspot.post("/crm/objects/2026-09/contacts", body)
        assert refused.status_code == 400
        tables.ERROR(refused.json())
        assert refused.json()["subCategory"] == "MISSING_REQUIRED_PROPERTY"
        assert refused.json()["errors"][0]["code"] == "MISSING_REQUIRED_PROPERTY"
        made = hubspot.post("/crm/objects/2026-03/contacts", body)
        assert made.status_code == 201
        path = f"/crm/objects/2026-09/contacts/{made.json()['id']}"
        assert hubspot.patch(path, {"properties": {"city": "Bonn"}}).status_code == 200
        assert hubspot.patch(path, {"properties": {"phone": ""}}).status_code == 400
        assert hubspot.patch(path, {"properties": {"phone": "+49 1"}}).status_code == 200
