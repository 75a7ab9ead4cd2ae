"""The app's side of signing in: codes, refreshes, introspection and revocation, in every version."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from app.sandbox.oauth.client import REDIRECT_URLS
from app.sandbox.oauth.scopes import ALL_SCOPES, SCOPE_WORDS, from_mask, mask
from tests.sandbox import wire_tables as tables
from tests.sandbox.calling import CREDENTIALS, QUERY, Caller, calling

VERSIONS = ("v1", "v3", "2026-03", "2026-09")
DATED = VERSIONS[1:]
VERIFIER = "v" * 43
S256 = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def new_code(caller: Caller, **more: str) -> str:
    location = caller.sandbox.consent(f"https://x/?{urlencode({**QUERY, **more})}")
    return parse_qs(urlsplit(location).query)["code"][0]


def exchange(caller: Caller, code: str, version: str = "2026-03", /, **changes: str) -> Any:
    fields = {
        **CREDENTIALS,
        "grant_type": "authorization_code",
        "redirect_uri": REDIRECT_URLS[0],
        "code": code,
        **changes,
    }
    return caller.anonymous().form(f"/oauth/{version}/token", fields)


def refresh(caller: Caller, token: str, version: str = "2026-03") -> Any:
    fields = {**CREDENTIALS, "grant_type": "refresh_token", "refresh_token": token}
    return caller.anonymous().form(f"/oauth/{version}/token", fields)


def refused(reply: Any, error: str, status: str) -> None:
    assert reply.status_code == 400, reply.text
    tables.OAUTH_ERROR(reply.json())
    assert (reply.json()["error"], reply.json()["status"]) == (error, status)
    assert reply.json()["message"] == reply.json()["error_description"]


@pytest.mark.parametrize("version", VERSIONS)
def test_code_then_refresh(hubspot: Caller, version: str) -> None:
    first = exchange(hubspot, new_code(hubspot), version)
    assert first.status_code == 200
    assert first.headers["cache-control"] == "no-store"
    tables.TOKENS(first.json())
    tokens = first.json()
    assert (tokens["expires_in"], tokens["hub_id"], tokens["user_id"]) == (1800, 8412770, 61240317)
    assert len(tokens["access_token"]) > 300
    second = refresh(hubspot, tokens["refresh_token"], version)
    tables.TOKENS(second.json())
    assert second.json()["refresh_token"] == tokens["refresh_token"]
    assert second.json()["access_token"] != tokens["access_token"]
    bearer = Caller(hubspot.sandbox, hubspot.client, hubspot.runner, second.json()["access_token"])
    assert bearer.get("/account-info/v3/details").status_code == 200


def test_a_code_works_once_and_not_for_long(hubspot: Caller) -> None:
    code = new_code(hubspot)
    assert exchange(hubspot, code).status_code == 200
    refused(exchange(hubspot, code), "invalid_grant", "BAD_AUTH_CODE")
    late = new_code(hubspot)
    hubspot.sandbox.clock.advance(121)
    refused(exchange(hubspot, late), "invalid_grant", "BAD_AUTH_CODE")


@pytest.mark.parametrize(
    ("changes", "error", "status"),
    [
        ({"client_id": "x"}, "invalid_client", "BAD_CLIENT_ID"),
        ({"client_secret": ""}, "invalid_client", "BAD_CLIENT_SECRET"),
        ({"redirect_uri": REDIRECT_URLS[1]}, "invalid_grant", "BAD_REDIRECT_URI"),
        ({"redirect_uri": ""}, "invalid_grant", "BAD_REDIRECT_URI"),
        ({"code": "made-up"}, "invalid_grant", "BAD_AUTH_CODE"),
        ({"grant_type": "password"}, "unsupported_grant_type", "BAD_GRANT_TYPE"),
        ({"grant_type": ""}, "unsupported_grant_type", "BAD_GRANT_TYPE"),
    ],
)
def test_wrong_exchanges(hubspot: Caller, changes: dict[str, str], error: str, status: str) -> None:
    refused(exchange(hubspot, new_code(hubspot), **changes), error, status)


@pytest.mark.parametrize(
    ("method", "challenge", "verifier", "works"),
    [
        ("S256", S256, VERIFIER, True),
        ("S256", S256, "w" * 43, False),
        ("S256", S256, "", True),
        ("plain", VERIFIER, VERIFIER, True),
        ("plain", VERIFIER, "é", False),
        ("S999", "anything", "else", True),
    ],
)
def test_pkce_is_verified_when_both_are_sent(
    hubspot: Caller, method: str, challenge: str, verifier: str, works: bool
) -> None:
    code = new_code(hubspot, code_challenge=challenge, code_challenge_method=method)
    reply = exchange(hubspot, code, code_verifier=verifier)
    if works:
        assert reply.status_code == 200
    else:
        refused(reply, "invalid_grant", "BAD_CODE_VERIFIER")


def test_only_version_1_reads_the_query(hubspot: Caller) -> None:
    pair = hubspot.sandbox.grant()
    fields = {**CREDENTIALS, "grant_type": "refresh_token", "refresh_token": pair.refresh_token}
    old = hubspot.anonymous().form("/oauth/v1/token", {"grant_type": "refresh_token"}, **fields)
    assert old.status_code == 200
    for version in DATED:
        new = hubspot.anonymous().form(f"/oauth/{version}/token", {"grant_type": "refresh_token"}, **fields)
        refused(new, "invalid_client", "BAD_CLIENT_ID")


def test_version_1_takes_everything_from_the_query_without_a_body(hubspot: Caller) -> None:
    pair = hubspot.sandbox.grant()
    fields = {**CREDENTIALS, "grant_type": "refresh_token", "refresh_token": pair.refresh_token}
    assert hubspot.anonymous().call("POST", "/oauth/v1/token", params=fields).status_code == 200
    for version in DATED:
        new = hubspot.anonymous().call("POST", f"/oauth/{version}/token", params=fields)
        refused(new, "invalid_client", "BAD_CLIENT_ID")


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("", b"a=1", 415),
        ("", b"", 400),
        ("application/x-www-form-urlencoded", b"a=1&" * 200, 400),
        ("application/x-www-form-urlencoded", b"\xff\xfe=%ff", 400),
        ("application/x-www-form-urlencoded", b"x" * 70_000, 413),
    ],
)
def test_bodies_that_are_no_form(standing: Caller, kind: str, body: bytes, status: int) -> None:
    for path in ("token", "token/introspect", "token/revoke"):
        reply = standing.anonymous().call(
            "POST", f"/oauth/2026-03/{path}", content=body, headers={"Content-Type": kind}
        )
        assert reply.status_code == status
        assert reply.json()["category"] == "VALIDATION_ERROR"


def test_client_credentials(hubspot: Caller) -> None:
    fields = {**CREDENTIALS, "grant_type": "client_credentials", "scope": "oauth"}
    reply = hubspot.anonymous().form("/oauth/2026-03/token", fields)
    tables.CLIENT_TOKEN(reply.json())
    bad = hubspot.anonymous().form("/oauth/2026-03/token", {**fields, "scope": "made.up"})
    refused(bad, "invalid_scope", "BAD_SCOPE")


@pytest.mark.parametrize("version", DATED)
@pytest.mark.parametrize("field", ["token", "access_token"])
def test_introspect_an_access_token(hubspot: Caller, version: str, field: str) -> None:
    pair = hubspot.sandbox.grant(scopes=frozenset({"oauth", "tickets"}))
    fields = {**CREDENTIALS, field: pair.access_token, "token_type_hint": "access_token"}
    path = f"/oauth/{version}/token/introspect"
    reply = hubspot.anonymous().form(path, fields)
    tables.ACCESS_TOKEN(reply.json())
    body = reply.json()
    assert (body["active"], body["user_id"], body["expires_in"]) == (True, 61240317, 1800)
    assert body["user"] == "mei.nelson@northwind-sales.example"
    assert body["scopes"] == ["oauth", "tickets"]
    hubspot.sandbox.clock.advance(1801)
    expired = hubspot.anonymous().form(path, fields).json()
    tables.ACCESS_TOKEN(expired)
    assert (expired["active"], expired["expires_in"]) == (False, 0)


def test_introspect_the_fixed_token_and_another_user(hubspot: Caller) -> None:
    path = "/oauth/2026-03/token/introspect"
    fixed = hubspot.anonymous().form(path, {**CREDENTIALS, "token": "fixed-bearer"}).json()
    tables.ACCESS_TOKEN(fixed)
    assert set(fixed["scopes"]) == ALL_SCOPES
    jonas = hubspot.sandbox.grant(user_id=61240334)
    about = hubspot.anonymous().form(path, {**CREDENTIALS, "token": jonas.access_token}).json()
    assert about["user"] == "jonas.weber@northwind-sales.example"


@pytest.mark.parametrize("version", DATED)
@pytest.mark.parametrize("field", ["token", "refresh_token"])
def test_introspect_and_revoke_a_refresh_token(hubspot: Caller, version: str, field: str) -> None:
    pair = hubspot.sandbox.grant()
    fields = {**CREDENTIALS, field: pair.refresh_token, "token_type_hint": "refresh_token"}
    about = hubspot.anonymous().form(f"/oauth/{version}/token/introspect", fields)
    tables.REFRESH_TOKEN(about.json())
    revoked = hubspot.anonymous().form(f"/oauth/{version}/token/revoke", fields)
    assert revoked.status_code == 200
    refused(refresh(hubspot, pair.refresh_token), "invalid_grant", "BAD_REFRESH_TOKEN")
    gone = hubspot.anonymous().form(f"/oauth/{version}/token/introspect", fields)
    assert gone.json() == {"active": False}
    again = hubspot.anonymous().form(f"/oauth/{version}/token/revoke", fields)
    assert again.status_code == 200
    bearer = Caller(hubspot.sandbox, hubspot.client, hubspot.runner, pair.access_token)
    assert bearer.get("/account-info/v3/details").status_code == 200


@pytest.mark.parametrize("path", ["introspect", "revoke"])
def test_asking_needs_the_client_and_a_token(standing: Caller, path: str) -> None:
    full = f"/oauth/2026-03/token/{path}"
    refused(standing.anonymous().form(full, {"token": "x"}), "invalid_client", "BAD_CLIENT_ID")
    refused(standing.anonymous().form(full, CREDENTIALS), "invalid_request", "BAD_TOKEN")


def test_version_1_metadata(hubspot: Caller) -> None:
    pair = hubspot.sandbox.grant()
    stranger = hubspot.anonymous()
    access = stranger.get(f"/oauth/v1/access-tokens/{pair.access_token}")
    tables.LEGACY_ACCESS_TOKEN(access.json())
    path = f"/oauth/v1/refresh-tokens/{pair.refresh_token}"
    tables.LEGACY_REFRESH_TOKEN(stranger.get(path).json())
    assert stranger.delete(path).status_code == 204
    for method in ("GET", "DELETE"):
        assert stranger.call(method, path).status_code == 404
    hubspot.sandbox.clock.advance(1801)
    gone = stranger.get(f"/oauth/v1/access-tokens/{pair.access_token}")
    assert gone.status_code == 404
    tables.ERROR(gone.json())


def test_refresh_tokens_survive_a_restart_with_the_same_seed() -> None:
    with calling(seed=7) as before:
        pair = before.sandbox.grant(scopes=frozenset({"oauth", "tickets"}))
    with calling(seed=7) as after:
        tokens = refresh(after, pair.refresh_token).json()
        assert tokens["scopes"] == ["oauth", "tickets"]
        bearer = Caller(after.sandbox, after.client, after.runner, pair.access_token)
        assert bearer.get("/account-info/v3/details").status_code == 401
    with calling(seed=8) as other:
        refused(refresh(other, pair.refresh_token), "invalid_grant", "BAD_REFRESH_TOKEN")


@pytest.mark.parametrize("text", ["", "x", "na1-e30=-00", "na1--", "-", "é-ü", "na1-" + "A" * 5000])
def test_forged_refresh_tokens(standing: Caller, text: str) -> None:
    refused(refresh(standing, text), "invalid_grant", "BAD_REFRESH_TOKEN")


def test_scope_masks_are_exact() -> None:
    for name in SCOPE_WORDS:
        assert from_mask(mask(frozenset({name}))) == {name}
    assert from_mask(mask(ALL_SCOPES)) == ALL_SCOPES
    with pytest.raises(KeyError):
        mask(frozenset({"made.up"}))
