"""Linking records: the default type, labels, both directions, batches, and version 3's form."""

from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller

RECORDS = ("/crm/v4/objects", "/crm/objects/2026-03", "/crm/objects/2026-09")
PAIRS = (
    "/crm/v4/associations",
    "/crm/associations/v4",
    "/crm/associations/2026-03",
    "/crm/associations/2026-09",
)
PRIMARY = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 1}
MEETING_TO_CONTACT = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}


def new_meeting(caller: Caller) -> str:
    body = {"properties": {"hs_timestamp": "2026-12-01T09:00:00Z"}}
    record_id: str = caller.post("/crm/v3/objects/meetings", body).json()["id"]
    return record_id


@pytest.mark.parametrize(
    ("start", "end", "type_id"),
    [
        ("meetings", "contacts", 200),
        ("meetings", "companies", 188),
        ("meetings", "deals", 212),
        ("meetings", "tickets", 226),
        ("contacts", "meetings", 199),
        ("companies", "meetings", 187),
        ("deals", "meetings", 211),
        ("tickets", "meetings", 225),
        ("contacts", "companies", 279),
    ],
)
def test_default_type_ids(standing: Caller, start: str, end: str, type_id: int) -> None:
    labels = standing.get(f"/crm/associations/2026-03/{start}/{end}/labels").json()["results"]
    assert labels[0] == {"category": "HUBSPOT_DEFINED", "typeId": type_id, "label": None}


@pytest.mark.parametrize("base", RECORDS)
@pytest.mark.parametrize(
    ("kind", "type_id", "forward", "backward"),
    [
        ("contacts", CONTACT, 200, 199),
        ("companies", COMPANY, 188, 187),
        ("0-3", DEAL, 212, 211),
        ("tickets", TICKET, 226, 225),
    ],
)
def test_default_link_and_unlink(
    hubspot: Caller, base: str, kind: str, type_id: str, forward: int, backward: int
) -> None:
    meeting, other = new_meeting(hubspot), hubspot.first_id(type_id)
    made = hubspot.call("PUT", f"{base}/meetings/{meeting}/associations/default/{kind}/{other}")
    assert made.status_code == 200
    tables.batch_of(tables.DEFAULT_PAIR)(made.json())
    seen = hubspot.get(f"{base}/meetings/{meeting}/associations/{kind}").json()
    tables.LABELLED_PAGE(seen)
    unlabelled = {"category": "HUBSPOT_DEFINED", "typeId": forward, "label": None}
    assert seen["results"] == [{"toObjectId": other, "associationTypes": [unlabelled]}]
    back = hubspot.get(f"{base}/{kind}/{other}/associations/meetings").json()["results"]
    types = next(row["associationTypes"] for row in back if row["toObjectId"] == meeting)
    assert [one["typeId"] for one in types] == [backward]
    path = f"{base}/meetings/{meeting}/associations/{kind}/{other}"
    for _ in range(2):
        assert hubspot.delete(path).status_code == 204
    assert hubspot.get(f"{base}/meetings/{meeting}/associations/{kind}").json() == {"results": []}


def test_a_failed_default_link_answers_200_with_errors(hubspot: Caller) -> None:
    meeting = new_meeting(hubspot)
    stem = f"/crm/objects/2026-03/meetings/{meeting}/associations/default"
    for path in (
        f"{stem}/contacts/1",
        f"{stem}/users/1",
        "/crm/v4/objects/deals/1/associations/default/0-1/2",
    ):
        reply = hubspot.call("PUT", path)
        assert reply.status_code == 200
        tables.batch_of(tables.DEFAULT_PAIR)(reply.json())
        assert reply.json()["numErrors"] == 1
        assert reply.json()["results"] == []


def test_labels_are_added_and_removed(hubspot: Caller) -> None:
    contact = hubspot.post("/crm/v3/objects/contacts", {"properties": {}}).json()["id"]
    company = hubspot.first_id(COMPANY)
    path = f"/crm/objects/2026-03/contacts/{contact}/associations/companies/{company}"
    made = hubspot.call("PUT", path, json=[PRIMARY])
    assert made.status_code == 201
    tables.LABELLED_PAIR(made.json())
    assert made.json()["labels"] == ["Primary"]

    def labels() -> list[int]:
        rows = hubspot.get(f"/crm/v4/objects/contacts/{contact}/associations/companies").json()["results"]
        return [one["typeId"] for row in rows for one in row["associationTypes"]]

    assert labels() == [1, 279]
    pair = {"from": {"id": contact}, "to": {"id": company}}
    stem = "/crm/associations/2026-03/contacts/companies/batch"
    gone = hubspot.post(f"{stem}/labels/archive", {"inputs": [{**pair, "types": [PRIMARY]}]})
    assert gone.status_code == 200
    tables.VOID_BATCH(gone.json())
    assert labels() == [279]
    hubspot.call("PUT", path, json=[PRIMARY])
    unlabelled = {**PRIMARY, "associationTypeId": 279}
    hubspot.post(f"{stem}/labels/archive", {"inputs": [{**pair, "types": [unlabelled]}]})
    assert labels() == []
    hubspot.post(f"{stem}/labels/archive", {"inputs": [{**pair, "types": [PRIMARY]}]})
    assert labels() == []


