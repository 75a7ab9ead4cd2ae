"""Meeting links and their booking info, as HubSpot's scheduler describes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from app.domain.forms import Consent, FormField

Slug = NewType("Slug", str)
UserId = NewType("UserId", str)


class LinkKind(StrEnum):
    """HubSpot's three link types, and what a newer HubSpot may send."""

    PERSONAL = "PERSONAL_LINK"
    GROUP = "GROUP_CALENDAR"
    ROUND_ROBIN = "ROUND_ROBIN_CALENDAR"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """One row of the meeting-link list; `member_ids` are HubSpot user ids, `url` the public page."""

    id: str
    slug: Slug
    url: str
    kind: LinkKind
    name: str
    organizer_id: UserId
    member_ids: tuple[UserId, ...]
    is_default: bool
    created_at: datetime | None = None
    updated_at: datetime | None = None
    payment_link_id: str | None = None

    @property
    def title(self) -> str:
        """The name, or the slug where the link has none."""
        return self.name or self.slug

    @property
    def is_paid(self) -> bool:
        """Whether the link takes a payment, which HubSpot's API cannot book."""
        return self.payment_link_id is not None


@dataclass(frozen=True, slots=True)
class LinkMarks:
    """What the rep keeps about a link on this computer; `used_at` is the last booking or visit (UTC)."""

    is_favourite: bool = False
    tags: tuple[str, ...] = ()
    used_at: datetime | None = None
    durations_ms: tuple[int, ...] = ()
    has_offline_member: bool = False


@dataclass(frozen=True, slots=True)
class GuestRule:
    """Whether the link takes extra guests, and how many at most."""

    allowed: bool = False
    limit: int = 0


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Opening hours of one weekday key as HubSpot names it; minutes after midnight in the host's zone."""

    day: str
    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class Member:
    """A host of a link; `is_offline` means that HubSpot cannot see this person's calendar."""

    user_id: UserId
    email: str
    full_name: str
    is_offline: bool


@dataclass(frozen=True, slots=True)
class BookingInfo:
    """Everything the desk needs to build a form for a link (HubSpot: booking info).

    `durations_ms` are the very numbers the link advertises; they are sent back unchanged.
    `window_start` and `window_end` are UTC instants of a fixed booking window.
    """

    slug: Slug
    kind: LinkKind
    is_offline: bool
    durations_ms: tuple[int, ...]
    increment: timedelta | None
    buffer: timedelta
    hours: tuple[WeeklyHours, ...]
    form_fields: tuple[FormField, ...]
    consent: Consent | None
    guests: GuestRule
    members: tuple[Member, ...]
    locale: str = ""
    location: str = ""
    window_start: datetime | None = None
    window_end: datetime | None = None
    weeks_to_advertise: int = 0

    @property
    def offline_members(self) -> tuple[Member, ...]:
        """Members whose calendar is disconnected: they look free at all hours."""
        return tuple(member for member in self.members if member.is_offline)
