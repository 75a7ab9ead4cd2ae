"""Which path of the scheduler leads where, per API version."""

from typing import Final

from starlette.routing import Route

from app.sandbox.hubspot.scheduler.availability import get_availability_page, get_booking_info
from app.sandbox.hubspot.scheduler.booking import post_booking
from app.sandbox.hubspot.scheduler.calendar_event import post_calendar_event
from app.sandbox.hubspot.scheduler.link_list import LinkListEndpoint

_PATCH_VERSIONS: Final = frozenset({"v3", "2026-09"})


def scheduler_routes(version: str) -> list[Route]:
    """Return the scheduler's routes under `/scheduler/{version}/meetings` (reference, section 5)."""
    base = f"/scheduler/{version}/meetings"
    links = f"{base}/meeting-links"
    listing = LinkListEndpoint(version)
    routes = [
        Route(links, listing.get, methods=["GET"]),
        Route(f"{links}/book", post_booking, methods=["POST"]),
        Route(f"{links}/book/availability-page/{{slug:path}}", get_availability_page, methods=["GET"]),
        Route(f"{links}/book/{{slug:path}}", get_booking_info, methods=["GET"]),
        Route(f"{base}/calendar", post_calendar_event, methods=["POST"]),
    ]
    if version in _PATCH_VERSIONS:
        routes.append(Route(f"{links}/{{slug:path}}", listing.patch_payment, methods=["PATCH"]))
    return routes
