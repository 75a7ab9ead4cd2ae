"""Batches of records: all or nothing, row by row with trace ids, and their limits."""

from typing import Any

import pytest

from app.sandbox.crm.object_types import CONTACT
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller

BASE = "/crm/objects/2026-03/contacts/batch"
BATCH = tables.batch_of(tables.RECORD)


def rows(*mails: str, **more: Any) -> dict[str, Any]:
    return {"inputs": [{"properties": {"email": mail}, "associations": [], **more} for mail in mails]}


def test_create_is_all_or_nothing(hubspot: Caller) -> None:
    made = hubspot.post(f"{BASE}/create", rows("a@p.example", "b@p.example"))
    assert made.status_code == 201
    BATCH(made.json())
    before = hubspot.store.count(CONTACT)
    assert hubspot.post(f"{BASE}/create", rows("c@p.example", "a@p.example")).status_code == 409
    assert hubspot.post(f"{BASE}/create", rows("c@p.example", "bad")).status_code == 400
    assert hubspot.post(f"{BASE}/create", rows("c@p.example", "C@p.example")).status_code == 400
    assert hubspot.store.count(CONTACT) == before


def test_trace_ids_make_every_row_count_alone(hubspot: Caller) -> None:
    taken = hubspot.post(f"{BASE}/create", rows("a@p.example")).json()["results"][0]["id"]
    body = rows("a@p.example", "b@p.example")
    for number, row in enumerate(body["inputs"]):
        row["objectWriteTraceId"] = f"t{number}"
    reply = hubspot.post(f"{BASE}/create", body)
    assert reply.status_code == 207
    BATCH(reply.json())
    assert reply.json()["numErrors"] == 1
    error = reply.json()["errors"][0]
    assert error["context"]["objectWriteTraceId"] == ["t0"]
    assert error["message"].endswith(taken)
    assert [row["objectWriteTraceId"] for row in reply.json()["results"]] == ["t1"]


def test_read_by_email_and_with_unknown_ids(hubspot: Caller) -> None:
    made = hubspot.post(f"{BASE}/create", rows("a@p.example")).json()["results"][0]["id"]
    body = {
        "inputs": [{"id": "a@p.example"}, {"id": "zz@p.example"}, {"id": "a@p.example"}],
        "idProperty": "email",
        "properties": ["email"],
        "propertiesWithHistory": ["email"],
    }
    reply = hubspot.post(f"{BASE}/read", body)
    assert reply.status_code == 207
    BATCH(reply.json())
    assert [row["id"] for row in reply.json()["results"]] == [made]
    assert reply.json()["errors"][0]["context"]["ids"] == ["zz@p.example"]
    assert hubspot.post(f"{BASE}/read", {**body, "inputs": [{"id": "a@p.example"}]}).status_code == 200
    assert hubspot.post(f"{BASE}/read", {**body, "idProperty": "city"}).status_code == 400
    assert hubspot.post(f"{BASE}/read", {**body, "idProperty": 5}).status_code == 400


def test_update(hubspot: Caller) -> None:
    known = hubspot.first_id(CONTACT)
    row = {"id": known, "properties": {"city": "Bonn"}}
    reply = hubspot.post(f"{BASE}/update", {"inputs": [row, {"id": "5", "properties": {"city": "X"}}]})
    assert reply.status_code == 207
    BATCH(reply.json())
    assert reply.json()["results"][0]["properties"]["city"] == "Bonn"
    assert reply.json()["errors"][0]["category"] == "OBJECT_NOT_FOUND"
    bad = {"inputs": [{"id": known, "properties": {"city": "Ulm"}}, {"id": known, "properties": {"no": "1"}}]}
    assert hubspot.post(f"{BASE}/update", bad).status_code == 400
    assert hubspot.store.find_by(CONTACT, "hs_object_id", known).properties["city"] == "Bonn"  # type: ignore[union-attr]
    for one in bad["inputs"]:
        one["objectWriteTraceId"] = "t"
    assert hubspot.post(f"{BASE}/update", bad).status_code == 207


def test_upsert_says_what_is_new(hubspot: Caller) -> None:
    hubspot.post(f"{BASE}/create", rows("a@p.example"))
    body = {
        "inputs": [
            {"id": mail, "idProperty": "email", "properties": {"city": "Bonn"}}
            for mail in ("a@p.example", "b@p.example")
        ]
    }
    reply = hubspot.post(f"{BASE}/upsert", body)
    assert reply.status_code == 200
    BATCH(reply.json())
    assert [row["new"] for row in reply.json()["results"]] == [False, True]
    assert hubspot.store.find_by(CONTACT, "email", "b@p.example") is not None
    unknown = hubspot.post(f"{BASE}/upsert", {"inputs": [{"id": "7", "properties": {"city": "Bonn"}}]})
    assert unknown.status_code == 207
    assert unknown.json()["results"] == []


def test_archive_passes_over_unknown_ids(hubspot: Caller) -> None:
    known = hubspot.first_id(CONTACT)
    reply = hubspot.post(f"{BASE}/archive", {"inputs": [{"id": known}, {"id": "5"}]})
    assert (reply.status_code, reply.content) == (204, b"")
    assert hubspot.get(f"/crm/v3/objects/contacts/{known}").status_code == 404


@pytest.mark.parametrize("verb", ["read", "create", "update", "upsert", "archive"])
@pytest.mark.parametrize(
    "body", [{}, {"inputs": "x"}, {"inputs": ["x"]}, {"inputs": [{"id": "1"}] * 101}, [], "x", None]
)
def test_wrong_batches(standing: Caller, verb: str, body: Any) -> None:
    reply = standing.post(f"{BASE}/{verb}", body)
    assert reply.status_code == 400
    tables.ERROR(reply.json())


@pytest.mark.parametrize("verb", ["read", "update", "archive"])
@pytest.mark.parametrize("row", [{}, {"id": None}, {"id": True}, {"id": {}}, {"id": " "}])
def test_rows_without_an_id(standing: Caller, verb: str, row: dict[str, Any]) -> None:
    reply = standing.post(f"{BASE}/{verb}", {"inputs": [row]})
    assert reply.status_code == 400
    tables.ERROR(reply.json())


@pytest.mark.parametrize("verb", ["create", "upsert"])
def test_rows_without_properties(standing: Caller, verb: str) -> None:
    row = {"id": "x@p.example", "idProperty": "email", "properties": "x"}
    reply = standing.post(f"{BASE}/{verb}", {"inputs": [row]})
    assert reply.status_code == (400 if verb == "create" else 207)
    assert "results" not in reply.json() or reply.json()["results"] == []
