"""Mei's meetings of the days around today: some to log, some done, some still to come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.sandbox.crm.object_types import CONTACT, DEAL, MEETING
from app.sandbox.crm.store import RecordStore
from app.sandbox.world.contacts import Directory
from app.sandbox.world.engagements import Engagement, EngagementWriter
from app.sandbox.world.people import MEI
from app.sandbox.world.wall_clock import MINUTE_MS, instant_of


@dataclass(frozen=True, slots=True)
class _Pictured:
    """`day` counts working days from today, `at` is (hour, minute) in Berlin, `length` is minutes."""

    day: int
    at: tuple[int, int]
    length: int
    title: str
    guest: str
    outcome: str
    activity_type: str
    body: str = ""
    notes: str = ""


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
        "Ada owns the budget; decision by mid-December. Wants single sign-on, an audit log. Next: scoping.",
    ),
    _Pictured(0, (11, 30), 30, "Renewal: Fabrikam", "ravi@fabrikam.example", "SCHEDULED", "Renewal"),
    _Pictured(0, (16, 30), 45, "Product demo", _IMANI, "SCHEDULED", "Product demo"),
    _Pictured(0, (18, 30), 30, "Partner call", _NOOR, "SCHEDULED", "Discovery call"),
    _Pictured(1, (10, 0), 60, "Technical scoping", _CLARA, "SCHEDULED", "Discovery call"),
    _Pictured(-1, (10, 0), 60, "Technical scoping", _CLARA, "SCHEDULED", "Discovery call"),
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
    _Pictured(-2, (13, 0), 60, "Onboarding kick-off", _EWAN, "RESCHEDULED", "Discovery call"),
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
    """Write up to `most` of Mei's meetings around `today` (a UTC midnight); return how many were written."""
    guests = {contact.properties["email"]: contact for contact in directory.contacts}
    for number, picture in enumerate(_PICTURED[:most]):
        contact = guests[picture.guest]
        day = _working_day(today.date(), picture.day)
        start = instant_of(day, picture.at[0] * 60 + picture.at[1], MEI.zone)
        conference = f"https://meet.example/{picture.guest.split('@')[0].replace('.', '-')}"
        engagement = Engagement(
            owner=MEI,
            title=picture.title,
            start=start,
            end=start + picture.length * MINUTE_MS,
            outcome=picture.outcome,
            activity_type=picture.activity_type,
            source="MEETINGS_PUBLIC",
            event_id=f"evtmei{number:03d}{start:x}",
            location=conference,
            conference_url=conference,
            body=picture.body,
            notes=picture.notes,
        )
        meeting = writer.add(engagement, contact, created_at=today - timedelta(days=6, minutes=-number))
        for deal in store.associated(CONTACT, contact.id, DEAL)[:1]:
            store.associate(MEETING, meeting.id, DEAL, deal)
    return len(_PICTURED[:most])


def _working_day(today: date, offset: int) -> date:
    day, left = today, abs(offset)
    while left:
        day += timedelta(days=1 if offset > 0 else -1)
        left -= day.weekday() < 5
    return day
