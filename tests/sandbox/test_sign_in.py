"""The browser's side: consent page, Allow and Deny, and the pages that never send anything to the app."""

from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from app.sandbox.oauth.client import CONDITIONAL, REDIRECT_URLS, REQUIRED
from app.sandbox.oauth.desk import InstallRefusedError
from app.sandbox.oauth.scopes import SCOPE_WORDS
from tests.sandbox.calling import CREDENTIALS, QUERY, Caller, calling

DECISION = "/oauth/authorize/decision"


class Form(HTMLParser):
    """The page's form: hidden fields, the accounts offered and the one preselected."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.accounts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "input" and values["type"] == "hidden":
            self.fields[values["name"]] = values["value"]
        if tag == "input" and values["type"] == "radio":
            self.accounts.append(values["value"])
            if "checked" in values:
                self.fields["account"] = values["value"]


def ask(caller: Caller, path: str = "/oauth/authorize", /, **changes: str | None) -> Any:
    query = {name: value for name, value in {**QUERY, **changes}.items() if value is not None}
    return caller.anonymous().call("GET", path, params=query)


def press(caller: Caller, form: Form, decision: str, /, **changes: str) -> Any:
    return caller.anonymous().form(DECISION, {**form.fields, "decision": decision, **changes})


def test_the_page_says_who_asks_for_what_in_which_account(hubspot: Caller) -> None:
    page = ask(hubspot)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    text = unescape(page.text)
    for words in ("Slotdesk", "Northwind Sales", "Northwind Partners", "mei.nelson@", "Allow", "Deny"):
        assert words in text
    for scope in REQUIRED | CONDITIONAL:
        assert SCOPE_WORDS[scope] in text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"
    assert Form(page.text).accounts == ["8412770", "8412913", "8413056"]


def test_allow_sends_code_and_the_very_state(hubspot: Caller) -> None:
    form = Form(ask(hubspot).text)
    reply = press(hubspot, form, "allow")
    assert reply.status_code == 302
    address = urlsplit(reply.headers["location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == REDIRECT_URLS[0]
    answer = parse_qs(address.query)
    assert answer["state"] == [QUERY["state"]]
    assert set(answer) == {"code", "state"}
    assert f"state={quote(QUERY['state'], safe='')}" in address.query  # whichever way a blank is decoded
    again = press(hubspot, form, "allow")
    assert again.status_code == 400
    assert "location" not in again.headers


def test_state_is_left_out_when_it_was(hubspot: Caller) -> None:
    reply = press(hubspot, Form(ask(hubspot, state=None).text), "allow")
    assert set(parse_qs(urlsplit(reply.headers["location"]).query)) == {"code"}


def test_deny_sends_nothing(hubspot: Caller) -> None:
    form = Form(ask(hubspot).text)
    reply = press(hubspot, form, "deny")
    assert reply.status_code == 200
    assert "location" not in reply.headers
    assert "close this page" in reply.text
    assert press(hubspot, form, "allow").status_code == 400


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"client_id": "nobody"}, "client ID"),
        ({"client_id": None}, "client ID"),
        ({"redirect_uri": "http://localhost:65359/"}, "redirect URL"),
        ({"redirect_uri": "http://localhost:53682/oauth/callback/"}, "redirect URL"),
        ({"redirect_uri": "http://127.0.0.1:53682/oauth/callback"}, "redirect URL"),
        ({"redirect_uri": "HTTP://localhost:53682/oauth/callback"}, "redirect URL"),
        ({"redirect_uri": None}, "redirect URL"),
        ({"scope": None}, "leaves out a scope"),
        ({"scope": "oauth"}, "leaves out a scope"),
        ({"scope": "oauth", "optional_scope": "scheduler.meetings.meeting-link.read"}, "leaves out a scope"),
        ({"scope": f"{QUERY['scope']} tickets"}, "Scope mismatch"),
        ({"scope": f"{QUERY['scope']} made.up"}, "Scope mismatch"),
        ({"optional_scope": "crm.objects.contacts.write"}, "Scope mismatch"),
    ],
)
def test_wrong_requests_end_on_a_page(standing: Caller, changes: dict[str, str | None], words: str) -> None:
    reply = ask(standing, **changes)
    assert reply.status_code == 400
    assert "location" not in reply.headers
    assert reply.headers["content-type"].startswith("text/html")
    assert words in reply.text


def test_what_the_request_says_is_escaped(standing: Caller) -> None:
    reply = ask(standing, redirect_uri='http://localhost:1/"><script>alert(1)</script>')
    assert "<script>" not in reply.text
    assert "&lt;script&gt;" in reply.text


@pytest.mark.parametrize(
    "wrong", [{"ticket": "x"}, {"account": "7"}, {"account": "x"}, {"decision": "maybe"}]
)
def test_a_forged_answer_leads_nowhere(standing: Caller, wrong: dict[str, str]) -> None:
    reply = press(standing, Form(ask(standing).text), "allow", **wrong)
    assert reply.status_code == 400
    assert "location" not in reply.headers


def test_an_answer_that_is_no_form_leads_nowhere(standing: Caller) -> None:
    reply = standing.anonymous().call("POST", DECISION, json={"decision": "allow"})
    assert reply.status_code == 400
    assert "location" not in reply.headers


def test_an_answer_may_come_too_late(hubspot: Caller) -> None:
    form = Form(ask(hubspot).text)
    hubspot.sandbox.clock.advance(30 * 60 + 1)
    assert press(hubspot, form, "allow").status_code == 400


def test_an_account_can_be_preselected(standing: Caller) -> None:
    assert Form(ask(standing, "/oauth/8412913/authorize").text).fields["account"] == "8412913"
    assert Form(ask(standing, "/oauth/55/authorize").text).fields["account"] == "8412770"


def test_without_the_right_role_there_is_a_page(hubspot: Caller) -> None:
    reply = press(hubspot, Form(ask(hubspot).text), "allow", account="8413056")
    assert reply.status_code == 403
    assert "Super Admin" in reply.text
    assert "location" not in reply.headers


def test_the_second_account_drops_what_it_lacks_and_has_its_own_records(hubspot: Caller) -> None:
    reply = press(hubspot, Form(ask(hubspot).text), "allow", account="8412913")
    code = parse_qs(urlsplit(reply.headers["location"]).query)["code"][0]
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT_URLS[0]}
    tokens = hubspot.anonymous().form("/oauth/2026-03/token", {**CREDENTIALS, **grant}).json()
    assert tokens["hub_id"] == 8412913
    assert "tickets" in tokens["scopes"]
    assert "crm.objects.deals.read" not in tokens["scopes"]
    second = Caller(hubspot.sandbox, hubspot.client, hubspot.runner, tokens["access_token"])
    assert second.get("/account-info/v3/details").json()["portalId"] == 8412913
    assert second.get("/account-info/v3/details").json()["timeZone"] == "US/Eastern"
    assert second.get("/scheduler/v3/meetings/meeting-links").json()["total"] == 6
    assert second.get("/crm/v3/objects/deals").status_code == 403
    made = second.post("/crm/v3/objects/contacts", {"properties": {"email": "only@second.example"}})
    assert made.status_code == 201
    mail = "/crm/v3/objects/contacts/only@second.example"
    assert second.get(mail, idProperty="email").status_code == 200
    assert hubspot.get(mail, idProperty="email").status_code == 404


def test_more_redirect_addresses_can_be_registered() -> None:
    extra = "http://localhost:4711/cb?kind=a"
    with calling(redirect_urls=(extra,)) as hubspot:
        query = urlencode({**QUERY, "redirect_uri": extra})
        location = hubspot.sandbox.consent(f"https://x/oauth/authorize?{query}")
        assert location.startswith(f"{extra}&code=")
        with pytest.raises(InstallRefusedError):
            hubspot.sandbox.consent(f"https://x/?{urlencode({**QUERY, 'redirect_uri': f'{extra}b'})}")
