"""Ports that exist before the network code is loaded: each call waits for the real ones, then passes on.

Importing the HTTP client takes longer than painting the window, so it happens behind the first frame.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.compose.deferred_meetings import deferred_meetings
from app.domain.accounts import Account, AccountId, Workspace
from app.domain.booking import BookingReceipt, BookingRequest
from app.domain.links import BookingInfo, Slug
from app.domain.ports import (
    BrowserStep,
    CrmPorts,
    LinkPage,
    SignInPort,
)
from app.domain.ports_meetings import MeetingPorts
from app.domain.records import Company, Contact, ContactId, Deal, MeetingEngagement, Owner
from app.domain.slots import AvailabilityPage, YearMonth


@dataclass(frozen=True, slots=True)
class NetworkPorts:
    """What the network code offers once it is there."""

    sign_in: SignInPort
    connect: Callable[[Account], Awaitable[CrmPorts]]
    close: Callable[[AccountId], Awaitable[None]]
    reset: Callable[[], Coroutine[Any, Any, None]]


Ready = asyncio.Future[NetworkPorts]


class DeferredSignIn:
    """`SignInPort` that waits for the network code."""

    def __init__(self, ready: Ready) -> None:
        self._ready = ready

    async def sign_in(self, workspace: Workspace, on_waiting: Callable[[BrowserStep], None]) -> Account:
        """Sign in with the real port."""
        return await (await asyncio.shield(self._ready)).sign_in.sign_in(workspace, on_waiting)

    async def sign_out(self, account: Account) -> bool:
        """Sign out with the real port."""
        return await (await asyncio.shield(self._ready)).sign_in.sign_out(account)


class DeferredConnections:
    """`Connections` whose ports wait for the network code."""

    def __init__(self, ready: Ready) -> None:
        self._ready = ready
        self._opened: dict[AccountId, CrmPorts] = {}

    def open(self, account: Account) -> CrmPorts:
        """Ports of the account; the same ones until it is closed."""
        if account.id not in self._opened:
            deferred = _DeferredPorts(self._ready, account)
            self._opened[account.id] = CrmPorts(
                links=deferred,
                scheduler=deferred,
                records=deferred,
                meetings=deferred_meetings(deferred.meetings),
            )
        return self._opened[account.id]

    async def close(self, account_id: AccountId) -> None:
        """Forget the ports, and the real connection where there is one."""
        self._opened.pop(account_id, None)
        if self._ready.done():
            await self._ready.result().close(account_id)


class _DeferredPorts:
    """`LinkDirectory`, `Scheduler` and `RecordDirectory` of one account, passing every call on."""

    def __init__(self, ready: Ready, account: Account) -> None:
        self._ready = ready
        self._account = account

    async def _real(self) -> CrmPorts:
        return await (await asyncio.shield(self._ready)).connect(self._account)

    async def meetings(self) -> MeetingPorts:
        """The real ports of the account's meetings."""
        return (await self._real()).meetings

    async def pages(self) -> AsyncIterator[LinkPage]:
        """All links, page by page."""
        async for page in (await self._real()).links.pages():
            yield page

    async def booking_info(self, slug: Slug, zone: str) -> BookingInfo:
        """Form, durations and members of a link."""
        return await (await self._real()).scheduler.booking_info(slug, zone)

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        """One month of free slots."""
        scheduler = (await self._real()).scheduler
        return await scheduler.availability(slug, zone, month, month_offset=month_offset)

    async def book(self, request: BookingRequest) -> BookingReceipt:
        """Book, sending at most once."""
        return await (await self._real()).scheduler.book(request)

    async def search_contacts(
        self, text: str, *, limit: int, properties: Sequence[str] = ()
    ) -> tuple[Contact, ...]:
        """Contacts that match free text."""
        records = (await self._real()).records
        return await records.search_contacts(text, limit=limit, properties=properties)

    async def contact_by_email(self, email: str, *, properties: Sequence[str] = ()) -> Contact | None:
        """The contact with this address."""
        return await (await self._real()).records.contact_by_email(email, properties=properties)

    async def contact(self, contact_id: ContactId, *, properties: Sequence[str] = ()) -> Contact:
        """One contact."""
        return await (await self._real()).records.contact(contact_id, properties=properties)

    async def companies_of(self, contact_id: ContactId) -> tuple[Company, ...]:
        """The contact's companies."""
        return await (await self._real()).records.companies_of(contact_id)

    async def deals_of(self, contact_id: ContactId) -> tuple[Deal, ...]:
        """The contact's deals."""
        return await (await self._real()).records.deals_of(contact_id)

    async def owners(self) -> tuple[Owner, ...]:
        """All owners."""
        return await (await self._real()).records.owners()

    async def find_meeting(self, email: str, start: datetime) -> MeetingEngagement | None:
        """The meeting of this address at this start."""
        return await (await self._real()).records.find_meeting(email, start)
