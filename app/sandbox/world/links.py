"""What a meeting link is: who hosts it, what it offers, what it asks, and whom it refuses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from app.sandbox.world.consent import Consent
from app.sandbox.world.fields import FormField
from app.sandbox.world.hours import WeeklyHours

INCREMENT_MINUTES: Final = {
    "FIVE": 5,
    "TEN": 10,
    "FIFTEEN": 15,
    "TWENTY": 20,
    "THIRTY": 30,
    "FORTY_FIVE": 45,
    "SIXTY": 60,
    "NINETY": 90,
    "ONE_HUNDRED_TWENTY": 120,
}
MEETING_DURATION: Final = "MEETING_DURATION"
LINK_HOST: Final = "https://meetings.northwind-sales.example"
VIDEO_CALL: Final = "Video call"


class LinkType(StrEnum):
    """The three kinds of meeting link: one host, all members at once, any one member."""

    PERSONAL = "PERSONAL_LINK"
    GROUP = "GROUP_CALENDAR"
    ROUND_ROBIN = "ROUND_ROBIN_CALENDAR"


@dataclass(frozen=True, slots=True)
class LinkSettings:
    """How a link offers time and what a booking must bring.

    `durations_ms`, `buffer_ms` and `notice_ms` are milliseconds; `increment` is a word of INCREMENT_MINUTES
    or MEETING_DURATION; `window` is a fixed booking window in epoch ms, else `weeks` from today are open;
    `max_guests` 0 forbids guests and None leaves guest settings out; `blocked` holds addresses and domains.
    """

    durations_ms: tuple[int, ...]
    hours: WeeklyHours
    increment: str = "THIRTY"
    buffer_ms: int = 0
    notice_ms: int = 0
    weeks: int = 13
    window: tuple[int, int] | None = None
    fields: tuple[FormField, ...] = ()
    consent: Consent | None = None
    max_guests: int | None = 5
    owner_prioritized: bool = False
    blocked: frozenset[str] = frozenset()
    location: str | None = VIDEO_CALL
    activity_type: str = "Discovery call"
    language: str = "en"
    locale: str = "en-us"
    redirect_url: str | None = None
    welcome: tuple[str, str] | None = None
    avatar_option: str = "PROFILE_IMAGE"

    def step_ms(self, duration_ms: int) -> int:
        """Return the distance between two starts in ms for a meeting of `duration_ms`."""
        if self.increment == MEETING_DURATION:
            return duration_ms
        return INCREMENT_MINUTES[self.increment] * 60_000


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """One meeting link: `organizer` and `members` are user ids; `slug` may hold a slash."""

    id: str
    slug: str
    type: LinkType
    organizer: int
    members: tuple[int, ...]
    settings: LinkSettings
    created_at: datetime
    updated_at: datetime
    name: str | None = None
    default: bool = False
    payment_link_id: str | None = None

    @property
    def title(self) -> str:
        """The name, or the slug of a link without one."""
        return self.name or self.slug

    @property
    def url(self) -> str:
        """The address of the link's own web page."""
        return f"{LINK_HOST}/{self.slug}"
