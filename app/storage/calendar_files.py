"""Meetings as .ics files (RFC 5545)."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC, datetime
from typing import Final

from app.domain.ports import CalendarFile

_PRODUCT: Final = "-//Slotdesk//Slotdesk//EN"
_CONTROL: Final = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n"}


class IcsCalendarWriter:
    """Fulfils `CalendarWriter`; the library is imported, and used, on `executor`.

    Times are written in UTC, which every calendar shows in its own zone. The file is PUBLISHed, not an
    invitation (RFC 5546 3.2.1 allows no ATTENDEE then): opening it must not mail the guests again, so
    they are named in CONTACT.
    """

    def __init__(self, now: Callable[[], datetime], executor: Executor) -> None:
        self._now = now
        self._executor = executor

    async def render(self, file: CalendarFile) -> bytes:
        """The file's bytes: UTF-8, folded, with CRLF."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, _render, file, self._now())


def _render(file: CalendarFile, stamp: datetime) -> bytes:
    import icalendar

    event = icalendar.Event()
    event.add("uid", _clean(file.uid))
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", file.start.astimezone(UTC))
    event.add("dtend", file.end.astimezone(UTC))
    event.add("summary", _clean(file.title))
    if file.location:
        event.add("location", _clean(file.location))
    if file.description:
        event.add("description", _clean(file.description))
    if file.organizer:
        event.add("organizer", icalendar.vCalAddress("mailto:" + _clean_address(file.organizer)))
    if file.attendees:
        event.add("contact", ", ".join(map(_clean_address, file.attendees)))
    event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("sequence", 0)
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _clean(text: str) -> str:
    """Without control characters, and with one kind of line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)


def _clean_address(text: str) -> str:
    return "".join(_clean(text).split())
