"""Activities of API v2: strict bodies, UTC times, cursors."""

from typing import Any

import pytest

from tests.sandbox.pipedrive.calling import Caller

ACTIVITIES = "/api/v2/activities"


def made(caller: Caller, **fields: Any) -> dict[str, Any]:
    reply = caller.post(ACTIVITIES, {"subject": "Demo", "type": "meeting", **fields})
    assert reply.status_code == 200, reply.text
    data: dict[str, Any] = reply.json()["data"]
    return data


def test_an_activity_with_everything(pipedrive: Caller) -> None:
    body = {
        "due_date": "2026-11-24",
        "due_time": "23:30",
        "duration": "01:15:00",
        "location": {"value": "https://meet.example/room"},
        "participants": [{"person_id": 6002, "primary": False}, {"person_id": 6001, "primary": True}],
        "deal_id": 301,
        "org_id": 801,
        "lead_id": next(iter(pipedrive.company.leads)),
        "priority": 3,
        "note": "<b>private</b>",
        "public_description": "for guests",
        "done": True,
    }
    data = made(pipedrive, **body)
    assert (data["due_time"], data["duration"], data["person_id"]) == ("23:30:00", "01:15:00", 6001)
    assert data["location"]["value"] == "https://meet.example/room"
    assert data["location"]["country"] is None
    assert (data["busy"], data["marked_as_done_time"]) == (True, "2026-11-23T08:00:00Z")
    assert data["conference_meeting_url"] is None
    assert "attendees" not in data
    assert pipedrive.get(f"{ACTIVITIES}/{data['id']}").json()["data"] == data


def test_without_anything_it_is_a_call(pipedrive: Caller) -> None:
    data = pipedrive.post(ACTIVITIES, {}).json()["data"]
    assert (data["subject"], data["type"], data["busy"], data["due_date"]) == ("Call", "call", False, None)


