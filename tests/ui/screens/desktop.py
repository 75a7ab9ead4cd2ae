"""Everything a screen is given, over fakes: the real services, a manual clock, an English locale."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QLocale, QUrl

from app.domain.accounts import Account, AppCredentials
from app.domain.ports import ZoneEntry
from app.domain.preferences import Preferences
from app.domain.zone_search import ZoneIndex
from app.services.accounts import AccountsService
from app.services.agenda import AgendaService
from app.services.availability import AvailabilityService
from app.services.booking import BookingService
from app.services.connectivity import ConnectivityService
from app.services.directory import DirectoryService
from app.services.drafts import DraftsService
from app.services.links import LinksService
from app.services.log_drafts import LogDraftsService
from app.services.meetings.service import MeetingsService
from app.services.outbox.service import OutboxService
from app.services.preferences import PreferencesService
from app.services.templates import TemplatesService
from app.ui.context import Facts, Manners, Services, UiContext
from app.ui.kit.notices import Notices
from app.ui.kit.opening import Opener
from app.ui.kit.routes import Routes
from app.ui.kit.tasks import TaskScope
from app.ui.kit.theme import Theme
from tests.fakes.clock import ManualClock
from tests.fakes.crm import FakeConnections, FakeCrm, FakeSignIn
from tests.fakes.meeting_stores import FakeMeetingCache, FakeSpool, FakeTemplateStore
from tests.fakes.outbox_store import FakeOutboxStore
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

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
CREDENTIALS = AppCredentials("5f1e0c2a", "b7a3d2f4")
ADDRESSES = ("http://localhost:53682/oauth/callback", "http://localhost:53683/oauth/callback")
FACTS = Facts(
    paths=(("data", "/home/mei/.local/share/slotdesk"), ("logs", "/home/mei/.local/state/slotdesk/log")),
    versions=(("Slotdesk", "0.1.0"), ("Python", "3.11.2")),
    redirect_addresses=ADDRESSES,
)
ZONES = (
    ZoneEntry("Europe/Berlin", "Berlin", ("Germany",)),
    ZoneEntry("America/New_York", "New York", ("United States",)),
    ZoneEntry("Asia/Kolkata", "Kolkata", ("India",)),
)


@dataclass
class Fakes:
    """Everything behind the services."""

    clock: ManualClock
    sign_in: FakeSignIn
    accounts: FakeAccountStore
    vault: FakeVault
    drafts: FakeDraftStore
    preferences: FakePreferenceStore
    connections: FakeConnections
    outbox: FakeOutboxStore = field(default_factory=FakeOutboxStore)
    meetings: FakeMeetingCache = field(default_factory=FakeMeetingCache)
    templates: FakeTemplateStore = field(default_factory=FakeTemplateStore)
    spool: FakeSpool = field(default_factory=FakeSpool)


@dataclass
class Desktop:
    """The fakes behind `context`, and what went wrong on the way (`errors` is empty in a good test)."""

    context: UiContext
    tasks: TaskScope
    fakes: Fakes
    credentials: FakeCredentialStore
    opened: list[str]
    errors: list[Exception]

    @property
    def services(self) -> Services:
        """The real services."""
        return self.context.services

    async def load(self) -> None:
        """Read accounts and preferences, as the composition root does at the start."""
        await self.services.preferences.load()
        await self.services.accounts.load()


def make_desktop(
    *accounts: Account,
    theme: Theme | None = None,
    typed: AppCredentials | None = CREDENTIALS,
    provisioned: AppCredentials | None = None,
    has_key_store: bool = True,
    preferences: Preferences | None = None,
    facts: Facts = FACTS,
) -> Desktop:
    """A desktop with these accounts, the first of them active once it was loaded."""
    clock = ManualClock()
    errors: list[Exception] = []
    opened: list[str] = []
    fakes = Fakes(
        clock=clock,
        sign_in=FakeSignIn(),
        accounts=FakeAccountStore(*accounts, active=accounts[0].id if accounts else None),
        vault=FakeVault(is_durable=has_key_store),
        drafts=FakeDraftStore(),
        preferences=FakePreferenceStore(preferences),
        connections=FakeConnections(lambda: FakeCrm.make(clock)),
    )
    credentials = FakeCredentialStore(provisioned=provisioned)
    credentials.typed = typed
    services = _services(fakes, errors.append)
    context = UiContext(
        services=services,
        theme=theme or Theme(),
        notices=Notices(),
        opener=Opener(launch=_noting(opened)),
        manners=Manners(services.preferences, locale=BRITISH, system_zone="Europe/Berlin"),
        clock=clock,
        zones=ZoneIndex(ZONES, clock.now()),
        calendar_writer=FakeCalendarWriter(),
        credentials=credentials,
        facts=facts,
        routes=Routes(),
    )
    return Desktop(context, TaskScope("test", errors.append), fakes, credentials, opened, errors)


def _noting(opened: list[str]) -> Callable[[QUrl], bool]:
    def launch(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    return launch


def _services(fakes: Fakes, sink: Callable[[Exception], None]) -> Services:
    clock, cache = fakes.clock, FakeLinkCache()
    accounts = AccountsService(fakes.sign_in, fakes.accounts, fakes.connections, fakes.vault, on_error=sink)
    connectivity = ConnectivityService(accounts, clock, random.Random(1), on_error=sink)
    links = LinksService(accounts, connectivity, cache, FakeLinkMarkStore(), clock, on_error=sink)
    availability = AvailabilityService(accounts, connectivity, links, cache, clock, on_error=sink)
    outbox = OutboxService(
        accounts, connectivity, fakes.outbox, fakes.spool, clock, random.Random(2), on_error=sink
    )
    meetings = MeetingsService(
        accounts, connectivity, outbox, fakes.meetings, fakes.spool, clock, on_error=sink
    )
    return Services(
        accounts=accounts,
        connectivity=connectivity,
        links=links,
        availability=availability,
        booking=BookingService(
            accounts, connectivity, links, availability, fakes.drafts, clock, on_error=sink
        ),
        directory=DirectoryService(accounts, connectivity, clock),
        drafts=DraftsService(accounts, fakes.drafts, clock, on_error=sink),
        preferences=PreferencesService(fakes.preferences, on_error=sink),
        outbox=outbox,
        meetings=meetings,
        agenda=AgendaService(accounts, meetings, on_error=sink),
        templates=TemplatesService(accounts, fakes.templates, on_error=sink),
        log_drafts=LogDraftsService(accounts, fakes.drafts, clock),
    )
