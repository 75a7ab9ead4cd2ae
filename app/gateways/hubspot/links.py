"""The meeting-link list as the domain sees it."""

from collections.abc import AsyncIterator

from app.api.errors import ApiError
from app.api.hubspot.link_payloads import LinkPayload
from app.api.hubspot.scheduler import SchedulerClient
from app.domain.links import LinkKind, MeetingLink, Slug, UserId
from app.domain.ports import LinkPage
from app.gateways.problems import problem_of

_KINDS = {kind.value: kind for kind in LinkKind}


class HubSpotLinksGateway:
    """Fulfils `LinkDirectory`."""

    def __init__(self, scheduler: SchedulerClient, *, account_id: str) -> None:
        self._scheduler = scheduler
        self._account_id = account_id

    async def pages(self) -> AsyncIterator[LinkPage]:
        """All links, page by page. Raises Problem."""
        try:
            async for page in self._scheduler.walk_links():
                links = tuple(link_of(payload) for payload in page.rows)
                total = page.total if page.total is not None else len(links)
                yield LinkPage(links, total, page.skipped)
        except ApiError as error:
            raise problem_of(error, account_id=self._account_id, what="meeting links") from error


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
