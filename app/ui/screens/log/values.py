"""Stored values of a meeting's fields as the rep reads them."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.domain.days import local_day
from app.domain.meetings import MeetingField
from app.domain.zones import city_of
from app.services.meetings.state import MeetingsState
from app.ui.kit.meetings.words import outcome_words, type_words
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords

translate = QCoreApplication.translate
_LONGEST = 400


def value_words(name: MeetingField, text: str, state: MeetingsState, words: TimeWords, zone: str) -> str:
    """A field's text in words: `Completed`, `Mei Nelson`, `Mon 23 Nov, 09:00, Berlin time`, `empty`."""
    match name:
        case MeetingField.OUTCOME:
            return outcome_words(text, state.options)
        case MeetingField.ACTIVITY_TYPE:
            return type_words(text, state.options)
        case MeetingField.OWNER:
            return owner_words(text, state)
        case MeetingField.START | MeetingField.END:
            return _instant(text, words, zone)
        case _:
            return clean(text[:_LONGEST]) or translate("log", "empty")


def owner_words(owner_id: str, state: MeetingsState) -> str:
    """The owner's name, marked where they have left; the id where nobody knows the name."""
    owner = next((one for one in state.owners if one.id == owner_id), None)
    if owner is None:
        return clean(owner_id) or translate("log", "Nobody")
    name = clean(owner.full_name or owner.email)
    return name if owner.is_active else translate("log", "{name} (inactive)").format(name=name)


def _instant(text: str, words: TimeWords, zone: str) -> str:
    if not text:
        return translate("log", "empty")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return clean(text[:_LONGEST])
    return translate("log", "{day}, {time}, {city} time").format(
        day=words.day(local_day(instant, zone)), time=words.time(instant, zone), city=city_of(zone)
    )
