"""Search: every operator against a plain filter of the store, the limits, paging, sorting, text and lag."""

from collections.abc import Callable
from typing import Any

import pytest

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from app.sandbox.instants import epoch_ms, parse_instant
from tests.sandbox.calling import MONDAY, Caller

Values = dict[str, str | None]
DAY = 86_400_000
NOW = epoch_ms(MONDAY)


def ids(caller: Caller, kind: str, **body: Any) -> list[str]:
    reply = caller.post(f"/crm/objects/2026-03/{kind}/search", {"limit": 200, **body})
    assert reply.status_code == 200, reply.text
    found = [row["id"] for row in reply.json()["results"]]
    assert reply.json()["total"] == len(found) or reply.json()["total"] > 200
    return found


def where(name: str, operator: str, *values: str) -> list[dict[str, Any]]:
    one: dict[str, Any] = {"propertyName": name, "operator": operator}
    if operator in ("IN", "NOT_IN"):
        one["values"] = list(values)
    elif operator == "BETWEEN":
        one["value"], one["highValue"] = values
    elif values:
        one["value"] = values[0]
    return [{"filters": [one]}]


def ms(values: Values, name: str) -> int:
    moment = parse_instant(values.get(name) or "")
    assert moment is not None
    return epoch_ms(moment)


def amount(values: Values) -> float:
    return float(values["amount"] or 0)


CASES: tuple[tuple[str, str, tuple[str, ...], Callable[[Values], bool]], ...] = (
    ("dealstage", "EQ", ("CLOSEDWON",), lambda v: v["dealstage"] == "closedwon"),
    ("dealstage", "NEQ", ("closedwon",), lambda v: v["dealstage"] != "closedwon"),
    ("dealstage", "IN", ("closedwon", "closedlost"), lambda v: v["dealstage"] in ("closedwon", "closedlost")),
    ("dealstage", "NOT_IN", ("closedwon",), lambda v: v["dealstage"] != "closedwon"),
    ("amount", "LT", ("30000",), lambda v: amount(v) < 30000),
    ("amount", "LTE", ("30000",), lambda v: amount(v) <= 30000),
    ("amount", "GT", ("30000",), lambda v: amount(v) > 30000),
    ("amount", "GTE", ("30000",), lambda v: amount(v) >= 30000),
    ("amount", "BETWEEN", ("20000", "40000"), lambda v: 20000 <= amount(v) <= 40000),
    ("amount", "EQ", ("68100.0",), lambda v: amount(v) == 68100),
    ("closedate", "GTE", (str(NOW),), lambda v: ms(v, "closedate") >= NOW),
    (
        "closedate",
        "BETWEEN",
        (str(NOW), str(NOW + 30 * DAY)),
        lambda v: 0 <= ms(v, "closedate") - NOW <= 30 * DAY,
    ),
    ("dealname", "CONTAINS_TOKEN", ("ROLLOUT",), lambda v: "rollout" in (v["dealname"] or "").split()),
    ("dealname", "CONTAINS_TOKEN", ("*north*",), lambda v: "north" in (v["dealname"] or "").lower()),
    (
        "dealname",
        "NOT_CONTAINS_TOKEN",
        ("rollout",),
        lambda v: "rollout" not in (v["dealname"] or "").split(),
    ),
    ("hs_priority", "HAS_PROPERTY", (), lambda v: bool(v.get("hs_priority"))),
    ("description", "NOT_HAS_PROPERTY", (), lambda v: not v.get("description")),
)


@pytest.mark.parametrize(("name", "operator", "values", "expected"), CASES)
def test_operators(
    standing: Caller, name: str, operator: str, values: tuple[str, ...], expected: Callable[[Values], bool]
) -> None:
    found = ids(standing, "deals", filterGroups=where(name, operator, *values))
    wanted = [record.id for record in standing.store.all(DEAL) if expected(record.properties)]
    assert sorted(found) == sorted(wanted)
    assert len(wanted) < standing.store.count(DEAL) or operator == "NOT_HAS_PROPERTY"


def test_lists_of_text_are_looked_up_in_lower_case(standing: Caller) -> None:
    assert ids(standing, "companies", filterGroups=where("name", "IN", "northwind"))
    assert not ids(standing, "companies", filterGroups=where("name", "IN", "Northwind"))


def test_groups_are_or_and_filters_are_and(standing: Caller) -> None:
    won, big = where("dealstage", "EQ", "closedwon"), where("amount", "GT", "50000")
    both = [{"filters": won[0]["filters"] + big[0]["filters"]}]
    either = ids(standing, "deals", filterGroups=won + big)
    assert set(either) == set(ids(standing, "deals", filterGroups=won)) | set(
        ids(standing, "deals", filterGroups=big)
    )
    assert set(ids(standing, "deals", filterGroups=both)) == set(
        ids(standing, "deals", filterGroups=won)
    ) & set(ids(standing, "deals", filterGroups=big))


