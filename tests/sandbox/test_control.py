"""Steering over HTTP: trouble, the log, the world, the clock, and who may not steer."""

from typing import Any

import pytest
from starlette.types import Message

from app.sandbox.app import HubSpotApplication
from app.sandbox.crm.object_types import CONTACT
from app.sandbox.listener import Listener
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import MONDAY, TOKEN, Caller

PATH = "/account-info/2026-03/details"
MEI = 61240317
PAGE = "/scheduler/2026-03/meetings/meeting-links/book/availability-page/mei-nelson?timezone=UTC"


def starts(caller: Caller) -> set[int]:
    slots = caller.get(PAGE).json()["linkAvailability"]["linkAvailabilityByDuration"]
    return {slot["startMillisUtc"] for one in slots.values() for slot in one["availabilities"]}


def test_what_is_running(standing: Caller) -> None:
    about = standing.anonymous().get("/__sandbox__").json()
    assert [portal["hubId"] for portal in about["portals"]] == [8412770, 8412913]
    assert about["now"] == "2026-11-23T08:00:00.000Z"


def test_faults_over_http(hubspot: Caller) -> None:
    fault = {
        "kind": "rate_limited",
        "method": "get",
        "path": "/account-info/*",
        "nth": 2,
        "times": None,
        "probability": 1,
        "retry_after": "seconds",
        "seconds": 3,
    }
    steer = hubspot.anonymous()
    number = steer.post("/__sandbox__/faults", fault).json()["id"]
    assert [hubspot.get(PATH).status_code for _ in range(3)] == [200, 429, 429]
    row = steer.get("/__sandbox__/faults").json()["faults"][0]
    assert (row["id"], row["kind"], row["seen"], row["struck"]) == (number, "rate_limited", 3, 2)
    assert steer.delete(f"/__sandbox__/faults/{number}").status_code == 204
    assert steer.delete(f"/__sandbox__/faults/{number}").status_code == 404
    steer.post("/__sandbox__/faults", {"kind": "missing_scope", "scopes": ["tickets"], "applied": True})
    assert steer.delete("/__sandbox__/faults").status_code == 204
    assert hubspot.get(PATH).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "bad luck"},
        {"kind": 5},
        {"kind": "conflict", "colour": "red"},
        {"kind": "conflict", "nth": 0},
        {"kind": "conflict", "times": True},
        {"kind": "conflict", "probability": 2},
        {"kind": "conflict", "seconds": "1"},
        {"kind": "conflict", "status": 200},
        {"kind": "conflict", "retry_after": "soon"},
        {"kind": "conflict", "scopes": "x"},
        {"kind": "conflict", "path": ""},
        {"kind": "conflict", "applied": 1},
        [],
    ],
)
def test_wrong_faults(standing: Caller, body: Any) -> None:
    reply = standing.post("/__sandbox__/faults", body)
    assert reply.status_code == 400
    tables.ERROR(reply.json())
    assert standing.get("/__sandbox__/faults").json() == {"faults": []}


def test_the_log_shows_requests_and_not_the_steering(hubspot: Caller) -> None:
    hubspot.get(f"{PATH}?a=1")
    hubspot.post("/crm/v3/objects/contacts", {})
    hubspot.anonymous().get(PATH)
    hubspot.get("/__sandbox__/requests")
    rows = hubspot.get("/__sandbox__/requests").json()["requests"]
    assert [(row["method"], row["path"], row["status"]) for row in rows] == [
        ("GET", PATH, 200),
        ("POST", "/crm/v3/objects/contacts", 400),
        ("GET", PATH, 401),
    ]
    assert rows[0]["query"] == "a=1"
    assert rows[0]["time"] == "2026-11-23T08:00:00.000Z"
    assert rows[0]["service"] == "hubspot"
    only = hubspot.get("/__sandbox__/requests?method=POST&path=/crm").json()["requests"]
    assert len(only) == 1
    assert hubspot.delete("/__sandbox__/requests").status_code == 204
    assert hubspot.get("/__sandbox__/requests").json() == {"requests": []}


def test_occupying_takes_the_slot_away(hubspot: Caller) -> None:
    before = starts(hubspot)
    first = min(before)
    body = {"userId": MEI, "start": first, "end": first + 30 * 60_000}
    assert hubspot.post("/__sandbox__/world/occupy", body).status_code == 204
    left = starts(hubspot)
    assert first not in left
    later = MONDAY.replace(day=30)
    iso = {"userId": str(MEI), "start": later.isoformat(), "end": later.replace(hour=18).isoformat()}
    assert hubspot.post("/__sandbox__/world/occupy", {**iso, "hubId": 8412913}).status_code == 204
    assert starts(hubspot) == left
    assert hubspot.post("/__sandbox__/world/occupy", iso).status_code == 204
    assert starts(hubspot) < left


