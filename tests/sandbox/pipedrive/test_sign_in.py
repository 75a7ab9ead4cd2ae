"""Signing in as Pipedrive does it: consent, codes, tokens by HTTP Basic, refresh, revocation."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from app.sandbox.pipedrive.client import CLIENT_ID, CLIENT_SECRET, REDIRECT_URL, SCOPES
from tests.sandbox.pipedrive.calling import QUERY, Caller

DAY = 86_400


def consent(caller: Caller, decision: str = "allow", company: int | None = None) -> httpx.Response:
    page = caller.using(None).get("/oauth/authorize", **QUERY)
    assert page.status_code == 200, page.text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert ticket
    chosen = caller.company.company_id if company is None else company
    fields = {"ticket": ticket[1], "company": str(chosen), "decision": decision}
    return caller.using(None).form("/oauth/authorize/decision", fields, auth=None)


def answered(reply: httpx.Response) -> dict[str, str]:
    assert reply.status_code == 302
    location = reply.headers["location"]
    assert location.startswith(f"{REDIRECT_URL}?")
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def code_of(caller: Caller, company: int | None = None) -> str:
    return answered(consent(caller, company=company))["code"]


def exchange(caller: Caller, code: str, **changes: str) -> httpx.Response:
    fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URL, **changes}
    return caller.form("/oauth/token", fields)


def renew(caller: Caller, token: str) -> httpx.Response:
    return caller.form("/oauth/token", {"grant_type": "refresh_token", "refresh_token": token})


def sentence(reply: httpx.Response) -> str:
    assert reply.status_code == 400
    body = reply.json()
    assert body["message"] == body["error_description"]
    return f"{body['error']}: {body['message']}"


def test_the_consent_page_asks_for_everything_or_nothing(pipedrive: Caller) -> None:
    page = pipedrive.using(None).get("/oauth/authorize", **QUERY)
    assert "Northwind Sales" in page.text
    assert "Northwind Partners &lt;US&gt;" in page.text
    assert all(f"<small>{scope}</small>" in page.text for scope in SCOPES)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_allow_gives_a_code_and_the_state_back(pipedrive: Caller) -> None:
    answer = answered(consent(pipedrive))
    assert set(answer) == {"code", "state"}
    assert answer["state"] == QUERY["state"]


def test_cancel_says_user_denied(pipedrive: Caller) -> None:
    assert answered(consent(pipedrive, "cancel")) == {"error": "user_denied", "state": QUERY["state"]}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_id": "another"}, "Client is invalid"),
        ({"redirect_uri": "nowhere"}, "redirect_uri is not a valid URI"),
        ({"redirect_uri": REDIRECT_URL + "/"}, "redirect_uri is invalid"),
        ({"redirect_uri": "http://[broken"}, "redirect_uri is not a valid URI"),
        ({"scope": ""}, "Invalid parameter"),
    ],
)
def test_a_wrong_authorize_request_shows_a_page(
    pipedrive: Caller, changes: dict[str, str], words: str
) -> None:
    page = pipedrive.using(None).get("/oauth/authorize", **{**QUERY, **changes})
    assert page.status_code == 400
    assert words in page.text


def test_other_sites_cannot_press_allow(pipedrive: Caller) -> None:
    reply = pipedrive.form(
        "/oauth/authorize/decision", {"decision": "allow"}, headers={"Origin": "https://evil.example"}
    )
    assert reply.status_code == 403


def test_a_page_answers_once_and_not_for_ever(pipedrive: Caller) -> None:
    reply = pipedrive.form("/oauth/authorize/decision", {"ticket": "x", "decision": "allow"})
    assert reply.status_code == 400
    waiting = pipedrive.service.desk.receive(QUERY)
    pipedrive.sandbox.clock.advance(31 * 60)
    fields = {"ticket": waiting.ticket, "company": "7741203", "decision": "allow"}
    assert pipedrive.form("/oauth/authorize/decision", fields).status_code == 400


def test_tokens_say_scopes_by_commas_and_a_loopback_api_domain(pipedrive: Caller) -> None:
    body = exchange(pipedrive, code_of(pipedrive)).json()
    assert body["scope"] == ",".join(SCOPES)
    assert body["api_domain"] == "http://localhost"
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 3599)
    assert len(body["access_token"]) > 700
    me = pipedrive.using(body["access_token"]).get("/api/v1/users/me").json()["data"]
    assert me["company_domain"] == "northwind-sales"


def test_every_company_has_its_own_token(pipedrive: Caller) -> None:
    names = set()
    for company in pipedrive.service.companies[:2]:
        body = exchange(pipedrive, code_of(pipedrive, company.company_id)).json()
        names.add(pipedrive.using(body["access_token"]).get("/v1/users/me").json()["data"]["company_name"])
    assert names == {"Northwind Sales", "Northwind Partners <US>"}


def test_codes_work_once_for_five_minutes_and_one_address(pipedrive: Caller) -> None:
    code = code_of(pipedrive)
    assert exchange(pipedrive, code).status_code == 200
    assert sentence(exchange(pipedrive, code)).endswith("authorization_code is invalid")
    late = code_of(pipedrive)
    pipedrive.sandbox.clock.advance(300)
    assert sentence(exchange(pipedrive, late)).endswith("authorization_code has expired")
    other = exchange(pipedrive, code_of(pipedrive), redirect_uri="http://localhost:1/x")
    assert sentence(other).endswith("redirect_uri is invalid")
    assert sentence(exchange(pipedrive, code_of(pipedrive), redirect_uri="x")).endswith("not a valid URI")


@pytest.mark.parametrize(
    ("fields", "auth", "words"),
    [
        ({"grant_type": "refresh_token"}, (CLIENT_ID, "wrong"), "client is invalid"),
        ({"grant_type": "refresh_token"}, None, "cannot retrieve client credentials"),
        ({}, (CLIENT_ID, CLIENT_SECRET), "Missing parameter: `grant_type`"),
        ({"grant_type": "password"}, (CLIENT_ID, CLIENT_SECRET), "Unsupported grant type"),
        ({"grant_type": "refresh_token"}, (CLIENT_ID, CLIENT_SECRET), "refresh_token is invalid"),
    ],
)
def test_wrong_token_requests(
    pipedrive: Caller, fields: dict[str, str], auth: tuple[str, str] | None, words: str
) -> None:
    assert words in sentence(pipedrive.using(None).form("/oauth/token", fields, auth=auth))


def test_credentials_in_the_body_work_and_json_does_not(pipedrive: Caller) -> None:
    fields = {
        "grant_type": "authorization_code",
        "code": code_of(pipedrive),
        "redirect_uri": REDIRECT_URL,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    }
    assert pipedrive.using(None).form("/oauth/token", fields, auth=None).status_code == 200
    assert "x-www-form-urlencoded" in sentence(pipedrive.post("/oauth/token", fields))
    broken = pipedrive.form("/oauth/token", fields, auth=None, headers={"Authorization": "Basic !!"})
    assert "authorization_code is invalid" in sentence(broken)


def test_refreshing_keeps_the_refresh_token_unless_it_rotates(pipedrive: Caller) -> None:
    first = exchange(pipedrive, code_of(pipedrive)).json()
    again = renew(pipedrive, first["refresh_token"]).json()
    assert again["refresh_token"] == first["refresh_token"]
    assert again["access_token"] != first["access_token"]
    assert pipedrive.using(first["access_token"]).get("/v1/users/me").status_code == 200
    pipedrive.steer("rotation", {"rotates": True})
    new = renew(pipedrive, first["refresh_token"]).json()["refresh_token"]
    assert new != first["refresh_token"]
    assert "refresh_token is invalid" in sentence(renew(pipedrive, first["refresh_token"]))
    assert renew(pipedrive, new).status_code == 200


def test_tokens_end(pipedrive: Caller) -> None:
    body = exchange(pipedrive, code_of(pipedrive)).json()
    pipedrive.sandbox.clock.advance(3599)
    assert pipedrive.using(body["access_token"]).get("/v1/users/me").status_code == 401
    assert renew(pipedrive, body["refresh_token"]).status_code == 200
    pipedrive.sandbox.clock.advance(59 * DAY)
    assert renew(pipedrive, body["refresh_token"]).status_code == 200
    pipedrive.sandbox.clock.advance(60 * DAY)
    assert "refresh_token is invalid" in sentence(renew(pipedrive, body["refresh_token"]))


def test_steering_ends_access_tokens_but_the_fixed_one(pipedrive: Caller) -> None:
    body = exchange(pipedrive, code_of(pipedrive)).json()
    assert pipedrive.steer("expire", {}).json() == {"expired": 1}
    assert pipedrive.using(body["access_token"]).get("/v1/users/me").status_code == 401
    assert pipedrive.get("/v1/users/me").status_code == 200


def test_revoking_the_refresh_token_uninstalls(pipedrive: Caller) -> None:
    body = exchange(pipedrive, code_of(pipedrive)).json()
    fields = {"token": body["refresh_token"], "token_type_hint": "refresh_token"}
    assert pipedrive.form("/oauth/revoke", fields).status_code == 200
    assert pipedrive.using(body["access_token"]).get("/v1/users/me").status_code == 401
    assert "refresh_token is invalid" in sentence(renew(pipedrive, body["refresh_token"]))
    assert pipedrive.form("/oauth/revoke", {"token": "unknown"}).status_code == 200
    assert pipedrive.form("/oauth/revoke", {}).status_code == 400


def test_revoking_the_access_token_kills_only_that(pipedrive: Caller) -> None:
    body = exchange(pipedrive, code_of(pipedrive)).json()
    assert pipedrive.form("/oauth/revoke", {"token": body["access_token"]}).status_code == 200
    assert pipedrive.using(body["access_token"]).get("/v1/users/me").status_code == 401
    assert renew(pipedrive, body["refresh_token"]).status_code == 200


def test_there_is_one_callback_address_and_changed_scopes_need_a_new_install(pipedrive: Caller) -> None:
    first = exchange(pipedrive, code_of(pipedrive)).json()
    pipedrive.steer("app", {"redirectUrl": "http://localhost:9/relay", "scopes": ["base"]})
    assert pipedrive.using(None).get("/oauth/authorize", **QUERY).status_code == 400
    moved = {**QUERY, "redirect_uri": "http://localhost:9/relay"}
    assert pipedrive.using(None).get("/oauth/authorize", **moved).status_code == 200
    assert renew(pipedrive, first["refresh_token"]).json()["scope"] == ",".join(SCOPES)
