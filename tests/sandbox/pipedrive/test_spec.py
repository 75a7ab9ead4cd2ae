"""Every reply of every operation against Pipedrive's OpenAPI documents."""

import re
from typing import Any

import httpx
import pytest

from app.sandbox.pipedrive.app import operations
from app.sandbox.pipedrive.operations import Operation
from tests.sandbox.pipedrive.calling import LINK, Caller
from tests.sandbox.pipedrive.openapi import DOCUMENTS, differences, nulls, operation, unknown

pytestmark = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="Pipedrive's OpenAPI documents (../shared/specs/pipedrive) are not here"
)
NAMES = [f"v{one.version} {one.method} {one.path}" for one in operations()]
# Names that Pipedrive's samples, or its prose, have beyond the schemas.
BEYOND = {
    "title", "creator_user_id", "archive_time", "local_won_date", "local_lost_date", "local_close_date",
    "pinned_to_lead_flag", "address", "notes_count", "open_deals_count", "pagination",
}  # fmt: skip
# What Pipedrive leaves unset is null there, although the documents say `nullable` of little of it.
UNSET = re.compile(
    r"(.*(_id|_time|_flag|icon_url|address|organization|person|deal|project|task|label|next_cursor|location"
    r"|due_date|duration|conference_meeting_\w+|public_description|priority|note|_date|name"
    r"|value|country|admin_area_level_\d|locality|sublocality|route|street_number|subpremise|postal_code))"
    r"|\$\.data"
)


def filled(caller: Caller, one: Operation) -> tuple[str, Any]:
    """The path with ids of the world, and a body that is right."""
    company = caller.company
    person = company.persons.all()[0]["id"]
    note = company.notes.all()[0]["id"]
    ids = {
        "/notes": note,
        "/activities": company.activities.all()[1]["id"],
        "/persons": person,
        "/organizations": company.organizations.all()[-1]["id"],
        "/deals": company.deals.all()[0]["id"],
        "/meetings": LINK,
    }
    first = "/" + one.path.split("/")[1]
    path = one.path.replace("{id}", str(ids.get(first)))
    caller.post("/v1/meetings/userProviderLinks", caller.link_body()).raise_for_status()
    comment = caller.post(f"/v1/notes/{note}/comments", {"content": "seen"}).json()["data"]["uuid"]
    path = path.replace("{comment_id}", comment)
    bodies: dict[str, Any] = {
        "/notes": {"content": "<p>hello</p>", "person_id": person, "pinned_to_person_flag": 1},
        "/meetings": caller.link_body(),
        "/activities": {
            "subject": "Demo",
            "type": "meeting",
            "due_date": "2026-11-24",
            "due_time": "09:30",
            "duration": "00:45",
            "location": {"value": "https://meet.example/x"},
            "participants": [{"person_id": person, "primary": True}],
            "attendees": [{"email": "a@b.example"}],
        },
    }
    if one.path.endswith("search") or one.path == "/itemSearch":
        path += "?term=no&limit=3&search_for_related_items=true"
    return path, bodies.get(first) if one.method in ("POST", "PUT", "PATCH") else None


def checked(reply: httpx.Response, documented: dict[str, Any]) -> None:
    responses = documented["responses"]
    assert str(reply.status_code) in responses, reply.text
    schema = responses[str(reply.status_code)]["content"]["application/json"]["schema"]
    body = reply.json()
    assert differences(schema, body) == []
    assert {name for name in unknown(schema, body) if name.rpartition(".")[2] not in BEYOND} == set()
    assert {name for name in nulls(schema, body) if not UNSET.fullmatch(name)} == set()


@pytest.mark.parametrize("one", operations(), ids=NAMES)
def test_a_good_call_is_answered_as_documented(pipedrive: Caller, one: Operation) -> None:
    path, body = filled(pipedrive, one)
    prefix = "/api/v2" if one.version == 2 else "/api/v1"
    documented = operation(one.version, one.method, one.path.replace("{comment_id}", "{commentId}"))
    reply = pipedrive.call(one.method, prefix + path, json=body)
    assert reply.json()["success"] is True
    checked(reply, documented)


@pytest.mark.parametrize("one", operations(), ids=NAMES)
def test_costs_and_scopes_are_the_documented_ones(one: Operation) -> None:
    documented = operation(one.version, one.method, one.path.replace("{comment_id}", "{commentId}"))
    assert one.cost == documented["x-token-cost"]
    scopes = [way["oauth2"] for way in documented["security"] if "oauth2" in way]
    assert [set(one.scopes)] == [set(some) for some in scopes]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/meetings/userProviderLinks", 401),
        ("DELETE", "/v1/meetings/userProviderLinks/not-a-uuid", 403),
    ],
)
def test_documented_refusals_have_the_documented_shape(
    pipedrive: Caller, method: str, path: str, status: int
) -> None:
    reply = pipedrive.call(method, path, json={})
    assert reply.status_code == status
    known = path.removeprefix("/v1").replace("not-a-uuid", "{id}")
    checked(reply, operation(1, method, known))


def test_a_bad_token_has_the_documented_shape(pipedrive: Caller) -> None:
    reply = pipedrive.using("nobody").get("/v1/users/me")
    schema = operation(1, "GET", "/users/me")["responses"]["401"]["content"]["application/json"]["schema"]
    assert reply.status_code == 401
    assert differences(schema, reply.json()) == []


def test_the_checker_finds_what_is_wrong() -> None:
    schema = operation(2, "GET", "/activities")["responses"]["200"]["content"]["application/json"]["schema"]
    row = {"id": "1", "done": 1, "participants": [{"person_id": "x"}], "colour": "red"}
    body = {"success": "yes", "data": [row], "additional_data": {"next_cursor": None}}
    assert len(differences(schema, body)) == 4
    assert unknown(schema, body) == ["$.data[].colour"]
    assert nulls(schema, body) == {"$.additional_data.next_cursor"}
