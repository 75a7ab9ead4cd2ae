"""Web addresses in texts from elsewhere: which of them may be opened."""

import re
from typing import Final

_HOST: Final = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,20}(?:xn--[a-z0-9-]{1,59}|[a-z]{2,63})"
_ADDRESS: Final = re.compile(rf"https://({_HOST})(?::(\d{{1,5}}))?(?:[/?#].*)?", re.IGNORECASE)
_IN_TEXT: Final = re.compile(r"(?<![^\s<>\"'(\[{,;:|*_-])https://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_FORBIDDEN: Final = frozenset(' "<>\\^`{|}')
_ENDS: Final = ".,;:!?'*_-"
_MOST_LETTERS: Final = 8_192
_MOST_PORT: Final = 65_535


def https_host(address: str) -> str | None:
    """The host, in small letters, of a text that is one https address and nothing else; None otherwise.

    Addresses with a user name, a host that is no domain name in ASCII (IDN hosts come as `xn--…`), or
    blanks, control and direction characters are none.
    """
    if len(address) > _MOST_LETTERS or not address.isprintable() or _FORBIDDEN & set(address):
        return None
    found = _ADDRESS.fullmatch(address)
    if found is None or int(found[2] or 1) not in range(1, _MOST_PORT + 1):
        return None
    return found[1].lower()


def https_addresses(text: str) -> tuple[str, ...]:
    """The https addresses in a text, in its order, without the punctuation that ends a sentence."""
    found = (_trimmed(one[0]) for one in _IN_TEXT.finditer(text))
    return tuple(address for address in found if https_host(address))


def _trimmed(address: str) -> str:
    """Without punctuation, and without closing brackets that were opened before the address."""
    address = address.rstrip(_ENDS)
    for opening, closing in ("()", "[]", "()"):
        surplus = max(address.count(closing) - address.count(opening), 0)
        inner = address.rstrip(closing)
        address = max(inner, address[: len(address) - surplus], key=len).rstrip(_ENDS)
    return address


def is_below(host: str, domain: str) -> bool:
    """Whether a host is the domain or one of its subdomains."""
    return host == domain or host.endswith(f".{domain}")
