"""Calendar files that every calendar program opens."""

from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ports import CalendarFile
from app.storage.calendar_files import IcsCalendarWriter
from tests.storage.world import NOW

START = datetime(2026, 11, 24, 12, 30, tzinfo=timezone(timedelta(hours=1)))
FILE = CalendarFile(
    uid="cal-77@slotdesk",
    title="Demo; Northwind, Ltd. & Söhne",
    start=START,
    end=START + timedelta(minutes=30),
    zone="Europe/Berlin",
    location="https://meet.example/abc",
    description="First line\nSecond line",
    attendees=("ada@north.example", "bob@north.example"),
    organizer="host@north.example",
)


@pytest.fixture
def writer(executor: Executor) -> IcsCalendarWriter:
    return IcsCalendarWriter(lambda: NOW, executor)


def event_of(content: bytes) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    (event,) = calendar.walk("VEVENT")
    assert isinstance(event, icalendar.Event)
    return event


def instant(event: icalendar.Event, name: str) -> datetime:
    """The date with time of day that the property `name` of `event` holds."""
    value = event[name]
    assert isinstance(value, icalendar.vDDDTypes)
    assert isinstance(value.dt, datetime)
    return value.dt


async def test_a_calendar_reads_what_was_meant(writer: IcsCalendarWriter) -> None:
    content = await writer.render(FILE)
    calendar = icalendar.Calendar.from_ical(content)
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    event = event_of(content)
    assert event["UID"] == FILE.uid
    assert event["SUMMARY"] == FILE.title
    assert event["LOCATION"] == FILE.location
    assert event["DESCRIPTION"] == FILE.description
    assert event["ORGANIZER"] == "mailto:host@north.example"
    assert event["CONTACT"] == "ada@north.example, bob@north.example"
    assert instant(event, "DTSTART") == START
    assert instant(event, "DTEND") - instant(event, "DTSTART") == timedelta(minutes=30)
    assert instant(event, "DTSTAMP") == NOW


async def test_times_are_utc_and_nobody_is_invited_again(writer: IcsCalendarWriter) -> None:
    lines = (await writer.render(FILE)).decode().splitlines()
    assert "DTSTART:20261124T113000Z" in lines
    assert not any(line.startswith("ATTENDEE") for line in lines)


async def test_the_same_meeting_gives_the_same_bytes(writer: IcsCalendarWriter) -> None:
    assert await writer.render(FILE) == await writer.render(FILE)


async def test_what_is_not_known_is_left_out(writer: IcsCalendarWriter) -> None:
    bare = replace(FILE, location="", description="", attendees=(), organizer="")
    event = event_of(await writer.render(bare))
    assert {"LOCATION", "DESCRIPTION", "CONTACT", "ORGANIZER"}.isdisjoint(event)


async def test_lines_end_and_fold_as_the_format_wants(writer: IcsCalendarWriter) -> None:
    content = await writer.render(replace(FILE, description="ü" * 500))
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(text=st.text(max_size=60), address=st.text(max_size=30))
async def test_no_text_can_break_out_of_its_line(writer: IcsCalendarWriter, text: str, address: str) -> None:
    hostile = replace(
        FILE, title=text, description=text, location=text, organizer=address, attendees=(address,)
    )
    event = event_of(await writer.render(hostile))
    assert event["UID"] == FILE.uid
    assert instant(event, "DTSTART").astimezone(UTC) == START


async def test_a_forged_line_stays_text(writer: IcsCalendarWriter) -> None:
    forged = "x\r\nATTENDEE:mailto:victim@north.example\r\nEND:VEVENT"
    event = event_of(await writer.render(replace(FILE, title=forged, location=forged, organizer=forged)))
    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == forged.replace("\r\n", "\n")