def test_going_offline(hubspot: Caller) -> None:
    body = {"userId": MEI, "offline": True}
    assert hubspot.post("/__sandbox__/world/offline", body).status_code == 204
    members = hubspot.get(PAGE).json()["allUsersBusyTimes"]
    assert [one["isOffline"] for one in members if one["meetingsUser"]["userId"] == str(MEI)] == [True]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("world/occupy", {"userId": 1, "start": 1, "end": 2}),
        ("world/occupy", {"userId": MEI, "start": 2, "end": 1}),
        ("world/occupy", {"userId": MEI, "start": "soon", "end": 1}),
        ("world/occupy", {"userId": MEI, "start": 1, "end": 2, "hubId": 5}),
        ("world/offline", {"userId": MEI, "offline": "yes"}),
        ("world/offline", {"userId": "9" * 30, "offline": True}),
        ("clock/advance", {"seconds": "1"}),
        ("clock/advance", {"seconds": 10**12}),
        ("limits", {"enforced": 1}),
        ("search-lag", {}),
        ("required", {"typeId": "yaks", "properties": []}),
        ("required", {"typeId": "contacts", "properties": "x"}),
        ("oauth/redirects", {"url": "http://evil.example/"}),
        ("oauth/redirects", {}),
        ("oauth/grant", {"scopes": ["made.up"]}),
        ("oauth/grant", {"hubId": 1}),
        ("oauth/grant", {"userId": []}),
        ("oauth/grant", {"scopes": "oauth"}),
    ],
)
def test_wrong_steering(standing: Caller, path: str, body: dict[str, Any]) -> None:
    reply = standing.post(f"/__sandbox__/{path}", body)
    assert reply.status_code == 400
    tables.ERROR(reply.json())


def test_clock_limits_lag_and_required(hubspot: Caller) -> None:
    moved = hubspot.post("/__sandbox__/clock/advance", {"seconds": 3600})
    assert moved.json() == {"now": "2026-11-23T09:00:00.000Z"}
    hubspot.post("/__sandbox__/limits", {"enforced": True})
    assert 429 in [hubspot.post("/crm/v3/objects/contacts/search", {}).status_code for _ in range(6)]
    hubspot.post("/__sandbox__/limits", {"enforced": False})
    assert hubspot.post("/crm/v3/objects/contacts/search", {}).status_code == 200
    hubspot.post("/__sandbox__/search-lag", {"seconds": 5})
    assert {portal.engine.lag_s for portal in hubspot.sandbox.portals} == {5}
    hubspot.post("/__sandbox__/required", {"typeId": "contacts", "properties": ["phone"]})
    assert hubspot.post("/crm/objects/2026-09/contacts", {"properties": {}}).status_code == 400


def test_tokens_end_and_are_granted(hubspot: Caller) -> None:
    granted = hubspot.post("/__sandbox__/oauth/grant", {"scopes": ["oauth"], "userId": MEI}).json()
    bearer = Caller(hubspot.sandbox, hubspot.client, hubspot.runner, granted["access_token"])
    assert bearer.get(PATH).status_code == 200
    assert hubspot.post("/__sandbox__/oauth/expire", {}).json() == {"expired": 1}
    assert bearer.get(PATH).json()["category"] == "EXPIRED_AUTHENTICATION"
    assert hubspot.get(PATH).status_code == 200
    extra = {"url": "http://localhost:5000/cb"}
    assert hubspot.post("/__sandbox__/oauth/redirects", extra).status_code == 204
    assert "http://localhost:5000/cb" in hubspot.get("/__sandbox__").json()["redirectUrls"]


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_web_pages_do_not_steer(standing: Caller, headers: dict[str, str]) -> None:
    for path in ("/__sandbox__", "/__sandbox__/oauth/grant", "/__sandbox__/faults"):
        reply = standing.anonymous().call("POST", path, json={}, headers=headers)
        assert reply.status_code == 403
        tables.ERROR(reply.json())


def test_steering_needs_this_host_and_ignores_faults(hubspot: Caller) -> None:
    refused = hubspot.call("GET", "/__sandbox__", headers={"Host": "evil.example"})
    assert refused.status_code == 421
    hubspot.post("/__sandbox__/faults", {"kind": "server_error", "times": None})
    assert hubspot.get(PATH).status_code == 500
    assert hubspot.get("/__sandbox__").status_code == 200
    assert hubspot.get("/__sandbox__/nowhere").status_code == 404
    assert hubspot.get("/__sandbox__/limits").status_code == 405
    assert hubspot.get("/__sandboxed").status_code == 500


def test_the_fixed_bearer_has_every_scope_and_no_end(hubspot: Caller) -> None:
    assert hubspot.bearer == TOKEN
    hubspot.sandbox.clock.advance(10**6)
    for path in ("/crm/v3/objects/tickets", "/crm/v3/owners", "/files/v3/files/search"):
        assert hubspot.get(path).status_code == 200
    assert hubspot.post("/crm/v3/objects/contacts", {"properties": {}}).status_code == 201
    assert hubspot.store.count(CONTACT) == 601


def test_a_request_is_in_the_log_before_its_caller_can_know_the_answer(hubspot: Caller) -> None:
    listener = Listener(hubspot.sandbox, "hubspot", HubSpotApplication(hubspot.sandbox))
    headers = [(b"host", b"localhost"), (b"authorization", f"Bearer {TOKEN}".encode())]
    scope = {"type": "http", "method": "GET", "path": PATH, "query_string": b"", "headers": headers}
    known: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            known.extend(row.status for row in hubspot.sandbox.requests.rows())

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    hubspot.runner.run(listener({**scope, "raw_path": PATH.encode()}, receive, send))
    assert known == [200]
    assert len(hubspot.sandbox.requests.rows()) == 1
