"""What leaves the application: https links, and loopback pages that were named beforehand. Nothing else."""

import itertools

import pytest
from PySide6.QtCore import QUrl

from app.ui.kit.opening import Opener
from tests.guards.figures import Report

SANDBOX = "http://localhost:8787"

_HOSTS = (
    "meetings.example.com",
    "app.hubspot.com",
    "xn--bcher-kva.example",
    "a-b.c.example",
    "93.184.216.34",
    "m.co",
    "a.b.c.d.e.example",
    "123.example",
    "x-y-z.example.org",
)
_PATHS = (
    "",
    "/",
    "/ada/intro",
    "/a/b?x=1&y=%20z",
    "/p#frag",
    ":8443/x",
    "/~u/@me",
    "/a;b=c",
    "/%E2%9C%93",
    "?q=1",
)
GOOD = [f"https://{host}{path}" for host, path in itertools.product(_HOSTS, _PATHS)]

_SCHEMES = (
    "http",
    "ftp",
    "file",
    "javascript",
    "data",
    "vbscript",
    "smb",
    "ssh",
    "ms-msdt",
    "HTTP",
    "blob",
    "about",
)
_TARGETS = (
    "//x.example/a",
    "alert(1)",
    "///etc/passwd",
    "//localhost:9999/",
    "//127.0.0.1:1/",
    "",
    "/a",
    "//x.example",
)
_BROKEN = (
    "https://",
    "https:///path",
    "https:x.example",
    "https:/x.example",
    "https://user@x.example/",
    "https://user:pw@x.example/",
    "https://x.example@evil.example/",
    "https://x.example:99999/",
    "https://x.example:port/",
    "https://x.example\\@evil.example/",
    "https://x.example /a",
    "https://x.example/a b",
    "https://x.example/\n",
    "https://x.example/\t",
    "https://x.example/\x00",
    "https://x.example/<script>",
    'https://x.example/"a',
    "https://[::1",
    "https://localhost/",
    "https://.example/",
    "https://./",
    "https://b\u00fccher.example/",
    "https://x.example/\u202e",
    "https://\u0430pple.com/",
    "//x.example/a",
    "x.example",
    "www.x.example",
    "",
    " ",
    " https://x.example/",
    "-https://x.example",
    "https://x.example/`id`",
    "https://x.example/{a}",
    "https://x.example/|a",
    "https://x.example/^",
    "http://localhost:8788/authorize",
    "http://127.0.0.1:8787/authorize",
    "http://localhost.evil.example:8787/",
    "http://localhost:8787@evil.example/",
    "http://evil.example/http://localhost:8787",
    "http://localhost/",
    "http://LOCALHOST:8788/",
)
_SEPARATORS = ("\r", "\n", "\x00", "\x7f", " ", "\\", "\u2028", "\u00a0", "<", ">", "'")
_SPLICED = [f"https://x.exa{sign}mple/{host}" for sign, host in itertools.product(_SEPARATORS, _HOSTS)]
_USERS = [
    f"https://{user}@{host}/"
    for user, host in itertools.product(("a", "a:b", "", "%40", "x.example"), _HOSTS)
]
_LOCAL = [
    f"http://{host}:{port}/{tail}"
    for host, port, tail in itertools.product(
        ("localhost", "127.0.0.1", "[::1]", "0.0.0.0", "10.0.0.1", "192.168.1.1"),
        (80, 631, 8080, 8788),
        ("", "a", "a?b"),
    )
]
_MIXED = [f"{scheme}:{target}" for scheme, target in itertools.product(_SCHEMES, _TARGETS)]
_CASED = [
    f"{scheme}:{target}"
    for scheme, target in itertools.product(
        (
            "JavaScript",
            "jAvAsCrIpT",
            "File",
            "DATA",
            "view-source",
            "mailto",
            "tel",
            "x",
            "chrome",
            "ws",
            "wss",
        ),
        _TARGETS,
    )
]
_WRAPPED = [
    f"{before}https://x.example/{after}"
    for before, after in itertools.product(
        ("javascript:", "view-source:", "\x01", "\u200b", "(", "url:", "'", "<"),
        ("", "a", "a?b", "#c", "%00x"),
    )
]
BAD = list(dict.fromkeys([*_BROKEN, *_SPLICED, *_USERS, *_LOCAL, *_MIXED, *_CASED, *_WRAPPED]))


class Launches:
    def __init__(self) -> None:
        self.urls: list[str] = []

    def __call__(self, url: QUrl) -> bool:
        self.urls.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True


@pytest.fixture
def launches() -> Launches:
    return Launches()


@pytest.fixture
def opener(launches: Launches) -> Opener:
    return Opener(loopback=frozenset({SANDBOX}), launch=launches)


@pytest.mark.bar
def test_five_hundred_addresses(opener: Opener, launches: Launches, figure: Report) -> None:
    addresses = [*GOOD, *BAD]
    opened = [address for address in addresses if opener.open(address)]
    wrong = sum(not address.startswith("https://") for address in launches.urls)
    figure("addresses opened that are not https", f"{wrong} of {len(addresses)} ({len(opened)} opened)", 0)
    assert len(addresses) >= 500
    assert opened == GOOD
    assert len(launches.urls) == len(GOOD)


@pytest.mark.parametrize("address", GOOD)
def test_what_is_launched_is_what_was_given(opener: Opener, launches: Launches, address: str) -> None:
    opener.open(address)
    assert launches.urls[0].rstrip("/") == address.rstrip("/")


def test_a_named_loopback_page_opens(opener: Opener, launches: Launches) -> None:
    assert opener.open(f"{SANDBOX}/oauth/authorize?client_id=1")
    assert launches.urls == [f"{SANDBOX}/oauth/authorize?client_id=1"]


def test_without_the_list_no_loopback_page_opens(launches: Launches) -> None:
    assert not Opener(launch=launches).open(f"{SANDBOX}/")


def test_a_refusing_system_is_reported() -> None:
    assert not Opener(launch=lambda _url: False).open("https://x.example/")


@pytest.mark.parametrize(
    ("to", "made"),
    [
        ("ada@northwind.example", "mailto:ada@northwind.example?subject=A%26B&body=x%0Ay"),
        ("ada+x@northwind.example", "mailto:ada+x@northwind.example?subject=A%26B&body=x%0Ay"),
    ],
)
def test_a_mail_carries_what_was_said_and_nothing_more(
    opener: Opener, launches: Launches, to: str, made: str
) -> None:
    assert opener.write_mail(to, subject="A&B", body="x\ny")
    assert launches.urls == [made]


@pytest.mark.parametrize(
    "to",
    [
        "",
        "ada",
        "@x.example",
        "ada@x",
        "a@b@c.example",
        "ada@x.example?bcc=e@v.il",
        "a b@x.example",
        "a,b@x.example",
    ],
)
def test_what_is_no_address_gets_no_mail(opener: Opener, launches: Launches, to: str) -> None:
    assert not opener.write_mail(to)
    assert launches.urls == []


@pytest.mark.parametrize(
    ("number", "made"),
    [
        ("+49 30 1234567", "tel:+49301234567"),
        ("(030) 123-45.67", "tel:0301234567"),
        ("12", None),
        ("+", None),
        ("123;ext=evil", None),
        ("٠١٢٣٤", None),
        ("1" * 21, None),
    ],
)
def test_calls_take_digits_only(opener: Opener, launches: Launches, number: str, made: str | None) -> None:
    assert opener.call(number) is (made is not None)
    assert launches.urls == ([made] if made else [])
