"""Pipedrive's OpenAPI documents, read as far as they need be, and replies checked against them.

The documents use few of YAML's forms (maps, lists, plain and quoted texts, `|` blocks, no references), and
this reader knows those only. They lie beside the checkout; the tests that need them skip where they are not.
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "specs" / "pipedrive"
_ENTRY = re.compile(r"""('(?:[^']|'')*'|"[^"]*"|[^\s'"#-][^:]*?|\$ref):(?:\s+(.*))?$""")


class Reader:
    """Reads the lines of one block by their indents."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line for line in lines if line.strip()]
        self.at = 0

    def value(self, indent: int) -> Any:
        text = self.lines[self.at]
        return self._list(indent) if text.lstrip().startswith("- ") else self._map(indent)

    def _indent(self) -> int:
        if self.at >= len(self.lines):
            return -1
        text = self.lines[self.at]
        return len(text) - len(text.lstrip(" "))

    def _map(self, indent: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while self._indent() == indent and not self.lines[self.at].lstrip().startswith("- "):
            matched = _ENTRY.fullmatch(self.lines[self.at].strip())
            assert matched, self.lines[self.at]
            self.at += 1
            found[str(scalar(matched[1]))] = self._inner(indent, matched[2])
        return found

    def _list(self, indent: int) -> list[Any]:
        found: list[Any] = []
        while self._indent() == indent and self.lines[self.at].lstrip().startswith("- "):
            rest = self.lines[self.at].lstrip()[2:]
            if _ENTRY.fullmatch(rest.strip()) and rest[0] not in "'\"":
                self.lines[self.at] = " " * (indent + 2) + rest
                found.append(self._map(indent + 2))
            else:
                self.at += 1
                found.append(scalar(rest.strip()))
        return found

    def _inner(self, indent: int, text: str | None) -> Any:
        if text and text not in ("|", ">-", ">", "|-"):
            return scalar(text)
        if text:
            start = self.at
            while self._indent() > indent:
                self.at += 1
            return "\n".join(line.strip() for line in self.lines[start : self.at])
        deeper = self._indent()
        is_list = deeper == indent and self.lines[self.at].lstrip().startswith("- ")
        return self.value(deeper) if deeper > indent or is_list else None


def scalar(text: str) -> Any:
    """Read a plain or quoted text, a number, a truth value, or an empty list or map."""
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text.startswith('"') or text in ("[]", "{}"):
        return json.loads(text)
    known = {"true": True, "false": False, "null": None, "~": None}
    if text in known:
        return known[text]
    try:
        return int(text) if re.fullmatch(r"-?(0|[1-9]\d*)", text) else float(text)
    except ValueError:
        return text


@cache
def paths(version: int) -> dict[str, list[str]]:
    """The lines of every path of a document, by the path."""
    text = (DOCUMENTS / f"openapi-v{version}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    inside, name = False, ""
    for line in text.splitlines():
        if line and not line.startswith(" "):
            inside = line == "paths:"
        elif inside and re.match(r"  ['/]", line):
            name = str(scalar(line.strip().removesuffix(":")))
            found[name] = []
        elif inside and name:
            found[name].append(line)
    return found


@cache
def operation(version: int, method: str, path: str) -> dict[str, Any]:
    """One operation of a document; KeyError when it has none."""
    read: dict[str, Any] = Reader(list(paths(version)[path])).value(4)
    found: dict[str, Any] = read[method.lower()]
    return found


def differences(schema: dict[str, Any], value: Any, at: str = "$") -> list[str]:
    """What is wrong with a value, one line each; null is let pass, see `nulls`."""
    found: list[str] = []
    for part in schema.get("allOf", []):
        found += differences(part, value, at)
    for word in ("oneOf", "anyOf"):
        options = [differences(part, value, at) for part in schema.get(word, [])]
        if options and all(options):
            found.append(f"{at}: none of {word}: {options[0]}")
    if value is None:
        return found
    if not _is(value, schema.get("type")):
        return [*found, f"{at}: {value!r} is not {schema.get('type')}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at}: {value!r} is not one of the enum")
    if isinstance(value, dict):
        found += [f"{at}.{name}: is missing" for name in schema.get("required", []) if name not in value]
        for name, part in schema.get("properties", {}).items():
            if name in value:
                found += differences(part, value[name], f"{at}.{name}")
    if isinstance(value, list) and "items" in schema:
        for place, item in enumerate(value):
            found += differences(schema["items"], item, f"{at}[{place}]")
    return found + _format(schema.get("format"), value, at)


def unknown(schema: dict[str, Any], value: Any, at: str = "$") -> list[str]:
    """The names in a value that no part of the schema has."""
    schemas = _flat(schema)
    if isinstance(value, list):
        items = [part["items"] for part in schemas if "items" in part]
        return [line for one in value for line in unknown({"allOf": items}, one, f"{at}[]")] if items else []
    properties: dict[str, list[dict[str, Any]]] = {}
    for part in schemas:
        for name, inner in part.get("properties", {}).items():
            properties.setdefault(name, []).append(inner)
    if not isinstance(value, dict) or not properties:
        return []
    found = [f"{at}.{name}" for name in value if name not in properties]
    for name, inner in value.items():
        found += unknown({"allOf": properties.get(name, [])}, inner, f"{at}.{name}")
    return found


def nulls(schema: dict[str, Any], value: Any, at: str = "$") -> set[str]:
    """Where a value is null although no part of the schema says `nullable`."""
    schemas = _flat(schema)
    if value is None:
        return set() if any(part.get("nullable") for part in schemas) else {at}
    found: set[str] = set()
    if isinstance(value, list):
        items = [part["items"] for part in schemas if "items" in part]
        for one in value:
            found |= nulls({"allOf": items}, one, f"{at}[]")
    if isinstance(value, dict):
        for name, inner in value.items():
            parts = [part["properties"][name] for part in schemas if name in part.get("properties", {})]
            found |= nulls({"allOf": parts}, inner, f"{at}.{name}") if parts else set()
    return found


def _flat(schema: dict[str, Any]) -> list[dict[str, Any]]:
    inner = [one for word in ("allOf", "oneOf", "anyOf") for one in schema.get(word, [])]
    return [schema, *(deep for one in inner for deep in _flat(one))]


def _is(value: Any, kind: Any) -> bool:
    kinds: dict[Any, Any] = {"object": dict, "array": list, "string": str, "boolean": bool}
    if kind in ("integer", "number"):
        allowed = int if kind == "integer" else (int, float)
        return isinstance(value, allowed) and not isinstance(value, bool)
    return kind is None or isinstance(value, kinds[kind])


def _format(form: Any, value: Any, at: str) -> list[str]:
    forms = {
        "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "date": r"\d{4}-\d\d-\d\d",
    }
    if form in forms and not re.fullmatch(forms[form], value):
        return [f"{at}: {value!r} is no {form}"]
    return []
