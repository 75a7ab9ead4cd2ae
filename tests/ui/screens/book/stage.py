"""Where the Book screen plays: real services over fakes, a clock turned by hand, a small world of links."""

import asyncio
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from PySide6.QtCore import QLocale, QUrl

from app.compose.use_cases import Ports, build_services
from app.domain.accounts import Account
from app.domain.links import BookingInfo, LinkKind, Slug, UserId
from app.domain.ports import Clock, LinkPage
from app.domain.preferences import Preferences
from app.domain.records import Contact, ContactId, Owner, OwnerId
from app.domain.slots import AvailabilityPage, Busy, YearMonth
from app.domain.zone_search import ZoneIndex
from app.services.booking import BookingService
from app.storage.zone_table import zone_table
from app.ui.context import Facts, Manners, Services, UiContext
from app.ui.kit.notices import Notices
from app.ui.kit.opening import Opener
from app.ui.kit.routes import Routes
from app.ui.kit.tasks import TaskScope
from app.ui.kit.theme import Theme
from tests.fakes.clock import ManualClock, settle
from tests.fakes.crm import (
    FakeConnections,
    FakeCrm,
    FakeLinkDirectory,
    FakeRecords,
    FakeScheduler,
    FakeSignIn,
)
from tests.fakes.fake_meetings import FakeMeetings
from tests.fakes.meeting_stores import FakeMeetingCache, FakeSpool, FakeTemplateStore
from tests.fakes.outbox_store import FakeOutboxStore
from tests.fakes.samples import (
    HALF_HOUR,
    JONAS,
    MARIA,
    QUARTER,
    ZONE,
    at,
    sample_account,
    sample_info,
    sample_link,
)
from tests.fakes.stores import (
    FakeAccountStore,
    FakeCalendarWriter,
    FakeCredentialStore,
    FakeDraftStore,
    FakeLinkCache,
    FakeLinkMarkStore,
    FakePreferenceStore,
    FakeVault,
)

INTRO, DEMO, SCOPING = Slug("maria/intro-call"), Slug("demo"), Slug("scoping")
NEW_YORK = "America/New_York"
BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
ADA = Contact(
    ContactId("9001"),
    "Ada",
    "Okafor",
    "ada@northwind.example",
    "Northwind",
    zone=NEW_YORK,
    owner_id=OwnerId("71"),
)
JIDE = Contact(ContactId("9002"), "Jide", "Okafor", "jide@litware.example", "Litware")
LIN = Contact(ContactId("9003"), "Lin", "Chen", "lin@fabrikam.example", "Fabrikam", owner_id=OwnerId("72"))
MEI = Owner(OwnerId("71"), "501", "maria@slotdesk.example", "Maria Nowak")
SAM = Owner(OwnerId("72"), "599", "sam@slotdesk.example", "Sam Reed")
WEEK = tuple(
    at(day, hour, minute)
    for day in range(23, 28)
    for hour in range(8, 16)
    for minute in (0, 30)
    if (day + hour) % 4
)
"""Half hours from 9:00 to 17:00 in Berlin, Monday to Friday, with gaps."""


class StageScheduler(FakeScheduler):
    """Knows a booking info for each slug, and busy times."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock, sample_info())
        self.infos: dict[Slug, BookingInfo] = {}
        self.busy: dict[UserId, tuple[Busy, ...]] = {}

    async def booking_info(self, slug: Slug, zone: str) -> BookingInfo:
        """The link's own info, else the usual one."""
        info = await super().booking_info(slug, zone)
        return replace(self.infos.get(slug, info), slug=slug)

    async def availability(
        self, slug: Slug, zone: str, month: YearMonth, *, month_offset: int
    ) -> AvailabilityPage:
        """The month with the link's members and the busy times."""
        page = await super().availability(slug, zone, month, month_offset=month_offset)
        info = self.infos.get(slug, self.info)
        return replace(page, members=info.members, busy=self.busy)


@dataclass
class StageCrm(FakeCrm):
    """A CRM whose scheduler knows several links."""

    scheduler: StageScheduler


