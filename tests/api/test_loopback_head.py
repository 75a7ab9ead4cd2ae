"""The one request that counts, told from every other one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api.loopback_head import CodeReceived, ErrorReceived, Expected, read_callback
from tests.api.browser import STATE, Hostile, request

HOST = "localhost:53682"
EXPECTED = Expected(path="/oauth/callback", host=HOST, state=STATE)


def read(target: str, *lines: str, host: str = HOST) -> CodeReceived | ErrorReceived | None:
    return read_callback(request(target, host, *lines), EXPECTED)


@pytest.mark.parametrize(
    ("query", "result"),
    [
        (f"code=abc&state={STATE}", CodeReceived("abc")),
        (f"state={STATE}&code=a%2Fb%2Bc", CodeReceived("a/b+c")),
        (f"code=abc&state={STATE}&iss=https%3A%2F%2Fapp.example.test&extra=", CodeReceived("abc")),
        (f"error=access_denied&error_description=No+thanks&state={STATE}", ErrorReceived("access_denied")),
    ],
)
def test_the_right_request_counts(query: str, result: object) -> None:
    assert read(f"/oauth/callback?{query}") == result


def test_an_older_http_and_odd_spaces_are_fine() -> None:
    head = f"GET /oauth/callback?code=a&state={STATE} HTTP/1.0\r\nhOsT:\t{HOST} \r\n\r\n"
    assert read_callback(head.encode(), EXPECTED) == CodeReceived("a")


@pytest.mark.parametrize(
    "target",
    [
        "/oauth/callback",
        "/oauth/callback?",
        f"/oauth/callback?code=a&state={STATE}&state={STATE}",
        f"/oauth/callback?code=a&code=b&state={STATE}",
        f"/oauth/callback?code=a&error=b&state={STATE}",
        f"/oauth/callback?error=a&error=b&state={STATE}",
        f"/oauth/callback?code=&state={STATE}",
        f"/oauth/callback?code=a%20b&state={STATE}",
        f"/oauth/callback?code={'a' * 2049}&state={STATE}",
        f"/oauth/callback?error=%3Cscript%3E&state={STATE}",
        f"/oauth/callback?error=&state={STATE}",
        f"/oauth/callback?state={STATE}",
        "/oauth/callback?code=a",
        "/oauth/callback?code=a&state=",
        "/oauth/callback?code=a&state=%C3%A9",
        f"/oauth/callback?code=a&state={STATE}&bare",
        f"/oauth/callback?code=a&state={STATE}&x=%ff",
        f"/oauth/callback?{'x=1&' * 30}code=a&state={STATE}",
        f"/oauth/callback/?code=a&state={STATE}",
        f"/oauth%2Fcallback?code=a&state={STATE}",
        f"http://{HOST}/oauth/callback?code=a&state={STATE}",
        f"/?code=a&state={STATE}",
        f"/oauth/callback#?code=a&state={STATE}",
        f"/oauth/callback?code=a&state={STATE} x",
    ],
)
def test_no_other_target_counts(target: str) -> None:
    assert read(target) is None


@pytest.mark.parametrize(
    "line",
    [
        f"Host: {HOST}",
        "Content-Length: 0",
        "Transfer-Encoding: chunked",
        "Upgrade: h2c",
        " folded",
        "NoColon",
        "Na me: x",
        "X: \x01",
        "X: \xe9",
    ],
)
def test_no_strange_header_is_let_through(line: str) -> None:
    assert read(f"/oauth/callback?code=a&state={STATE}", line) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:53682", "localhost:53683", "evil.test", ""])
def test_only_the_exact_host_counts(host: str) -> None:
    assert read(f"/oauth/callback?code=a&state={STATE}", host=host) is None


def test_a_request_without_a_host_does_not_count() -> None:
    head = f"GET /oauth/callback?code=a&state={STATE} HTTP/1.1\r\nAccept: */*\r\n\r\n"
    assert read_callback(head.encode(), EXPECTED) is None


@pytest.mark.parametrize("head", [b"", b"\r\n\r\n", b"GET\r\n\r\n", b"\xff" * 50, b"GET / HTTP/2\r\n\r\n"])
def test_no_noise_counts(head: bytes) -> None:
    assert read_callback(head, EXPECTED) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(head: bytes) -> None:
    assert read_callback(head + b"\r\n\r\n", EXPECTED) is None


def test_the_hostile_requests_of_the_bar_are_hostile() -> None:
    hostile = Hostile(random.Random(1), 53682)
    assert all(read_callback(hostile.request(), EXPECTED) is None for _ in range(5_000))


def test_a_code_is_not_shown() -> None:
    assert "abc" not in repr(CodeReceived("abc"))
    assert STATE not in repr(EXPECTED)
