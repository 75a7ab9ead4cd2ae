"""Which starts a meeting link offers: opening hours, minus padded busy times, on the link's own raster."""

from dataclasses import dataclass
from datetime import timedelta

from app.sandbox.world.calendars import Calendars
from app.sandbox.world.links import LinkType, MeetingLink
from app.sandbox.world.people import User
from app.sandbox.world.spans import Span, intersect, pad, subtract
from app.sandbox.world.wall_clock import instant_of, local_day


@dataclass(frozen=True, slots=True)
class Limits:
    """The first start and the last end (epoch ms) that notice, window and weeks allow right now."""

    first_start: int
    last_end: int


class SlotFinder:
    """Computes offered starts from calendars; keeps nothing."""

    def __init__(self, users: dict[int, User], calendars: Calendars) -> None:
        self._users = users
        self._calendars = calendars

    def limits(self, link: MeetingLink, now_ms: int) -> Limits:
        """Return what notice and window allow at `now_ms`; the last week ends at the organizer's midnight."""
        settings = link.settings
        earliest = now_ms + settings.notice_ms
        if settings.window is not None:
            return Limits(max(earliest, settings.window[0]), settings.window[1])
        zone = self._users[link.organizer].zone
        last_day = local_day(now_ms, zone) + timedelta(weeks=settings.weeks, days=1)
        return Limits(earliest, instant_of(last_day, 0, zone))

    def starts(
        self, link: MeetingLink, duration_ms: int, start: int, end: int, *, limits: Limits
    ) -> list[int]:
        """Return the offered starts in `[start, end)`, sorted, as epoch ms.

        One-to-one: the host is free. Group: all members are, on the organizer's raster. Round robin: any
        member is, each on the own raster.
        """
        low, high = max(start, limits.first_start), min(end, limits.last_end - duration_ms + 1)
        if low >= high:
            return []
        step = link.settings.step_ms(duration_ms)
        reach = high + duration_ms
        if link.type is LinkType.ROUND_ROBIN:
            found: set[int] = set()
            for member in link.members:
                hours = self._hours(link, member, low, reach)
                free = self._free(link, member, hours)
                found.update(_raster(hours, free, step, duration_ms, low, high))
            return sorted(found)
        hours = self._hours(link, link.organizer, low, reach)
        free = self._free(link, link.organizer, hours)
        for member in link.members:
            if free and member != link.organizer:
                free = intersect(free, self._free(link, member, self._hours(link, member, low, reach)))
        return _raster(hours, free, step, duration_ms, low, high)

    def free_members(self, link: MeetingLink, start: int, end: int) -> list[int]:
        """Return the members (user ids, in the link's order) who are open and free in `[start, end)`."""
        return [
            member
            for member in link.members
            if any(
                low <= start and end <= high
                for low, high in self._free(link, member, self._hours(link, member, start, end))
            )
        ]

    def _hours(self, link: MeetingLink, member: int, start: int, end: int) -> list[Span]:
        return link.settings.hours.spans(self._users[member].zone, start, end)

    def _free(self, link: MeetingLink, member: int, hours: list[Span]) -> list[Span]:
        if not hours:
            return []
        margin = link.settings.buffer_ms
        busy = self._calendars[member].busy(hours[0][0] - margin, hours[-1][1] + margin)
        return subtract(hours, pad(busy, margin))


def _raster(hours: list[Span], free: list[Span], step: int, duration: int, low: int, high: int) -> list[int]:
    """Return the starts inside `[low, high)` that lie whole steps after an opening and fit into free time."""
    starts: list[int] = []
    for opening in hours:
        for free_start, free_end in intersect([opening], free):
            first = max(free_start, low)
            first += -(first - opening[0]) % step
            starts.extend(range(first, min(free_end - duration + 1, high), step))
    return starts
