"""Bookable slots, busy times and the months they come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.domain.links import Member, Slug, UserId


class Slot(NamedTuple):
    """One bookable start, as HubSpot advertised it; both ends are UTC instants."""

    start: datetime
    end: datetime

    @property
    def duration(self) -> timedelta:
        """How long the meeting lasts."""
        return self.end - self.start


class Busy(NamedTuple):
    """A time that a member is not free; both ends are UTC instants."""

    start: datetime
    end: datetime


class YearMonth(NamedTuple):
    """A calendar month in whichever zone the request named."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> "YearMonth":
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> "YearMonth":
        """The month `months` later (earlier where negative)."""
        index = self.year * 12 + self.month - 1 + months
        return YearMonth(index // 12, index % 12 + 1)

    def minus(self, other: "YearMonth") -> int:
        """How many months lie between the two (HubSpot: monthOffset)."""
        return (self.year - other.year) * 12 + self.month - other.month

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)


@dataclass(frozen=True, slots=True)
class AvailabilityPage:
    """One month of a link (HubSpot: availability page).

    `slots` maps a duration in ms to its slots in order of start; `busy` maps a member to its busy times.
    `fetched_at` is the UTC instant of the answer.
    """

    slug: Slug
    month: YearMonth
    zone: str
    slots: Mapping[int, tuple[Slot, ...]]
    members: tuple[Member, ...]
    busy: Mapping[UserId, tuple[Busy, ...]]
    has_more: bool
    fetched_at: datetime