@pytest.mark.parametrize(
    "body",
    [
        [{**MEETING_TO_CONTACT, "associationTypeId": 206}],
        [{**MEETING_TO_CONTACT, "associationTypeId": 199}],
        [{**MEETING_TO_CONTACT, "associationTypeId": True}],
        [{**MEETING_TO_CONTACT, "associationCategory": "X"}],
        [{**MEETING_TO_CONTACT, "associationCategory": []}],
        [{}],
        [],
        {},
        ["x"],
        "x",
    ],
)
def test_wrong_labels(standing: Caller, body: Any) -> None:
    meeting, contact = standing.first_id(MEETING), standing.first_id(CONTACT)
    path = f"/crm/objects/2026-03/meetings/{meeting}/associations/contacts/{contact}"
    reply = standing.call("PUT", path, json=body)
    assert reply.status_code == 400
    tables.ERROR(reply.json())


def test_unknown_records_and_types(standing: Caller) -> None:
    meeting = standing.first_id(MEETING)
    stem = "/crm/objects/2026-03/meetings"
    assert standing.get(f"{stem}/1/associations/contacts").status_code == 404
    assert standing.get(f"{stem}/{meeting}/associations/yaks").status_code == 400
    assert standing.get(f"{stem}/{meeting}/associations/contacts?limit=501").status_code == 400
    path = f"{stem}/{meeting}/associations/contacts/1"
    assert standing.call("PUT", path, json=[MEETING_TO_CONTACT]).status_code == 404
    users = f"{stem}/{meeting}/associations/users/1"
    assert standing.call("PUT", users, json=[MEETING_TO_CONTACT]).status_code == 400
    assert standing.get("/crm/v4/associations/meetings/users/labels").status_code == 400


def test_association_pages(hubspot: Caller) -> None:
    contact = hubspot.post("/crm/v3/objects/contacts", {"properties": {}}).json()["id"]
    meetings = [record.id for record in hubspot.store.all(MEETING)][:5]
    for meeting in reversed(meetings):
        hubspot.store.associate(CONTACT, contact, MEETING, meeting)
    path = f"/crm/objects/2026-03/contacts/{contact}/associations/meetings"
    first = hubspot.get(path, limit=3).json()
    tables.LABELLED_PAGE(first)
    second = hubspot.get(path, limit=3, after=first["paging"]["next"]["after"]).json()
    assert [row["toObjectId"] for row in first["results"] + second["results"]] == meetings
    assert "paging" not in second
    hubspot.store.archive(hubspot.store.get(MEETING, meetings[0]))  # type: ignore[arg-type]
    assert len(hubspot.get(path).json()["results"]) == 4


@pytest.mark.parametrize("base", PAIRS)
def test_batches(hubspot: Caller, base: str) -> None:
    meeting, contact = new_meeting(hubspot), hubspot.first_id(CONTACT)
    stem = f"{base}/meetings/contacts/batch"
    pair = {"from": {"id": meeting}, "to": {"id": contact}}
    lost = {"from": {"id": meeting}, "to": {"id": "1"}}
    made = hubspot.post(f"{stem}/associate/default", {"inputs": [pair, lost]})
    assert made.status_code == 200
    tables.batch_of(tables.DEFAULT_PAIR)(made.json())
    assert made.json()["numErrors"] == 1
    typed = [{**one, "types": [MEETING_TO_CONTACT]} for one in (pair, lost)]
    assert hubspot.post(f"{stem}/create", {"inputs": typed[:1]}).status_code == 201
    some = hubspot.post(f"{stem}/create", {"inputs": typed})
    assert some.status_code == 207
    tables.batch_of(tables.LABELLED_PAIR)(some.json())
    read = hubspot.post(f"{stem}/read", {"inputs": [{"id": meeting}, {"id": "5"}]})
    assert read.status_code == 207
    tables.batch_of(tables.MANY_LABELLED)(read.json())
    assert [row["toObjectId"] for row in read.json()["results"][0]["to"]] == [contact]
    assert read.json()["errors"][0]["subCategory"] == "crm.associations.NO_ASSOCIATIONS_FOUND"
    gone = hubspot.post(f"{stem}/archive", {"inputs": [{**pair, "to": [pair["to"]]}]})
    assert gone.status_code == (204 if "v4" in base else 200)
    assert hubspot.post(f"{stem}/read", {"inputs": [{"id": meeting}]}).json()["results"] == []


