"""What the window holds: rail, the screen that is shown, status line, and what lies over them."""

import base64
from collections.abc import Coroutine
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts import Workspace
from app.domain.preferences import WindowPlace
from app.services.accounts import AccountsState
from app.ui.catalog import SCREENS
from app.ui.context import UiContext
from app.ui.kit.command import Command, CommandRegistry
from app.ui.kit.tasks import TaskScope
from app.ui.kit.widgets.banner import BannerStrip
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.toast import ToastStack
from app.ui.screen import AsksToReconnect, Finder, Screen, ScreenSpec
from app.ui.shell.banners import BannerKeeper
from app.ui.shell.loading import SIGN_IN, load
from app.ui.shell.navigation import Rail
from app.ui.shell.palette import Palette
from app.ui.shell.routing import Router
from app.ui.shell.shortcut_sheet import ShortcutSheet
from app.ui.shell.shortcuts import Shortcuts
from app.ui.shell.status_line import StatusLine

if TYPE_CHECKING:
    from app.ui.screens.settings.screen import SettingsScreen
    from app.ui.screens.signin import SignInScreen
    from app.ui.shell.crash import CrashDialog

translate = QCoreApplication.translate


class MainWindow(QWidget):
    """Fills a `WindowFrame`: with the sign-in until an account is active, then with the catalogue's screens.

    Closing it only emits `close_requested`; whoever owns it calls `close_for_good` when everything has ended.
    """

    close_requested = Signal()

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._tasks = tasks
        self._screens: dict[str, Screen] = {}
        self._prepared: dict[str, Screen] = {}
        self._is_preparing = self._is_locked = False
        self._wanted = ""
        self._shown = ""
        self._returns_to = ""
        self._account: object = None
        self._is_ending = False
        self._crash: CrashDialog | None = None
        self.registry = CommandRegistry(self)
        self._rail = Rail(SCREENS)
        self._stack = QStackedWidget()
        self._strip = BannerStrip(context.notices)
        self._status = StatusLine(context)
        self._lay_out()
        self._palette = Palette(self, self.registry, tasks, self._finders)
        self._sheet = ShortcutSheet(self, self.registry)
        self._shortcuts = Shortcuts(self, self.registry)
        self._toasts = ToastStack(self, context.notices)
        self._banners = BannerKeeper(context, tasks, reconnect=self._reconnect)
        self.registry.add(*self._own_commands())
        self._connect()
        self._on_accounts(context.services.accounts.state.value)

    @property
    def screens(self) -> dict[str, Screen]:
        """The screens that were built so far, by id."""
        return self._screens

    def show_screen(self, screen_id: str) -> None:
        """Bring a screen to the front; it is built the first time."""
        accounts = self._context.services.accounts.state.value
        if self._is_preparing or not accounts.is_loaded:
            self._wanted = screen_id
            return
        if accounts.active is None:
            self._show_signin(can_go_back=False)
            return
        screen = self._screens.get(screen_id) or self._build(screen_id)
        if screen_id == "settings":
            cast("SettingsScreen", screen).set_commands(self._all_commands())
        if self._shown != screen_id:
            self.registry.remove([command.id for command in self._shown_commands()])
            self._shown = screen_id
            self.registry.add(*screen.commands)
        self._stack.setCurrentWidget(screen.widget)
        self._rail.choose(screen_id)
        self._place_banners(screen)
        self._status.say("")
        self._status.show_age_of(screen)
        screen.activate()

    def prepare(self) -> Coroutine[Any, Any, None]:
        """Load off this thread, and build in turns, what is shown first; what is to be shown waits for it.

        Await it once the accounts are loaded. Nothing is shown of them before.
        """
        self._is_preparing = self._is_locked = True
        return self._prepare()

    async def _prepare(self) -> None:
        accounts = self._context.services.accounts.state
        if accounts.value.active is None:
            await load(SIGN_IN)
        self._is_locked = False
        self._on_accounts(accounts.value)
        for spec in SCREENS:
            if spec.build_in_turns is not None:
                self._prepared[spec.id] = await spec.build_in_turns(self._context, self._tasks.child(spec.id))
        self._is_preparing = False
        self._on_accounts(accounts.value)

    def place(self) -> WindowPlace:
        """Where the window stands, to be remembered."""
        before = self._context.manners.preferences.window
        geometry = base64.b64encode(self.window().saveGeometry().data()).decode("ascii")
        return replace(before, geometry=geometry, screen=self._shown or before.screen)

    def show_crash(self, error: BaseException) -> None:
        """Tell the rep about a fault, once at a time."""
        if self._crash is not None or self._is_ending:
            return
        folder = dict(self._context.facts.paths).get("logs", "")
        from app.ui.shell.crash import CrashDialog

        self._crash = CrashDialog(error, log_folder=folder, parent=self)
        self._crash.finished.connect(self._on_crash_read)
        self._crash.open()

    def close_for_good(self) -> None:
        """Close without asking anybody."""
        self._is_ending = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_ending:
            super().closeEvent(event)
            return
        event.ignore()
        self.close_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow() and self._shown:
            self._screens[self._shown].refresh_if_old()

    def _lay_out(self) -> None:
        self.setObjectName("shell")
        self._top = QVBoxLayout()
        self._top.setSpacing(0)
        self._top.addWidget(self._strip)
        self._blank = Pane("surface")
        self._stack.addWidget(self._blank)
        work = QVBoxLayout()
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addLayout(self._top)
        work.addWidget(self._stack, 1)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self._rail)
        upper.addLayout(work, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self._status)

    def _connect(self) -> None:
        self._router = Router(self._context.routes, self._screens, self.show_screen)
        self._rail.watch_badges(self._context)
        self._rail.chosen.connect(self.show_screen)
        self._rail.account_clicked.connect(self._on_account_clicked)
        self._context.services.accounts.state.subscribe(self._on_accounts)
        for overlay in (self._palette, self._sheet):
            overlay.closed.connect(self._on_overlay_closed)

    def _own_commands(self) -> tuple[Command, ...]:
        section = translate("shell", "Everywhere")
        return (
            Command(
                "shell.palette",
                translate("shell", "Search everything"),
                self._open_palette,
                "Ctrl+K",
                "search",
                section,
            ),
            Command(
                "shell.keys",
                translate("shell", "Keyboard shortcuts"),
                self._open_sheet,
                "?",
                "keyboard",
                section,
            ),
            *(self._go_command(spec, place) for place, spec in enumerate(SCREENS, start=1)),
            Command(
                "shell.quit",
                translate("shell", "Quit Slotdesk"),
                self.close_requested.emit,
                "Ctrl+Q",
                "log-out",
                section,
            ),
        )

    def _go_command(self, spec: ScreenSpec, place: int) -> Command:
        def go() -> None:
            self.show_screen(spec.id)

        return Command(
            f"shell.go.{spec.id}",
            translate("shell", "Go to {screen}").format(screen=spec.title()),
            go,
            shortcut=f"Alt+{place}",
            icon=spec.icon,
            section=translate("shell", "Everywhere"),
        )

    def _build(self, screen_id: str) -> Screen:
        spec = next((spec for spec in SCREENS if spec.id == screen_id), SCREENS[0])
        screen = self._prepared.pop(spec.id, None) or spec.build(self._context, self._tasks.child(spec.id))
        self._screens[spec.id] = screen
        self._stack.addWidget(screen.widget)
        screen.status_changed.connect(self._status.say)
        if spec.id == "settings":
            settings = cast("SettingsScreen", screen)
            settings.add_account_wanted.connect(self._on_add_account)
        if isinstance(screen, AsksToReconnect):
            screen.reconnect_wanted.connect(self._reconnect)
        screen.start()
        return screen

    @cached_property
    def _signin(self) -> "SignInScreen":
        """Built when somebody has to sign in; a signed-in rep does not wait for it at the start."""
        from app.ui.screens.signin import SignInScreen

        signin = SignInScreen(self._context, self._tasks)
        self._stack.addWidget(signin.widget)
        signin.settled.connect(self._on_settled)
        signin.back_wanted.connect(self._on_back)
        return signin

    def _all_commands(self) -> tuple[Command, ...]:
        of_screens = (command for screen in self._screens.values() for command in screen.commands)
        return (*self._own_commands(), *of_screens)

    def _shown_commands(self) -> tuple[Command, ...]:
        return tuple(self._screens[self._shown].commands) if self._shown else ()

    def _finders(self) -> tuple[Finder, ...]:
        return tuple(
            self._finder_of(screen_id, finder)
            for screen_id, screen in self._screens.items()
            for finder in screen.finders
        )

    def _finder_of(self, screen_id: str, finder: Finder) -> Finder:
        """What a screen finds is picked on that screen."""

        def pick(row_id: str) -> None:
            self.show_screen(screen_id)
            finder.pick(row_id)

        return Finder(finder.find, pick)

    def _place_banners(self, screen: Screen | None) -> None:
        host = screen.banner_host if screen is not None else None
        (host if host is not None else self._top).addWidget(self._strip)

    def _on_accounts(self, state: AccountsState) -> None:
        active = state.active
        name = active.full_name or active.email if active is not None else ""
        self._rail.show_account(name, active.portal_name if active is not None else "")
        if not state.is_loaded or self._is_locked:
            return
        account = active.id if active is not None else None
        if active is None:
            self._account = None
            if not state.is_signing_in:
                self._show_signin(can_go_back=False)
            return
        if account != self._account and not self._is_preparing:
            self._account = account
            for screen in self._screens.values():
                screen.start()
            self.show_screen(self._shown or self._wanted or self._context.manners.preferences.window.screen)

    def _show_signin(self, *, can_go_back: bool) -> None:
        self.registry.remove([command.id for command in self._shown_commands()])
        self._returns_to = self._shown or self._returns_to
        self._shown = ""
        self._rail.choose("")
        self._place_banners(None)
        self._signin.show_choices(can_go_back=can_go_back)
        self._stack.setCurrentWidget(self._signin.widget)

    def _reconnect(self, workspace: Workspace) -> None:
        self._show_signin(can_go_back=True)
        self._signin.begin(workspace)

    def _on_add_account(self) -> None:
        self._show_signin(can_go_back=True)

    def _on_settled(self) -> None:
        self.show_screen(self._shown or "book")

    def _on_back(self) -> None:
        self.show_screen(self._returns_to or "book")

    def _on_account_clicked(self) -> None:
        self.show_screen("settings")

    def _open_palette(self) -> None:
        self._shortcuts.set_enabled(False)
        self._palette.show_palette()

    def _open_sheet(self) -> None:
        self._shortcuts.set_enabled(False)
        self._sheet.show_keys()

    def _on_overlay_closed(self) -> None:
        self._shortcuts.set_enabled(True)

    def _on_crash_read(self) -> None:
        if self._crash is not None:
            self._crash.deleteLater()
            self._crash = None
