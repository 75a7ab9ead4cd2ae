"""Whatever is sent to whichever path, the answer is one of Pipedrive's, never a crash."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.sandbox.pipedrive.app import operations
from tests.sandbox.pipedrive.calling import Caller, calling

WORDS = tuple(
    word
    for line in (
        "content person_id org_id deal_id lead_id user_id add_time pinned_to_person_flag subject type",
        "due_date due_time duration done busy location value participants primary attendees email",
        "owner_id priority note user_provider_id company_id marketplace_client_id term fields exact_match",
        "ids cursor limit start sort sort_by sort_direction updated_since include_fields custom_fields",
        "status item_types filter_id",
    )
    for word in line.split()
)
GOOD: tuple[Any, ...] = (
    *(6001, 301, 801, 4001, 9001, 14430217, 7741203, "meeting", "2026-11-24", "09:30", "00:45", "id", "desc"),
    *("2026-11-23T08:00:00Z", "3f1c7a52-9a55-4d0e-8b8e-5a2f5f0c4e11", "true", "name", "100", "open"),
)
ODD = (
    "9" * 400,
    "\x00",
    "é\U0001f600",
    "x" * 3000,
    "-1",
    "²",
    "WyJpZCIsZmFsc2UsMSwxXQ",
    "0001-01-01T00:00:00+14:00",
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(GOOD + ODD)
    | st.text(max_size=8)
)
KEYS = st.sampled_from(WORDS) | st.text(max_size=4)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)
TEXTS = st.sampled_from([str(one) for one in GOOD + ODD]) | st.text(max_size=8)
ROUTES = [
    *((one.method, f"/api/v{one.version}{one.path}") for one in operations()),
    *(("POST", path) for path in ("/oauth/token", "/oauth/revoke", "/oauth/authorize/decision")),
    *(("POST", path) for path in ("/play/manifest", "/play/activity", "/play/activity/9001")),
    ("GET", "/oauth/authorize"),
    ("GET", "/play"),
]
STEERING = ("app", "rotation", "grant", "redirect", "budget", "manifest", "play", "open")


@pytest.fixture(scope="module")
def target() -> Iterator[Caller]:
    with calling() as caller:
        yield caller


@pytest.fixture(scope="module")
def steered() -> Iterator[Caller]:
    """Another one, for what may change how everything answers."""
    with calling() as caller:
        yield caller


def filled(path: str, one: str) -> str:
    part = quote(one, safe="")
    return path.replace("{id}", part).replace("{comment_id}", part)


def check(reply: Any) -> None:
    assert reply.status_code < 500, reply.text
    if 400 <= reply.status_code != 414 and "json" in reply.headers.get("content-type", ""):
        assert reply.json()["success"] is False


@settings(max_examples=150)
@given(route=st.sampled_from(ROUTES), body=JSON, one=TEXTS)
def test_any_json_on_any_route(target: Caller, route: tuple[str, str], body: Any, one: str) -> None:
    check(target.call(route[0], filled(route[1], one), json=body))


@settings(max_examples=150)
@given(
    route=st.sampled_from([route for route in ROUTES if route[0] in ("POST", "PUT", "PATCH")]),
    body=st.dictionaries(KEYS, SCALARS | st.lists(SCALARS, max_size=2), max_size=6),
    one=st.sampled_from(["6001", "4001", "9001"]),
)
def test_bodies_that_are_nearly_right(
    target: Caller, route: tuple[str, str], body: dict[str, Any], one: str
) -> None:
    check(target.call(route[0], filled(route[1], one), json=body))


@settings(max_examples=200)
@given(
    route=st.sampled_from(ROUTES),
    query=st.dictionaries(st.sampled_from(WORDS), TEXTS, max_size=4),
    one=TEXTS,
)
def test_any_query_on_any_route(
    target: Caller, route: tuple[str, str], query: dict[str, str], one: str
) -> None:
    texts = {name: value.encode("utf-8", "replace").decode() for name, value in query.items()}
    check(target.call(route[0], filled(route[1], one), params=texts))


KINDS = st.sampled_from(["json", "x-www-form-urlencoded"])


@settings(max_examples=100)
@given(route=st.sampled_from(ROUTES), body=st.binary(max_size=200), kind=KINDS)
def test_any_bytes_on_any_route(target: Caller, route: tuple[str, str], body: bytes, kind: str) -> None:
    headers = {"Content-Type": f"application/{kind}"}
    check(target.call(route[0], filled(route[1], "9001"), content=body, headers=headers))


@settings(max_examples=100)
@given(name=st.sampled_from(STEERING), body=JSON)
def test_the_steering_stands_anything(steered: Caller, name: str, body: Any) -> None:
    assert steered.post(f"/__pipedrive__/{name}", body).status_code < 500


@pytest.mark.parametrize("deep", [b"[" * 100_000, b'{"a":' * 100_000])
def test_depth_is_refused(target: Caller, deep: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert target.call("POST", "/v1/notes", content=deep, headers=headers).status_code == 400


def test_a_body_beyond_ten_megabytes_is_refused(target: Caller) -> None:
    headers = {"Content-Type": "application/json"}
    content = b'{"content": "' + b"x" * (10 * 1024 * 1024) + b'"}'
    assert target.call("POST", "/v1/notes", content=content, headers=headers).status_code == 413
