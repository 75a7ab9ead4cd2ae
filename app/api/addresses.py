"""Checks the addresses that tokens may be sent to, and builds paths that stay one segment each."""

import ipaddress
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, urlsplit

Query = Iterable[tuple[str, str]]

_DOTS: Final = {".": "%2E", "..": "%2E%2E"}


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only be this computer."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def api_base(url: str) -> str:
    """`url` without a trailing slash: scheme and host, nothing more.

    Raises ValueError unless it is https, or http on this computer: a token never travels in clear.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ValueError("an API address is https, or http on this computer")
    if not host or parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("an API address is a scheme and a host, nothing more")
    return f"{parts.scheme}://{parts.netloc}"


def segment(text: str) -> str:
    """`text` as exactly one path segment: a slash in it is sent as %2F (HubSpot reference 5.9).

    Raises ValueError for an empty text, which would name another resource.
    """
    if not text:
        raise ValueError("a path segment cannot be empty")
    return _DOTS.get(text) or quote(text, safe="")


def target(path: str, query: Query = ()) -> str:
    """An already encoded path with its query, each value percent-encoded (a space as %20).

    Raises ValueError when the path could leave the host.
    """
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError("a path starts with one slash")
    pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query)
    return f"{path}?{pairs}" if pairs else path
