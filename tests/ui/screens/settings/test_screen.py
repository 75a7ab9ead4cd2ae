"""The Settings screen as the shell uses it: pages, keys, commands, narrow windows."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.domain.accounts import Workspace
from app.domain.preferences import Preferences
from app.ui.kit.command import Command
from app.ui.kit.widgets.combo import Combo
from app.ui.screen import Screen
from app.ui.screens.settings import SPEC
from app.ui.screens.settings.page import Row
from app.ui.screens.settings.page_list import PageList
from app.ui.screens.settings.screen import SettingsScreen, page_entries
from app.ui.screens.settings.view import SettingsView
from tests.fakes.clock import settle
from tests.fakes.samples import sample_account
from tests.ui.screens.desktop import CREDENTIALS, Desktop, make_desktop
from tests.ui.screens.windows import (
    Show,
    click,
    clipped,
    find,
    focus_name,
    out_of_order,
    press_key,
    tab_stops,
    turn,
    unnamed_controls,
)

ACCOUNT = sample_account()
OTHER = replace(
    sample_account(99120, "77", Workspace.PRACTICE),
    portal_name="A portal with a rather long name",
    scopes=frozenset(),
)
PAGES = [entry.id for entry in page_entries()]


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop(ACCOUNT, OTHER, preferences=Preferences(favourite_zones=("America/New_York",)))
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def opened(desktop: Desktop, show: Show, *, width: int = 1280) -> SettingsScreen:
    screen = SettingsScreen(desktop.context, desktop.tasks)
    show(screen.widget, width=width)
    screen.activate()
    return screen


def shown_page(screen: SettingsScreen) -> str:
    view = screen.widget
    assert isinstance(view, SettingsView)
    return next(page for page in PAGES if view.page(page).isVisible())


def test_the_spec_makes_a_screen() -> None:
    desktop = make_desktop()
    screen: Screen = SPEC.build(desktop.context, desktop.tasks)
    assert (SPEC.id, SPEC.title(), SPEC.icon, SPEC.is_footer) == ("settings", "Settings", "settings", True)
    assert screen.banner_host is None
    assert screen.finders == ()
    screen.start()
    screen.refresh_if_old()
    assert screen.status_changed is not None


async def test_the_arrow_keys_turn_the_pages(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    assert focus_name() == "settings.list"
    assert shown_page(screen) == "accounts"
    seen = [shown_page(screen)]
    for _ in PAGES[1:]:
        await press_key(Qt.Key.Key_Down)
        seen.append(shown_page(screen))
        assert focus_name() == "settings.list"
    assert seen == PAGES


async def test_a_click_shows_a_page(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    pages = find(screen.widget, PageList, "settings.list")
    spot = pages.visualItemRect(pages.item(3)).center()
    QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown_page(screen) == "appearance"


async def test_tab_leads_from_the_list_into_the_page(desktop: Desktop, show: Show) -> None:
    opened(desktop, show)
    await press_key(Qt.Key.Key_Tab)
    assert focus_name() == f"settings.account.signOut.{ACCOUNT.id}"


async def test_the_credentials_are_read_when_their_page_is_shown(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    assert desktop.credentials.calls == []
    screen.show_page("credentials")
    await settle()
    assert find(screen.widget, QLineEdit, "settings.credentials.id").text() == CREDENTIALS.client_id


async def test_the_shell_hears_what_it_has_to_do(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    heard: list[object] = []
    screen.add_account_wanted.connect(lambda: heard.append("add"))
    screen.reconnect_wanted.connect(heard.append)
    await click(screen.widget, "settings.accounts.add")
    await click(screen.widget, f"settings.account.reconnect.{OTHER.id}")
    assert heard == ["add", Workspace.PRACTICE]


async def test_every_page_is_a_command(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    for command, page in zip(screen.commands, PAGES, strict=True):
        command.run()
        await settle()
        assert shown_page(screen) == page
    assert screen.commands[0].title == "Settings: Accounts"


async def test_commands_are_handed_to_the_shortcuts_page(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    screen.set_commands([Command("x", "Do the thing", lambda: None, "F9", section="Everywhere")])
    screen.show_page("shortcuts")
    view = screen.widget
    assert isinstance(view, SettingsView)
    names = [row.accessibleName() for row in view.page("shortcuts").findChildren(Row)]
    assert names == ["Do the thing: F9"]


async def test_a_narrow_window_has_a_drop_down_instead_of_the_list(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show, width=500)
    assert not find(screen.widget, PageList, "settings.list").isVisible()
    assert focus_name() == "settings.pages"
    await press_key(Qt.Key.Key_Down)
    assert shown_page(screen) == "credentials"
    assert find(screen.widget, Combo, "settings.pages").choice == "credentials"


@pytest.mark.parametrize("width", [408, 700, 1368])
@pytest.mark.parametrize("page", PAGES)
async def test_pages_fit_and_name_their_controls(desktop: Desktop, show: Show, page: str, width: int) -> None:
    screen = opened(desktop, show, width=width)
    screen.set_commands([Command("x", "Do the thing", lambda: None, "Ctrl+Shift+F9", section="Everywhere")])
    screen.show_page(page)
    await turn()
    assert unnamed_controls(screen.widget) == []
    assert clipped(screen.widget) == []
    view = screen.widget
    assert isinstance(view, SettingsView)
    assert out_of_order(view.page(page)) == []
    assert tab_stops(view.page(page)) or page == "shortcuts"
