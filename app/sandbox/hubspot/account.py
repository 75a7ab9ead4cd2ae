"""Account details: portal id, time zone, currency and where its pages live."""

from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.sandbox.auth import require_any_scope
from app.sandbox.hubspot.portal import portal_of
from app.sandbox.instants import epoch_ms
from app.sandbox.wire import reply

_VERSIONS = ("v3", "2026-03", "2026-09")


async def details(request: Request) -> Response:
    """Answer GET details; offsets are those of this moment. 2026-09 adds the name and epoch-ms creation."""
    require_any_scope(request, ("oauth",))
    portal = portal_of(request)
    account = portal.world.portal
    offset = portal.clock().astimezone(ZoneInfo(account.time_zone)).utcoffset()
    seconds = 0 if offset is None else int(offset.total_seconds())
    body: dict[str, Any] = {
        "portalId": account.hub_id,
        "accountType": account.account_type,
        "timeZone": account.time_zone,
        "companyCurrency": account.currency,
        "additionalCurrencies": list(account.further_currencies),
        "utcOffset": f"{'-' if seconds < 0 else '+'}{abs(seconds) // 3600:02d}:{abs(seconds) // 60 % 60:02d}",
        "utcOffsetMilliseconds": seconds * 1000,
        "uiDomain": account.ui_domain,
        "dataHostingLocation": account.data_hosting,
    }
    if "/2026-09/" in request.url.path:
        body |= {"portalName": account.name, "createdAt": epoch_ms(account.created_at)}
    return reply(body)


def account_routes() -> list[Route]:
    """Return the account route of every version."""
    return [Route(f"/account-info/{version}/details", details, methods=["GET"]) for version in _VERSIONS]
