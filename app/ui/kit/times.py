"""Times as people read them: always with their zone, in the rep's locale and clock style."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from app.domain.days import local_day, zone_or_utc
from app.domain.preferences import ClockStyle
from app.domain.zones import city_of

translate = QCoreApplication.translate
_QUOTED: Final = re.compile(r"'[^']*'")
_DAY_FIRST: Final = re.compile(r"d+\.?")
_ENGLISH_DAY: Final = "dddd d MMMM"


class TimeWords:
    """Writes instants (aware UTC) and days for one locale and clock style; remembers what it has written.

    A zone that nobody knows counts as UTC, as everywhere.
    """

    def __init__(self, locale: QLocale, clock: ClockStyle = ClockStyle.SYSTEM) -> None:
        self._locale = locale
        self._time_pattern = _time_pattern(locale, clock)
        self._long_day = _day_pattern(locale)
        self._clock_words: dict[tuple[int, int], str] = {}
        self._day_words: dict[date, str] = {}

    @property
    def locale(self) -> QLocale:
        """The locale that decides names, order and digits."""
        return self._locale

    @property
    def uses_24_hours(self) -> bool:
        """Whether hours run from 0 to 23."""
        return not _has_half_days(self._time_pattern)

    def time(self, instant: datetime, zone: str) -> str:
        """`12:30`, or `12:30 PM`."""
        return self._clock(instant.astimezone(zone_or_utc(zone)))

    def _clock(self, local: datetime) -> str:
        known = self._clock_words.get((local.hour, local.minute))
        if known is None:
            known = self._locale.toString(QTime(local.hour, local.minute), self._time_pattern)
            self._clock_words[local.hour, local.minute] = known
        return known

    def times(self, start: datetime, end: datetime, zone: str) -> str:
        """`12:30 – 13:00`."""
        return f"{self.time(start, zone)} – {self.time(end, zone)}"

    def day(self, day: date) -> str:
        """`Tue 24 Nov` in English, the locale's own order elsewhere."""
        return self._locale.toString(_qdate(day), _shortened(self._long_day))

    def long_day(self, day: date) -> str:
        """`Tuesday 24 November`, for reading aloud."""
        known = self._day_words.get(day)
        if known is None:
            known = self._day_words[day] = self._locale.toString(_qdate(day), self._long_day)
        return known

    def month(self, day: date) -> str:
        """`December 2026`."""
        year = self._locale.toString(_qdate(day), "yyyy")
        return f"{self._locale.standaloneMonthName(day.month)} {year}"

    def weekday(self, day: date) -> str:
        """`Tue`."""
        return self._locale.dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)

    def span(self, start: datetime, end: datetime, zone: str) -> str:
        """`Tue 24 Nov, 12:30 – 13:00`; the zone is written beside it by whoever shows it."""
        return f"{self.day(local_day(start, zone))}, {self.times(start, end, zone)}"

    def span_in(self, start: datetime, end: datetime, zone: str) -> str:
        """`Tue 24 Nov, 12:30 – 13:00 in New York`."""
        return translate("times", "{span} in {city}").format(
            span=self.span(start, end, zone), city=city_of(zone)
        )

    def days(self, first: date, last: date) -> str:
        """`23 – 27 Nov`, or `30 Nov – 4 Dec` across months."""
        if first == last:
            return self.day(first)
        pattern = _without_weekday(_shortened(self._long_day))
        number = _DAY_FIRST.match(pattern) if first.month == last.month else None
        since = self._locale.toString(_qdate(first), number.group() if number else pattern)
        return f"{since} – {self._locale.toString(_qdate(last), pattern)}"

    def spoken_slot(self, start: datetime, end: datetime, zone: str) -> str:
        """`Tuesday 24 November, 12:30 to 13:00, New York time, free`: what a screen reader says."""
        place = zone_or_utc(zone)
        first = start.astimezone(place)
        return translate("times", "{day}, {start} to {end}, {city} time, free").format(
            day=self.long_day(first.date()),
            start=self._clock(first),
            end=self._clock(end.astimezone(place)),
            city=city_of(zone),
        )

    def minutes(self, duration_ms: int) -> str:
        """`30 min`, `1 h 30 min`; durations are milliseconds as HubSpot gives them."""
        minutes = max(round(duration_ms / 60_000), 0)
        if minutes < 100:
            return translate("times", "{n} min").format(n=minutes)
        hours, rest = divmod(minutes, 60)
        if not rest:
            return translate("times", "{n} h").format(n=hours)
        return translate("times", "{h} h {m} min").format(h=hours, m=rest)

    def age(self, then: datetime, now: datetime) -> str:
        """`just now`, `12 s ago`, `2 min ago`, `3 h ago`, `1 day ago`, `2 days ago`."""
        passed = max(now - then, timedelta(0))
        seconds = int(passed.total_seconds())
        if seconds < 5:
            return translate("times", "just now")
        if seconds < 60:
            return translate("times", "{n} s ago").format(n=seconds)
        if seconds < 3600:
            return translate("times", "{n} min ago").format(n=seconds // 60)
        if seconds < 86400:
            return translate("times", "{n} h ago").format(n=seconds // 3600)
        if seconds < 2 * 86400:
            return translate("times", "1 day ago")
        return translate("times", "{n} days ago").format(n=seconds // 86400)


def _time_pattern(locale: QLocale, clock: ClockStyle) -> str:
    match clock:
        case ClockStyle.HOURS_24:
            return "HH:mm"
        case ClockStyle.HOURS_12:
            return "h:mm AP"
        case ClockStyle.SYSTEM:
            pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
            return "h:mm AP" if _has_half_days(pattern) else pattern


def _has_half_days(pattern: str) -> bool:
    return "A" in _QUOTED.sub("", pattern).upper()


def _day_pattern(locale: QLocale) -> str:
    """The locale's long date without its year; English is written as the design has it."""
    if locale.language() in (QLocale.Language.English, QLocale.Language.C):
        return _ENGLISH_DAY
    pattern = locale.dateFormat(QLocale.FormatType.LongFormat)
    if pattern.startswith("y"):
        return re.sub(r"^y+[^dM]*", "", pattern)
    return re.sub(r"[\s,]*('[^']*')?[\s,]*y+.*$", "", pattern)


def _shortened(pattern: str) -> str:
    return pattern.replace("dddd", "ddd").replace("MMMM", "MMM")


def _without_weekday(pattern: str) -> str:
    return re.sub(r"[\s,،]*ddd+[\s,،]*", "", pattern)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
