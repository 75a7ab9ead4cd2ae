"""The world's zones by city and country, from the zone database that ships with the app."""

from collections import defaultdict
from importlib import resources
from typing import Final

from app.domain.ports import ZoneEntry

_UTC: Final = ZoneEntry(zone="UTC", city="UTC", countries=())


def zone_table() -> tuple[ZoneEntry, ...]:
    """One entry per city that the database names, with every country that keeps its time; UTC last.

    Blocking for a few milliseconds. `zone.tab` names the cities, `zone1970.tab` the countries that share
    a city's clock, `iso3166.tab` the countries' English names.
    """
    names = {row[0]: row[1] for row in _rows("iso3166.tab")}
    countries: dict[str, dict[str, None]] = defaultdict(dict)
    for code, _, zone, *_ in _rows("zone.tab"):
        countries[zone][names.get(code, code)] = None
    for codes, _, zone, *_ in _rows("zone1970.tab"):
        for code in codes.split(","):
            countries[zone][names.get(code, code)] = None
    entries = [
        ZoneEntry(zone=zone, city=_city(zone), countries=tuple(keepers))
        for zone, keepers in countries.items()
    ]
    return (*sorted(entries, key=lambda entry: (entry.city, entry.zone)), _UTC)


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _rows(name: str) -> list[list[str]]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
