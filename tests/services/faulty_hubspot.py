"""A HubSpot that loses answers, is late, lags and forgets, all drawn from one seed, and keeps the score."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.links import BookingInfo, LinkKind, Slug
from app.domain.ports import Clock
from app.domain.problems import (
    Conflict,
    Offline,
    Problem,
    Rejected,
    ServiceBroken,
    SlotGone,
    SlowDown,
    Unknown,
)
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner
from app.domain.slots import AvailabilityPage, YearMonth
from tests.fakes.samples import HALF_HOUR, at, sample_info, sample_page, sample_receipt, slot

STARTS = tuple(at(24, 9) + timedelta(minutes=30 * step) for step in range(6))
LATEST = 5.0
"""Seconds after which a lost request may still be carried out."""
LONGEST_LAG = 50.0
"""Seconds by which the search index may lag."""


@dataclass
class Kept:
    """A meeting in HubSpot's calendar; the CRM search shows it from `seen_from` on."""

    email: str
    start: datetime
    seen_from: datetime


@dataclass
class Score:
    """What must never happen."""

    double: int = 0
    blind: int = 0
    false_success: int = 0
    lost_forms: int = 0
    sendings: int = 0
    unknown: int = 0


@dataclass
class FaultyHubSpot:
    """Scheduler and records of one link; `capacity` hosts can take the same start."""

    rng: random.Random
    clock: Clock
    capacity: int
    score: Score
    fault_rate: float
    meetings: list[Kept] = field(default_factory=list)
    late: list[tuple[datetime, BookingRequest]] = field(default_factory=list)
    unsure: set[tuple[str, datetime]] = field(default_factory=set)

    @property
    def info(self) -> BookingInfo:
        """The link: personal, or a round robin where hosts share starts."""
        kind = LinkKind.PERSONAL if self.capacity == 1 else LinkKind.ROUND_ROBIN
        return sample_info(kind=kind, durations_ms=(HALF_HOUR,))

    async def booking_info(self, slug: Slug, zone: str) -> BookingInfo:
        """The link's info."""
        await self._safe()
        return replace(self.info, slug=slug)

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        """The starts for which a host is left; now and then somebody else takes one."""
        if self.rng.random() < 0.1:
            self._apply("else@other.example", self.rng.choice(STARTS))
        await self._safe()
        free = [slot(start) for start in STARTS if month == YearMonth(2026, 11) and self._has_room(start)]
        return sample_page(month, {HALF_HOUR: free}, slug=slug, zone=zone, fetched_at=self.clock.now())

    async def book(self, request: BookingRequest) -> BookingReceipt:
        """Carry the request out, or not, and answer, or not."""
        wish = (request.email, request.slot.start)
        self.score.sendings += 1
        self.score.blind += wish in self.unsure
        fate = self.rng.random() / self.fault_rate
        self.unsure.add(wish)
        await asyncio.sleep(0)
        if fate < 0.3:
            self.unsure.discard(wish)
            raise self.rng.choice((Offline(), Rejected("no"), SlowDown(self.clock.now())))
        if fate < 0.5:
            self.score.unknown += 1
            wait = timedelta(seconds=self.rng.uniform(0, LATEST))
            self.late.append((self.clock.now() + wait, request))
            raise Unknown()
        if fate < 0.6:
            self.score.unknown += 1
            raise self.rng.choice((Unknown(), ServiceBroken()))
        self._catch_up()
        if fate < 0.65:
            self.unsure.discard(wish)
            return sample_receipt(request, "", is_offline=True)
        is_applied = self._apply(request.email, request.slot.start)
        await asyncio.sleep(0)
        if fate < 1.0 and is_applied:
            self.score.unknown += 1
            raise self.rng.choice((Unknown(), ServiceBroken()))
        self.unsure.discard(wish)
        if not is_applied:
            raise self.rng.choice((SlotGone(), Conflict("taken")))
        return sample_receipt(request)

    async def find_meeting(self, email: str, start: datetime) -> MeetingEngagement | None:
        """What the search index shows by now."""
        await self._safe()
        self.unsure.discard((email, start))
        for kept in self.meetings:
            if (kept.email, kept.start) == (email, start) and kept.seen_from <= self.clock.now():
                return MeetingEngagement("m", "Intro", start, slot(start).end)
        return None

    def count(self, email: str) -> int:
        """How many meetings the contact has, late ones included."""
        self._catch_up(is_over=True)
        return sum(kept.email == email for kept in self.meetings)

    async def _safe(self) -> None:
        """A safe request, which may fail and be repeated at will."""
        await asyncio.sleep(0)
        self._catch_up()
        if self.rng.random() < self.fault_rate / 2:
            problems: Sequence[Problem] = (Offline(), Unknown(), ServiceBroken(), SlowDown(self.clock.now()))
            raise self.rng.choice(problems)

    def _catch_up(self, *, is_over: bool = False) -> None:
        due = [one for one in self.late if is_over or one[0] <= self.clock.now()]
        self.late = [one for one in self.late if one not in due]
        for when, request in sorted(due, key=lambda one: one[0]):
            self._apply(request.email, request.slot.start, when)

    def _apply(self, email: str, start: datetime, when: datetime | None = None) -> bool:
        if not self._has_room(start):
            return False
        lag = timedelta(seconds=self.rng.uniform(0, LONGEST_LAG))
        self.meetings.append(Kept(email, start, (when or self.clock.now()) + lag))
        return True

    def _has_room(self, start: datetime) -> bool:
        return sum(kept.start == start for kept in self.meetings) < self.capacity

    async def search_contacts(
        self, text: str, *, limit: int, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Nobody."""
        return ()

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """Nobody."""
        return None

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """Somebody without a name."""
        return Contact(contact_id, "", "", "")

    async def companies_of(self, contact_id: ContactId) -> tuple[Company, ...]:
        """None."""
        return ()

    async def deals_of(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """None."""
        return ()

    async def owners(self) -> tuple[Owner, ...]:
        """None."""
        return ()
