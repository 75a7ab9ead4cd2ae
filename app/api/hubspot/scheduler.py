"""HubSpot's scheduler: meeting links, booking info, availability, booking (reference section 5)."""

from functools import partial
from typing import Final

from app.api.addresses import segment
from app.api.decoding import Decoded, Decoder
from app.api.hubspot.booking_payloads import Booking, BookingReplyPayload
from app.api.hubspot.link_payloads import (
    AVAILABILITY_ROWS,
    BOOKING_INFO_ROWS,
    LINK_ROWS,
    AvailabilityPagePayload,
    BookingInfoPayload,
    LinkListPayload,
    LinkPayload,
)
from app.api.hubspot.paging_payloads import following
from app.api.paging import Page, Walk, walk_list
from app.api.request import get, post
from app.api.retry import RequestClass
from app.api.session import ApiSession
from app.api.urgency import Urgency
from app.api.versions import ApiPaths

_LINKS: Final = Decoder(LinkListPayload, *LINK_ROWS)
_BOOKING_INFO: Final = Decoder(BookingInfoPayload, *BOOKING_INFO_ROWS)
_AVAILABILITY: Final = Decoder(AvailabilityPagePayload, *AVAILABILITY_ROWS)
_BOOKINGS: Final = Decoder(BookingReplyPayload)


class SchedulerClient:
    """The scheduler of one account. Every coroutine raises ApiError."""

    def __init__(self, session: ApiSession, paths: ApiPaths) -> None:
        self._session = session
        self._links = f"{paths.scheduler}/meeting-links"

    async def list_links(
        self,
        *,
        limit: int = 100,
        after: str | None = None,
        name: str | None = None,
        organizer_user_id: str | None = None,
        link_type: str | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Page[LinkPayload]:
        """One page of meeting links (5.1); `organizer_user_id` is a user id, not an owner id."""
        wanted = {
            "limit": str(limit),
            "after": after,
            "name": name,
            "organizerUserId": organizer_user_id,
            "type": link_type,
        }
        query = tuple((key, value) for key, value in wanted.items() if value is not None)
        found = await self._session.fetch(get(self._links, query=query, urgency=urgency), _LINKS)
        links = found.value
        return Page(links.results, following(links.paging), links.total, found.skipped)

    def walk_links(
        self,
        *,
        limit: int = 100,
        name: str | None = None,
        organizer_user_id: str | None = None,
        link_type: str | None = None,
        urgency: Urgency = Urgency.USER,
    ) -> Walk[LinkPayload]:
        """All pages of meeting links, fetched as they are asked for."""
        fetch = partial(
            self.list_links,
            limit=limit,
            name=name,
            organizer_user_id=organizer_user_id,
            link_type=link_type,
            urgency=urgency,
        )
        return walk_list(lambda after: fetch(after=after))

    async def booking_info(
        self, slug: str, *, timezone: str, urgency: Urgency = Urgency.USER
    ) -> Decoded[BookingInfoPayload]:
        """Form, durations and members of a link (5.2); `timezone` is an IANA name."""
        path = f"{self._links}/book/{segment(slug)}"
        request = get(path, query=(("timezone", timezone),), urgency=urgency)
        return await self._session.fetch(request, _BOOKING_INFO)

    async def availability_page(
        self,
        slug: str,
        *,
        timezone: str,
        month_offset: int = 0,
        urgency: Urgency = Urgency.USER,
    ) -> Decoded[AvailabilityPagePayload]:
        """One calendar month of slots (5.3); offset 0 is the present month in `timezone`."""
        path = f"{self._links}/book/availability-page/{segment(slug)}"
        query = (("timezone", timezone), ("monthOffset", str(month_offset)))
        return await self._session.fetch(get(path, query=query, urgency=urgency), _AVAILABILITY)

    async def book(self, booking: Booking) -> BookingReplyPayload:
        """Send a booking once (5.4); check `calendar_event_id` and `is_offline` of the answer.

        It is never sent a second time once anything of it has left: see `ApiError.delivery`.
        """
        request = post(
            f"{self._links}/book",
            booking.payload(),
            query=(("timezone", booking.timezone),),
            request_class=RequestClass.AMBIGUOUS,
        )
        return (await self._session.fetch(request, _BOOKINGS)).value
