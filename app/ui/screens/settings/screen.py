"""The Settings screen put together: view-models, pages, and what the shell hears from it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.accounts import AccountsState
from app.ui.context import UiContext
from app.ui.kit.command import Command
from app.ui.kit.credentials.viewmodel import CredentialsViewModel
from app.ui.kit.tasks import TaskScope
from app.ui.screen import Finder
from app.ui.screens.settings.accounts.view import AccountsPage
from app.ui.screens.settings.accounts.viewmodel import AccountsViewModel
from app.ui.screens.settings.appearance.view import AppearancePage
from app.ui.screens.settings.appearance.viewmodel import AppearanceViewModel
from app.ui.screens.settings.credentials.view import CredentialsPage
from app.ui.screens.settings.data_page import DataPage
from app.ui.screens.settings.diagnostics.view import DiagnosticsPage
from app.ui.screens.settings.diagnostics.viewmodel import DiagnosticsViewModel
from app.ui.screens.settings.keeping import PreferenceKeeper
from app.ui.screens.settings.page_list import PageEntry
from app.ui.screens.settings.shortcuts_page import ShortcutsPage
from app.ui.screens.settings.times.view import TimesPage
from app.ui.screens.settings.times.viewmodel import TimesViewModel
from app.ui.screens.settings.view import SettingsView

translate = QCoreApplication.translate


def page_entries() -> tuple[PageEntry, ...]:
    """The pages in the order of the list."""
    return (
        PageEntry("accounts", translate("settings", "Accounts"), "users"),
        PageEntry("credentials", translate("settings", "App credentials"), "key-round"),
        PageEntry("times", translate("settings", "Time and language"), "globe"),
        PageEntry("appearance", translate("settings", "Appearance"), "palette"),
        PageEntry("shortcuts", translate("settings", "Shortcuts"), "keyboard"),
        PageEntry("data", translate("settings", "Data on this computer"), "hard-drive"),
        PageEntry("diagnostics", translate("settings", "Diagnostics"), "stethoscope"),
    )


class SettingsScreen(QObject):
    """What the window shows under Settings.

    `add_account_wanted` and `reconnect_wanted(Workspace)` ask the shell for the sign-in.
    """

    status_changed = Signal(str)
    add_account_wanted = Signal()
    reconnect_wanted = Signal(object)

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._tasks = tasks
        self._keeper = PreferenceKeeper(context.services.preferences, context.notices, tasks)
        self._credentials = CredentialsViewModel(context.credentials, tasks)
        self._shortcuts = ShortcutsPage()
        self._view = SettingsView(
            page_entries(),
            {
                "accounts": self._accounts_page,
                "credentials": self._credentials_page,
                "times": self._times_page,
                "appearance": self._appearance_page,
                "shortcuts": lambda: self._shortcuts,
                "data": lambda: DataPage(context.facts.paths),
                "diagnostics": self._diagnostics_page,
            },
        )
        self._commands = tuple(self._go_command(entry) for entry in page_entries())
        self._view.page_shown.connect(self._on_page_shown)
        context.services.accounts.state.subscribe(self._on_accounts)
        self._on_accounts(context.services.accounts.state.value)

    @property
    def widget(self) -> QWidget:
        """List and page."""
        return self._view

    @property
    def commands(self) -> Sequence[Command]:
        """One a page, for the palette."""
        return self._commands

    @property
    def banner_host(self) -> QVBoxLayout | None:
        """Banners stand over the whole screen."""
        return None

    @property
    def finders(self) -> Sequence[Finder]:
        """Nothing to search."""
        return ()

    def set_commands(self, commands: Sequence[Command]) -> None:
        """List these on the shortcuts page."""
        self._shortcuts.set_commands(commands)

    def show_page(self, page_id: str) -> None:
        """Bring a page to the front; KeyError for an unknown id."""
        self._view.show_page(page_id)

    def start(self) -> None:
        """The pages follow the accounts by themselves."""

    def activate(self) -> None:
        """Put the keyboard on the list of pages."""
        self._view.take_focus()

    def refresh_if_old(self) -> None:
        """Nothing here is fetched."""

    def _accounts_page(self) -> AccountsPage:
        page = AccountsPage(AccountsViewModel(self._context, self._tasks), self._tasks)
        page.add_wanted.connect(self.add_account_wanted)
        page.reconnect_wanted.connect(self.reconnect_wanted)
        return page

    def _credentials_page(self) -> CredentialsPage:
        addresses = self._context.facts.redirect_addresses
        return CredentialsPage(
            self._credentials, self._keeper, addresses=addresses, notices=self._context.notices
        )

    def _times_page(self) -> TimesPage:
        context = self._context
        viewmodel = TimesViewModel(self._keeper, context.manners, now=context.clock.now)
        return TimesPage(viewmodel, zones=context.zones, manners=context.manners, now=context.clock.now)

    def _appearance_page(self) -> AppearancePage:
        return AppearancePage(AppearanceViewModel(self._keeper, self._context.theme))

    def _diagnostics_page(self) -> DiagnosticsPage:
        return DiagnosticsPage(DiagnosticsViewModel(self._context.services, self._context.facts))

    def _go_command(self, entry: PageEntry) -> Command:
        return Command(
            f"settings.{entry.id}",
            translate("settings", "Settings: {page}").format(page=entry.title),
            self._shower(entry.id),
            icon=entry.icon,
            section=translate("settings", "Settings"),
        )

    def _shower(self, page_id: str) -> Callable[[], None]:
        def show() -> None:
            self._view.show_page(page_id)

        return show

    def _on_page_shown(self, page_id: str) -> None:
        if page_id == "credentials":
            self._credentials.load()

    def _on_accounts(self, state: AccountsState) -> None:
        self._credentials.note_key_store(state.keeps_secrets)
