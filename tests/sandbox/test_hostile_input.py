"""Whatever is sent to whichever path, the answer is HubSpot's refusal or HubSpot's reply, never a crash."""

import string
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller, calling
from tests.sandbox.test_bearers import ROUTES

WORDS = tuple(
    word
    for line in (
        "inputs properties associations to from id types associationCategory associationTypeId",
        "HUBSPOT_DEFINED filterGroups filters propertyName operator value values highValue EQ IN BETWEEN",
        "CONTAINS_TOKEN sorts direction query limit after email hs_timestamp hs_meeting_start_time",
        "hubspot_owner_id idProperty objectWriteTraceId hs_pinned_engagement_id slug startTime duration",
        "firstName lastName formFields name legalConsentResponses likelyAvailableUserIds guestEmails",
        "timezone Europe/Berlin emailReminderSchedule",
    )
    for word in line.split()
)
PARAMETERS = (
    "limit after properties archived idProperty associations timezone monthOffset email organizerUserId "
    "type ids expirationSeconds"
)
ODD = ("51000000841", "51000006861", "200", "*", "9" * 400, "\x00", "é\U0001f600", "x" * 5000)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(WORDS)
    | st.sampled_from(
        ["51000000841", "51000006861", "200", "*", "9" * 400, "\x00", "é\U0001f600", "x" * 5000]
    )
)
KEYS = st.sampled_from(WORDS) | st.text(max_size=4)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)
MEASURED = settings(max_examples=120)


@pytest.fixture(scope="module")
def target() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


def check(reply: Any) -> None:
    assert reply.status_code < 500, reply.text
    if reply.status_code >= 400:
        tables.ERROR(reply.json())


@MEASURED
@given(route=st.sampled_from(ROUTES), body=JSON)
def test_any_json_on_any_route(target: Caller, route: tuple[str, str], body: Any) -> None:
    check(target.call(*route, json=body))


@MEASURED
@given(route=st.sampled_from(ROUTES), body=st.binary(max_size=200))
def test_any_bytes_on_any_route(target: Caller, route: tuple[str, str], body: bytes) -> None:
    kind = "multipart/form-data; boundary=b" if b"-" in body else "application/json"
    check(target.call(*route, content=body, headers={"Content-Type": kind}))


@MEASURED
@given(
    route=st.sampled_from([one for one in ROUTES if one[0] == "GET"]),
    query=st.dictionaries(
        st.sampled_from(
            ["limit", "after", "properties", "archived", "idProperty", "associations", "timezone"]
        )
        | st.sampled_from(["monthOffset", "email", "organizerUserId", "type", "ids", "expirationSeconds"]),
        st.text(alphabet=string.printable + "é\x00", max_size=12)
        | st.sampled_from(["9" * 30, "-1", "email"]),
        max_size=4,
    ),
)
def test_any_query_on_any_read(target: Caller, route: tuple[str, str], query: dict[str, str]) -> None:
    check(target.call(*route, params=query))


@MEASURED
@given(
    parts=st.lists(st.text(min_size=1, max_size=8) | st.sampled_from(["crm", "v3", "objects"]), max_size=7)
)
def test_any_path(target: Caller, parts: list[str]) -> None:
    path = "/" + "/".join(quote(part, safe="") for part in parts if part not in (".", ".."))
    if "__sandbox__" not in path and "oauth" not in path:
        check(target.call("POST", path, json={}))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"\xff\xfe",
        b'{"a":"\\ud800"}',
        b"NaN",
        b'{"a":1e999}',
    ],
)
def test_malformed_json_says_where(target: Caller, body: bytes) -> None:
    for path in (
        "/crm/v3/objects/contacts",
        "/crm/v3/objects/meetings/search",
        "/crm/v3/objects/0-1/batch/read",
    ):
        reply = target.call("POST", path, content=body)
        assert reply.status_code == 400
        tables.ERROR(reply.json())
        assert reply.json()["message"].startswith("Invalid input JSON on line 1, column ")


def test_a_fault_in_the_third_line_is_named(target: Caller) -> None:
    reply = target.call("POST", "/crm/v3/objects/contacts", content=b'{\n"properties": {\n  x}}')
    assert "line 3, column 3" in reply.json()["message"]


def test_a_huge_body_is_refused(target: Caller) -> None:
    reply = target.call("POST", "/crm/v3/objects/contacts", content=b" " * (10 * 1024 * 1024 + 1))
    assert reply.status_code == 413
    tables.ERROR(reply.json())


def test_an_address_that_is_too_long(target: Caller) -> None:
    names = ",".join(f"property_{number}" for number in range(1000))
    reply = target.get("/crm/v3/objects/contacts", properties=names)
    assert reply.status_code == 414
    tables.ERROR(reply.json())


def test_hostile_text_comes_back_as_it_went_in(hubspot: Caller) -> None:
    text = '<img src="file:///etc/passwd">&amp;\u202e=cmd|" \U0001f600'
    made = hubspot.post("/crm/v3/objects/contacts", {"properties": {"firstname": text}}).json()
    shown = hubspot.get(f"/crm/v3/objects/contacts/{made['id']}", properties="firstname").json()
    assert shown["properties"]["firstname"] == text