def test_a_week_of_one_owner_in_order(standing: Caller) -> None:
    low, high = NOW - 30 * DAY, NOW + 30 * DAY
    owner = "1185011"
    filters = (
        where("hs_meeting_start_time", "BETWEEN", str(low), str(high))[0]["filters"]
        + where("hubspot_owner_id", "EQ", owner)[0]["filters"]
    )
    sorts = [{"propertyName": "hs_meeting_start_time", "direction": "ASCENDING"}]
    found = ids(standing, "meetings", filterGroups=[{"filters": filters}], sorts=sorts)
    wanted = [
        (ms(record.properties, "hs_meeting_start_time"), record.id)
        for record in standing.store.all(MEETING)
        if record.properties["hubspot_owner_id"] == owner
        and low <= ms(record.properties, "hs_meeting_start_time") <= high
    ]
    assert found == [number for _, number in sorted(wanted)]
    assert found
    backwards = [{"propertyName": "hs_meeting_start_time", "direction": "DESCENDING"}]
    assert ids(standing, "meetings", filterGroups=[{"filters": filters}], sorts=backwards) == found[::-1]
    assert (
        ids(standing, "meetings", filterGroups=[{"filters": filters}], sorts=["-hs_meeting_start_time"])
        == found[::-1]
    )


@pytest.mark.parametrize("operator", ["EQ", "GT", "GTE", "LT", "LTE"])
def test_the_start_index_agrees_with_a_full_scan(standing: Caller, operator: str) -> None:
    start = str(ms(next(iter(standing.store.all(MEETING))).properties, "hs_meeting_start_time"))
    narrowed = ids(standing, "meetings", filterGroups=where("hs_meeting_start_time", operator, start))
    scanned = ids(standing, "meetings", filterGroups=where("hs_timestamp", operator, start))
    assert set(narrowed) == set(scanned)
    assert narrowed


def test_the_start_index_follows_changes(hubspot: Caller) -> None:
    window = where("hs_meeting_start_time", "BETWEEN", str(NOW + 900 * DAY), str(NOW + 901 * DAY))
    assert ids(hubspot, "meetings", filterGroups=window) == []
    body = {"properties": {"hs_meeting_start_time": str(NOW + 900 * DAY)}}
    record_id = hubspot.post("/crm/v3/objects/meetings", body).json()["id"]
    assert ids(hubspot, "meetings", filterGroups=window) == [record_id]
    path = f"/crm/v3/objects/meetings/{record_id}"
    hubspot.patch(path, {"properties": {"hs_meeting_start_time": str(NOW + 950 * DAY)}})
    assert ids(hubspot, "meetings", filterGroups=window) == []
    hubspot.patch(path, {"properties": {"hs_meeting_start_time": ""}})
    hubspot.patch(path, {"properties": {"hs_meeting_start_time": str(NOW + 900 * DAY)}})
    assert ids(hubspot, "meetings", filterGroups=window) == [record_id]
    hubspot.delete(path)
    assert ids(hubspot, "meetings", filterGroups=window) == []


def test_association_filters(standing: Caller) -> None:
    meeting = next(iter(standing.store.all(MEETING)))
    contact = standing.store.associated(MEETING, meeting.id, CONTACT)[0]
    of_contact = set(standing.store.associated(CONTACT, contact, MEETING))
    for operator in ("EQ", "IN"):
        found = ids(standing, "meetings", filterGroups=where("associations.contact", operator, contact))
        assert set(found) == of_contact
    others = ids(standing, "meetings", filterGroups=where("associations.contact", "NEQ", contact))
    assert set(others).isdisjoint(of_contact)
    with_deal = ids(standing, "meetings", filterGroups=where("associations.deal", "HAS_PROPERTY"))
    without = ids(standing, "meetings", filterGroups=where("associations.deal", "NOT_HAS_PROPERTY"))
    assert len(with_deal) + len(without) == standing.store.count(MEETING)


def test_filters_without_a_group_are_one_group(standing: Caller) -> None:
    """As in the search guide's example: all tickets of one contact."""
    ticket = next(iter(standing.store.all(TICKET)))
    contact = standing.store.associated(TICKET, ticket.id, CONTACT)[0]
    grouped = where("associations.contact", "EQ", contact)
    bare = ids(standing, "tickets", filters=grouped[0]["filters"])
    assert bare == ids(standing, "tickets", filterGroups=grouped)
    assert len(bare) < standing.store.count(TICKET)
    unusable: list[Any] = [{}, "x", [5], grouped[0]["filters"] * 7]
    for filters in unusable:
        wrong = standing.post("/crm/v3/objects/tickets/search", {"filters": filters})
        assert wrong.status_code == 400, wrong.text


