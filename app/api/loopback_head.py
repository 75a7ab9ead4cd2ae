"""Reads the one request the sign-in waits for, and nothing else; pure."""

import hmac
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl

LARGEST_HEAD: Final = 8 * 1024
END_OF_HEAD: Final = b"\r\n\r\n"

_REQUEST_LINE = re.compile(r"GET (/[!-~]*) HTTP/1\.[01]", re.ASCII)
_HEADER_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t -~]*?)[ \t]*", re.ASCII)
_CODE = re.compile(r"[!-~]{1,2048}", re.ASCII)
_ERROR = re.compile(r"[A-Za-z0-9_.\-]{1,64}", re.ASCII)
_MOST_FIELDS: Final = 20
_BODY_HEADERS: Final = frozenset({"content-length", "transfer-encoding", "upgrade"})


@dataclass(frozen=True, slots=True)
class CodeReceived:
    """The service sent the browser back with a single-use code."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ErrorReceived:
    """The service sent the browser back with an RFC 6749 error code, such as `access_denied`."""

    error: str


CallbackResult = CodeReceived | ErrorReceived


@dataclass(frozen=True, slots=True)
class Expected:
    """What the right request carries; `host` such as `localhost:53682`."""

    path: str
    host: str
    state: str = field(repr=False)


def read_callback(head: bytes, expected: Expected) -> CallbackResult | None:
    """The answer in `head` (up to and with the empty line); None unless everything is exactly right.

    Right is: GET, the exact path, one exact Host, no body, exactly one `state` that is ours, and exactly
    one of `code` and `error`, once.
    """
    lines = _lines(head)
    target = _REQUEST_LINE.fullmatch(lines[0])
    if target is None or not _are_headers_right(lines[1:], expected.host):
        return None
    path, _, query = target[1].partition("?")
    if path != expected.path:
        return None
    fields = _fields(query)
    if not _is_state_right(fields.get("state", []), expected.state):
        return None
    match fields.get("code", []), fields.get("error", []):
        case [code], [] if _CODE.fullmatch(code):
            return CodeReceived(code)
        case [], [error] if _ERROR.fullmatch(error):
            return ErrorReceived(error)
    return None


def _lines(head: bytes) -> list[str]:
    return head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")


def _are_headers_right(lines: list[str], host: str) -> bool:
    headers = [_HEADER_LINE.fullmatch(line) for line in lines]
    pairs = [(found[1].lower(), found[2]) for found in headers if found is not None]
    if len(pairs) != len(lines) or any(name in _BODY_HEADERS for name, _ in pairs):
        return False
    return [value for name, value in pairs if name == "host"] == [host]


def _fields(query: str) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            query,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        return {}
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _is_state_right(found: list[str], state: str) -> bool:
    if len(found) != 1:
        return False
    return hmac.compare_digest(found[0].encode("utf-8"), state.encode("utf-8"))
