"""Finding what is wrong with a manifest: every finding names the field and the kind of mistake."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.manifest import ENDPOINTS, LINK_ID, MEETING_ID, POST_MEETING, VERSION
from app.domain.manifest_addresses import EndpointAddress, is_public_host, parse_address

_PLACEHOLDER: Final = re.compile(r":[A-Za-z][A-Za-z0-9_]*")
_FIELDS: Final = ("version", "clientId", "endpoints")


class Fault(StrEnum):
    """A kind of mistake in a manifest."""

    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    REPEATED_FIELD = "repeated_field"
    NOT_TEXT = "not_text"
    WRONG_VERSION = "wrong_version"
    BAD_CLIENT_ID = "bad_client_id"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_HTTPS = "not_https"
    NOT_PUBLIC = "not_public"
    NO_PATH = "no_path"
    NO_LINK_ID = "no_link_id"
    NO_MEETING_ID = "no_meeting_id"
    MEETING_ID_UNUSED = "meeting_id_unused"
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    NOT_A_SEGMENT = "not_a_segment"
    LOGIN_IN_ADDRESS = "login_in_address"
    QUERY_OR_FRAGMENT = "query_or_fragment"
    OTHER_CLIENT = "other_client"


WARNINGS: Final = frozenset(
    {
        Fault.MEETING_ID_UNUSED,
        Fault.UNKNOWN_PLACEHOLDER,
        Fault.NOT_A_SEGMENT,
        Fault.LOGIN_IN_ADDRESS,
        Fault.QUERY_OR_FRAGMENT,
        Fault.OTHER_CLIENT,
    }
)
"""Mistakes that Pipedrive may let pass; everything else is an error."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: `field` is a dotted path, empty for the whole text; `found` is what stands there now."""

    field: str
    fault: Fault
    found: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the manifest cannot work like this; otherwise it is a warning."""
        return self.fault not in WARNINGS


class _Repeated(dict[str, object]):
    """An object of the JSON text that remembers the names it held twice."""

    repeated: tuple[str, ...] = ()


def check_manifest(text: str, *, client_id: str | None = None) -> tuple[Finding, ...]:
    """Everything wrong with the JSON text of a manifest, in the order of its fields; empty when all is well.

    `client_id` is the OAuth client in use, None when there is none to compare with.
    """
    try:
        document = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        return (Finding("", Fault.NOT_JSON, f"{error.lineno}:{error.colno}"),)
    except (ValueError, RecursionError):
        return (Finding("", Fault.NOT_JSON),)
    if not isinstance(document, _Repeated):
        return (Finding("", Fault.NOT_AN_OBJECT),)
    return tuple(_findings(document, client_id))


def _object(pairs: list[tuple[str, object]]) -> _Repeated:
    made = _Repeated(pairs)
    names = [name for name, _ in pairs]
    made.repeated = tuple(dict.fromkeys(name for name in names if names.count(name) > 1))
    return made


def _findings(document: _Repeated, client_id: str | None) -> Iterator[Finding]:
    yield from _shape(document, _FIELDS, "")
    if "version" in document and document["version"] != VERSION:
        yield Finding("version", Fault.WRONG_VERSION, _shown(document["version"]))
    if "clientId" in document:
        yield from _client_id(document["clientId"], client_id)
    if "endpoints" not in document:
        return
    endpoints = document["endpoints"]
    if not isinstance(endpoints, _Repeated):
        yield Finding("endpoints", Fault.NOT_AN_OBJECT, _shown(endpoints))
        return
    yield from _shape(endpoints, tuple(ENDPOINTS), "endpoints.")
    for name in ENDPOINTS:
        if name in endpoints:
            yield from _endpoint(name, endpoints[name])


def _shape(found: _Repeated, expected: tuple[str, ...], prefix: str) -> Iterator[Finding]:
    for name in expected:
        if name not in found:
            yield Finding(prefix + name, Fault.MISSING)
    for name in found:
        if name not in expected:
            yield Finding(prefix + name, Fault.UNKNOWN_FIELD)
    for name in found.repeated:
        yield Finding(prefix + name, Fault.REPEATED_FIELD)


def _client_id(value: object, expected: str | None) -> Iterator[Finding]:
    if not isinstance(value, str):
        yield Finding("clientId", Fault.NOT_TEXT, _shown(value))
    elif not re.fullmatch(r"\S+", value):
        yield Finding("clientId", Fault.BAD_CLIENT_ID, value)
    elif expected is not None and value != expected:
        yield Finding("clientId", Fault.OTHER_CLIENT, value)


def _endpoint(name: str, value: object) -> Iterator[Finding]:
    field = f"endpoints.{name}"
    if not isinstance(value, str):
        yield Finding(field, Fault.NOT_TEXT, _shown(value))
        return
    address = parse_address(value)
    if address is None:
        yield Finding(field, Fault.NOT_AN_ADDRESS, value)
        return
    yield from (Finding(field, fault, found) for fault, found in _address_faults(address, value))
    yield from (Finding(field, fault, found) for fault, found in _placeholder_faults(name, address.path))


def _address_faults(address: EndpointAddress, text: str) -> Iterator[tuple[Fault, str]]:
    if not text.startswith("https://"):
        yield Fault.NOT_HTTPS, address.scheme
    if not is_public_host(address.host):
        yield Fault.NOT_PUBLIC, address.host
    if not address.path:
        yield Fault.NO_PATH, text
    if address.has_login:
        yield Fault.LOGIN_IN_ADDRESS, ""
    if address.has_query_or_fragment:
        yield Fault.QUERY_OR_FRAGMENT, ""


def _placeholder_faults(name: str, path: str) -> Iterator[tuple[Fault, str]]:
    placeholders = _PLACEHOLDER.findall(path)
    missing: Mapping[str, Fault] = {LINK_ID: Fault.NO_LINK_ID, MEETING_ID: Fault.NO_MEETING_ID}
    for placeholder in ENDPOINTS[name]:
        if placeholder not in placeholders:
            yield missing[placeholder], placeholder
    for placeholder in placeholders:
        if placeholder not in missing:
            yield Fault.UNKNOWN_PLACEHOLDER, placeholder
        elif placeholder not in path.split("/"):
            yield Fault.NOT_A_SEGMENT, placeholder
    if name == POST_MEETING and MEETING_ID in placeholders:
        yield Fault.MEETING_ID_UNUSED, MEETING_ID


def _shown(value: object) -> str:
    """A value as it stands in the JSON, at most 80 letters of it."""
    return json.dumps(value, ensure_ascii=False)[:80]