def test_free_text_looks_into_title_and_body_of_meetings_only(hubspot: Caller) -> None:
    values = {"hs_meeting_title": "Ququx", "hs_meeting_body": "Plumeria", "hs_meeting_location": "Zanzibar"}
    body = {"properties": {"hs_timestamp": "2026-12-01T09:00:00Z", **values}}
    record_id = hubspot.post("/crm/v3/objects/meetings", body).json()["id"]
    found = {word: ids(hubspot, "meetings", query=word) for word in values.values()}
    assert found == {"Ququx": [record_id], "Plumeria": [record_id], "Zanzibar": []}


def test_id_and_email_filters(standing: Caller) -> None:
    contact = next(iter(standing.store.all(CONTACT)))
    mail = (contact.properties["email"] or "").upper()
    assert ids(standing, "contacts", filterGroups=where("email", "EQ", mail)) == [contact.id]
    assert ids(standing, "contacts", filterGroups=where("email", "EQ", "none@x.example")) == []
    two = [record.id for record in standing.store.all(CONTACT)][:2]
    assert ids(standing, "contacts", filterGroups=where("hs_object_id", "IN", *two, "7")) == two
    at_company = where("email", "CONTAINS_TOKEN", "*@northwind.example")
    assert all("51" in number for number in ids(standing, "contacts", filterGroups=at_company))


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("ada", True),
        ("ADA oka", True),
        ("ada@north", True),
        ("northw", True),
        ("ada zzz", False),
        ("da", False),
    ],
)
def test_free_text_begins_words_of_the_documented_properties(standing: Caller, text: str, hit: bool) -> None:
    ada = standing.store.find_by(CONTACT, "email", "ada@northwind.example")
    assert ada is not None
    assert (ada.id in ids(standing, "contacts", query=text)) is hit


def test_free_text_finds_phones_and_companies(standing: Caller) -> None:
    company = next(iter(standing.store.all(COMPANY)))
    phone = (company.properties["phone"] or "").replace(" ", "")
    assert company.id in ids(standing, "companies", query=phone)
    assert company.id in ids(standing, "companies", query=company.properties["domain"])


def test_paging_by_number_text(standing: Caller) -> None:
    first = standing.post("/crm/v3/objects/contacts/search", {"limit": 100}).json()
    assert (first["total"], first["paging"]) == (600, {"next": {"after": "100"}})
    last = standing.post("/crm/v3/objects/contacts/search", {"limit": 100, "after": "500"}).json()
    assert "paging" not in last
    assert len(last["results"]) == 100
    default = standing.post("/crm/v3/objects/contacts/search", {}).json()
    assert len(default["results"]) == 10
    created = [row["createdAt"] for row in default["results"]]
    assert created == sorted(created)
    assert standing.post("/crm/v3/objects/contacts/search", {"limit": 0}).json()["results"] == []


def test_values_missing_sort_last(hubspot: Caller) -> None:
    record_id = hubspot.post("/crm/v3/objects/deals", {"properties": {"dealname": "No amount"}}).json()["id"]
    for direction in ("ASCENDING", "DESCENDING"):
        sorts = [{"propertyName": "amount", "direction": direction}]
        body = {"sorts": sorts, "limit": 1, "after": "200"}
        found = hubspot.post("/crm/v3/objects/deals/search", body).json()
        assert [row["id"] for row in found["results"]] == [record_id]


def groups(count: int, filters: int) -> dict[str, Any]:
    one = {"propertyName": "email", "operator": "HAS_PROPERTY"}
    return {"filterGroups": [{"filters": [one] * filters}] * count}


@pytest.mark.parametrize(
    "body",
    [
        groups(6, 1),
        groups(1, 7),
        groups(4, 5),
        {"limit": 201},
        {"limit": -1},
        {"limit": "many"},
        {"after": "9995", "limit": 10},
        {"after": "x"},
        {"after": -1},
        {"query": "x" * 3001},
        {"query": 5},
        {"sorts": ["email", "firstname"]},
        {"sorts": ["nope"]},
        {"sorts": [5]},
        {"sorts": "email"},
        {"sorts": [{"propertyName": "email", "direction": "UP"}]},
        {"properties": "email"},
        {"filterGroups": {}},
        {"filterGroups": [{"filters": [{}]}]},
        {"filterGroups": where("nope", "EQ", "1")},
        {"filterGroups": where("associations.yak", "EQ", "1")},
        {"filterGroups": where("email", "LIKE", "1")},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "EQ"}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "IN", "values": []}]}]},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "BETWEEN", "value": "1"}]}]},
        {"filterGroups": where("createdate", "GT", "yesterday")},
        {"filterGroups": where("hs_object_id", "GT", "abc")},
        {"filterGroups": [{"filters": [{"propertyName": "email", "operator": "EQ", "value": {}}]}]},
    ],
)
def test_wrong_searches(standing: Caller, body: dict[str, Any]) -> None:
    reply = standing.post("/crm/v3/objects/contacts/search", body)
    assert reply.status_code == 400, reply.text
    assert reply.json()["category"] == "VALIDATION_ERROR"
