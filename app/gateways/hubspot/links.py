"""The meeting-link list as the domain sees it."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from app.api.hubspot.link_payloads import LinkPayload
from app.api.hubspot.scheduler import SchedulerClient
from app.api.paging import Page
from app.domain.links import LinkKind, MeetingLink, Slug, UserId
from app.domain.ports import LinkPage
from app.gateways.problems import Calls

_KINDS = {kind.value: kind for kind in LinkKind}


class HubSpotLinksGateway:
    """Fulfils `LinkDirectory`."""

    def __init__(self, scheduler: SchedulerClient, calls: Calls) -> None:
        self._scheduler = scheduler
        self._calls = calls

    async def pages(self) -> AsyncIterator[LinkPage]:
        """All links, page by page; where HubSpot does not say how many, `total` counts those so far.

        Raises Problem.
        """
        seen = 0
        async with aclosing(self._scheduler.walk_links()) as walk:
            pages = aiter(walk)
            while (page := await self._next(pages)) is not None:
                links = tuple(link_of(payload) for payload in page.rows)
                seen += len(links) + page.skipped
                yield LinkPage(links, max(page.total or 0, seen), page.skipped)

    async def _next(self, pages: AsyncIterator[Page[LinkPayload]]) -> Page[LinkPayload] | None:
        with self._calls.reading("meeting links"):
            return await anext(pages, None)


def link_of(payload: LinkPayload) -> MeetingLink:
    """One row of the list; a kind that HubSpot adds later is OTHER."""
    return MeetingLink(
        id=str(payload.id),
        slug=Slug(payload.slug),
        url=payload.link,
        kind=_KINDS.get(payload.type, LinkKind.OTHER),
        name=(payload.name or "").strip(),
        organizer_id=UserId(str(payload.organizer_user_id or "")),
        member_ids=tuple(UserId(str(member)) for member in payload.user_ids_of_link_members),
        is_default=payload.default_link,
        created_at=payload.created,
        updated_at=payload.updated,
        payment_link_id=str(payload.payment_link_id) if payload.payment_link_id else None,
    )
