"""What is known about this installation and what is wrong with it at present."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.problems import Problem
from app.services.accounts import AccountsState
from app.services.availability_state import AvailabilityState
from app.services.connectivity import ConnectionState, OfflineSince, Online, PausedUntil
from app.services.drafts import DraftsState
from app.services.links import LinksState
from app.services.preferences import PreferencesState
from app.ui.context import Facts, Services
from app.ui.kit.publisher import Publisher
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class DiagnosticsInputs:
    """The services' present states."""

    facts: Facts
    connection: ConnectionState
    accounts: AccountsState
    links: LinksState
    availability: AvailabilityState
    drafts: DraftsState
    preferences: PreferencesState


@dataclass(frozen=True, slots=True)
class DiagnosticsProps:
    """`facts` are (name, value) rows, `problems` (area, sentence) rows; `text` is both, to be copied."""

    facts: tuple[tuple[str, str], ...]
    problems: tuple[tuple[str, str], ...]
    text: str


def derive_diagnostics(inputs: DiagnosticsInputs) -> DiagnosticsProps:
    """The page from one snapshot; neither e-mail addresses nor secrets are in it."""
    facts = (
        *inputs.facts.versions,
        (translate("settings", "HubSpot API version"), inputs.preferences.preferences.api_version),
        (translate("settings", "Connection"), _connection(inputs.connection)),
        (translate("settings", "Accounts"), str(len(inputs.accounts.accounts))),
        (translate("settings", "Meeting links"), str(len(inputs.links.links))),
        (translate("settings", "Key store"), _key_store(inputs.accounts)),
    )
    problems = _problems(inputs)
    lines = [f"{name}: {value}" for name, value in (*facts, *inputs.facts.paths, *problems)]
    return DiagnosticsProps(facts, problems, "\n".join(lines))


def _connection(state: ConnectionState) -> str:
    match state:
        case Online():
            return translate("settings", "online")
        case OfflineSince(since=since):
            return translate("settings", "offline since {time} UTC").format(time=f"{since:%Y-%m-%d %H:%M}")
        case PausedUntil(until=until):
            return translate("settings", "paused until {time} UTC").format(time=f"{until:%Y-%m-%d %H:%M}")


def _key_store(accounts: AccountsState) -> str:
    return translate("settings", "in use") if accounts.keeps_secrets else translate("settings", "none found")


def _problems(inputs: DiagnosticsInputs) -> tuple[tuple[str, str], ...]:
    areas: tuple[tuple[str, Problem | None], ...] = (
        (translate("settings", "Accounts"), inputs.accounts.problem),
        (translate("settings", "Meeting links"), inputs.links.problem),
        (translate("settings", "Free times"), inputs.availability.problem),
        (translate("settings", "Drafts"), inputs.drafts.problem),
        (translate("settings", "Settings"), inputs.preferences.problem),
    )
    return tuple((area, words_for(problem).sentence) for area, problem in areas if problem is not None)


class DiagnosticsViewModel(QObject):
    """Follows the services."""

    props_changed = Signal()

    def __init__(self, services: Services, facts: Facts) -> None:
        super().__init__()
        inputs = DiagnosticsInputs(
            facts=facts,
            connection=services.connectivity.state.value,
            accounts=services.accounts.state.value,
            links=services.links.state.value,
            availability=services.availability.state.value,
            drafts=services.drafts.state.value,
            preferences=services.preferences.state.value,
        )
        self._publisher = Publisher(self, inputs, derive_diagnostics)
        services.connectivity.state.subscribe(self._on_connection)
        services.accounts.state.subscribe(self._on_accounts)
        services.links.state.subscribe(self._on_links)
        services.availability.state.subscribe(self._on_availability)
        services.drafts.state.subscribe(self._on_drafts)
        services.preferences.state.subscribe(self._on_preferences)

    @property
    def props(self) -> DiagnosticsProps:
        """The page now."""
        return self._publisher.props

    def _on_connection(self, state: ConnectionState) -> None:
        self._publisher.set(replace(self._publisher.inputs, connection=state))

    def _on_accounts(self, state: AccountsState) -> None:
        self._publisher.set(replace(self._publisher.inputs, accounts=state))

    def _on_links(self, state: LinksState) -> None:
        self._publisher.set(replace(self._publisher.inputs, links=state))

    def _on_availability(self, state: AvailabilityState) -> None:
        self._publisher.set(replace(self._publisher.inputs, availability=state))

    def _on_drafts(self, state: DraftsState) -> None:
        self._publisher.set(replace(self._publisher.inputs, drafts=state))

    def _on_preferences(self, state: PreferencesState) -> None:
        self._publisher.set(replace(self._publisher.inputs, preferences=state))
