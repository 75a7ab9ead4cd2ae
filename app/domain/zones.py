"""Time zones: their names, cities, offsets and clock changes; a name nobody knows is answered with None."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.cities import CITY_CODES
from app.domain.zone_aliases import ZONE_ALIASES

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]{0,30}(/[A-Za-z0-9_+\-]{1,30}){0,3}")
_NOT_FOR_PEOPLE: Final = ("posix/", "right/", "posixrules", "localtime", "Factory")
_LOWER_WORDS: Final = frozenset({"of", "es", "au"})
_ODD_SPELLINGS: Final = {
    name.casefold(): name
    for name in (
        *ZONE_ALIASES,
        "Africa/Porto-Novo",
        "America/Blanc-Sablon",
        "America/Port-au-Prince",
        "Antarctica/DumontDUrville",
        "Antarctica/McMurdo",
        "Asia/Ust-Nera",
        "Etc/GMT",
        "Etc/UTC",
        *(f"Etc/GMT{hours:+}" for hours in range(-14, 13) if hours),
    )
}
_SEARCH_STEP: Final = timedelta(hours=12)
_MINUTE: Final = timedelta(minutes=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class ClockChange(NamedTuple):
    """The clocks of a zone are moved at the UTC instant `at`; offsets from UTC in minutes."""

    at: datetime
    before_minutes: int
    after_minutes: int


@lru_cache(maxsize=128)
def find_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name in its exact spelling."""
    if not _NAME.fullmatch(name) or name.startswith(_NOT_FOR_PEOPLE):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_name(text: str) -> str | None:
    """The IANA name behind an IANA name of any case, or HubSpot's slug form (`america_slash_new_york`).

    Reference: HubSpot fact sheet, section 12 (contact zone properties).
    """
    plain = text.strip()
    if find_zone(plain):
        return plain
    plain = plain.casefold().replace("_slash_", "/").replace("_plus_", "+")
    plain = plain.replace("_minus_", "-").replace("_hyphen_", "-")
    name = _ODD_SPELLINGS.get(plain) or _title(plain)
    return name if find_zone(name) else None


def _title(name: str) -> str:
    return "/".join(
        "_".join(word if word in _LOWER_WORDS else word.capitalize() for word in part.split("_"))
        for part in name.split("/")
    )


def slug_of(zone: str) -> str:
    """HubSpot's slug form of an IANA name."""
    slug = re.sub(r"GMT-(?=\d)", "gmt_minus_", zone).replace("+", "_plus_").replace("-", "_hyphen_")
    return slug.replace("/", "_slash_").casefold()


def canonical(zone: str) -> str:
    """The present name of a zone with an old one (`US/Eastern` -> `America/New_York`)."""
    return ZONE_ALIASES.get(zone, zone)


@lru_cache(maxsize=128)
def city_of(zone: str) -> str:
    """The city by which people know the zone; an unknown name is answered with its own last part."""
    place = canonical(zone).rpartition("/")[2]
    if canonical(zone).startswith("Etc/GMT"):
        return place.translate(str.maketrans("+-", "-+"))
    return place.replace("_", " ")


def code_of(zone: str) -> str | None:
    """Three letters for a narrow column head (`NYC`, `BER`)."""
    if find_zone(zone) is None:
        return None
    known = CITY_CODES.get(zone) or CITY_CODES.get(canonical(zone))
    letters = "".join(letter for letter in city_of(zone) if letter.isalnum() or letter in "+-")
    return known or (letters if letters.startswith("GMT") else letters[:3].upper())


def abbreviation(zone: str, instant: datetime) -> str | None:
    """What the zone calls its clock at the instant (`EST`, `CEST`, `+0530`)."""
    found = find_zone(zone)
    return instant.astimezone(found).tzname() if found else None


def offset_minutes(zone: str, instant: datetime) -> int | None:
    """Minutes by which the zone is ahead of UTC at the instant."""
    found = find_zone(zone)
    return _offset(found, instant) if found else None


def difference_minutes(zone: str, other: str, instant: datetime) -> int | None:
    """Minutes by which `zone` is ahead of `other` at the instant."""
    mine, theirs = offset_minutes(zone, instant), offset_minutes(other, instant)
    return None if mine is None or theirs is None else mine - theirs


def clock_changes(zone: str, start: datetime, end: datetime) -> tuple[ClockChange, ...]:
    """The clock changes of a zone after `start` and not after `end`, to the minute; () for unknown names."""
    found = find_zone(zone)
    if found is None or start >= end:
        return ()
    changes: list[ClockChange] = []
    here, before = start.astimezone(UTC), _offset(found, start)
    while here < end:
        there = min(here + _SEARCH_STEP, end)
        after = _offset(found, there)
        if after != before:
            changes.append(ClockChange(_turning_point(found, here, there), before, after))
        here, before = there, after
    return tuple(changes)


def _offset(zone: ZoneInfo, instant: datetime) -> int:
    offset = instant.astimezone(zone).utcoffset()
    return (offset or timedelta()) // _MINUTE


def _turning_point(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """The first full minute at which the offset is no longer that of `start`."""
    before = _offset(zone, start)
    low, high = (start - _EPOCH) // _MINUTE, -((_EPOCH - end) // _MINUTE)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, _EPOCH + middle * _MINUTE) == before:
            low = middle
        else:
            high = middle
    return _EPOCH + high * _MINUTE
