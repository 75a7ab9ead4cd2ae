"""The confirmation: what was booked in both zones, as panel, as plain text and as a calendar file."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.booking import Booked
from app.domain.ports import CalendarFile
from app.domain.zones import canonical, city_of
from app.ui.screens.book.desk.inputs import DeskInputs

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class BookedProps:
    """The panel after a booking; `invited` are e-mail addresses, `join_url` is empty where there is none."""

    title: str
    when: str
    own_time: str
    join_url: str
    location: str
    invited: tuple[str, ...]
    note: str
    text: str


def derive_booked(inputs: DeskInputs) -> BookedProps | None:
    """The panel, or None while nothing is booked."""
    booked = inputs.outcome
    if not isinstance(booked, Booked):
        return None
    receipt, words, zone = booked.receipt, inputs.words, booked.request.zone
    when = words.span_in(receipt.start, receipt.end, zone)
    own_time = ""
    if canonical(zone) != canonical(inputs.own_zone):
        own_time = translate("desk", "{times} in {city}, your time").format(
            times=words.times(receipt.start, receipt.end, inputs.own_zone),
            city=city_of(inputs.own_zone),
        )
    note = translate("desk", "The answer was lost at first; the meeting was found afterwards.")
    return BookedProps(
        title=meeting_title(inputs, booked),
        when=when,
        own_time=own_time,
        join_url=receipt.join_url,
        location=receipt.location if receipt.location != receipt.join_url else "",
        invited=(booked.request.email, *booked.request.guests),
        note=note if booked.found_later else "",
        text=as_text(inputs, booked),
    )


def meeting_title(inputs: DeskInputs, booked: Booked) -> str:
    """`Intro call with Ada Okafor`."""
    request = booked.request
    guest = f"{request.first_name} {request.last_name}".strip() or request.email
    is_open = inputs.link is not None and inputs.link.slug == request.slug
    link = inputs.link.title if inputs.link is not None and is_open else booked.receipt.subject
    return translate("desk", "{link} with {guest}").format(link=link, guest=guest)


def as_text(inputs: DeskInputs, booked: Booked) -> str:
    """The confirmation for pasting into a message: title, both zones, join link."""
    receipt, words, zone = booked.receipt, inputs.words, booked.request.zone
    lines = [meeting_title(inputs, booked), words.span_in(receipt.start, receipt.end, zone)]
    if canonical(zone) != canonical(inputs.own_zone):
        lines.append(words.span_in(receipt.start, receipt.end, inputs.own_zone))
    if receipt.join_url:
        lines.append(translate("desk", "Join: {url}").format(url=receipt.join_url))
    elif receipt.location:
        lines.append(translate("desk", "Where: {place}").format(place=receipt.location))
    return "\n".join(lines)


def calendar_file(inputs: DeskInputs, booked: Booked) -> CalendarFile:
    """The same for a calendar program; the UID is that of HubSpot's calendar event."""
    receipt, request = booked.receipt, booked.request
    return CalendarFile(
        uid=f"{receipt.calendar_event_id}@slotdesk",
        title=meeting_title(inputs, booked),
        start=receipt.start,
        end=receipt.end,
        zone=request.zone,
        location=receipt.join_url or receipt.location,
        description=as_text(inputs, booked),
        attendees=(request.email, *request.guests),
    )
