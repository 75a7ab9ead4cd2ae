"""Every setting: where it stands in the settings file, and which values make sense."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.preferences import ClockStyle, Preferences, Scheme, WindowPlace

_WEEK_LENGTHS: Final = (1, 3, 5, 7)
_SUNDAY: Final = 7
_WIDEST_PANE: Final = 100_000
_API_VERSION: Final = re.compile(r"v\d{1,2}|\d{4}-\d{2}(-beta)?")


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the file: `[section] key`; `attribute` is its path in `Preferences`.

    `read` turns a TOML value into the attribute's; it raises ValueError for one that makes no sense.
    """

    section: str
    key: str
    attribute: str
    read: Callable[[object], object]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(value)
    return value


def _zone(value: object) -> str:
    name = _text(value)
    try:
        return name and ZoneInfo(name).key
    except (ZoneInfoNotFoundError, OSError) as reason:
        raise ValueError(name) from reason


def _zones(value: object) -> tuple[str, ...]:
    found = []
    for name in value if isinstance(value, list) else ():
        try:
            found.append(_zone(name))
        except ValueError:
            continue
    return tuple(name for name in found if name)


def _one_of(kind: type[StrEnum]) -> Callable[[object], object]:
    return lambda value: kind(_text(value))


def _weekday(value: object) -> int:
    number = _whole(value)
    if not 0 <= number <= _SUNDAY:
        raise ValueError(number)
    return number


def _week_length(value: object) -> int:
    number = _whole(value)
    if number not in _WEEK_LENGTHS:
        raise ValueError(number)
    return number


def _version(value: object) -> str:
    name = _text(value)
    if not _API_VERSION.fullmatch(name):
        raise ValueError(name)
    return name


def _geometry(value: object) -> str:
    text = _text(value)
    base64.b64decode(text, validate=True)
    return text


def _widths(value: object) -> tuple[int, ...]:
    widths = tuple(_whole(width) for width in value) if isinstance(value, list) else ()
    if any(not 0 <= width <= _WIDEST_PANE for width in widths):
        raise ValueError(widths)
    return widths


SETTINGS: Final = (
    Setting("times", "zone", "zone", _zone),
    Setting("times", "guest_zone", "guest_zone", _zone),
    Setting("times", "favourite_zones", "favourite_zones", _zones),
    Setting("times", "clock", "clock", _one_of(ClockStyle)),
    Setting("times", "first_weekday", "first_weekday", _weekday),
    Setting("times", "week_days", "week_days", _week_length),
    Setting("look", "scheme", "scheme", _one_of(Scheme)),
    Setting("look", "reduced_motion", "reduced_motion", _flag),
    Setting("hubspot", "api_version", "api_version", _version),
    Setting("links", "last_link", "last_link", _text),
    Setting("window", "geometry", "window.geometry", _geometry),
    Setting("window", "pane_widths", "window.pane_widths", _widths),
    Setting("window", "log_widths", "window.log_widths", _widths),
    Setting("window", "screen", "window.screen", _text),
)


def value_of(preferences: Preferences, setting: Setting) -> object:
    """What stands in the file for the setting: text, whole number, flag or list of these."""
    value = attrgetter(setting.attribute)(preferences)
    match value:
        case StrEnum():
            return value.value
        case tuple():
            return list(value)
        case _:
            return value


def read_preferences(values: Mapping[str, object]) -> tuple[Preferences, tuple[str, ...]]:
    """The preferences in `values`, and the names of the settings whose value made no sense."""
    found: dict[str, object] = {}
    refused: list[str] = []
    for setting in SETTINGS:
        section = values.get(setting.section, {})
        if not isinstance(section, Mapping):
            refused.append(setting.section)
        elif setting.key in section:
            try:
                found[setting.attribute] = setting.read(section[setting.key])
            except ValueError:
                refused.append(f"{setting.section}.{setting.key}")
    place = {name.removeprefix("window."): value for name, value in found.items() if "." in name}
    rest = {name: value for name, value in found.items() if "." not in name}
    window = replace(WindowPlace(), **place)  # type: ignore[arg-type]
    return replace(Preferences(window=window), **rest), tuple(dict.fromkeys(refused))  # type: ignore[arg-type]