@dataclass
class Stage:
    """Everything behind the screen; `errors` stays empty in a good test."""

    theme: Theme = field(default_factory=Theme)
    clock: ManualClock = field(default_factory=ManualClock)
    account: Account = field(default_factory=sample_account)
    locale: QLocale = field(default_factory=lambda: BRITISH)
    preferences: FakePreferenceStore = field(default_factory=FakePreferenceStore)
    drafts: FakeDraftStore = field(default_factory=FakeDraftStore)
    cache: FakeLinkCache = field(default_factory=FakeLinkCache)
    marks: FakeLinkMarkStore = field(default_factory=FakeLinkMarkStore)
    opened: list[str] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sign_in = FakeSignIn(self.account)
        self.accounts = FakeAccountStore(self.account, active=self.account.id)
        self.vault = FakeVault()
        self.world = FakeMeetings(self.clock)
        self.connections = FakeConnections(self._make_crm)
        self.calendar_writer = FakeCalendarWriter()
        self.tasks = TaskScope("test", self.errors.append)
        self.services = build_services(self._ports(), rng=random.Random(1), on_error=self.errors.append)
        self.manners = Manners(self.services.preferences, locale=self.locale, system_zone=ZONE)
        self.context = self._context()

    @property
    def crm(self) -> StageCrm:
        """What HubSpot holds for the first account."""
        crm = self.connections.crm(self.account.id)
        assert isinstance(crm, StageCrm)
        return crm

    @property
    def scheduler(self) -> StageScheduler:
        """The scheduler of the first account."""
        return self.crm.scheduler

    @property
    def records(self) -> FakeRecords:
        """The records of the first account."""
        return self.crm.records

    @property
    def booking(self) -> BookingService:
        """The booking service."""
        return self.services.booking

    async def load(self) -> None:
        """Read preferences and accounts, as the composition root does at the start."""
        await self.services.preferences.load()
        await self.services.accounts.load()

    async def prefer(self, preferences: Preferences) -> None:
        """Start from other preferences."""
        self.preferences.kept = preferences
        await self.services.preferences.load()

    def again(self) -> "Stage":
        """The program started anew: other services over what this computer and HubSpot kept."""
        stage = Stage(
            theme=self.theme,
            clock=self.clock,
            account=self.account,
            locale=self.locale,
            preferences=self.preferences,
            drafts=self.drafts,
            cache=self.cache,
            marks=self.marks,
        )
        stage.connections.crms = self.connections.crms
        return stage

    async def close(self) -> None:
        """End every task."""
        await self.tasks.close()

    def _make_crm(self) -> FakeCrm:
        scheduler = StageScheduler(self.clock)
        return StageCrm(FakeLinkDirectory(), scheduler, FakeRecords(), self.world.ports())

    def _ports(self) -> Ports:
        return Ports(
            sign_in=self.sign_in,
            connections=self.connections,
            accounts=self.accounts,
            vault=self.vault,
            cache=self.cache,
            marks=self.marks,
            drafts=self.drafts,
            preferences=self.preferences,
            outbox=FakeOutboxStore(),
            meetings=FakeMeetingCache(),
            templates=FakeTemplateStore(),
            spool=FakeSpool(),
            clock=self.clock,
        )

    def _context(self) -> UiContext:
        services: Services = self.services
        return UiContext(
            services=services,
            theme=self.theme,
            notices=Notices(),
            opener=Opener(launch=self._launch),
            manners=self.manners,
            clock=self.clock,
            zones=ZoneIndex(zone_table(), self.clock.now()),
            calendar_writer=self.calendar_writer,
            credentials=FakeCredentialStore(),
            facts=Facts((("logs", "/logs"),), (("Slotdesk", "1"),)),
            routes=Routes(),
        )

    def _launch(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        return True


def furnish(stage: Stage, *, week: Iterable[datetime] = WEEK) -> Stage:
    """Three links with a week of free half hours, three contacts, two owners."""
    crm = stage.crm
    links = (
        replace(sample_link(INTRO), is_default=True),
        sample_link(DEMO, name="Product demo", kind=LinkKind.ROUND_ROBIN, members=("501", "502")),
        sample_link(SCOPING, name="Technical scoping", kind=LinkKind.GROUP, members=("501", "502", "503")),
    )
    crm.links.answer = [LinkPage(links, len(links))]
    starts = tuple(week)
    crm.scheduler.offer(HALF_HOUR, *starts)
    crm.scheduler.offer(QUARTER, *starts)
    crm.scheduler.infos = {
        DEMO: sample_info(DEMO, kind=LinkKind.ROUND_ROBIN, durations_ms=(HALF_HOUR,), members=(MARIA, JONAS)),
        SCOPING: sample_info(SCOPING, kind=LinkKind.GROUP, durations_ms=(HALF_HOUR,), members=(MARIA, JONAS)),
    }
    crm.records.contacts = [ADA, JIDE, LIN]
    crm.records.all_owners = (MEI, SAM)
    return stage


async def until(condition: Callable[[], object], *, seconds: float = 10.0) -> None:
    """Let the loop turn until the condition holds; TimeoutError when it never does."""
    async with asyncio.timeout(seconds):
        for _ in count():
            if condition():
                return
            await asyncio.sleep(0)


async def quiet(rounds: int = 60) -> None:
    """Let everything that can go on do so."""
    await settle(rounds)