def test_a_batch_read_has_a_page_for_each_id(hubspot: Caller) -> None:
    contact = hubspot.post("/crm/v3/objects/contacts", {"properties": {}}).json()["id"]
    for number in range(501):
        made = hubspot.store.create(MEETING, {"hs_meeting_title": str(number)})
        hubspot.store.associate(CONTACT, contact, MEETING, made.id)
    path = "/crm/associations/2026-03/contacts/meetings/batch/read"
    first = hubspot.post(path, {"inputs": [{"id": contact}]}).json()["results"][0]
    tables.MANY_LABELLED(first)
    assert len(first["to"]) == 500
    after = first["paging"]["next"]["after"]
    rest = hubspot.post(path, {"inputs": [{"id": contact, "after": after}]}).json()["results"][0]
    assert len(rest["to"]) == 1
    assert "paging" not in rest
    shown = hubspot.get(f"/crm/v3/objects/contacts/{contact}", associations="meetings").json()
    assert len(shown["associations"]["meetings"]["results"]) == 100
    assert "paging" in shown["associations"]["meetings"]


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("read", {"inputs": [{"id": "1"}] * 1001}),
        ("read", {"inputs": [{"id": "1", "after": "x"}]}),
        ("read", {}),
        ("create", {"inputs": [{}] * 2001}),
        ("create", {"inputs": "x"}),
        ("archive", {"inputs": [{}] * 101}),
        ("archive", {"inputs": [{"from": {"id": "1"}, "to": "x"}]}),
        ("archive", {"inputs": [{"from": "x", "to": []}]}),
        ("labels/archive", {"inputs": [{"types": "x"}]}),
        ("associate/default", {"inputs": [5]}),
    ],
)
def test_wrong_batches(standing: Caller, verb: str, body: dict[str, Any]) -> None:
    reply = standing.post(f"/crm/associations/2026-03/meetings/contacts/batch/{verb}", body)
    assert reply.status_code == 400
    tables.ERROR(reply.json())


@pytest.mark.parametrize("word", ["200", "meeting_event_to_contact"])
def test_version_3_form(hubspot: Caller, word: str) -> None:
    meeting, contact = new_meeting(hubspot), hubspot.first_id(CONTACT)
    stem = f"/crm/v3/objects/meetings/{meeting}/associations/contacts"
    made = hubspot.call("PUT", f"{stem}/{contact}/{word}")
    assert made.status_code == 200
    tables.RECORD(made.json())
    assert [row["id"] for row in made.json()["associations"]["contacts"]["results"]] == [contact]
    listed = hubspot.get(stem).json()["results"]
    assert listed == [{"id": contact, "type": "meeting_event_to_contact"}]
    assert hubspot.delete(f"{stem}/{contact}/{word}").status_code == 204
    assert hubspot.get(stem).json() == {"results": []}
    for wrong in ("206", "nonsense", "9" * 20):
        assert hubspot.call("PUT", f"{stem}/{contact}/{wrong}").status_code == 400


def test_version_3_batches(hubspot: Caller) -> None:
    meeting, contact = new_meeting(hubspot), hubspot.first_id(CONTACT)
    stem = "/crm/v3/associations/meetings/contacts"
    names = hubspot.get(f"{stem}/types").json()["results"]
    assert names[0] == {"id": "200", "name": "meeting_event_to_contact"}
    assert [one["name"] for one in names[1:]] == ["decision_maker", "led_by"]
    row = {"from": {"id": meeting}, "to": {"id": contact}, "type": "meeting_event_to_contact"}
    wrong = {**row, "type": "206"}
    made = hubspot.post(f"{stem}/batch/create", {"inputs": [row, wrong]})
    assert made.status_code == 207
    assert made.json()["results"] == [row]
    assert hubspot.post(f"{stem}/batch/create", {"inputs": [{**row, "type": 200}]}).status_code == 201
    read = hubspot.post(f"{stem}/batch/read", {"inputs": [{"id": meeting}, {"id": "3"}]}).json()
    assert read["results"][0]["to"] == [{"id": contact, "type": "meeting_event_to_contact"}]
    assert read["numErrors"] == 1
    assert hubspot.post(f"{stem}/batch/archive", {"inputs": [row]}).status_code == 204
    assert hubspot.store.associated(MEETING, meeting, CONTACT) == []


def test_any_record_scope_opens_associations_but_owners_do_not(hubspot: Caller) -> None:
    for scope in (
        "crm.objects.contacts.read",
        "crm.objects.deals.write",
        "tickets",
        "crm.objects.users.read",
    ):
        assert hubspot.with_scopes(scope).get(f"{PAIRS[0]}/meetings/deals/labels").status_code == 200
    for scope in ("crm.objects.owners.read", "oauth", "files"):
        refused = hubspot.with_scopes(scope).get(f"{PAIRS[0]}/meetings/deals/labels")
        assert refused.status_code == 403
        assert refused.json()["category"] == "MISSING_SCOPES"
