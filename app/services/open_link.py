"""One opened link: its booking info and months, fetched and kept while it is looked at."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from typing import Final

from app.domain.accounts import AccountId
from app.domain.availability import Availability
from app.domain.days import Span, days_bounds
from app.domain.links import BookingInfo, Slug
from app.domain.months import month_bounds, month_of, months_between
from app.domain.ports import Clock, LinkCache, Scheduler
from app.domain.problems import Problem
from app.domain.slots import YearMonth
from app.services.connectivity import ConnectivityService
from app.services.month_shelf import MonthShelf
from app.services.turns import Turns

_INFO: Final = "info"


class OpenLink:
    """Fetches for one link of one account and tells `changed` after every step."""

    def __init__(
        self,
        account_id: AccountId,
        slug: Slug,
        zone: str,
        *,
        scheduler: Scheduler,
        connectivity: ConnectivityService,
        cache: LinkCache,
        clock: Clock,
    ) -> None:
        self.account_id = account_id
        self.slug = slug
        self.zone = zone
        self.info: BookingInfo | None = None
        self.shelf = MonthShelf()
        self.loading: set[YearMonth] = set()
        self.changed: Callable[[], None] = lambda: None
        self._days: tuple[date, date] | None = None
        self._scheduler = scheduler
        self._connectivity = connectivity
        self._cache = cache
        self._clock = clock
        self._turns: Turns[tuple[str, YearMonth]] = Turns()
        self._problems: dict[str | YearMonth, Problem] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def availability(self) -> Availability:
        """All fetched months, seen from the present zone."""
        return self.shelf.merged(self.zone)

    @property
    def problem(self) -> Problem | None:
        """What went wrong last with the info or a month, until it goes well."""
        return next(iter(self._problems.values()), None)

    @property
    def view(self) -> Span:
        """The time that is looked at: the days last asked for, else the present month."""
        if self._days:
            return days_bounds(*self._days, self.zone)
        return month_bounds(month_of(self._clock.now(), self.zone), self.zone)

    def look_at(self, first: date, last: date) -> None:
        """These local days are on screen."""
        self._days = (first, last)

    def end(self) -> None:
        """Cut short every request that `together` has under way."""
        for task in self._tasks:
            task.cancel()

    async def together(self, *calls: Coroutine[None, None, None]) -> None:
        """Run the calls side by side; returns early, without an error, when `end` is called."""
        async with asyncio.TaskGroup() as group:
            for call in calls:
                task = group.create_task(call)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def remember(self) -> None:
        """Show what the cache knows; a cache that cannot be read is as good as an empty one."""
        try:
            known = await self._cache.booking_info(self.account_id, self.slug)
            pages = await self._cache.pages(self.account_id, self.slug, self.zone)
        except Problem:
            return
        if known and self.info is None:
            self.info = known[0]
        self.shelf.put_remembered(pages)
        self.changed()

    async def load_info(self) -> None:
        """Fetch the booking info."""
        try:
            self.info = await self._connectivity.watch(self._scheduler.booking_info(self.slug, self.zone))
            self._problems.pop(_INFO, None)
            await self._cache.save_booking_info(self.account_id, self.info, self._clock.now())
        except Problem as problem:
            self._problems[_INFO] = problem
        self.changed()

    def missing_months(self, *, is_forced: bool = False) -> tuple[YearMonth, ...]:
        """The months behind the view, without past ones, that are missing or (`is_forced`: all) old."""
        view = self.view
        months = months_between(max(view.start, self._clock.now()), view.end, self.zone)
        return tuple(month for month in months if is_forced or not self.is_fresh(month, view))

    def is_fresh(self, month: YearMonth, within: Span | None = None) -> bool:
        """Whether the month, or its part `within` some time, was fetched lately; the past does not count."""
        bounds, now = month_bounds(month, self.zone), self._clock.now()
        start, end = max(bounds.start, now), bounds.end
        if within:
            start, end = max(start, within.start), min(end, within.end)
        return self.shelf.is_fresh(self.zone, Span(start, end), now)

    async def load_ahead(self) -> None:
        """Fetch the month after the view, where there may be one with slots; a failure is not told."""
        month = month_of(max(self.view.end - timedelta(microseconds=1), self._clock.now()), self.zone)
        page, ahead = self.shelf.page(self.zone, month), month.plus(1)
        if page is None or not page.has_more or self.is_fresh(ahead):
            return
        await self.load_month(ahead)
        self._problems.pop(ahead, None)
        self.changed()

    async def load_month(self, month: YearMonth) -> None:
        """Fetch a month of the present zone, or join the request for it; a failure is told by `problem`."""
        zone = self.zone

        async def fetch() -> None:
            try:
                await self._fetch(zone, month)
            except Problem as problem:
                self._problems[month] = problem
                self.shelf.doubt(month_bounds(month, zone))
                self.changed()

        await self._turns.share((zone, month), fetch)

    async def fetch_anew(self, zone: str, instant: datetime) -> None:
        """Fetch the month of the instant with a request that starts from now on; raises Problem."""
        month = month_of(instant, zone)
        await self._turns.alone((zone, month), lambda: self._fetch(zone, month))

    async def _fetch(self, zone: str, month: YearMonth) -> None:
        self.loading.add(month)
        self.changed()
        try:
            page = await self._connectivity.watch(
                self._scheduler.availability(
                    self.slug, zone, month, month_offset=month.minus(month_of(self._clock.now(), zone))
                )
            )
        finally:
            self.loading.discard(month)
            self.changed()
        self._problems.pop(month, None)
        self.shelf.put(page, is_confirmed=True)
        self.changed()
        try:
            await self._cache.save_page(self.account_id, page)
        except Problem as problem:
            self._problems[month] = problem
            self.changed()
