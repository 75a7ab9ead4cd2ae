"""Finding a time zone by city, country, abbreviation, code, offset or name."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from app.domain.ports import ZoneEntry
from app.domain.spelling import folded
from app.domain.zone_aliases import ZONE_ALIASES
from app.domain.zones import abbreviation, canonical, code_of, find_zone, offset_minutes

_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?([0-5]\d))?")
_HALF_YEAR: Final = timedelta(days=182)


class _Line(NamedTuple):
    entry: ZoneEntry
    city: str
    countries: tuple[str, ...]
    marks: frozenset[str]
    names: str
    offset: int


class ZoneIndex:
    """The zone table, prepared for searching at the UTC instant `now`; making it reads every zone once."""

    def __init__(self, entries: Iterable[ZoneEntry], now: datetime) -> None:
        aliases: dict[str, list[str]] = {}
        for old, zone in ZONE_ALIASES.items():
            aliases.setdefault(zone, []).append(old)
        known = [entry for entry in entries if find_zone(entry.zone)]
        self._lines = tuple(_line(entry, aliases.get(entry.zone, ()), now) for entry in known)
        self._by_zone = {entry.zone: entry for entry in known}

    def entry(self, zone: str) -> ZoneEntry | None:
        """The line of a zone, also under an old name."""
        return self._by_zone.get(zone) or self._by_zone.get(canonical(zone))

    def search(self, text: str, limit: int = 50) -> tuple[ZoneEntry, ...]:
        """At most `limit` entries, best first; all in the table's order for an empty text."""
        query = " ".join(folded(text).split())
        offset = _offset_of(query)
        ranked = [
            (rank, place)
            for place, line in enumerate(self._lines)
            if (rank := _rank(line, query, offset)) is not None
        ]
        return tuple(self._lines[place].entry for _, place in sorted(ranked)[:limit])


def _line(entry: ZoneEntry, aliases: Iterable[str], now: datetime) -> _Line:
    marks = {code_of(entry.zone), *(abbreviation(entry.zone, at) for at in (now, now + _HALF_YEAR))}
    return _Line(
        entry,
        folded(entry.city),
        tuple(folded(country) for country in entry.countries),
        frozenset(folded(mark) for mark in marks if mark),
        f" {_plain(' '.join((entry.zone, *aliases)))}",
        offset_minutes(entry.zone, now) or 0,
    )


def _offset_of(query: str) -> int | None:
    """Minutes of an offset as people type it: `+5:30`, `utc-5`, `gmt+2`."""
    match = _OFFSET.fullmatch(query)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return minutes if match[1] == "+" else -minutes


def _rank(line: _Line, query: str, offset: int | None) -> int | None:
    """0 is best; None is no match."""
    if not query or line.city == query or query in line.marks:
        return 0
    if offset is not None and line.offset == offset:
        return 1
    if line.city.startswith(query):
        return 1
    if f" {query}" in line.city:
        return 2
    if any(country.startswith(query) or f" {query}" in country for country in line.countries):
        return 3
    return 4 if f" {_plain(query)}" in line.names else None


def _plain(names: str) -> str:
    """Zone names as words."""
    return folded(names).replace("/", " ").replace("_", " ")
