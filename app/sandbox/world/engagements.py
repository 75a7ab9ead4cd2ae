"""Meeting engagements as HubSpot stores them, and the portal's past and future ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app.sandbox.crm.object_types import COMPANY, CONTACT, DEAL, MEETING, TICKET
from app.sandbox.crm.store import Record, RecordStore
from app.sandbox.instants import epoch_ms, from_epoch_ms, property_instant
from app.sandbox.world.calendars import Calendars
from app.sandbox.world.contacts import Directory
from app.sandbox.world.people import USERS, User
from app.sandbox.world.wall_clock import DAY_MS, MINUTE_MS, instant_of

_SLOTS_A_DAY: Final = 10
_MOST_AHEAD: Final = 3 * len(USERS)
_PAST_DAYS: Final = 65
_SHOWN_BUSY_DAYS: Final = 45
_KEPT_FREE_AHEAD: Final = 4
_KEPT_FREE_BEHIND: Final = 10
_KINDS: Final = (
    ("Intro call", "Discovery call", 30),
    ("Product demo", "Product demo", 45),
    ("Renewal", "Renewal", 30),
    ("Quarterly review", "Business review", 45),
    ("Partner call", "Discovery call", 30),
)
# Which meetings of ten are also about the contact's deal or ticket, if there is one.
_FURTHER: Final = {0: (DEAL,), 3: (DEAL, TICKET), 6: (DEAL,), 7: (TICKET,), 9: (DEAL,)}
_PAST_OUTCOMES: Final = ("COMPLETED",) * 7 + ("NO_SHOW", "RESCHEDULED", "CANCELED")
_NOTES: Final = (
    "Wants a pilot with two teams before the end of the year.",
    "Budget is clear, decision next month. Next: technical scoping.",
    "Asked about single sign-on and an audit log.",
    "",
    "Happy with the support, wants a better price for three years.",
)


@dataclass(frozen=True, slots=True)
class Engagement:
    """One meeting to be written: who holds it (`owner`), when (epoch ms), and what is known about it."""

    owner: User
    title: str
    start: int
    end: int
    outcome: str
    activity_type: str
    source: str
    event_id: str
    location: str
    conference_url: str
    body: str = ""
    notes: str = ""

    def properties(self) -> dict[str, str | None]:
        """Return the engagement's CRM properties (reference, section 6.2); None for what is empty."""
        start = property_instant(from_epoch_ms(self.start))
        return {
            "hs_timestamp": start,
            "hs_meeting_title": self.title or None,
            "hubspot_owner_id": str(self.owner.owner_id),
            "hs_meeting_body": self.body or None,
            "hs_internal_meeting_notes": self.notes or None,
            "hs_meeting_external_url": f"https://calendar.northwind-sales.example/event/{self.event_id}",
            "hs_meeting_location": self.location or None,
            "hs_meeting_start_time": start,
            "hs_meeting_end_time": property_instant(from_epoch_ms(self.end)),
            "hs_meeting_outcome": self.outcome or None,
            "hs_activity_type": self.activity_type or None,
            "hs_meeting_source": self.source,
            "hs_engagement_source": "CRM_UI" if self.source == "CRM_UI" else "MEETINGS",
            "hs_video_conference_url": self.conference_url or None,
            "hs_unique_id": self.event_id,
        }


class EngagementWriter:
    """Fills the store with meetings around `today` and the calendars with the times they take."""

    def __init__(
        self,
        store: RecordStore,
        calendars: Calendars,
        directory: Directory,
        dice: random.Random,
        *,
        today: datetime,
    ) -> None:
        self._store = store
        self._calendars = calendars
        self._directory = directory
        self._dice = dice
        self._today = today
        self._now = epoch_ms(today)

    def write(self, count: int) -> None:
        """Write `count` meetings: about a fifth ahead of today, at most three a day each, the rest behind."""
        ahead = min(count // 5, _MOST_AHEAD * 40)
        behind = count - ahead
        for place, (user, start) in enumerate(_agenda(self._today.date(), -1, behind)):
            self._write_one(user, start, place, past=True)
        for place, (user, start) in enumerate(_agenda(self._today.date(), 1, ahead)):
            self._write_one(user, start, behind + place, past=False)

    def _write_one(self, user: User, start: int, place: int, *, past: bool) -> None:
        dice = self._dice
        contact = self._directory.contacts[int(dice.random() * len(self._directory.contacts))]
        kind, activity, length = _KINDS[place % len(_KINDS)]
        name = f"{contact.properties['firstname']} {contact.properties['lastname']}"
        outcome = _PAST_OUTCOMES[int(dice.random() * len(_PAST_OUTCOMES))] if past else "SCHEDULED"
        conference = f"https://meet.example/{user.page}-{place}"
        engagement = Engagement(
            owner=user,
            title=f"{kind} with {name}",
            start=start,
            end=start + length * MINUTE_MS,
            outcome=outcome,
            activity_type=activity,
            source="MEETINGS_PUBLIC" if place % 3 else "CRM_UI",
            event_id=f"evt{user.user_id:x}{start:x}",
            location=conference,
            conference_url=conference,
            body=f"{kind}: {contact.properties['company']}",
            notes=_NOTES[place % len(_NOTES)] if past else "",
        )
        created = self._today - timedelta(days=1 + place % 5, minutes=place % 1440)
        if past:
            created = from_epoch_ms(start - (1 + place % 5) * DAY_MS)
        meeting = self.add(engagement, contact, created_at=created)
        for type_id in _FURTHER.get(place % 10, ()):
            for other in self._store.associated(CONTACT, contact.id, type_id)[:1]:
                self._store.associate(MEETING, meeting.id, type_id, other)

    def add(self, engagement: Engagement, contact: Record, *, created_at: datetime) -> Record:
        """Write one meeting, associate it with the contact and the employer, and take the owner's time."""
        meeting = self.write_down(engagement, created_at=created_at)
        self._store.associate(MEETING, meeting.id, CONTACT, contact.id)
        self._store.associate(MEETING, meeting.id, COMPANY, self._directory.employers[contact.id].id)
        return meeting

    def write_down(self, engagement: Engagement, *, created_at: datetime) -> Record:
        """Write one meeting that is associated with nothing, and take its owner's time."""
        meeting = self._store.create(MEETING, engagement.properties(), created_at=created_at)
        recent = engagement.start > self._now - _SHOWN_BUSY_DAYS * DAY_MS
        taken = engagement.owner in USERS and engagement.outcome not in ("CANCELED", "RESCHEDULED")
        if recent and taken:
            self._calendars[engagement.owner.user_id].write(engagement.start, engagement.end)
        return meeting


def _agenda(today: date, direction: int, count: int) -> Iterator[tuple[User, int]]:
    """Yield host and start (epoch ms) of `count` meetings that never overlap, working day by working day.

    The days right around today are left to the pictured meetings.
    """
    most = _SLOTS_A_DAY * len(USERS) if direction < 0 else _MOST_AHEAD
    per_day = max(1, min(most, -(-count // _PAST_DAYS)))
    kept = _KEPT_FREE_BEHIND if direction < 0 else _KEPT_FREE_AHEAD
    day, made = today + timedelta(days=direction * kept), 0
    while made < count:
        day += timedelta(days=direction)
        if day.weekday() > 4:
            continue
        for place in range(min(per_day, count - made)):
            user = USERS[(place + made) % len(USERS)]
            hour = 8 + (place // len(USERS) * 7 + day.day) % _SLOTS_A_DAY
            yield user, instant_of(day, hour * 60 + (day.day + place) % 2 * 15, user.zone)
        made += per_day
