"""The addresses in a manifest, taken apart, and whether the internet can reach them."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)([?#].*)?", re.DOTALL)
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_PRIVATE_ENDS: Final = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "test",
    "invalid",
)
_PRIVATE_DOMAINS: Final = ("home.arpa",)
_MOST_PORT: Final = 65_535


@dataclass(frozen=True, slots=True)
class EndpointAddress:
    """An absolute address: `host` without brackets and port, `path` from its first slash on or empty."""

    scheme: str
    host: str
    path: str
    has_login: bool
    has_query_or_fragment: bool


def parse_address(text: str) -> EndpointAddress | None:
    """Take an absolute address apart; None when the text is none (blanks, no host, a bad port)."""
    found = _ADDRESS.fullmatch(text)
    if found is None or any(letter.isspace() or not letter.isprintable() for letter in text):
        return None
    login, _, place = found[2].rpartition("@")
    parted = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::(\d{1,5}))?", place)
    if parted is None or int(parted[2] or 1) not in range(1, _MOST_PORT + 1):
        return None
    return EndpointAddress(
        scheme=found[1].lower(),
        host=parted[1].strip("[]").lower(),
        path=found[3],
        has_login=bool(login),
        has_query_or_fragment=found[4] is not None,
    )


def is_public_host(host: str) -> bool:
    """Whether a host can be reached from the internet: a full domain name or a global address."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    name = host.removesuffix(".").lower()
    labels = name.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    # A number at the end is an IPv4 address in one of its old spellings, such as 127.1 or 0x7f.1.
    if labels[-1][0].isdigit() or labels[-1] in _PRIVATE_ENDS:
        return False
    return not any(name == domain or name.endswith(f".{domain}") for domain in _PRIVATE_DOMAINS)
