"""The state of the page on time and language."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal

from app.domain.preferences import ClockStyle, Preferences
from app.domain.zones import abbreviation, city_of
from app.services.preferences import PreferencesState
from app.ui.context import Manners
from app.ui.kit.publisher import Publisher
from app.ui.kit.times import TimeWords
from app.ui.screens.settings.keeping import PreferenceKeeper

translate = QCoreApplication.translate
WEEK_LENGTHS: Final = (5, 7, 3, 1)
SYSTEM_WEEK: Final = 0


@dataclass(frozen=True, slots=True)
class TimesInputs:
    """`system_zone` is this computer's zone, `now` a UTC instant."""

    preferences: Preferences
    system_zone: str
    locale: QLocale
    now: datetime


@dataclass(frozen=True, slots=True)
class FavouriteZone:
    """A zone the guest pickers list first."""

    zone: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class TimesProps:
    """The page; `first_weekday` is 0 for the system's, 1 (Monday) to 7."""

    zone: str
    zone_detail: str
    follows_system_zone: bool
    favourites: tuple[FavouriteZone, ...]
    clock: str
    clock_detail: str
    first_weekday: int
    weekdays: tuple[tuple[int, str], ...]
    week_days: int
    week_lengths: tuple[tuple[int, str], ...]
    formats: str


def derive_times(inputs: TimesInputs) -> TimesProps:
    """The page from one snapshot."""
    preferences, locale = inputs.preferences, inputs.locale
    zone = preferences.zone or inputs.system_zone
    words = TimeWords(locale, preferences.clock)
    there = translate("settings", "{zone}, now {time}")
    system = translate("settings", "This computer's zone, now {time}")
    time = words.time(inputs.now, zone)
    return TimesProps(
        zone=zone,
        zone_detail=there.format(zone=_zone_words(zone, inputs.now), time=time)
        if preferences.zone
        else system.format(time=time),
        follows_system_zone=not preferences.zone,
        favourites=tuple(
            FavouriteZone(
                one,
                city_of(one),
                there.format(zone=_zone_words(one, inputs.now), time=words.time(inputs.now, one)),
            )
            for one in preferences.favourite_zones
        ),
        clock=preferences.clock.value,
        clock_detail=translate("settings", "It is {time}").format(time=time),
        first_weekday=preferences.first_weekday,
        weekdays=_weekdays(locale),
        week_days=preferences.week_days,
        week_lengths=tuple((length, _length_words(length)) for length in WEEK_LENGTHS),
        formats=f"{locale.nativeLanguageName()} ({locale.nativeTerritoryName()})",
    )


def _zone_words(zone: str, now: datetime) -> str:
    short = abbreviation(zone, now)
    return f"{zone} ({short})" if short and short[0].isalpha() else zone


def _weekdays(locale: QLocale) -> tuple[tuple[int, str], ...]:
    def name(day: int) -> str:
        return locale.standaloneDayName(day, QLocale.FormatType.LongFormat)

    usual = translate("settings", "System ({day})").format(day=name(locale.firstDayOfWeek().value))
    return ((SYSTEM_WEEK, usual), *((day, name(day)) for day in range(1, 8)))


def _length_words(length: int) -> str:
    match length:
        case 7:
            return translate("settings", "7 days")
        case 5:
            return translate("settings", "Work week")
        case 3:
            return translate("settings", "3 days")
        case _:
            return translate("settings", "1 day")


class TimesViewModel(QObject):
    """Folds the preferences into `props`, and changes them at once."""

    props_changed = Signal()

    def __init__(self, keeper: PreferenceKeeper, manners: Manners, *, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._keeper = keeper
        self._service = keeper.service
        self._now = now
        inputs = TimesInputs(
            keeper.service.state.value.preferences, manners.system_zone, manners.words.locale, now()
        )
        self._publisher = Publisher(self, inputs, derive_times)
        self._service.state.subscribe(self._on_preferences)

    @property
    def props(self) -> TimesProps:
        """The page now."""
        return self._publisher.props

    def choose_zone(self, zone: str) -> None:
        """Take an IANA zone as the rep's own; empty follows this computer."""
        self._keeper.keep(self._service.change(zone=zone))

    def add_favourite(self, zone: str) -> None:
        """Put the zone at the end of the favourites, once."""
        zones = self._service.state.value.preferences.favourite_zones
        if zone not in zones:
            self._keeper.keep(self._service.change(favourite_zones=(*zones, zone)))

    def remove_favourite(self, zone: str) -> None:
        """Take the zone off the favourites."""
        zones = self._service.state.value.preferences.favourite_zones
        self._keeper.keep(self._service.change(favourite_zones=tuple(one for one in zones if one != zone)))

    def choose_clock(self, style: str) -> None:
        """`system`, `24` or `12`."""
        self._keeper.keep(self._service.change(clock=ClockStyle(style)))

    def choose_first_weekday(self, day: int) -> None:
        """0 for the system's, 1 (Monday) to 7."""
        self._keeper.keep(self._service.change(first_weekday=day))

    def choose_week_length(self, days: int) -> None:
        """1, 3, 5 or 7."""
        self._keeper.keep(self._service.change(week_days=days))

    def tick(self) -> None:
        """The page came to the front: print the present time."""
        self._publisher.set(replace(self._publisher.inputs, now=self._now()))

    def _on_preferences(self, state: PreferencesState) -> None:
        self._publisher.set(replace(self._publisher.inputs, preferences=state.preferences, now=self._now()))
