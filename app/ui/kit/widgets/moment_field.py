"""A field for a day and a time of day in one zone: 'Mon 23 Nov 2026, 09:00', typed or picked."""

import re
from datetime import UTC, date, datetime, time
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QWidget

from app.domain.days import zone_or_utc
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.date_field import DateBox, read_date, show_date
from app.ui.kit.widgets.field import Field

_TIME: Final = re.compile(
    r"(?:^|[\s,T]+)(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?\s*$", re.IGNORECASE
)


_WIDE: Final = datetime(2026, 11, 30, 12, 58, tzinfo=UTC)
_AROUND: Final = 44
"""Room for margins, cursor and the calendar button in pixels."""


def read_time(text: str) -> tuple[str, time] | None:
    """What stands before the time of day at the end of `text`, and the time; None where there is none.

    '9', '9:30', '09.30', '9 am' and '9:30 pm' are read; a bare number counts only where nothing is before it.
    """
    found = _TIME.search(text)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    before = text[: found.start()].strip(" ,")
    is_bare = not found["minute"] and not half
    if minute > 59 or hour > (12 if half else 23) or (half and not hour) or (is_bare and before):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return before, time(hour, minute)


def read_moment(text: str, locale: QLocale, zone: str, near: datetime | None) -> datetime | None:
    """The UTC instant `text` means in `zone` (an IANA name), None when it means none.

    A time alone keeps the day of `near`, a day alone its time. An hour the clocks skip becomes the one after.
    """
    plain = clean(text)
    place = zone_or_utc(zone)
    local = near.astimezone(place) if near is not None else None
    timed = read_time(plain)
    if timed is not None and timed[0]:
        day, at = read_date(timed[0], locale), timed[1]
    elif timed is not None:
        day, at = local.date() if local else None, timed[1]
    else:
        day = read_date(plain, locale)
        at = local.time().replace(second=0, microsecond=0) if local else time(9)
    return None if day is None else _instant(day, at, zone)


def _instant(day: date, at: time, zone: str) -> datetime | None:
    try:
        return datetime.combine(day, at, zone_or_utc(zone)).astimezone(UTC)
    except OverflowError:
        return None


class MomentField(Field):
    """A labelled instant: `value` is aware UTC or None, `is_unreadable` tells a text from an empty field.

    Leaving the field writes what was read in the usual form; what cannot be read stays as typed.
    """

    def __init__(
        self,
        label: str,
        *,
        words: TimeWords,
        zone: str,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.box = DateBox(button_size=20)
        self._words = words
        self._zone = zone
        self._near: datetime | None = None
        super().__init__(label, self.box, required=required, parent=parent)
        self.box.set_day_reader(self._read_day, self._show_picked)
        self.box.edited.connect(self.value_changed)
        self.box.edit.editingFinished.connect(self._on_finished)
        self._make_room()

    def value(self) -> datetime | None:
        """The instant in UTC."""
        return read_moment(self.box.edit.text(), self._words.locale, self._zone, self._near)

    def set_value(self, value: datetime | None) -> None:
        """Show an instant unless just this one was typed."""
        if value is None or value != self.value():
            self.box.edit.show_text(self._text(value) if value is not None else "")
        self._near = value or self._near

    def set_manner(self, words: TimeWords, zone: str) -> None:
        """Write the instant in other words, or in another zone."""
        value = self.value()
        self._words, self._zone = words, zone
        self._make_room()
        if value is not None:
            self.box.edit.show_text(self._text(value))

    @property
    def is_unreadable(self) -> bool:
        """Whether something is typed that means no instant."""
        return bool(self.box.edit.text().strip()) and self.value() is None

    def focus(self) -> None:
        self.box.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_room(self) -> None:
        """Wide enough for the longest of the usual days, so that no time is cut off."""
        longest = self.box.edit.fontMetrics().horizontalAdvance(self._text(_WIDE))
        self.box.setMinimumWidth(longest + _AROUND)

    def _text(self, value: datetime) -> str:
        local = value.astimezone(zone_or_utc(self._zone))
        return f"{show_date(local.date(), self._words.locale)}, {self._words.time(value, self._zone)}"

    def _read_day(self) -> date | None:
        value = self.value()
        return None if value is None else value.astimezone(zone_or_utc(self._zone)).date()

    def _show_picked(self, day: date) -> None:
        near = self.value() or self._near
        at = near.astimezone(zone_or_utc(self._zone)).time() if near is not None else time(9)
        value = _instant(day, at.replace(second=0, microsecond=0), self._zone)
        if value is not None:
            self._near = value
            self.box.edit.show_text(self._text(value))

    def _on_finished(self) -> None:
        value = self.value()
        if value is not None:
            self._near = value
            self.box.edit.show_text(self._text(value))

    def _name_control(self) -> None:
        super()._name_control()
        self.box.edit.setAccessibleName(self.box.accessibleName())
