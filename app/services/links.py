"""The meeting links of the active account, and what the rep marked on them."""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from app.domain.accounts import AccountId
from app.domain.links import BookingInfo, LinkMarks, MeetingLink, Slug
from app.domain.ports import Clock, LinkCache, LinkMarkStore
from app.domain.problems import Problem
from app.services.accounts import AccountsService, AccountsState
from app.services.connectivity import ConnectivityService, close_pages
from app.services.published import ErrorSink, Published
from app.services.turns import Turns

T = TypeVar("T")

_NO_MARKS: Final = LinkMarks()
_AT_ONCE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class LinksState:
    """The list as far as it is known.

    `fetched_at` is the UTC instant of the last complete fetch; `total` what HubSpot counts; `skipped` how
    many rows could not be read; `is_stale` is set while rows come from the cache or a refresh has failed.
    """

    links: tuple[MeetingLink, ...] = ()
    marks: Mapping[Slug, LinkMarks] = field(default_factory=dict)
    fetched_at: datetime | None = None
    total: int | None = None
    skipped: int = 0
    is_loading: bool = False
    is_stale: bool = False
    problem: Problem | None = None

    @property
    def is_partial(self) -> bool:
        """Whether rows are missing that HubSpot has."""
        return self.skipped > 0

    def marks_of(self, slug: Slug) -> LinkMarks:
        """The marks of a link; empty ones where it has none."""
        return self.marks.get(slug, _NO_MARKS)

    def link(self, slug: Slug) -> MeetingLink | None:
        """The link of that slug."""
        return next((link for link in self.links if link.slug == slug), None)


class LinksService:
    """Shows the cached links at once, then the fetched ones page by page; failure keeps what is there."""

    def __init__(
        self,
        accounts: AccountsService,
        connectivity: ConnectivityService,
        cache: LinkCache,
        marks: LinkMarkStore,
        clock: Clock,
        *,
        on_error: ErrorSink,
    ) -> None:
        self._accounts = accounts
        self._connectivity = connectivity
        self._cache = cache
        self._marks = marks
        self._clock = clock
        self._turns: Turns[AccountId] = Turns()
        self._account_id = accounts.active_id
        self.state = Published(LinksState(), on_error)
        accounts.state.subscribe(self._on_accounts)

    def _on_accounts(self, accounts: AccountsState) -> None:
        active_id = accounts.active.id if accounts.active else None
        if active_id != self._account_id:
            self._account_id = active_id
            self.state.set(LinksState())

    async def load(self) -> None:
        """Publish the cached links and marks of the active account, then refresh them."""
        account_id = self._account_id
        if account_id is None:
            return
        self._publish(is_loading=True)
        marks = await self._kept(account_id, self._marks.marks(account_id), {})
        links, fetched_at = await self._kept(account_id, self._cache.links(account_id), ((), None))
        if self._account_id != account_id:
            return
        self._publish(links=links, marks=marks, fetched_at=fetched_at, is_stale=fetched_at is not None)
        await self.refresh()

    async def _kept(self, account_id: AccountId, storing: Awaitable[T], otherwise: T) -> T:
        try:
            return await storing
        except Problem as problem:
            if self._account_id == account_id:
                self._publish(problem=problem)
            return otherwise

    async def refresh(self, *, older_than: timedelta = _AT_ONCE) -> None:
        """Fetch all pages, unless they are confirmed and not `older_than`; joins a refresh under way."""
        account_id = self._account_id
        if account_id is None or self._is_confirmed_within(older_than):
            return
        await self._turns.share(account_id, lambda: self._fetch(account_id))

    def _is_confirmed_within(self, age: timedelta) -> bool:
        state = self.state.value
        if state.is_stale or state.fetched_at is None:
            return False
        return self._clock.now() - state.fetched_at < age

    async def _fetch(self, account_id: AccountId) -> None:
        if self._account_id != account_id:
            return
        known = {link.slug: link for link in self.state.value.links}
        arrived: dict[Slug, MeetingLink] = {}
        skipped = 0
        self._publish(is_loading=True, skipped=0)
        pages = self._accounts.ports().links.pages()
        try:
            while (page := await self._connectivity.watch(anext(pages, None))) is not None:
                if self._account_id != account_id:
                    return
                for link in page.links:
                    arrived[link.slug] = _same_or_new(known.get(link.slug), link)
                skipped += page.skipped
                self._publish(links=tuple({**known, **arrived}.values()), total=page.total, skipped=skipped)
        except Problem as problem:
            if self._account_id == account_id:
                self._publish(problem=problem, is_stale=True)
            return
        finally:
            await close_pages(pages)
            if self._account_id == account_id:
                self._publish(is_loading=False)
        await self._confirm(account_id, tuple(arrived.values()))

    async def _confirm(self, account_id: AccountId, links: tuple[MeetingLink, ...]) -> None:
        if self._account_id != account_id:
            return
        now = self._clock.now()
        self._publish(links=links, fetched_at=now, is_stale=False, problem=None)
        await self._kept(account_id, self._cache.save_links(account_id, links, now), None)

    async def set_favourite(self, slug: Slug, is_favourite: bool) -> None:
        """Put a star on the link or take it off."""
        await self._mark(slug, is_favourite=is_favourite)

    async def set_tags(self, slug: Slug, tags: Sequence[str]) -> None:
        """Replace the link's tags; blanks and doubles are dropped."""
        await self._mark(slug, tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip())))

    async def note_used(self, slug: Slug) -> None:
        """Remember that the link was used now."""
        await self._mark(slug, used_at=self._clock.now())

    async def note_info(self, info: BookingInfo) -> None:
        """Remember what the list shows of a link once it was opened: durations, a disconnected calendar."""
        is_offline = info.is_offline or bool(info.offline_members)
        await self._mark(info.slug, durations_ms=info.durations_ms, has_offline_member=is_offline)

    async def _mark(self, slug: Slug, **changes: Any) -> None:
        account_id, state = self._account_id, self.state.value
        marks = replace(state.marks_of(slug), **changes)
        if account_id is None or marks == state.marks_of(slug):
            return
        self._publish(marks={**state.marks, slug: marks})
        await self._kept(account_id, self._marks.save(account_id, slug, marks), None)

    async def run(self) -> None:
        """Refresh whenever the connection comes back; never returns."""
        while True:
            await self._connectivity.wait_for_return()
            await self.refresh()

    def _publish(self, **changes: Any) -> None:
        self.state.set(replace(self.state.value, **changes))


def _same_or_new(known: MeetingLink | None, link: MeetingLink) -> MeetingLink:
    """The object that is already shown where nothing changed, so that others may compare by identity."""
    return known if known is not None and known == link else link
