"""The free times of the link that is open: shown from the cache at once, fetched, kept up to date."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.accounts import AccountId
from app.domain.availability import Availability
from app.domain.days import Span
from app.domain.links import Slug
from app.domain.months import month_of
from app.domain.ports import Clock, LinkCache
from app.domain.slots import Slot
from app.services.accounts import AccountsService, AccountsState
from app.services.availability_state import AvailabilityState
from app.services.connectivity import ConnectivityService, Online
from app.services.links import LinksService
from app.services.month_shelf import FRESH_FOR
from app.services.month_walk import MonthWalk
from app.services.open_link import OpenLink
from app.services.published import ErrorSink, Published

_AT_ONCE: Final = timedelta(0)
_INSTANT: Final = timedelta(microseconds=1)


class AvailabilityService:
    """Opens links and keeps the days on screen up to date; one link is open at a time."""

    def __init__(
        self,
        accounts: AccountsService,
        connectivity: ConnectivityService,
        links: LinksService,
        cache: LinkCache,
        clock: Clock,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._accounts = accounts
        self._connectivity = connectivity
        self._links = links
        self._cache = cache
        self._clock = clock
        self._link: OpenLink | None = None
        self._is_opening = False
        self._is_searching = False
        self.state = Published(AvailabilityState(), on_error)
        accounts.state.subscribe(self._on_accounts)

    def _on_accounts(self, accounts: AccountsState) -> None:
        active_id = accounts.active.id if accounts.active else None
        if self._link and self._link.account_id != active_id:
            self.close()

    def close(self) -> None:
        """No link is open any more; what was being fetched for it is cut short."""
        if self._link:
            self._link.end()
        self._link = None
        self._is_opening = self._is_searching = False
        self.state.set(AvailabilityState(zone=self.state.value.zone))

    async def open(self, slug: Slug, zone: str) -> Slot | None:
        """Show the link in the IANA zone and find its first free slot of any duration, at most a year ahead.

        None when there is none, when that could not be found out (`problem`), or when another link was opened
        meanwhile, which cuts this call's requests short.
        """
        account_id = self._accounts.active_id
        self.close()
        if account_id is None:
            return None
        link = self._link = self._made(account_id, slug, zone)
        link.changed = lambda: self._show(link)
        self._is_opening = True
        try:
            await link.remember()
            month = month_of(self._clock.now(), zone)
            await link.together(link.load_info(), link.load_month(month), link.load_month(month.plus(1)))
        finally:
            if self._link is link:
                self._is_opening = False
                self._show(link)
        if link.info and self._link is link:
            await self._links.note_info(link.info)
        return await self._search(link, None, self._clock.now())

    def _made(self, account_id: AccountId, slug: Slug, zone: str) -> OpenLink:
        return OpenLink(
            account_id,
            slug,
            zone,
            scheduler=self._accounts.ports().scheduler,
            connectivity=self._connectivity,
            cache=self._cache,
            clock=self._clock,
        )

    async def ensure(self, first: date, last: date) -> None:
        """These local days (both included) are on screen: fetch what is missing or old, and a month ahead."""
        link = self._link
        if link is None:
            return
        link.look_at(first, last)
        self._show(link)
        await link.together(*(link.load_month(month) for month in link.missing_months()))
        if self._link is link:
            await link.together(link.load_ahead())

    async def find_next(self, duration_ms: int, after: datetime) -> Slot | None:
        """The first slot of that duration after the UTC instant, at most a year ahead."""
        return await self._search(self._link, duration_ms, after) if self._link else None

    async def _search(self, link: OpenLink, duration_ms: int | None, after: datetime) -> Slot | None:
        """Walk the months, as the walk says which one is needed next."""
        walk = MonthWalk(link, duration_ms, after, self._clock.now())
        try:
            while self._link is link and walk.needs_month():
                self._is_searching = True
                await link.together(link.load_month(walk.month))
            return walk.found if self._link is link else None
        finally:
            if self._link is link:
                self._is_searching = False
                self._show(link)

    async def switch_zone(self, zone: str) -> None:
        """See the same slots from another IANA zone; call `ensure` for the days then on screen."""
        link = self._link
        if link is None:
            self.state.set(AvailabilityState(zone=zone))
            return
        link.zone = zone
        self._show(link)
        await link.remember()

    async def refresh(self, *, older_than: timedelta = _AT_ONCE) -> None:
        """Fetch the info and the months on screen again, unless they are confirmed and not `older_than`."""
        link, state = self._link, self.state.value
        if link is None:
            return
        if state.fetched_at and not state.is_stale and self._clock.now() - state.fetched_at < older_than:
            return
        months = link.missing_months(is_forced=True)
        await link.together(link.load_info(), *(link.load_month(month) for month in months))
        if link.info and self._link is link:
            await self._links.note_info(link.info)

    async def recheck(self, slug: Slug, zone: str, instant: datetime) -> Availability:
        """Ask for the month of the UTC instant with a new request and return what is known then.

        The state follows when the link is open. Raises Problem.
        """
        link = self._link
        if link is None or link.slug != slug:
            link = self._made(self._accounts.active_id or AccountId(""), slug, zone)
        await link.fetch_anew(zone, instant)
        return link.shelf.merged(zone)

    def invalidate(self, slug: Slug, start: datetime) -> None:
        """The month of that UTC instant has changed; it is shown as stale until the next refresh."""
        if self._link and self._link.slug == slug:
            self._link.shelf.doubt(Span(start, start + _INSTANT))
            self._show(self._link)

    async def run(self) -> None:
        """Refresh every five minutes while online, and when the connection comes back; never returns."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._refresh_regularly())
            group.create_task(self._refresh_on_return())

    async def _refresh_regularly(self) -> None:
        while True:
            await self._clock.sleep(FRESH_FOR.total_seconds())
            if isinstance(self._connectivity.state.value, Online):
                await self.refresh()

    async def _refresh_on_return(self) -> None:
        while True:
            await self._connectivity.wait_for_return()
            await self.refresh()

    def _show(self, link: OpenLink) -> None:
        if self._link is not link:
            return
        self.state.set(
            AvailabilityState(
                slug=link.slug,
                zone=link.zone,
                info=link.info,
                availability=link.availability,
                loading_months=frozenset(link.loading),
                is_opening=self._is_opening,
                is_searching=self._is_searching,
                is_stale=link.shelf.is_doubtful(link.zone, link.view),
                problem=link.problem,
                fetched_at=link.shelf.fetched_at(link.zone, link.view),
            )
        )
