"""Where a token may go, and paths that stay what they are."""

from urllib.parse import unquote

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.addresses import api_base, is_loopback, segment, target


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://api.hubapi.com", "https://api.hubapi.com"),
        ("https://api.hubapi.com/", "https://api.hubapi.com"),
        ("http://127.0.0.1:8787", "http://127.0.0.1:8787"),
        ("http://localhost:8787/", "http://localhost:8787"),
        ("http://[::1]:8787", "http://[::1]:8787"),
    ],
)
def test_an_api_address_is_https_or_on_this_computer(url: str, base: str) -> None:
    assert api_base(url) == base


@pytest.mark.parametrize(
    "url",
    [
        "http://api.hubapi.com",
        "http://127.0.0.1.evil.test",
        "http://localhost.evil.test",
        "ftp://localhost",
        "https://",
        "api.hubapi.com",
        "https://user@api.hubapi.com",
        "https://api.hubapi.com/crm",
        "https://api.hubapi.com?x=1",
        "https://api.hubapi.com#x",
        "",
    ],
)
def test_no_other_address_gets_a_token(url: str) -> None:
    with pytest.raises(ValueError, match="an API address"):
        api_base(url)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("127.9.9.9", True), ("::1", True), ("10.0.0.1", False), ("evil.test", False)],
)
def test_loopback_is_this_computer_only(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("team/link", "team%2Flink"),
        ("a b", "a%20b"),
        ("100%", "100%25"),
        ("already%2Fencoded", "already%252Fencoded"),
        ("ä", "%C3%A4"),
        (".", "%2E"),
        ("..", "%2E%2E"),
        ("...", "..."),
        ("?x#y", "%3Fx%23y"),
    ],
)
def test_a_slug_is_exactly_one_segment(text: str, expected: str) -> None:
    assert segment(text) == expected


def test_an_empty_segment_would_name_something_else() -> None:
    with pytest.raises(ValueError, match="empty"):
        segment("")


@given(st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable()))
def test_httpx_sends_a_segment_as_it_was_built(text: str) -> None:
    path = f"/book/{segment(text)}"
    sent = httpx.URL("https://api.example.test" + target(path, [("timezone", text)])).raw_path
    assert sent.startswith(path.encode("ascii") + b"?timezone=")
    assert sent.count(b"/") == 2
    assert unquote(sent.decode("ascii").split("=", 1)[1]) == text


def test_a_query_is_encoded_once() -> None:
    assert target("/a") == "/a"
    assert target("/a", [("timezone", "America/New_York"), ("q", "a b&c")]) == (
        "/a?timezone=America%2FNew_York&q=a%20b%26c"
    )


@pytest.mark.parametrize("path", ["", "a", "//evil.test/a", "https://evil.test"])
def test_a_path_cannot_leave_the_host(path: str) -> None:
    with pytest.raises(ValueError, match="one slash"):
        target(path)
