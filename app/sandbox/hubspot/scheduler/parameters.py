"""What the scheduler's calls carry in path and query: slug, time zone, month."""

from typing import Final
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from starlette.requests import Request

from app.sandbox.errors import not_found, validation_error
from app.sandbox.world import World
from app.sandbox.world.links import MeetingLink
from app.sandbox.world.wall_clock import zone_names

_SLUG_UNKNOWN: Final = "slug does not exist"


def world_of(request: Request) -> World:
    """Return the world this sandbox serves."""
    world: World = request.app.state.world
    return world


def known_link(world: World, slug: str) -> MeetingLink:
    """Return the link with that slug; HubSpotError 404 when there is none."""
    link = world.links.find(slug)
    if link is None:
        raise not_found(_SLUG_UNKNOWN)
    return link


def link_in_path(request: Request) -> MeetingLink:
    """Return the link named by the last path segment, its slash written %2F; HubSpotError 404 otherwise."""
    slug: str = request.path_params["slug"]
    raw: bytes | None = request.scope.get("raw_path")
    segment = b"" if raw is None else raw.partition(b"?")[0].rstrip(b"/").rpartition(b"/")[2]
    if raw is not None and unquote(segment.decode("latin-1")) != slug:
        raise not_found(_SLUG_UNKNOWN)
    return known_link(world_of(request), slug)


def zone_named(name: str) -> ZoneInfo:
    """Return an IANA zone; HubSpotError 400 when there is none of that name."""
    if name not in zone_names():
        raise validation_error(
            f"Invalid timezone: {name!r} is not an IANA time zone.", context={"timezone": [name]}
        )
    return ZoneInfo(name)


def required_zone(request: Request) -> ZoneInfo:
    """Return the zone of the `timezone` query; HubSpotError 400 when missing or unknown."""
    name = request.query_params.get("timezone")
    if not name:
        raise validation_error(
            "Required query parameter 'timezone' is missing.", context={"missingParameters": ["timezone"]}
        )
    return zone_named(name)


def month_at(world: World, zone: ZoneInfo, offset: int) -> tuple[int, int] | None:
    """Return year and month `offset` months from the current one in `zone`; None far outside calendars."""
    now = world.now().astimezone(zone)
    year, month = divmod(now.year * 12 + now.month - 1 + offset, 12)
    return (year, month + 1) if 1971 <= year <= 2199 else None
