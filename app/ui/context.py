"""What the composition root hands to every screen; each view-model takes from it only what it needs."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QObject, Signal

from app.domain.ports import CalendarWriter, Clock, CredentialStore, ZoneFinder
from app.domain.preferences import Preferences
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
from app.services.preferences import PreferencesService, PreferencesState
from app.services.templates import TemplatesService
from app.ui.kit.notices import Notices
from app.ui.kit.opening import Opener
from app.ui.kit.routes import Routes
from app.ui.kit.theme import Theme
from app.ui.kit.times import TimeWords


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases, shared by all screens."""

    accounts: AccountsService
    connectivity: ConnectivityService
    links: LinksService
    availability: AvailabilityService
    booking: BookingService
    directory: DirectoryService
    drafts: DraftsService
    preferences: PreferencesService
    outbox: OutboxService
    meetings: MeetingsService
    agenda: AgendaService
    templates: TemplatesService
    log_drafts: LogDraftsService


class Manners(QObject):
    """How this rep reads times: locale, clock style, zone and week; `changed` fires when any of it does.

    `zone` is the rep's IANA zone; `first_weekday` is 1 (Monday) to 7; `week_days` is 1, 3, 5 or 7.
    """

    changed = Signal()

    def __init__(
        self,
        preferences: PreferencesService,
        *,
        locale: QLocale,
        system_zone: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._locale = locale
        self._system_zone = system_zone
        self._preferences = preferences.state.value.preferences
        self._words = TimeWords(locale, self._preferences.clock)
        preferences.state.subscribe(self._on_preferences)

    @property
    def words(self) -> TimeWords:
        """Writes times and days."""
        return self._words

    @property
    def zone(self) -> str:
        """The rep's own zone."""
        return self._preferences.zone or self._system_zone

    @property
    def system_zone(self) -> str:
        """The zone of this computer, which counts while the rep has chosen none."""
        return self._system_zone

    @property
    def first_weekday(self) -> int:
        """1 is Monday, 7 is Sunday."""
        return self._preferences.first_weekday or self._locale.firstDayOfWeek().value

    @property
    def week_days(self) -> int:
        """How many days the week view shows."""
        return self._preferences.week_days

    @property
    def preferences(self) -> Preferences:
        """Everything the rep has set."""
        return self._preferences

    def _on_preferences(self, state: PreferencesState) -> None:
        before, self._preferences = self._preferences, state.preferences
        if before != self._preferences:
            self._words = TimeWords(self._locale, self._preferences.clock)
            self.changed.emit()


@dataclass(frozen=True, slots=True)
class Facts:
    """What settings show of this installation: paths and versions by name.

    `redirect_addresses` are the ones an app in HubSpot has to register, in the order they are tried.
    """

    paths: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    redirect_addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UiContext:
    """The services and the window-wide objects of the user interface."""

    services: Services
    theme: Theme
    notices: Notices
    opener: Opener
    manners: Manners
    clock: Clock
    zones: ZoneFinder
    calendar_writer: CalendarWriter
    credentials: CredentialStore
    facts: Facts
    routes: Routes