LINK = {
    "to": {"id": "51000000841"},
    "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 200}],
}
PAIR = {"from": {"id": "51000006861"}, **LINK}
TITLED = {"hs_timestamp": "2026-12-01T09:00:00Z", "hs_meeting_title": "T"}
RECORD = {"properties": TITLED, "associations": [LINK]}
FILTER = {"propertyName": "hs_meeting_start_time", "operator": "BETWEEN", "value": "1", "highValue": "2"}
CALENDAR_EVENT = {
    "properties": {
        "hs_meeting_title": "T",
        "hs_meeting_start_time": "2026-12-01T09:00:00Z",
        "hs_meeting_end_time": "2026-12-01T10:00:00Z",
        "hs_timestamp": "2026-12-01T09:00:00Z",
        "hs_meeting_outcome": "SCHEDULED",
        "hubspot_owner_id": "1185011",
        "hs_attendee_owner_ids": ["1185322"],
    },
    "associations": [LINK],
    "emailReminderSchedule": {
        "reminders": [{"numberOfTimeUnits": 1, "timeUnit": "HOURS"}],
        "shouldIncludeInviteDescription": True,
    },
    "timezone": "Europe/Berlin",
}
BOOKING = {
    "slug": "mei-nelson",
    "startTime": "2026-12-01T09:00:00Z",
    "duration": 1800000,
    "firstName": "A",
    "lastName": "B",
    "email": "a@person.example",
    "formFields": [{"name": "numemployees", "value": "1-10"}],
    "legalConsentResponses": [{"communicationTypeId": "1", "consented": True}],
    "likelyAvailableUserIds": ["61240317"],
    "guestEmails": ["b@person.example"],
    "timezone": "Europe/Berlin",
    "locale": "en-us",
}
V = "2026-03"
GOOD: tuple[tuple[str, str, Any], ...] = (
    ("POST", f"/crm/objects/{V}/meetings", RECORD),
    ("PATCH", f"/crm/objects/{V}/meetings/51000006861", {"properties": RECORD["properties"]}),
    ("POST", f"/crm/objects/{V}/meetings/batch/create", {"inputs": [{**RECORD, "objectWriteTraceId": "t"}]}),
    ("POST", f"/crm/objects/{V}/0-47/batch/update", {"inputs": [{"id": "51000006861", **RECORD}]}),
    ("POST", f"/crm/objects/{V}/contacts/batch/read", {"inputs": [{"id": "1"}], "properties": ["email"]}),
    (
        "POST",
        f"/crm/objects/{V}/contacts/batch/upsert",
        {"inputs": [{"id": "a@b.example", "idProperty": "email", "properties": {"city": "X"}}]},
    ),
    (
        "POST",
        f"/crm/objects/{V}/meetings/search",
        {
            "filterGroups": [{"filters": [FILTER]}],
            "sorts": [{"propertyName": "hs_timestamp", "direction": "ASCENDING"}],
            "query": "a",
            "properties": ["hs_timestamp"],
            "limit": 5,
            "after": "0",
        },
    ),
    ("PUT", f"/crm/objects/{V}/meetings/51000006861/associations/contacts/51000000841", LINK["types"]),
    ("POST", f"/crm/associations/{V}/meetings/contacts/batch/create", {"inputs": [PAIR]}),
    ("POST", f"/crm/associations/{V}/meetings/contacts/batch/read", {"inputs": [{"id": "1", "after": "1"}]}),
    ("POST", f"/crm/associations/{V}/meetings/contacts/batch/labels/archive", {"inputs": [PAIR]}),
    ("POST", "/crm/v3/associations/meetings/contacts/batch/create", {"inputs": [{**PAIR, "type": "200"}]}),
    ("POST", "/crm/v3/properties/contacts/batch/read", {"inputs": [{"name": "email"}]}),
    ("POST", f"/scheduler/{V}/meetings/meeting-links/book?timezone=UTC", BOOKING),
    ("POST", f"/scheduler/{V}/meetings/calendar?organizerUserId=61240317", CALENDAR_EVENT),
    (
        "POST",
        f"/crm/associations/{V}/meetings/contacts/labels",
        {"label": "L", "name": "l", "inverseLabel": "M"},
    ),
    ("PUT", "/crm/v4/associations/meetings/contacts/labels", {"associationTypeId": 31, "label": "L2"}),
    ("POST", "/crm/objects/2026-09/p_sites", {"properties": {"site_name": "S"}, "associations": []}),
    ("POST", f"/crm-object-schemas/{V}/schemas/batch/read", {"inputs": ["2-38472915"]}),
    ("POST", "/__sandbox__/faults", {"kind": "row_refused", "row": 2, "path": "/nowhere"}),
    (
        "POST",
        "/__sandbox__/required",
        {"typeId": "users", "properties": ["hs_email"], "when": {"property": "a", "values": ["b"]}},
    ),
    ("POST", "/__sandbox__/world/occupy", {"userId": 61240317, "start": 1, "end": 2, "hubId": 8412770}),
    ("POST", "/__sandbox__/oauth/grant", {"scopes": ["oauth"], "hubId": 8412770, "userId": 61240317}),
)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from places(inner, (*path, name))
    elif isinstance(data, list):
        for number, inner in enumerate(data):
            yield from places(inner, (*path, number))


def replaced(data: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    if isinstance(data, dict):
        return {name: replaced(one, path[1:], new) if name == path[0] else one for name, one in data.items()}
    return [replaced(one, path[1:], new) if place == path[0] else one for place, one in enumerate(data)]


@settings(max_examples=250)
@given(data=st.data(), call=st.sampled_from(GOOD))
def test_one_thing_wrong(target: Caller, data: st.DataObject, call: tuple[str, str, Any]) -> None:
    method, path, body = call
    place = data.draw(st.sampled_from(list(places(body))))
    check(target.call(method, path, json=replaced(body, place, data.draw(JSON))))


@pytest.mark.parametrize(("method", "path", "body"), GOOD)
def test_the_good_bodies_are_understood(hubspot: Caller, method: str, path: str, body: Any) -> None:
    reply = hubspot.call(method, path, json=body)
    assert reply.status_code < 300 or reply.json()["category"] == "VALIDATION_ERROR"
