"""The pages that only tell: shortcuts, data on this computer, diagnostics."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.domain.ports import LinkPage
from app.domain.problems import Offline, StorageFailed, StorageTrouble
from app.services.connectivity import OfflineSince, PausedUntil
from app.ui.kit.command import Command
from app.ui.kit.labels import Label
from app.ui.kit.widgets.badges import KeyCap
from app.ui.kit.widgets.copying import CopyLine
from app.ui.screens.settings.data_page import DataPage, place_words
from app.ui.screens.settings.diagnostics.view import DiagnosticsPage
from app.ui.screens.settings.diagnostics.viewmodel import DiagnosticsViewModel
from app.ui.screens.settings.shortcuts_page import ShortcutsPage
from tests.fakes.clock import NOW
from tests.fakes.samples import sample_account
from tests.ui.screens.desktop import Desktop, make_desktop
from tests.ui.screens.windows import Show, click, turn


def nothing() -> None:
    """What the commands of these tests do."""


SEARCH = Command("shell.palette", "Search everything", nothing, "Ctrl+K", section="Everywhere")
TODAY = Command("book.today", "Today", nothing, "T", section="Free times")
QUIT = Command("shell.quit", "Quit", nothing, "Ctrl+Q", section="Everywhere")
BARE = Command("book.export", "Export", nothing, section="Book")


def seen(root: QWidget) -> list[str]:
    """The texts of the visible labels and key caps, in reading order."""
    parts = [part for part in root.findChildren(QWidget) if isinstance(part, Label | KeyCap)]
    return [
        (part.text() if isinstance(part, Label) else part.text) for part in parts if part.isVisibleTo(root)
    ]


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop(sample_account())
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def test_commands_stand_under_their_sections_with_their_keys(show: Show) -> None:
    page = ShortcutsPage()
    page.set_commands([SEARCH, TODAY, QUIT, BARE])
    show(page)
    texts = [text for text in seen(page) if text]
    assert texts == [
        "Shortcuts",
        "Everywhere",
        "Search everything",
        SEARCH.keys,
        "Quit",
        QUIT.keys,
        "Free times",
        "Today",
        "T",
        f"Found by name with {SEARCH.keys}",
        "Export",
        "Book",
    ]


def test_new_commands_replace_the_old_ones(show: Show) -> None:
    page = ShortcutsPage()
    page.set_commands([SEARCH, TODAY])
    page.set_commands([BARE])
    show(page)
    assert [text for text in seen(page) if text] == ["Shortcuts", "Without a key", "Export", "Book"]


@pytest.mark.parametrize("name", ["settings", "data", "cache", "logs", "administrator"])
def test_each_place_is_explained(name: str) -> None:
    title, detail = place_words(name)
    assert title != name
    assert detail.endswith(".")


def test_an_unknown_place_stands_for_itself(show: Show) -> None:
    page = DataPage([("data", "/home/mei/data"), ("plugins", "/home/mei/plugins")])
    show(page)
    texts = seen(page)
    assert "Data" in texts
    assert "plugins" in texts
    lines = page.findChildren(CopyLine)
    lines[1].button.click()
    assert QGuiApplication.clipboard().text() == "/home/mei/plugins"


async def test_diagnostics_list_versions_and_say_when_all_is_well(desktop: Desktop, show: Show) -> None:
    page = DiagnosticsPage(DiagnosticsViewModel(desktop.services, desktop.context.facts))
    show(page)
    texts = seen(page)
    assert "Nothing that Slotdesk knows of" in texts
    assert texts[texts.index("Slotdesk") + 1] == "0.1.0"
    await click(page, "settings.diagnostics.copy")
    copied = QGuiApplication.clipboard().text()
    assert "Slotdesk: 0.1.0" in copied
    assert "logs: /home/mei/.local/state/slotdesk/log" in copied
    assert sample_account().email not in copied


async def test_present_problems_are_named_by_area(desktop: Desktop, show: Show) -> None:
    viewmodel = DiagnosticsViewModel(desktop.services, desktop.context.facts)
    page = DiagnosticsPage(viewmodel)
    show(page)
    desktop.fakes.preferences.fail("save", StorageFailed(StorageTrouble.FULL, "settings.toml"))
    await desktop.services.preferences.change(week_days=7)
    desktop.fakes.connections.crm(sample_account().id).links.answer = [LinkPage((), 0)]
    desktop.fakes.connections.crm(sample_account().id).links.fail_always("pages", Offline())
    await desktop.services.links.load()
    await turn()
    areas = dict(viewmodel.props.problems)
    assert "The disk of settings.toml is full" in areas["Settings"]
    assert "No connection to HubSpot" in areas["Meeting links"]
    assert "Nothing that Slotdesk knows of" not in seen(page)
    assert areas["Settings"] in seen(page)
    assert dict(viewmodel.props.facts)["Connection"] == "offline since 2026-11-23 09:15 UTC"
    assert areas["Settings"] in viewmodel.props.text


async def test_every_service_is_followed(desktop: Desktop) -> None:
    viewmodel = DiagnosticsViewModel(desktop.services, desktop.context.facts)
    heard: list[str] = []
    viewmodel.props_changed.connect(lambda: heard.append("props"))
    desktop.services.connectivity.state.set(PausedUntil(NOW + timedelta(minutes=2)))
    assert dict(viewmodel.props.facts)["Connection"] == "paused until 2026-11-23 09:17 UTC"
    desktop.services.connectivity.state.set(OfflineSince(NOW))
    desktop.fakes.drafts.fail("drafts", StorageFailed(StorageTrouble.DAMAGED, "outbox.db"))
    await desktop.services.drafts.load()
    await desktop.services.accounts.sign_out(sample_account().id)
    areas = dict(viewmodel.props.problems)
    assert dict(viewmodel.props.facts)["Accounts"] == "0"
    assert len(heard) >= 3
    assert "Accounts" not in areas
