"""Nobody gets past the door: every route without a bearer, with a wrong one, and with too few scopes."""

import re

import pytest
from starlette.routing import Route

from app.sandbox.hubspot.api import portal_application
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import Caller, calling


def _routes() -> list[tuple[str, str]]:
    with calling(meetings=0, links=1) as caller:
        app = portal_application(caller.sandbox.portals[0])
    found = []
    for route in app.routes:
        assert isinstance(route, Route)
        path = re.sub(r"\{(\w+)(:\w+)?\}", "1", route.path.replace("{object_type}", "contacts"))
        path = path.replace("{to_type}", "meetings")
        found += [(method, path) for method in sorted((route.methods or set()) - {"HEAD"})]
    return found


ROUTES = _routes()
ELSEWHERE = [("GET", "/"), ("GET", "/nope"), ("POST", "/crm/v3/objects"), ("DELETE", "/oauth/v9/token")]
WRONG: tuple[dict[str, str], ...] = (
    {},
    {"Authorization": ""},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"Authorization": "Bearer nobody"},
    {"Authorization": "Basic Zml4ZWQtYmVhcmVyOg=="},
    {"Authorization": "fixed-bearer"},
    {"Authorization": "Bearer fixed-bearerX"},
    {"Authorization": "Bearer FIXED-BEARER"},
    {"X-Api-Key": "fixed-bearer"},
)


def test_there_are_routes_to_refuse() -> None:
    assert len(ROUTES) > 100


@pytest.mark.parametrize("headers", WRONG)
def test_every_route_needs_a_bearer(standing: Caller, headers: dict[str, str]) -> None:
    stranger = standing.anonymous()
    for method, path in ROUTES + ELSEWHERE:
        reply = stranger.call(method, f"{path}?hapikey=fixed-bearer", headers=headers)
        assert reply.status_code == 401, (method, path)
        tables.ERROR(reply.json())
        assert reply.json()["category"] == "INVALID_AUTHENTICATION"
        assert "x-hubspot-ratelimit-max" not in reply.headers


def test_an_expired_bearer_is_told_so(hubspot: Caller) -> None:
    pair = hubspot.sandbox.grant()
    bearer = Caller(hubspot.sandbox, hubspot.client, hubspot.runner, pair.access_token)
    assert bearer.get("/crm/v3/owners").status_code == 200
    hubspot.sandbox.clock.advance(1800)
    for method, path in ROUTES[:20]:
        reply = bearer.call(method, path)
        assert reply.status_code == 401
        tables.ERROR(reply.json())
        assert reply.json()["category"] == "EXPIRED_AUTHENTICATION"


def test_every_route_needs_a_scope(hubspot: Caller) -> None:
    nobody = hubspot.with_scopes("meetings-write")
    open_to_all = set()
    for method, path in ROUTES:
        reply = nobody.call(method, path)
        if reply.status_code != 403:
            open_to_all.add((method, re.sub(r"v3|20\d\d-\d\d", "V", path)))
            continue
        tables.ERROR(reply.json())
        assert reply.json()["category"] == "MISSING_SCOPES"
        assert reply.json()["context"]["missingScopes"]
    # These three are what the scope is for.
    assert open_to_all == {
        ("POST", "/scheduler/V/meetings/meeting-links/book"),
        ("POST", "/scheduler/V/meetings/calendar"),
        ("PATCH", "/scheduler/V/meetings/meeting-links/1"),
    }


@pytest.mark.parametrize(
    ("scope", "method", "path", "allowed"),
    [
        ("crm.objects.contacts.read", "GET", "/crm/v3/objects/contacts", True),
        ("crm.objects.contacts.read", "GET", "/crm/v3/objects/meetings", True),
        ("crm.objects.contacts.read", "GET", "/crm/v3/objects/companies", False),
        ("crm.objects.contacts.read", "POST", "/crm/v3/objects/meetings", False),
        ("crm.objects.contacts.write", "GET", "/crm/v3/objects/meetings", False),
        ("crm.objects.contacts.read", "GET", "/crm/v3/properties/meetings", True),
        ("crm.objects.deals.read", "GET", "/crm/v3/associations/deals/contacts/types", True),
        ("tickets", "GET", "/crm/v4/associations/meetings/contacts/labels", True),
        ("tickets", "GET", "/crm/v3/objects/tickets", True),
        ("automation", "GET", "/crm/v3/owners", True),
        ("oauth", "GET", "/account-info/2026-03/details", True),
        ("files.read", "GET", "/files/v3/files/search", True),
        ("files.read", "POST", "/files/v3/files", False),
        ("crm.objects.users.read", "GET", "/crm/v3/objects/users", True),
    ],
)
def test_scopes(standing: Caller, scope: str, method: str, path: str, allowed: bool) -> None:
    reply = standing.with_scopes(scope).call(method, path)
    assert (reply.status_code != 403) is allowed
    assert (reply.status_code == 200) is allowed


def test_unknown_paths_and_methods_with_a_bearer(standing: Caller) -> None:
    missing = standing.get("/crm/v9/objects")
    assert missing.status_code == 404
    tables.ERROR(missing.json())
    wrong = standing.call("PUT", "/crm/v3/owners")
    assert wrong.status_code == 405
    tables.ERROR(wrong.json())
    assert set(wrong.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert standing.anonymous().get("/oauth/v1/token").status_code == 405


def test_a_trailing_slash_is_the_same_path(standing: Caller) -> None:
    assert standing.get("/crm/v3/owners/").json() == standing.get("/crm/v3/owners").json()


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "192.168.0.5:8787", "", "10.0.0.1"]
)
def test_other_hosts_are_not_served(standing: Caller, host: str) -> None:
    reply = standing.call("GET", "/crm/v3/owners", headers={"Host": host})
    assert reply.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8787", "127.0.0.1:1", "[::1]:8787", "[::1]"])
def test_this_computer_is_served(standing: Caller, host: str) -> None:
    assert standing.call("GET", "/crm/v3/owners", headers={"Host": host}).status_code == 200
