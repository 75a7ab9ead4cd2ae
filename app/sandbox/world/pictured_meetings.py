"""Mei's meetings of the days around today: some to log, some done, some still to come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.sandbox.crm.object_types import CONTACT, DEAL, MEETING, TICKET
from app.sandbox.crm.properties.definition import PIN
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.world.contacts import Directory
from app.sandbox.world.engagements import Engagement, EngagementWriter
from app.sandbox.world.names import address_part
from app.sandbox.world.people import MEI
from app.sandbox.world.wall_clock import MINUTE_MS, instant_of


@dataclass(frozen=True, slots=True)
class _Pictured:
    """`day` counts working days from today, `at` is (hour, minute) in Berlin, `length` is minutes;
    `people` of the guest's company come.

    Without a `location` it is the video call's address; an empty `conference` is no video call.
    """

    day: int
    at: tuple[int, int]
    length: int
    title: str
    guest: str
    outcome: str
    activity_type: str
    body: str = ""
    notes: str = ""
    people: int = 1
    location: str | None = None
    conference: str | None = None


_ADA: Final = "ada@northwind.example"
_IMANI: Final = "imani.yusuf@tailspin.example"
_NOOR: Final = "noor@proseware.example"
_CLARA: Final = "clara@contoso.example"
_EWAN: Final = "ewan@litware.example"
_PICTURED: Final = (
    _Pictured(
        0,
        (9, 0),
        30,
        "Intro call with Ada Okafor",
        _ADA,
        "SCHEDULED",
        "Discovery call",
        "First call: goals for the rollout, team size, timing.",
        "Ada owns the budget; decision by mid-December. Wants SSO and an audit log. "
        "Next: technical scoping with Sam.",
    ),
    _Pictured(0, (11, 30), 30, "Renewal: Fabrikam", "ravi@fabrikam.example", "SCHEDULED", "Renewal"),
    _Pictured(0, (16, 30), 45, "Product demo", _IMANI, "SCHEDULED", "Product demo", location="Video call"),
    _Pictured(
        0,
        (18, 30),
        30,
        "Partner call",
        _NOOR,
        "SCHEDULED",
        "Discovery call",
        location="+49 30 5550 0142",
        conference="",
    ),
    _Pictured(
        1,
        (10, 0),
        60,
        "Technical scoping",
        _CLARA,
        "SCHEDULED",
        "Discovery call",
        "<p>Join: <a href='https://meet.example/clara'>https://meet.example/clara</a></p><p>PIN 4410</p>",
        people=3,
        location="Online",
        conference="",
    ),
    _Pictured(-1, (10, 0), 60, "Technical scoping", _CLARA, "SCHEDULED", "Discovery call", people=3),
    _Pictured(
        -1,
        (14, 0),
        45,
        "Quarterly review",
        "lena.fischer@adventureworks.example",
        "COMPLETED",
        "Business review",
    ),
    _Pictured(-1, (16, 30), 30, "Intro call", "tomas@wingtip.example", "NO_SHOW", "Discovery call"),
    _Pictured(-2, (9, 30), 30, "Partner call", _NOOR, "COMPLETED", "Discovery call"),
    _Pictured(-2, (13, 0), 60, "Onboarding kick-off", _EWAN, "RESCHEDULED", "Kick-off", people=5),
    _Pictured(-2, (15, 0), 45, "Product demo", _IMANI, "CANCELED", "Product demo"),
    _Pictured(
        -2,
        (17, 0),
        30,
        "Intro call",
        _IMANI,
        "COMPLETED",
        "Discovery call",
        notes="Wants a pilot with two teams before the end of the year.",
    ),
)


def add_pictured(
    store: RecordStore, writer: EngagementWriter, directory: Directory, *, today: datetime, most: int
) -> int:
    """Write up to `most` of Mei's meetings around `today` (a UTC midnight); return how many were written.

    The first one, with Ada, is pinned to her deal.
    """
    guests = {contact.properties["email"]: contact for contact in directory.contacts}
    for number, picture in enumerate(_PICTURED[:most]):
        contact = guests[picture.guest]
        meeting = writer.add(
            _engagement(picture, contact, number, today.date()),
            contact,
            created_at=today - timedelta(days=6, minutes=-number),
        )
        for colleague in _colleagues(directory, contact)[: picture.people - 1]:
            store.associate(MEETING, meeting.id, CONTACT, colleague.id)
        for type_id in (DEAL, TICKET) if picture.guest == _EWAN else (DEAL,):
            for other in store.associated(CONTACT, contact.id, type_id)[:1]:
                store.associate(MEETING, meeting.id, type_id, other)
                if number == 0:
                    pin(store, type_id, other, meeting)
    return len(_PICTURED[:most])


def pin(store: RecordStore, type_id: str, record_id: str, meeting: Record) -> None:
    """Pin a meeting to a record it is associated with, as if that had been done when the record was made."""
    record = store.get(type_id, record_id)
    if record is not None:
        record.properties[PIN] = meeting.id


def _engagement(picture: _Pictured, contact: Record, number: int, today: date) -> Engagement:
    start = instant_of(working_day(today, picture.day), picture.at[0] * 60 + picture.at[1], MEI.zone)
    name = f"{contact.properties['firstname']}-{contact.properties['lastname']}"
    call = f"https://meet.example/{address_part(name.split('-')[0])}-{address_part(name.split('-')[1])}"
    conference = call if picture.conference is None else picture.conference
    return Engagement(
        owner=MEI,
        title=picture.title,
        start=start,
        end=start + picture.length * MINUTE_MS,
        outcome=picture.outcome,
        activity_type=picture.activity_type,
        source="MEETINGS_PUBLIC",
        event_id=f"evtmei{number:03d}{start:x}",
        location=call if picture.location is None else picture.location,
        conference_url=conference,
        body=picture.body,
        notes=picture.notes,
    )


def _colleagues(directory: Directory, contact: Record) -> list[Record]:
    company = directory.employers[contact.id]
    return [
        one for one in directory.contacts if one is not contact and directory.employers[one.id] is company
    ]


def working_day(today: date, offset: int) -> date:
    """Return the working day `offset` working days from today, or from Friday at a weekend."""
    day, left = today - timedelta(days=max(0, today.weekday() - 4)), abs(offset)
    while left:
        day += timedelta(days=1 if offset > 0 else -1)
        left -= day.weekday() < 5
    return day
