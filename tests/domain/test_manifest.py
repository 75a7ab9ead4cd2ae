"""The manifest of the video calling extension: made, spelled, and checked for every kind of mistake."""

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.manifest import ENDPOINTS, manifest_for, manifest_schema, manifest_text
from app.domain.manifest_addresses import is_public_host, parse_address
from app.domain.manifest_checking import WARNINGS, Fault, Finding, check_manifest

GOOD: dict[str, Any] = json.loads(
    manifest_text(manifest_for(base_url="https://calls.acme.com", client_id="abc"))
)
POST, PATCH, DELETE = "endpoints.postMeeting", "endpoints.patchUpdateMeeting", "endpoints.deleteMeeting"
BOTH = "https://calls.acme.com/v/:linkId/m/:meetingId"


def changed(field: str, value: object) -> str:
    """The good manifest with one value put in another's place; `...` takes it away."""
    document = copy.deepcopy(GOOD)
    *parents, last = field.split(".")
    place = document
    for name in parents:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return json.dumps(document)


def test_a_made_manifest_is_exactly_what_pipedrive_documents() -> None:
    text = manifest_text(manifest_for(base_url=" https://calls.acme.com/pd/ ", client_id=" 1f2e "))
    assert json.loads(text) == {
        "version": "v202049",
        "clientId": "1f2e",
        "endpoints": {
            "postMeeting": "https://calls.acme.com/pd/pipedrive/:linkId/meetings",
            "deleteMeeting": "https://calls.acme.com/pd/pipedrive/:linkId/meetings/:meetingId",
            "patchUpdateMeeting": "https://calls.acme.com/pd/pipedrive/:linkId/meetings/:meetingId",
        },
    }
    assert text.endswith("}\n")
    assert check_manifest(text, client_id="1f2e") == ()


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("version", "v1", Finding("version", Fault.WRONG_VERSION, '"v1"')),
        ("version", ..., Finding("version", Fault.MISSING)),
        ("clientId", "", Finding("clientId", Fault.BAD_CLIENT_ID, "")),
        ("clientId", "a b", Finding("clientId", Fault.BAD_CLIENT_ID, "a b")),
        ("clientId", 7, Finding("clientId", Fault.NOT_TEXT, "7")),
        ("clientID", "abc", Finding("clientID", Fault.UNKNOWN_FIELD)),
        ("endpoints", ..., Finding("endpoints", Fault.MISSING)),
        ("endpoints", [], Finding("endpoints", Fault.NOT_AN_OBJECT, "[]")),
        ("endpoints.updateMeeting", BOTH, Finding("endpoints.updateMeeting", Fault.UNKNOWN_FIELD)),
        (DELETE, ..., Finding(DELETE, Fault.MISSING)),
        (DELETE, None, Finding(DELETE, Fault.NOT_TEXT, "null")),
        (POST, "/x/:linkId", Finding(POST, Fault.NOT_AN_ADDRESS, "/x/:linkId")),
        (POST, "http://calls.acme.com/:linkId", Finding(POST, Fault.NOT_HTTPS, "http")),
        (POST, "HTTPS://calls.acme.com/:linkId", Finding(POST, Fault.NOT_HTTPS, "https")),
        (POST, "https://localhost:8443/:linkId", Finding(POST, Fault.NOT_PUBLIC, "localhost")),
        (POST, "https://[::1]/:linkId", Finding(POST, Fault.NOT_PUBLIC, "::1")),
        (POST, "https://calls.acme.com/m", Finding(POST, Fault.NO_LINK_ID, ":linkId")),
        (POST, "https://calls.acme.com/:linkIdx", Finding(POST, Fault.NO_LINK_ID, ":linkId")),
        (PATCH, "https://calls.acme.com/:linkId", Finding(PATCH, Fault.NO_MEETING_ID, ":meetingId")),
        (POST, BOTH, Finding(POST, Fault.MEETING_ID_UNUSED, ":meetingId")),
        (POST, "https://a.com/:linkId/:userId", Finding(POST, Fault.UNKNOWN_PLACEHOLDER, ":userId")),
        (POST, "https://a.com/m-:linkId", Finding(POST, Fault.NOT_A_SEGMENT, ":linkId")),
        (POST, "https://u:p@a.com/:linkId", Finding(POST, Fault.LOGIN_IN_ADDRESS)),
        (POST, "https://a.com/:linkId?x=1", Finding(POST, Fault.QUERY_OR_FRAGMENT)),
    ],
)
def test_each_kind_of_mistake_is_found_where_it_is(field: str, value: object, found: Finding) -> None:
    assert found in check_manifest(changed(field, value))


