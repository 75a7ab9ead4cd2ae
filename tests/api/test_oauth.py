"""HubSpot's OAuth calls, form by form."""

import base64
import hashlib
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from app.api.errors import (
    ApiError,
    BadReply,
    ConnectFailed,
    Delivery,
    Invalid,
    OAuthRefused,
    OutcomeUnknown,
    ReplyFault,
    ServerFailed,
)
from app.api.grants import TokenReply
from app.api.oauth import Authorization, OAuthApp, OAuthClient, authorization, new_state
from app.api.rules import CallRules
from app.api.versions import PATHS, ApiVersion
from tests.api.virtual_time import run_virtual, virtual_clock
from tests.api.wire import BASE, Handler, NoJitter, answer, client, sample, script

APP = OAuthApp(
    client_id="id-1",
    client_secret="s&cret é",
    scopes=("oauth", "crm.objects.contacts.read"),
    optional_scopes=("tickets", "files"),
)
ATTEMPT = Authorization(
    url="unused", redirect_uri="http://localhost:53682/oauth/callback", state="s", code_verifier="v" * 43
)
Step = httpx.Response | Exception | Handler


def oauth_on(*steps: Step) -> tuple[OAuthClient, list[httpx.Request]]:
    handler, seen = script(*steps)
    rules = CallRules(clock=virtual_clock(), randomness=NoJitter())
    return OAuthClient(client(handler), BASE, PATHS[ApiVersion.V2026_03], APP, rules=rules), seen


def form_of(request: httpx.Request) -> dict[str, str]:
    pairs = parse_qsl(request.content.decode("ascii"), strict_parsing=True, keep_blank_values=True)
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_the_authorize_address_has_everything_hubspot_asks_for() -> None:
    attempt = authorization(
        APP,
        authorize_base="https://app.hubspot.com",
        redirect_uri=ATTEMPT.redirect_uri,
        state="the-state",
    )
    parts = urlsplit(attempt.url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "app.hubspot.com", "/oauth/authorize")
    query = dict(parse_qsl(parts.query, strict_parsing=True))
    challenge = query.pop("code_challenge")
    digest = hashlib.sha256(attempt.code_verifier.encode()).digest()
    assert base64.urlsafe_b64decode(challenge + "=") == digest
    assert query == {
        "client_id": "id-1",
        "redirect_uri": "http://localhost:53682/oauth/callback",
        "response_type": "code",
        "scope": "oauth crm.objects.contacts.read",
        "optional_scope": "tickets files",
        "state": "the-state",
        "code_challenge_method": "S256",
    }
    assert "+" not in parts.query
    assert 43 <= len(attempt.code_verifier) <= 128


def test_a_portal_can_be_preselected_and_optional_scopes_left_out() -> None:
    app = OAuthApp(client_id="i", client_secret="s", scopes=("oauth",))
    attempt = authorization(
        app,
        authorize_base="http://127.0.0.1:8787/",
        redirect_uri=ATTEMPT.redirect_uri,
        state=new_state(),
        portal_id=77,
    )
    assert attempt.url.startswith("http://127.0.0.1:8787/oauth/77/authorize?")
    assert "optional_scope" not in attempt.url


def test_every_attempt_has_secrets_of_its_own_and_shows_none() -> None:
    states = {new_state() for _ in range(1_000)}
    assert len(states) == 1_000
    assert min(map(len, states)) >= 43
    attempts = [
        authorization(APP, authorize_base="https://a.test", redirect_uri="http://localhost:1/c", state="s")
        for _ in range(100)
    ]
    assert len({attempt.code_verifier for attempt in attempts}) == 100
    assert attempts[0].code_verifier not in repr(attempts[0])
    assert "s&cret" not in repr(APP)


def test_a_code_is_traded_for_tokens() -> None:
    async def work() -> None:
        oauth, seen = oauth_on(answer(200, sample("token")))
        reply = await oauth.exchange_code(ATTEMPT, "c/o+de")
        assert reply == TokenReply(
            "CNiKr6eFMxIGAAEAAQ",
            1800.0,
            refresh_token="na1-4f1c-9d2e-refresh",
            hub_id="48217733",
            user_id="2215340",
            scopes=("oauth", "scheduler.meetings.meeting-link.read", "crm.objects.contacts.read"),
        )
        assert str(seen[0].url) == f"{BASE}/oauth/2026-03/token"
        assert seen[0].headers["content-type"] == "application/x-www-form-urlencoded"
        assert "authorization" not in seen[0].headers
        assert form_of(seen[0]) == {
            "grant_type": "authorization_code",
            "code": "c/o+de",
            "redirect_uri": ATTEMPT.redirect_uri,
            "code_verifier": ATTEMPT.code_verifier,
            "client_id": "id-1",
            "client_secret": "s&cret é",
        }

    run_virtual(work())


