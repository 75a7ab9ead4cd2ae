"""Which addresses may be opened: for joining a meeting and for its page in HubSpot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.addresses import https_addresses, https_host, is_below
from app.domain.deep_links import MEETING, meeting_address, record_address
from app.domain.joining import is_conference, join_address
from app.domain.meetings import CONTACT, Meeting, MeetingId, RecordType, local_meeting_id
from tests.domain.meeting_world import HOSTILE_TEXTS, meeting, meetings, texts

ZOOM = "https://acme.zoom.us/j/123?pwd=abc"
OWN = "https://meet.example/ada-okafor"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (OWN, "meet.example"),
        ("HTTPS://Meet.Example", "meet.example"),
        ("https://meet.example:8443/x#y", "meet.example"),
        ("https://xn--mnchen-3ya.example/", "xn--mnchen-3ya.example"),
        ("https://meet.xn--p1ai", "meet.xn--p1ai"),
        ("https://meet.example/räume", "meet.example"),
        ("http://meet.example", None),
        ("ftp://meet.example", None),
        ("javascript:alert(1)", None),
        ("https:meet.example", None),
        ("https://", None),
        ("https://localhost/x", None),
        ("https://127.0.0.1/x", None),
        ("https://[::1]/x", None),
        ("https://meet.google.com@evil.example/x", None),
        ("https://evil.example\\@meet.google.com", None),
        ("https://meet.example:0/", None),
        ("https://meet.example:65536/", None),
        ("https://meet.example:99999999/", None),
        ("https://-meet.example/", None),
        ("https://münchen.example/", None),
        ("https://zооm.us/", None),
        ("https://meet.example/\u202egpj", None),
        ("https://meet.example/\0", None),
        ("https://meet.example/\ud800", None),
        ("https://meet.example/a b", None),
        (" https://meet.example", None),
        ("https://meet.example/<b>", None),
        (f"https://meet.example/{'a' * 10_000}", None),
        ("https://meet.example.", None),
    ],
)
def test_hosts(address: str, host: str | None) -> None:
    assert https_host(address) == host


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        (f"Join: {OWN}.", (OWN,)),
        (f"({OWN})", (OWN,)),
        ("(see https://en.example/Call_(talk))", ("https://en.example/Call_(talk)",)),
        ("https://en.example/Call_(talk)", ("https://en.example/Call_(talk)",)),
        (f"[({OWN}.)]", (OWN,)),
        (f"[{OWN}]", (OWN,)),
        (f"<{OWN}>, or {ZOOM}!", (OWN, ZOOM)),
        (f'<a href="{OWN}">here</a>', (OWN,)),
        (f"Join:{OWN}", (OWN,)),
        (f"{OWN}\n{ZOOM}\r\n", (OWN, ZOOM)),
        (f"x{OWN}", ()),
        (f"http://evil.example/?u={ZOOM}", ()),
        (f"https://evil.example/?u={ZOOM}", (f"https://evil.example/?u={ZOOM}",)),
        ("http://meet.example", ()),
        ("hxxps://meet.example https//meet.example", ()),
        ("https://user:pw@zoom.us/j/1", ()),
    ],
)
def test_addresses_in_a_text(text: str, found: tuple[str, ...]) -> None:
    assert https_addresses(text) == found


@given(texts)
def test_whatever_is_found_stands_in_the_text_and_is_https(text: str) -> None:
    for found in https_addresses(text):
        assert found in text
        assert found.lower().startswith("https://")
        assert https_host(found)


def test_a_host_is_below_its_own_domain_only() -> None:
    assert is_below("zoom.us", "zoom.us")
    assert is_below("acme.zoom.us", "zoom.us")
    assert not is_below("evilzoom.us", "zoom.us")
    assert not is_below("zoom.us.evil.example", "zoom.us")


@pytest.mark.parametrize(
    ("join_url", "location", "body", "address"),
    [
        ("", "", "", ""),
        (f" {OWN} ", ZOOM, ZOOM, OWN),
        ("http://meet.example", ZOOM, "", ZOOM),
        ("", f"Room 3 or {OWN}", "", OWN),
        ("", f"{OWN} {ZOOM}", "", ZOOM),
        ("", OWN, f"Dial in: {ZOOM}", ZOOM),
        ("", "Room 3", f"Agenda: {OWN} Dial in: {ZOOM}", ZOOM),
        ("", "Room 3", f"Agenda: {OWN}", ""),
        ("", "http://zoom.us/j/1", "http://zoom.us/j/1", ""),
        (
            "",
            "https://zoom.us.evil.example/j/1",
            "https://evilzoom.us/j/1",
            "https://zoom.us.evil.example/j/1",
        ),
        ("", "+49 30 123", "", ""),
    ],
)
def test_where_a_meeting_is_joined(join_url: str, location: str, body: str, address: str) -> None:
    shown = meeting(location=location, body=body)
    assert join_address(Meeting(shown.id, shown.details, join_url=join_url)) == address


def test_internal_notes_are_no_place_to_join() -> None:
    assert join_address(meeting(notes=ZOOM)) == ""


@given(meetings)
def test_joining_is_https_or_nothing(shown: Meeting) -> None:
    address = join_address(shown)
    assert address == "" or https_host(address)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_lead_nowhere(text: str) -> None:
    shown = meeting(location=text, body=text)
    assert join_address(Meeting(shown.id, shown.details, join_url=text)) == ""
    assert record_address(text, 4711, CONTACT, "1") == ""
    assert record_address("app.hubspot.com", 4711, RecordType(text), "1") == ""
    assert record_address("app.hubspot.com", 4711, CONTACT, text) == ""


def test_only_addresses_are_conferences() -> None:
    assert is_conference("https://meet.google.com/abc")
    assert not is_conference("meet.google.com")


@pytest.mark.parametrize(
    ("ui_domain", "address"),
    [
        ("app.hubspot.com", "https://app.hubspot.com/contacts/4711/record/0-47/7001"),
        (" App-EU1.HubSpot.com ", "https://app-eu1.hubspot.com/contacts/4711/record/0-47/7001"),
        ("hubspot.com", "https://hubspot.com/contacts/4711/record/0-47/7001"),
        ("evilhubspot.com", ""),
        ("app.hubspot.com.evil.example", ""),
        ("evil.example/app.hubspot.com", ""),
        ("user@app.hubspot.com", ""),
        ("app.hubspot.com:8080", ""),
        ("app.hubspot.com/x", ""),
        ("app.hubspot.com.", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_the_page_of_a_meeting(ui_domain: str, address: str) -> None:
    assert meeting_address(ui_domain, 4711, MeetingId("7001")) == address
    assert record_address(ui_domain, 4711, MEETING, "7001") == address


def test_what_hubspot_does_not_know_has_no_page() -> None:
    assert meeting_address("app.hubspot.com", 4711, local_meeting_id("a1")) == ""
    assert record_address("app.hubspot.com", -1, CONTACT, "1") == ""
    assert record_address("app.hubspot.com", 4711, RecordType("contacts"), "1") == ""
    assert record_address("app.hubspot.com", 4711, CONTACT, "1/../2") == ""
    assert record_address("app.hubspot.com", 4711, CONTACT, "\u0661") == ""
    assert record_address("app.hubspot.com", 4711, RecordType("2-5550"), "9").endswith("/record/2-5550/9")


@given(st.text(max_size=30), st.integers(), st.text(max_size=8), st.text(max_size=8))
def test_every_page_is_hubspots(ui_domain: str, portal: int, kind: str, record_id: str) -> None:
    address = record_address(ui_domain, portal, RecordType(kind), record_id)
    assert address == "" or (https_host(address) or "").endswith("hubspot.com")
