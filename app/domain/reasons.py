"""Why a time cannot be booked, as far as the fetched data can prove it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.domain.availability import Availability, busy_between, slot_at, slots_between
from app.domain.days import zone_or_utc
from app.domain.links import BookingInfo, LinkKind, Member

_MINUTE: Final = timedelta(minutes=1)
_INSTANT: Final = timedelta(microseconds=1)
_NEIGHBOURHOOD: Final = timedelta(hours=12)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Past:
    """The time is over."""


@dataclass(frozen=True, slots=True)
class NotLoaded:
    """Nothing was fetched for that day yet."""


@dataclass(frozen=True, slots=True)
class OutsideWindow:
    """The link takes bookings only from `start` to `end` (UTC instants, None where open)."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class BusyTime:
    """`members` have something else; the first moment at which that may end is `until`."""

    members: tuple[Member, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class TooShort:
    """Only `free_minutes` are left until `members` have something else."""

    members: tuple[Member, ...]
    free_minutes: int
    needed_minutes: int


@dataclass(frozen=True, slots=True)
class BufferTime:
    """The link keeps `minutes` free around what `members` have."""

    members: tuple[Member, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class OutsideHours:
    """The host's weekly hours do not hold the meeting."""


@dataclass(frozen=True, slots=True)
class OffRaster:
    """Meetings of this link begin every `minutes`, and not at this minute."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Limited:
    """Nothing known forbids it: too soon, or limited by the link."""


Reason = (
    Past | NotLoaded | OutsideWindow | BusyTime | TooShort | BufferTime | OutsideHours | OffRaster | Limited
)


def why_not(
    start: datetime,
    *,
    duration_ms: int,
    info: BookingInfo,
    availability: Availability,
    now: datetime,
    host_zone: str | None = None,
) -> Reason | None:
    """The reason why no meeting of that duration can begin at the UTC instant; None where one can.

    `host_zone` is the IANA zone of the link's weekly hours, which HubSpot does not tell.
    """
    if slot_at(availability.of(duration_ms), start):
        return None
    end = start + timedelta(milliseconds=duration_ms)
    if start <= now:
        return Past()
    if (info.window_start and start < info.window_start) or (info.window_end and start >= info.window_end):
        return OutsideWindow(info.window_start, info.window_end)
    if not availability.covers(start, start + _INSTANT):
        return NotLoaded()
    return (
        _occupied(start, end, info, availability)
        or (_outside_hours(start, end, info, host_zone) if host_zone else None)
        or _off_raster(start, duration_ms, info, availability)
        or Limited()
    )


def _occupied(
    start: datetime, end: datetime, info: BookingInfo, availability: Availability
) -> BusyTime | TooShort | BufferTime | None:
    hit = _blockers(start, end, info, availability)
    if hit:
        members, since, until = hit
        if since <= start:
            return BusyTime(members, until)
        return TooShort(members, (since - start) // _MINUTE, (end - start) // _MINUTE)
    hit = _blockers(start - info.buffer, end + info.buffer, info, availability) if info.buffer else None
    return BufferTime(hit[0], info.buffer // _MINUTE) if hit else None


def _blockers(
    start: datetime, end: datetime, info: BookingInfo, availability: Availability
) -> tuple[tuple[Member, ...], datetime, datetime] | None:
    """Who makes the time impossible, since when and until when; None where it is possible.

    A personal or group link needs every member. Any other is impossible only when all members are busy, and
    one whose calendar is disconnected never is.
    """
    needs_all = info.kind in (LinkKind.PERSONAL, LinkKind.GROUP)
    hits: list[tuple[Member, datetime, datetime]] = []
    for member in info.members:
        busy = busy_between(availability.busy.get(member.user_id, ()), start, end)
        if busy:
            hits.append((member, busy[0].start, busy[0].end))
    if not hits or not (needs_all or len(hits) == len(info.members)):
        return None
    if not needs_all:
        return (
            tuple(hit[0] for hit in hits),
            max(hit[1] for hit in hits),
            min(hit[2] for hit in hits),
        )
    since = max(min(hit[1] for hit in hits), start)
    first = [hit for hit in hits if hit[1] <= since]
    return tuple(hit[0] for hit in first), since, max(hit[2] for hit in first)


def _outside_hours(start: datetime, end: datetime, info: BookingInfo, zone: str) -> OutsideHours | None:
    """Weekly hours come under keys that HubSpot does not document; unknown keys prove nothing."""
    keys = {hours.day.casefold() for hours in info.hours}
    if not keys or not keys.issubset(_WEEKDAYS):
        return None
    local = start.astimezone(zone_or_utc(zone))
    first = local.hour * 60 + local.minute
    last = first + (end - start) // _MINUTE
    weekday = _WEEKDAYS[local.weekday()]
    fits = any(
        hours.start_minute <= first and last <= hours.end_minute
        for hours in info.hours
        if hours.day.casefold() == weekday
    )
    return None if fits else OutsideHours()


def _off_raster(
    start: datetime, duration_ms: int, info: BookingInfo, availability: Availability
) -> OffRaster | None:
    """The raster is read from the slots around: at least two that agree with each other."""
    step = info.increment or timedelta(milliseconds=duration_ms)
    around = slots_between(availability.of(duration_ms), start - _NEIGHBOURHOOD, start + _NEIGHBOURHOOD)
    phases = {(slot.start - start) % step for slot in around}
    is_off = len(around) > 1 and len(phases) == 1 and timedelta() not in phases
    return OffRaster(step // _MINUTE) if is_off else None
