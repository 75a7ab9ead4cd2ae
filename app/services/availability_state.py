"""The snapshot of an open link that screens are drawn from."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.availability import NO_AVAILABILITY, Availability
from app.domain.links import BookingInfo, LinkKind, Slug
from app.domain.problems import Problem
from app.domain.slots import YearMonth


@dataclass(frozen=True, slots=True)
class AvailabilityState:
    """What is known of the open link.

    `zone` is the IANA zone it is seen from; `is_opening` lasts until the first answers are there,
    `is_searching` while months are walked for a free one; `is_stale` marks times on screen that are only
    remembered or could not be refreshed; `fetched_at` is the age of the oldest month on screen.
    """

    slug: Slug | None = None
    zone: str = "UTC"
    info: BookingInfo | None = None
    availability: Availability = NO_AVAILABILITY
    loading_months: frozenset[YearMonth] = frozenset()
    is_opening: bool = False
    is_searching: bool = False
    is_stale: bool = False
    problem: Problem | None = None
    fetched_at: datetime | None = None

    @property
    def durations_ms(self) -> tuple[int, ...]:
        """The durations the link advertises, else those with slots."""
        return self.info.durations_ms if self.info else self.availability.durations_ms

    @property
    def kind(self) -> LinkKind:
        """The link's type, as far as known."""
        return self.info.kind if self.info else LinkKind.OTHER