def test_a_refresh_may_say_little() -> None:
    async def work() -> None:
        oauth, seen = oauth_on(answer(200, sample("token_refreshed")), answer(200, {"access_token": "A"}))
        assert await oauth.refresh("R1") == TokenReply("CNiKr6eFMxIGAAEAAR", 1800.0)
        assert (await oauth.refresh("R1")).expires_in == 1800.0
        assert form_of(seen[0]) == {
            "grant_type": "refresh_token",
            "refresh_token": "R1",
            "client_id": "id-1",
            "client_secret": "s&cret é",
        }

    run_virtual(work())


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"access_token": ""},
        {"access_token": "a b"},
        {"access_token": "a\r\nX: y"},
        {"access_token": "é"},
        {"access_token": "a" * 9_000},
        {"access_token": "a", "refresh_token": "r\n"},
        [],
        b"{",
    ],
)
def test_a_token_that_no_header_can_carry_is_refused(body: object) -> None:
    async def work() -> None:
        oauth, _ = oauth_on(answer(200, body))
        with pytest.raises(BadReply) as refusal:
            await oauth.refresh("R1")
        assert refusal.value.fault is ReplyFault.GARBAGE

    run_virtual(work())


def test_a_sign_in_without_a_refresh_token_is_no_sign_in() -> None:
    async def work() -> None:
        oauth, _ = oauth_on(answer(200, {"access_token": "A"}))
        with pytest.raises(BadReply):
            await oauth.exchange_code(ATTEMPT, "code")

    run_virtual(work())


def test_a_page_instead_of_json_is_told() -> None:
    async def work() -> None:
        oauth, _ = oauth_on(answer(200, b"<html>", content_type="text/html"))
        with pytest.raises(BadReply) as refusal:
            await oauth.refresh("R1")
        assert refusal.value.fault is ReplyFault.WRONG_TYPE

    run_virtual(work())


def test_a_code_is_sent_again_only_when_it_never_left() -> None:
    async def work() -> None:
        oauth, seen = oauth_on(httpx.ConnectError("x"), answer(200, sample("token")))
        await oauth.exchange_code(ATTEMPT, "code")
        assert len(seen) == 2
        oauth, seen = oauth_on(httpx.ReadError("x"))
        with pytest.raises(OutcomeUnknown):
            await oauth.exchange_code(ATTEMPT, "code")
        assert len(seen) == 1

    run_virtual(work())


def test_a_refresh_is_one_try() -> None:
    async def work() -> None:
        for step, kind in ((httpx.ConnectError("x"), ConnectFailed), (answer(502), ServerFailed)):
            oauth, seen = oauth_on(step)
            with pytest.raises(ApiError) as refusal:
                await oauth.refresh("R1")
            assert type(refusal.value) is kind
            assert len(seen) == 1

    run_virtual(work())


def test_a_dead_grant_is_told_by_its_code() -> None:
    async def work() -> None:
        oauth, _ = oauth_on(answer(400, {"error": "invalid_grant", "status": "BAD_REFRESH_TOKEN"}))
        with pytest.raises(OAuthRefused) as refusal:
            await oauth.refresh("R1")
        assert refusal.value.code == "invalid_grant"
        assert refusal.value.delivery is Delivery.REFUSED

    run_virtual(work())


def test_who_am_i() -> None:
    async def work() -> None:
        oauth, seen = oauth_on(answer(503), answer(200, sample("introspection")))
        found = await oauth.introspect("A1")
        assert (found.hub_id, found.user_id, found.user) == ("48217733", "2215340", "ana@portal.test")
        assert found.scopes == ["oauth", "scheduler.meetings.meeting-link.read"]
        assert str(seen[1].url) == f"{BASE}/oauth/2026-03/token/introspect"
        assert form_of(seen[1]) == {
            "token": "A1",
            "token_type_hint": "access_token",
            "client_id": "id-1",
            "client_secret": "s&cret é",
        }

    run_virtual(work())


@pytest.mark.parametrize("refusal", [{"message": "no access_token"}, {"error": "invalid_request"}])
def test_the_guides_field_name_is_tried_second(refusal: object) -> None:
    async def work() -> None:
        oauth, seen = oauth_on(answer(400, refusal), answer(200, sample("introspection")))
        assert (await oauth.introspect("A1")).active
        form = form_of(seen[1])
        assert form["access_token"] == "A1"
        assert "token" not in form

    run_virtual(work())


def test_another_refusal_of_the_introspection_is_final() -> None:
    async def work() -> None:
        oauth, seen = oauth_on(answer(401, {"error": "invalid_client"}))
        with pytest.raises(OAuthRefused):
            await oauth.introspect("A1")
        oauth, seen = oauth_on(answer(400), answer(400))
        with pytest.raises(Invalid):
            await oauth.introspect("A1")
        assert len(seen) == 2

    run_virtual(work())


@pytest.mark.parametrize("status", [200, 204])
def test_a_refresh_token_is_revoked(status: int) -> None:
    async def work() -> None:
        oauth, seen = oauth_on(answer(status, b"", content_type=""))
        await oauth.revoke("R1")
        assert str(seen[0].url) == f"{BASE}/oauth/2026-03/token/revoke"
        form = form_of(seen[0])
        assert (form["token"], form["token_type_hint"]) == ("R1", "refresh_token")

    run_virtual(work())


def test_a_failed_revocation_is_told() -> None:
    async def work() -> None:
        oauth, _ = oauth_on(answer(500))
        with pytest.raises(ServerFailed):
            await oauth.revoke("R1")

    run_virtual(work())


def test_payloads_never_show_a_token() -> None:
    from app.api.oauth_payloads import TokenPayload

    assert "A1" not in repr(TokenPayload("A1"))


async def test_the_default_rules_are_the_real_ones() -> None:
    handler, _ = script(answer(200, sample("token_refreshed")))
    oauth = OAuthClient(client(handler), BASE, PATHS[ApiVersion.V3], APP)
    assert (await oauth.refresh("R1")).access_token
