"""The app credentials page: keep, change, forget, and the API version."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from app.domain.accounts import AppCredentials
from app.domain.preferences import Preferences
from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.credentials.viewmodel import CredentialsViewModel
from app.ui.kit.widgets.copying import CopyButton
from app.ui.kit.widgets.segmented import Segmented
from app.ui.screens.settings.credentials.view import CredentialsPage
from app.ui.screens.settings.keeping import PreferenceKeeper
from tests.fakes.clock import settle
from tests.ui.screens.desktop import ADDRESSES, CREDENTIALS, Desktop, make_desktop
from tests.ui.screens.windows import Show, click, find, type_into


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop()
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


async def page_of(desktop: Desktop, show: Show, addresses: tuple[str, ...] = ADDRESSES) -> CredentialsPage:
    context = desktop.context
    viewmodel = CredentialsViewModel(context.credentials, desktop.tasks)
    keeper = PreferenceKeeper(context.services.preferences, context.notices, desktop.tasks)
    page = CredentialsPage(viewmodel, keeper, addresses=addresses, notices=context.notices)
    viewmodel.load()
    await settle()
    show(page)
    return page


def save_button(page: CredentialsPage) -> QAbstractButton:
    return find(page, QAbstractButton, "settings.credentials.save")


async def test_the_id_is_shown_and_the_secret_is_not(desktop: Desktop, show: Show) -> None:
    page = await page_of(desktop, show)
    assert find(page, QLineEdit, "settings.credentials.id").text() == CREDENTIALS.client_id
    secret = find(page, QLineEdit, "settings.credentials.secret")
    assert secret.text() == ""
    assert secret.placeholderText() == "Kept, and not shown"
    assert not save_button(page).isEnabled()


async def test_a_new_secret_is_saved_beside_the_kept_id(desktop: Desktop, show: Show) -> None:
    page = await page_of(desktop, show)
    await type_into(page, "settings.credentials.secret", "new-secret")
    await click(page, "settings.credentials.save")
    assert desktop.credentials.typed == AppCredentials(CREDENTIALS.client_id, "new-secret")
    assert [toast.text for toast in desktop.context.notices.toasts] == ["Client ID and secret are saved"]
    assert find(page, QLineEdit, "settings.credentials.secret").text() == ""
    assert not save_button(page).isEnabled()


async def test_a_new_id_needs_its_own_secret(desktop: Desktop, show: Show) -> None:
    page = await page_of(desktop, show)
    await type_into(page, "settings.credentials.id", "x")
    secret = find(page, QLineEdit, "settings.credentials.secret")
    assert secret.placeholderText() == ""
    await click(page, "settings.credentials.save")
    assert secret.accessibleDescription() == "Required"
    assert desktop.credentials.typed == CREDENTIALS


async def test_forgetting_empties_the_form(desktop: Desktop, show: Show) -> None:
    page = await page_of(desktop, show)
    await click(page, "settings.credentials.forget")
    assert desktop.credentials.typed is None
    assert find(page, QLineEdit, "settings.credentials.id").text() == ""
    assert not find(page, QAbstractButton, "settings.credentials.forget").isVisible()
    assert desktop.context.notices.toasts == ()


async def test_provisioned_ones_can_be_neither_edited_nor_forgotten(show: Show) -> None:
    desktop = make_desktop(provisioned=CREDENTIALS, typed=None)
    page = await page_of(desktop, show)
    assert find(page, QLineEdit, "settings.credentials.id").isReadOnly()
    assert not save_button(page).isVisible()
    assert not find(page, QAbstractButton, "settings.credentials.forget").isVisible()
    await desktop.tasks.close()


async def test_loading_that_fails_is_said(show: Show) -> None:
    desktop = make_desktop()
    desktop.credentials.fail("credentials", StorageFailed(StorageTrouble.NOT_UNDERSTOOD, "slotdesk.toml"))
    viewmodel = CredentialsViewModel(desktop.context.credentials, desktop.tasks)
    viewmodel.load()
    await settle()
    assert "slotdesk.toml says something" in viewmodel.props.failure
    await desktop.tasks.close()


async def test_forgetting_nothing_does_nothing() -> None:
    desktop = make_desktop(typed=None)
    viewmodel = CredentialsViewModel(desktop.context.credentials, desktop.tasks)
    viewmodel.forget()
    await settle()
    assert desktop.credentials.calls == []
    await desktop.tasks.close()


async def test_addresses_are_copied(desktop: Desktop, show: Show) -> None:
    page = await page_of(desktop, show)
    buttons = [button for button in page.findChildren(CopyButton) if button.isVisible()]
    assert [button.accessibleName() for button in buttons] == [f"Copy {address}" for address in ADDRESSES]
    QTest.mouseClick(buttons[1], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == ADDRESSES[1]


async def test_without_addresses_there_is_no_empty_card(desktop: Desktop, show: Show) -> None:
    page = await page_of(desktop, show, addresses=())
    assert page.findChildren(CopyButton) == []


async def test_the_api_version_is_kept_at_once(show: Show) -> None:
    desktop = make_desktop(preferences=Preferences(api_version="v3"))
    await desktop.load()
    page = await page_of(desktop, show)
    versions = find(page, Segmented, "settings.apiVersion")
    assert versions.choice == "v3"
    QTest.mouseClick(versions.segment("2026-03"), Qt.MouseButton.LeftButton)
    await settle()
    assert desktop.fakes.preferences.kept.api_version == "2026-03"
    await desktop.tasks.close()
