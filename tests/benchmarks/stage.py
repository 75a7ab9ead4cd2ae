"""The Book screen over fakes and a real cache file, filled with as much as a test of speed needs."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.compose.use_cases import Ports, build_services
from app.domain.links import LinkMarks, MeetingLink, Slug
from app.domain.slots import AvailabilityPage, YearMonth
from app.domain.zone_search import ZoneIndex
from app.services.links import LinksState
from app.storage.cache import SqliteLinkCacheStore
from app.storage.schemas import open_cache
from app.ui.context import Manners, UiContext
from app.ui.kit.notices import Notices
from app.ui.kit.opening import Opener
from app.ui.kit.routes import Routes
from app.ui.kit.tasks import TaskScope
from app.ui.kit.theme import Theme
from app.ui.screens.book.screen import BookScreen
from tests.benchmarks.availability import made_page
from tests.fakes.clock import NOW, ManualClock
from tests.fakes.crm import FakeConnections, FakeCrm, FakeScheduler, FakeSignIn
from tests.fakes.meeting_stores import FakeMeetingCache, FakeSpool, FakeTemplateStore
from tests.fakes.outbox_store import FakeOutboxStore
from tests.fakes.samples import sample_account, sample_info
from tests.fakes.stores import (
    FakeAccountStore,
    FakeCalendarWriter,
    FakeCredentialStore,
    FakeDraftStore,
    FakeLinkMarkStore,
    FakePreferenceStore,
    FakeVault,
)
from tests.ui.screens.desktop import BRITISH, FACTS, ZONES

ACCOUNT = sample_account()
OPENS_UTC, CLOSES_UTC = 7, 17


def working_page(slug: Slug, zone: str, month: YearMonth) -> AvailabilityPage:
    """A month of quarter-hour starts from 8 to 18 in Berlin, every day, three durations, eight hosts."""
    page = made_page(month, zone)
    slots = {
        ms: tuple(slot for slot in some if OPENS_UTC <= slot.start.hour < CLOSES_UTC)
        for ms, some in page.slots.items()
    }
    return replace(page, slug=slug, slots=slots, fetched_at=NOW)


class _FullScheduler(FakeScheduler):
    """Answers every month from a working calendar."""

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        return working_page(slug, zone, month)


@dataclass(frozen=True, slots=True)
class Stage:
    """A Book screen that is shown."""

    context: UiContext
    book: BookScreen
    cache: SqliteLinkCacheStore
    tasks: TaskScope

    def show_links(self, links: tuple[MeetingLink, ...], marks: dict[Slug, LinkMarks]) -> None:
        """Publish these links as if they had just been fetched."""
        self.context.services.links.state.set(LinksState(links=links, marks=marks, fetched_at=NOW))


def _raise(error: Exception) -> None:
    raise error


def _context(cache: SqliteLinkCacheStore, clock: ManualClock) -> UiContext:
    scheduler = _FullScheduler(clock, sample_info(durations_ms=(900_000, 1_800_000, 3_600_000)))
    crm = replace(FakeCrm.make(clock), scheduler=scheduler)
    ports = Ports(
        sign_in=FakeSignIn(),
        connections=FakeConnections(lambda: crm),
        accounts=FakeAccountStore(ACCOUNT, active=ACCOUNT.id),
        vault=FakeVault(),
        cache=cache,
        marks=FakeLinkMarkStore(),
        drafts=FakeDraftStore(),
        preferences=FakePreferenceStore(),
        outbox=FakeOutboxStore(),
        meetings=FakeMeetingCache(),
        templates=FakeTemplateStore(),
        spool=FakeSpool(),
        clock=clock,
    )
    services = build_services(ports, rng=random.Random(1), on_error=_raise)
    return UiContext(
        services=services,
        theme=Theme(),
        notices=Notices(),
        opener=Opener(launch=lambda _url: True),
        manners=Manners(services.preferences, locale=BRITISH, system_zone="Europe/Berlin"),
        clock=clock,
        zones=ZoneIndex(ZONES, clock.now()),
        calendar_writer=FakeCalendarWriter(),
        credentials=FakeCredentialStore(),
        facts=FACTS,
        routes=Routes(),
    )


@asynccontextmanager
async def book_stage(folder: Path) -> AsyncIterator[Stage]:
    """The screen, signed in, 1368 x 850, with an empty cache in `folder`."""
    async with AsyncExitStack() as stack:
        cache = SqliteLinkCacheStore(await stack.enter_async_context(open_cache(folder / "cache.db")))
        context = _context(cache, ManualClock())
        tasks = TaskScope("bench", _raise)
        stack.push_async_callback(tasks.close)
        await context.services.preferences.load()
        await context.services.accounts.load()
        book = BookScreen(context, tasks)
        book.widget.resize(1368, 850)
        book.widget.show()
        while not book.widget.windowHandle().isExposed():  # noqa: ASYNC110 - Qt has no event to wait for
            await asyncio.sleep(0.005)
        yield Stage(context, book, cache, tasks)
        book.widget.hide()
        book.widget.deleteLater()
