"""What is said for as long as it is true: offline, sign-in lost, a pause, no key store, mended files."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.domain.accounts import Workspace
from app.domain.problems import Problem, StorageFailed
from app.services.accounts import AccountsState
from app.services.availability_state import AvailabilityState
from app.services.connectivity import ConnectionState, OfflineSince, PausedUntil
from app.services.preferences import PreferencesState
from app.ui.context import UiContext
from app.ui.kit.notices import Action, Notices, Tone
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import words_for

translate = QCoreApplication.translate


def tell_mended(notices: Notices, troubles: Sequence[StorageFailed]) -> None:
    """Say which files were damaged when Slotdesk started, until somebody has read it."""
    for trouble in troubles:
        key = f"mended-{trouble.path}"
        read = Action(translate("banner", "OK"), partial(notices.release, key))
        notices.hold(key, words_for(trouble).sentence, tone=Tone.WARN, action=read)


class BannerKeeper:
    """Holds and releases the banners of the window as the services' states change."""

    def __init__(
        self, context: UiContext, tasks: TaskScope, *, reconnect: Callable[[Workspace], None]
    ) -> None:
        self._context = context
        self._tasks = tasks
        self._reconnect = reconnect
        self._settings_read: Problem | None = None
        self._has_reopened = self._is_reopening = False
        services = context.services
        services.connectivity.state.subscribe(self._on_connection)
        services.availability.state.subscribe(self._on_data)
        services.accounts.state.subscribe(self._on_accounts)
        services.preferences.state.subscribe(self._on_preferences)
        context.manners.changed.connect(self._on_manners)
        self._on_connection(services.connectivity.state.value)
        self._on_accounts(services.accounts.state.value)
        self._on_preferences(services.preferences.state.value)

    def _on_connection(self, state: ConnectionState) -> None:
        notices = self._context.notices
        words, zone = self._context.manners.words, self._context.manners.zone
        if isinstance(state, OfflineSince):
            fetched_at = self._context.services.availability.state.value.fetched_at
            text = translate("banner", "Offline since {since}.").format(since=words.time(state.since, zone))
            if fetched_at is not None:
                shown = translate(
                    "banner", "Times are from {time}; anything you log is sent when you are back."
                )
                text = f"{text} {shown.format(time=words.time(fetched_at, zone))}"
            again = Action(translate("banner", "Try now"), self._probe)
            notices.hold("offline", text, tone=Tone.WARN, icon="wifi-off", action=again)
        else:
            notices.release("offline")
        if isinstance(state, PausedUntil):
            text = translate("banner", "HubSpot asks for a short pause. Slotdesk goes on at {time}.")
            notices.hold("paused", text.format(time=words.time(state.until, zone)), icon="clock")
        else:
            notices.release("paused")

    def _on_data(self, _state: AvailabilityState) -> None:
        """Other times are on screen: the age that the offline banner names is theirs."""
        self._on_manners()

    def _on_manners(self) -> None:
        self._on_connection(self._context.services.connectivity.state.value)

    def _on_accounts(self, state: AccountsState) -> None:
        notices, active = self._context.notices, state.active
        if state.is_lost and active is not None and not self._reopens_practice(state):
            text = translate("banner", "{portal} no longer accepts this sign-in. Your data stays.")
            action = Action(translate("banner", "Reconnect HubSpot"), self._on_reconnect)
            notices.hold("sign-in", text.format(portal=active.portal_name), tone=Tone.BAD, action=action)
        else:
            notices.release("sign-in")
        if active is not None and active.workspace is Workspace.LIVE and not state.keeps_secrets:
            text = translate(
                "banner", "No key store on this computer: you stay signed in only until Slotdesk quits."
            )
            notices.hold("key-store", text, tone=Tone.INFO, icon="key-round")
        else:
            notices.release("key-store")

    def _reopens_practice(self, state: AccountsState) -> bool:
        """Where no key store outlasts a session, the practice world is signed in to again unasked, once."""
        active = state.active
        is_practice = active is not None and active.workspace is Workspace.PRACTICE
        if is_practice and not state.keeps_secrets and not self._has_reopened:
            self._has_reopened = self._is_reopening = True
            self._tasks.start(self._reopen_practice(), key="practice", policy=Policy.ONCE)
        return is_practice and self._is_reopening

    async def _reopen_practice(self) -> None:
        accounts = self._context.services.accounts
        await accounts.sign_in(Workspace.PRACTICE)
        self._is_reopening = False
        self._on_accounts(accounts.state.value)

    def _on_reconnect(self) -> None:
        active = self._context.services.accounts.state.value.active
        if active is not None:
            self._reconnect(active.workspace)

    def _on_preferences(self, state: PreferencesState) -> None:
        notices, problem = self._context.notices, state.problem
        if problem is None or problem is self._settings_read:
            notices.release("settings")
            return

        def read() -> None:
            self._settings_read = problem
            notices.release("settings")

        text = words_for(problem).sentence
        notices.hold("settings", text, tone=Tone.WARN, action=Action(translate("banner", "OK"), read))

    def _probe(self) -> None:
        self._tasks.start(self._context.services.connectivity.probe(), key="probe", policy=Policy.ONCE)
