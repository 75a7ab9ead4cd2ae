"""What a rep can set: zones, clock, week, theme, window; all with sensible defaults."""

from dataclasses import dataclass, field
from enum import StrEnum


class Scheme(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class ClockStyle(StrEnum):
    """How hours are written."""

    SYSTEM = "system"
    HOURS_24 = "24"
    HOURS_12 = "12"


@dataclass(frozen=True, slots=True)
class WindowPlace:
    """Where the window stood; Qt's geometry bytes in base64, pane widths of Book and Log in pixels."""

    geometry: str = ""
    pane_widths: tuple[int, ...] = ()
    log_widths: tuple[int, ...] = ()
    screen: str = "book"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that is kept in the settings file.

    `zone` is the rep's IANA zone or empty for the system's; `first_weekday` is 1 (Monday) to 7, 0
    for the system's; `week_days` is 1, 3, 5 or 7; `api_version` is a segment of HubSpot's paths
    (`2026-03`, `v3`).
    """

    zone: str = ""
    guest_zone: str = ""
    favourite_zones: tuple[str, ...] = ()
    clock: ClockStyle = ClockStyle.SYSTEM
    first_weekday: int = 0
    week_days: int = 5
    scheme: Scheme = Scheme.SYSTEM
    reduced_motion: bool = False
    api_version: str = "2026-03"
    last_link: str = ""
    window: WindowPlace = field(default_factory=WindowPlace)
