"""Booking info and availability pages: what a link offers in one month, and when its hosts are busy."""

from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from app.sandbox.auth import require_any_scope
from app.sandbox.hubspot.scheduler.parameters import link_in_path, month_at, required_zone, world_of
from app.sandbox.hubspot.scheduler.scopes import READ_SCOPES
from app.sandbox.hubspot.scheduler.settings_payload import branding, custom_params
from app.sandbox.wire import int_parameter, reply
from app.sandbox.world import World
from app.sandbox.world.links import LinkType, MeetingLink
from app.sandbox.world.months import OfferedMonth
from app.sandbox.world.people import User

_INT32: Final = 2**31


async def get_booking_info(request: Request) -> Response:
    """GET `/meeting-links/book/{slug}` (5.2): a link's settings and this month's free and busy times."""
    require_any_scope(request, READ_SCOPES)
    zone = required_zone(request)
    link = link_in_path(request)
    world = world_of(request)
    info: dict[str, Any] = {
        "linkId": link.id,
        "linkType": link.type.value,
        "isOffline": link_is_offline(world, link),
        "customParams": custom_params(link, world.host(link.organizer)),
        **_month_payload(world, link, zone, offset=0),
        "brandingMetadata": branding(),
    }
    return reply(info)


async def get_availability_page(request: Request) -> Response:
    """GET `/meeting-links/book/availability-page/{slug}` (5.3): free and busy times of one calendar month."""
    require_any_scope(request, READ_SCOPES)
    zone = required_zone(request)
    offset = int_parameter(request, "monthOffset", 0, low=-_INT32, high=_INT32 - 1)
    link = link_in_path(request)
    return reply(_month_payload(world_of(request), link, zone, offset=offset))


def link_is_offline(world: World, link: MeetingLink) -> bool:
    """Tell whether no booking can make an event: the organizer, or every round-robin member, is offline."""
    if link.type is LinkType.ROUND_ROBIN:
        return all(world.is_offline(member) for member in link.members)
    return world.is_offline(link.organizer)


def _month_payload(world: World, link: MeetingLink, zone: ZoneInfo, *, offset: int) -> dict[str, Any]:
    with world.lock:
        place = month_at(world, zone, offset)
        if place is None:
            empty: dict[int, list[int]] = {duration: [] for duration in link.settings.durations_ms}
            month = OfferedMonth(0, 0, empty, has_more=offset < 0)
        else:
            month = world.month(link, *place, zone)
        return {
            "linkAvailability": _link_availability(month),
            "allUsersBusyTimes": [
                _user_busy_times(world, world.host(member), month) for member in link.members
            ],
        }


def _link_availability(month: OfferedMonth) -> dict[str, Any]:
    return {
        "hasMore": month.has_more,
        "linkAvailabilityByDuration": {
            str(duration): {
                "meetingDurationMillis": duration,
                "availabilities": [
                    {"startMillisUtc": start, "endMillisUtc": start + duration} for start in starts
                ],
            }
            for duration, starts in month.starts.items()
        },
    }


def _user_busy_times(world: World, user: User, month: OfferedMonth) -> dict[str, Any]:
    return {
        "busyTimes": [
            {"start": start, "end": end} for start, end in world.busy(user.user_id, month.start, month.end)
        ],
        "isOffline": world.is_offline(user.user_id),
        "meetingsUser": {
            "id": str(user.meetings_user_id),
            "userId": str(user.user_id),
            "calendarProvider": user.calendar_provider,
            "isSalesStarter": False,
            "userProfile": {
                "email": user.email,
                "firstName": user.first_name,
                "lastName": user.last_name,
                "fullName": user.full_name,
            },
        },
    }