def test_one_participant_is_primary(pipedrive: Caller) -> None:
    data = made(pipedrive, participants=[{"person_id": 6003}, {"person_id": 6004}])
    assert [row["primary"] for row in data["participants"]] == [True, False]
    assert data["person_id"] == 6003


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("person_id", 6001, "ERR_BAD_REQUEST"),
        ("conference_meeting_url", "https://x.example", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("user_id", 1, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("subject", 5, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("type", "fax", "ERR_BAD_REQUEST"),
        ("type", None, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("due_date", "2026-13-01", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("due_date", "20261101", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("due_time", "9:00", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("due_time", "25:00", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("duration", "90", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("done", 1, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("busy", "true", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("priority", True, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("owner_id", 1, "ERR_BAD_REQUEST"),
        ("deal_id", 1, "ERR_BAD_REQUEST"),
        ("deal_id", "301", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("lead_id", "x", "ERR_BAD_REQUEST"),
        ("project_id", 1, "ERR_BAD_REQUEST"),
        ("location", "Berlin", "ERR_SCHEMA_VALIDATION_FAILED"),
        ("location", {"place": "Berlin"}, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("location", {"value": 1}, "ERR_SCHEMA_VALIDATION_FAILED"),
        ("participants", [{"person_id": 1}], "ERR_BAD_REQUEST"),
        ("participants", [{"person_id": 6001}, {"person_id": 6001}], "ERR_BAD_REQUEST"),
        ("participants", [{"person_id": 6001, "primary_flag": True}], "ERR_SCHEMA_VALIDATION_FAILED"),
        (
            "participants",
            [{"person_id": 6001, "primary": True}, {"person_id": 6002, "primary": True}],
            "ERR_BAD_REQUEST",
        ),
        ("attendees", [{"email_address": "a@b.example"}], "ERR_SCHEMA_VALIDATION_FAILED"),
        ("attendees", [{"name": "A"}], "ERR_SCHEMA_VALIDATION_FAILED"),
        ("attendees", [{"email": 1}], "ERR_SCHEMA_VALIDATION_FAILED"),
    ],
)
def test_wrong_bodies_have_their_code(pipedrive: Caller, field: str, value: Any, code: str) -> None:
    reply = pipedrive.post(ACTIVITIES, {field: value})
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert set(reply.json()) == {"success", "error", "code"}


def test_changing_and_deleting(pipedrive: Caller) -> None:
    data = made(pipedrive, attendees=[{"email": "a@b.example"}])
    path = f"{ACTIVITIES}/{data['id']}"
    pipedrive.sandbox.clock.advance(5)
    changed = pipedrive.patch(path, {"done": True, "participants": None}).json()["data"]
    assert (changed["done"], changed["update_time"]) == (True, "2026-11-23T08:00:05Z")
    assert changed["participants"] == []
    undone = pipedrive.patch(path, {"done": False}).json()["data"]
    assert undone["marked_as_done_time"] is None
    attendees = pipedrive.get(path, include_fields="attendees").json()["data"]["attendees"]
    assert attendees[0]["email"] == "a@b.example"
    assert pipedrive.delete(path).json() == {"success": True, "data": {"id": data["id"]}}
    assert pipedrive.get(path).json()["data"]["is_deleted"] is True
    assert pipedrive.delete(path).status_code == 404
    assert pipedrive.patch(path, {}).status_code == 404
    assert pipedrive.get(f"{ACTIVITIES}/1").status_code == 404
    assert pipedrive.get(f"{ACTIVITIES}/one").status_code == 400


@pytest.mark.parametrize("key", ["id", "due_date", "add_time", "update_time"])
@pytest.mark.parametrize("way", ["asc", "desc"])
def test_cursors_lead_through_everything_once(pipedrive: Caller, key: str, way: str) -> None:
    made(pipedrive)
    seen: list[int] = []
    values: list[Any] = []
    query: dict[str, Any] = {"limit": 5, "sort_by": key, "sort_direction": way}
    while True:
        body = pipedrive.get(ACTIVITIES, **query).json()
        seen += [row["id"] for row in body["data"]]
        values += [row[key] or "" for row in body["data"]]
        cursor = body["additional_data"]["next_cursor"]
        if cursor is None:
            break
        query["cursor"] = cursor
    assert sorted(seen) == sorted(pipedrive.company.activities.rows)
    assert values == sorted(values, reverse=way == "desc")


def test_filters(pipedrive: Caller) -> None:
    data = made(pipedrive, deal_id=301, participants=[{"person_id": 6005}])
    for query in (
        {"deal_id": 301},
        {"ids": str(data["id"])},
        {"updated_since": "2026-11-23T08:00:00Z", "deal_id": 301},
        {"person_id": 6005, "deal_id": 301, "done": "false"},
        {"owner_id": 14430217, "deal_id": 301},
    ):
        rows = pipedrive.get(ACTIVITIES, **query).json()["data"]
        assert [row["id"] for row in rows] == [data["id"]], query
    assert pipedrive.get(ACTIVITIES, updated_until="2026-11-23T08:00:00Z").json()["data"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "501"},
        {"limit": "0"},
        {"cursor": "x"},
        {"cursor": "WyJpZCIsdHJ1ZSwxLDFd"},
        {"cursor": "é"},
        {"sort_by": "subject"},
        {"done": "maybe"},
        {"ids": ",".join(["1"] * 101)},
        {"ids": "a"},
        {"filter_id": "3"},
        {"updated_since": "2026-11-23T08:00:00.123Z"},
        {"updated_since": "2026-02-30T08:00:00Z"},
        {"include_fields": "colour"},
    ],
)
def test_wrong_queries(standing: Caller, query: dict[str, str]) -> None:
    reply = standing.get(ACTIVITIES, **query)
    assert reply.status_code == 400
    assert reply.json()["success"] is False


def test_activity_types_have_an_inactive_one(standing: Caller) -> None:
    types = standing.get("/v1/activityTypes").json()["data"]
    assert [one["key_string"] for one in types if not one["active_flag"]] == ["fax"]
    assert [one["order_nr"] for one in types] == list(range(1, 9))