def test_every_mistake_of_one_text_is_found_in_the_order_of_the_fields() -> None:
    text = '{"version": 1, "version": 2, "endpoints": {"postMeeting": "https://a.com"}}'
    assert [(one.field, one.fault) for one in check_manifest(text)] == [
        ("clientId", Fault.MISSING),
        ("version", Fault.REPEATED_FIELD),
        ("version", Fault.WRONG_VERSION),
        (DELETE, Fault.MISSING),
        (PATCH, Fault.MISSING),
        (POST, Fault.NO_PATH),
        (POST, Fault.NO_LINK_ID),
    ]


def test_another_client_is_only_worth_a_warning() -> None:
    (found,) = check_manifest(json.dumps(GOOD), client_id="other")
    assert (found.field, found.fault, found.is_error) == ("clientId", Fault.OTHER_CLIENT, False)
    assert Finding("version", Fault.MISSING).is_error


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"version": \n}', Finding("", Fault.NOT_JSON, "2:1")),
        ("[" * 100_000, Finding("", Fault.NOT_JSON)),
        (f"[{'9' * 5_000}]", Finding("", Fault.NOT_JSON)),
        ("[]", Finding("", Fault.NOT_AN_OBJECT)),
        ("null", Finding("", Fault.NOT_AN_OBJECT)),
    ],
)
def test_what_is_no_manifest_at_all(text: str, found: Finding) -> None:
    assert check_manifest(text) == (found,)


def test_a_byte_order_mark_is_no_mistake() -> None:
    assert check_manifest("\ufeff" + json.dumps(GOOD)) == ()


@pytest.mark.parametrize(
    "text",
    ["", "https://", "https:///x", "https://a b/", "https://a:0/", "https://a:99999/", "https://a\n.com/x"],
)
def test_texts_that_are_no_address(text: str) -> None:
    assert parse_address(text) is None


def test_a_port_is_no_placeholder() -> None:
    address = "https://calls.acme.com:8443/:linkId/meetings/"
    assert check_manifest(changed(POST, address)) == ()


@pytest.mark.parametrize(
    ("host", "is_public"),
    [
        ("calls.acme.com", True),
        ("calls.acme.com.", True),
        ("xn--bcher-kva.example", True),
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("localhost", False),
        ("app.localhost", False),
        ("printer.local", False),
        ("host.docker.internal", False),
        ("router.home.arpa", False),
        ("intranet", False),
        ("10.1.2.3", False),
        ("192.168.0.9", False),
        ("169.254.169.254", False),
        ("fd00::1", False),
        ("127.1", False),
        ("0x7f.1", False),
        ("-a.com", False),
        ("a..com", False),
    ],
)
def test_what_the_internet_can_reach(host: str, *, is_public: bool) -> None:
    assert is_public_host(host) is is_public


SOFT = WARNINGS | {Fault.NOT_PUBLIC, Fault.REPEATED_FIELD, Fault.NOT_AN_ADDRESS}
VALUES = st.one_of(
    st.none(),
    st.integers(),
    st.just({}),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=9),
    st.just("v202049"),
    st.builds(
        "".join,
        st.lists(st.sampled_from(["https://", "http://", "a.com", "/", ":linkId", ":meetingId", "x", ":"])),
    ),
)
FIELDS = st.sampled_from(
    ["version", "clientId", "endpoints", "extra", *(f"endpoints.{x}" for x in ENDPOINTS)]
)


@given(field=FIELDS, value=VALUES)
def test_the_checker_and_the_published_schema_agree(field: str, value: object) -> None:
    text = changed(field, value)
    findings = check_manifest(text)
    is_valid = jsonschema.Draft202012Validator(manifest_schema()).is_valid(json.loads(text))
    if is_valid:
        assert all(one.fault in SOFT for one in findings)
    else:
        assert any(one.is_error for one in findings)


@pytest.mark.parametrize("hurt", [str.upper, str.swapcase, lambda text: text[:-3]])
def test_a_spoiled_text_never_passes(hurt: Callable[[str], str]) -> None:
    assert any(one.is_error for one in check_manifest(hurt(json.dumps(GOOD))))
