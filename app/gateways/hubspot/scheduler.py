"""Booking info, availability and booking as the domain sees them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from app.api.hubspot.booking_payloads import Booking, BookingReplyPayload
from app.api.hubspot.instants import instant_of_ms
from app.api.hubspot.link_payloads import (
    AvailabilityPagePayload,
    BookingInfoPayload,
    LinkSettingsPayload,
    SlotPayload,
    UserBusyPayload,
)
from app.api.hubspot.scheduler import SchedulerClient
from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.links import BookingInfo, GuestRule, LinkKind, Member, Slug, UserId, WeeklyHours
from app.domain.problems import Gone
from app.domain.slots import AvailabilityPage, Busy, Slot, YearMonth
from app.gateways.hubspot.forms import consent_of, form_field_of
from app.gateways.problems import Calls

_INCREMENT_MINUTES: Final = {
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
_KINDS: Final = {kind.value: kind for kind in LinkKind}


class HubSpotSchedulerGateway:
    """Fulfils `Scheduler`."""

    def __init__(self, scheduler: SchedulerClient, calls: Calls, *, now: Callable[[], datetime]) -> None:
        self._scheduler = scheduler
        self._calls = calls
        self._now = now

    async def booking_info(self, slug: Slug, zone: str) -> BookingInfo:
        """Form, durations and members of a link. Raises Problem."""
        with self._calls.reading("link"):
            found = await self._scheduler.booking_info(_sendable(slug), timezone=zone)
        return booking_info_of(found.value, slug)

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        """One month of free slots. Raises Problem."""
        with self._calls.reading("link"):
            found = await self._scheduler.availability_page(
                _sendable(slug), timezone=zone, month_offset=month_offset
            )
        return availability_of(found.value, slug, month, zone, self._now())

    async def book(self, request: BookingRequest) -> BookingReceipt:
        """Book, sending at most once. Raises Problem; Unknown when the answer was lost."""
        booking = Booking(
            slug=request.slug,
            start=request.slot.start,
            duration_ms=request.duration_ms,
            first_name=request.first_name,
            last_name=request.last_name,
            email=request.email,
            timezone=request.zone,
            form_fields=request.answers,
            consents=request.consents,
            likely_user_ids=request.likely_user_ids,
            guest_emails=request.guests,
            locale=request.locale or None,
        )
        with self._calls.booking(request.email):
            reply = await self._scheduler.book(booking)
        return receipt_of(reply, request)


def _sendable(slug: Slug) -> str:
    if not slug:
        raise Gone("link")
    return slug


def booking_info_of(payload: BookingInfoPayload, slug: Slug) -> BookingInfo:
    """Booking info; a link without availability has none, and says so by having no slots."""
    settings = payload.custom_params
    return BookingInfo(
        slug=slug,
        kind=_KINDS.get(payload.link_type, LinkKind.OTHER),
        is_offline=payload.is_offline,
        durations_ms=tuple(sorted({duration for duration in settings.durations if duration > 0})),
        increment=_increment_of(settings),
        buffer=timedelta(milliseconds=max(settings.meeting_buffer_time, 0)),
        hours=tuple(WeeklyHours(day, hours.start, hours.end) for day, hours in settings.availability.items()),
        form_fields=tuple(form_field_of(field) for field in settings.form_fields),
        consent=consent_of(settings),
        guests=_guests_of(settings),
        members=members_of(payload.all_users_busy_times),
        locale=settings.locale or "",
        location=settings.location or "",
        window_start=settings.window_start,
        window_end=settings.window_end,
        weeks_to_advertise=settings.weeks_to_advertise,
    )


def availability_of(
    payload: AvailabilityPagePayload, slug: Slug, month: YearMonth, zone: str, fetched_at: datetime
) -> AvailabilityPage:
    """One month; times beyond the calendar, and those that end before they start, are left out."""
    available = payload.link_availability
    slots = available.by_duration_ms if available is not None else {}
    busy: dict[UserId, tuple[Busy, ...]] = {}
    for user in payload.all_users_busy_times:
        user_id = UserId(str(user.meetings_user.user_id))
        busy[user_id] = busy.get(user_id, ()) + _busy_of(user)
    return AvailabilityPage(
        slug=slug,
        month=month,
        zone=zone,
        slots={duration: _slots_of(rows) for duration, rows in slots.items()},
        members=members_of(payload.all_users_busy_times),
        busy=busy,
        has_more=available.has_more if available is not None else False,
        fetched_at=fetched_at,
    )


def members_of(rows: Sequence[UserBusyPayload]) -> tuple[Member, ...]:
    """The hosts of a link by their user ids, each once."""
    members = {
        user_id: Member(
            user_id=user_id,
            email=row.meetings_user.user_profile.email,
            full_name=_full_name(row),
            is_offline=row.is_offline,
        )
        for row in rows
        if (user_id := UserId(str(row.meetings_user.user_id)))
    }
    return tuple(members.values())


def receipt_of(reply: BookingReplyPayload, request: BookingRequest) -> BookingReceipt:
    """HubSpot's answer; what it leaves out is as it was asked for."""
    return BookingReceipt(
        calendar_event_id=reply.calendar_event_id.strip(),
        contact_id=str(reply.contact_id or ""),
        start=reply.starts_at or request.slot.start,
        end=reply.ends_at or request.slot.end,
        subject=reply.subject,
        is_offline=reply.is_offline,
        guests=reply.guest_emails,
        location=reply.location or "",
        join_url=reply.web_conference_url or "",
    )


def _slots_of(rows: Sequence[SlotPayload]) -> tuple[Slot, ...]:
    """The slots in order, one for each start."""
    by_start = {
        start: Slot(start, end)
        for row in rows
        if (start := row.start) is not None and (end := row.end) is not None and start < end
    }
    return tuple(by_start[start] for start in sorted(by_start))


def _busy_of(user: UserBusyPayload) -> tuple[Busy, ...]:
    return tuple(
        Busy(start, end)
        for row in user.busy_times
        if (start := instant_of_ms(row.start)) is not None
        and (end := instant_of_ms(row.end)) is not None
        and start < end
    )


def _increment_of(settings: LinkSettingsPayload) -> timedelta | None:
    minutes = _INCREMENT_MINUTES.get(settings.start_time_increment_minutes.upper())
    return timedelta(minutes=minutes) if minutes is not None else None


def _guests_of(settings: LinkSettingsPayload) -> GuestRule:
    guests = settings.guest_settings
    if guests is None:
        return GuestRule()
    return GuestRule(guests.can_add_guests, max(guests.max_guest_count, 0))


def _full_name(row: UserBusyPayload) -> str:
    """The member's name; the e-mail address where there is none."""
    profile = row.meetings_user.user_profile
    parts = f"{profile.first_name or ''} {profile.last_name or ''}"
    return (profile.full_name or "").strip() or parts.strip() or profile.email
