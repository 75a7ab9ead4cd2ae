"""The sign-in's widgets: real clicks and keys, focus, names, and room in narrow windows."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from app.domain.accounts import FEATURE_SCOPES, AppCredentials, Workspace
from app.domain.problems import SignInFailed, SignInStop
from app.ui.kit.widgets.buttons import LinkButton
from app.ui.screens.signin import SignInScreen
from app.ui.screens.signin.choices import PermissionRow
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
    turn,
    type_into,
    unnamed_controls,
)

LIVE_CALL = ("sign_in", Workspace.LIVE)


@pytest.fixture
async def desktop() -> AsyncIterator[Desktop]:
    made = make_desktop()
    await made.load()
    yield made
    await made.tasks.close()
    assert made.errors == []


def opened(desktop: Desktop, show: Show, *, can_go_back: bool = False, width: int = 1280) -> SignInScreen:
    screen = SignInScreen(desktop.context, desktop.tasks)
    screen.show_choices(can_go_back=can_go_back)
    show(screen.widget, width=width)
    return screen


async def test_the_primary_button_has_the_focus_and_enter_presses_it(desktop: Desktop, show: Show) -> None:
    opened(desktop, show)
    assert focus_name() == "signInHubSpot"
    await press_key(Qt.Key.Key_Return)
    assert desktop.fakes.sign_in.calls == [LIVE_CALL]
    assert desktop.services.accounts.active_id is not None


async def test_settled_is_told_to_the_shell(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    heard: list[str] = []
    screen.settled.connect(lambda: heard.append("settled"))
    await click(screen.widget, "openSandbox")
    assert desktop.fakes.sign_in.calls == [("sign_in", Workspace.PRACTICE)]
    assert heard == ["settled"]


@pytest.mark.parametrize("name", ["signInHubSpot", "openSandbox"])
async def test_a_double_click_starts_one_sign_in_and_does_not_cancel_it(
    desktop: Desktop, show: Show, name: str
) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    screen = opened(desktop, show)
    button = find(screen.widget, QAbstractButton, name)
    spot = button.mapTo(screen.widget, button.rect().center())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    await settle()
    below = screen.widget.childAt(spot)
    assert below is not None
    QTest.mouseDClick(below, Qt.MouseButton.LeftButton)
    await settle()
    assert desktop.fakes.sign_in.count("sign_in") == 1
    assert desktop.services.accounts.state.value.is_signing_in


async def test_the_second_press_of_a_double_click_never_cancels(desktop: Desktop, show: Show) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    screen = opened(desktop, show)
    screen.begin(Workspace.LIVE)
    await settle()
    cancel = find(screen.widget, QAbstractButton, "signInCancel")
    # Only the press that arrives as the second one of a pair is overheard.
    QTest.mouseDClick(cancel, Qt.MouseButton.LeftButton)
    await settle()
    assert desktop.services.accounts.state.value.is_signing_in
    await click(screen.widget, "signInCancel")
    assert not desktop.services.accounts.state.value.is_signing_in


async def test_a_second_enter_does_no_harm(desktop: Desktop, show: Show) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    opened(desktop, show)
    await press_key(Qt.Key.Key_Return)
    await press_key(Qt.Key.Key_Return)
    await press_key(Qt.Key.Key_Space)
    assert desktop.fakes.sign_in.calls == [LIVE_CALL]
    assert desktop.services.accounts.state.value.is_signing_in


async def test_the_wait_is_read_aloud_and_tab_leads_to_its_buttons(desktop: Desktop, show: Show) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    screen = opened(desktop, show)
    screen.begin(Workspace.LIVE)
    await settle()
    card = QApplication.focusWidget()
    assert card is not None
    assert card.accessibleName() == "Finish in your browser"
    assert "decline" in card.accessibleDescription()
    names = []
    for _ in range(2):
        await press_key(Qt.Key.Key_Tab)
        names.append(focus_name())
    assert names == ["signInCopyAddress", "signInCancel"]


async def test_the_address_is_copied(desktop: Desktop, show: Show) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    screen = opened(desktop, show)
    screen.begin(Workspace.LIVE)
    await settle()
    QGuiApplication.clipboard().setText("")
    await click(screen.widget, "signInCopyAddress")
    assert QGuiApplication.clipboard().text() == desktop.fakes.sign_in.step.url
    assert find(screen.widget, QAbstractButton, "signInCopyAddress").accessibleName() == "Copied"
    assert desktop.services.accounts.state.value.is_signing_in


@pytest.mark.parametrize("way", ["mouse", "escape", "keyboard"])
async def test_cancel_works_each_way_and_gives_the_focus_back(desktop: Desktop, show: Show, way: str) -> None:
    desktop.fakes.sign_in.hold("sign_in")
    screen = opened(desktop, show)
    screen.begin(Workspace.PRACTICE)
    await settle()
    if way == "mouse":
        await click(screen.widget, "signInCancel")
    elif way == "escape":
        await press_key(Qt.Key.Key_Escape)
    else:
        find(screen.widget, QAbstractButton, "signInCancel").setFocus()
        await press_key(Qt.Key.Key_Return)
    assert not desktop.services.accounts.state.value.is_signing_in
    assert focus_name() == "openSandbox"


async def test_a_failure_is_a_sentence_with_its_remedy(desktop: Desktop, show: Show) -> None:
    desktop.fakes.sign_in.fail("sign_in", SignInFailed(SignInStop.NO_FREE_PORT, "53682, 53683"))
    screen = opened(desktop, show)
    banner = find(screen.widget, QWidget, "signInFailure")
    assert not banner.isVisible()
    await click(screen.widget, "signInHubSpot")
    assert banner.isVisible()
    assert "53682, 53683" in banner.accessibleName()
    assert find(screen.widget, LinkButton, "signInRemedy").accessibleName() == "Try again"
    await click(screen.widget, "signInRemedy")
    assert desktop.services.accounts.active_id is not None
    assert not banner.isVisible()


async def test_a_failure_without_a_remedy_has_no_button(desktop: Desktop, show: Show) -> None:
    desktop.fakes.sign_in.fail("sign_in", SignInFailed(SignInStop.CANCELLED))
    screen = opened(desktop, show)
    await click(screen.widget, "signInHubSpot")
    assert find(screen.widget, QWidget, "signInFailure").isVisible()
    assert not find(screen.widget, LinkButton, "signInRemedy").isVisible()


async def test_credentials_typed_by_hand_and_sent_with_enter(show: Show) -> None:
    desktop = make_desktop(typed=None)
    screen = opened(desktop, show)
    await click(screen.widget, "signInHubSpot")
    assert focus_name() == "credentialsId"
    await type_into(screen.widget, "credentialsId", "my-id")
    await press_key(Qt.Key.Key_Tab)
    assert focus_name() == "credentialsSecret"
    await type_into(screen.widget, "credentialsSecret", "my-secret")
    secret = find(screen.widget, QLineEdit, "credentialsSecret")
    assert "my-secret" not in secret.displayText()
    await press_key(Qt.Key.Key_Return)
    assert desktop.credentials.typed == AppCredentials("my-id", "my-secret")
    assert desktop.fakes.sign_in.calls == [LIVE_CALL]
    await desktop.tasks.close()


async def test_what_is_missing_is_said_at_its_field(show: Show) -> None:
    desktop = make_desktop(typed=None)
    screen = opened(desktop, show)
    await click(screen.widget, "signInHubSpot")
    await click(screen.widget, "credentialsSave")
    for name in ("credentialsId", "credentialsSecret"):
        assert find(screen.widget, QLineEdit, name).accessibleDescription() == "Required"
    await type_into(screen.widget, "credentialsId", "x")
    assert find(screen.widget, QLineEdit, "credentialsId").accessibleDescription() == ""
    await click(screen.widget, "credentialsCancel")
    assert find(screen.widget, QAbstractButton, "signInHubSpot").isVisible()
    await desktop.tasks.close()


async def test_provisioned_credentials_are_read_only(show: Show) -> None:
    desktop = make_desktop(provisioned=CREDENTIALS, typed=None)
    desktop.fakes.sign_in.fail("sign_in", SignInFailed(SignInStop.WRONG_CREDENTIALS))
    screen = opened(desktop, show)
    await click(screen.widget, "signInHubSpot")
    await click(screen.widget, "signInRemedy")
    edit = find(screen.widget, QLineEdit, "credentialsId")
    assert edit.isReadOnly()
    assert edit.text() == CREDENTIALS.client_id
    assert find(screen.widget, QLineEdit, "credentialsSecret").isReadOnly()
    assert not find(screen.widget, QAbstractButton, "credentialsSave").isVisible()
    await desktop.tasks.close()


async def test_the_help_page_opens_in_the_browser(show: Show) -> None:
    desktop = make_desktop(typed=None)
    screen = opened(desktop, show)
    await click(screen.widget, "signInHubSpot")
    await click(screen.widget, "credentialsHelp")
    assert len(desktop.opened) == 1
    assert desktop.opened[0].startswith("https://developers.hubspot.com/")
    await desktop.tasks.close()


async def test_back_is_there_when_there_is_something_to_go_back_to(show: Show) -> None:
    desktop = make_desktop(sample_account())
    await desktop.load()
    screen = opened(desktop, show, can_go_back=True)
    heard: list[str] = []
    screen.back_wanted.connect(lambda: heard.append("back"))
    await click(screen.widget, "signInBack")
    await press_key(Qt.Key.Key_Escape)
    assert heard == ["back", "back"]
    screen.show_choices(can_go_back=False)
    assert not find(screen.widget, QAbstractButton, "signInBack").isVisible()
    await press_key(Qt.Key.Key_Escape)
    assert heard == ["back", "back"]
    await desktop.tasks.close()


async def test_the_permissions_unfold(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    rows = screen.widget.findChildren(PermissionRow)
    assert len(rows) == len(FEATURE_SCOPES)
    assert not any(row.isVisible() for row in rows)
    toggle = find(screen.widget, QAbstractButton, "signInPermissions")
    toggle.setFocus()
    await press_key(Qt.Key.Key_Space)
    assert all(row.isVisible() for row in rows)
    assert toggle.accessibleDescription() == "Open"
    assert rows[0].accessibleName() == "See meeting links and free times, needed"
    assert rows[-1].accessibleName() == "Attachments (files), if granted"
    await press_key(Qt.Key.Key_Return)
    assert not any(row.isVisible() for row in rows)
    assert toggle.accessibleDescription() == "Folded"


async def test_other_keys_are_left_to_others(desktop: Desktop, show: Show) -> None:
    screen = opened(desktop, show)
    await press_key(Qt.Key.Key_F9)
    assert find(screen.widget, QAbstractButton, "signInHubSpot").isVisible()


@pytest.mark.parametrize("width", [408, 700, 1280])
async def test_every_face_fits_and_names_its_controls(show: Show, width: int) -> None:
    desktop = make_desktop(sample_account(), typed=None)
    await desktop.load()
    screen = opened(desktop, show, can_go_back=True, width=width)
    await click(screen.widget, "signInPermissions")
    for _face in range(3):
        await turn()
        assert unnamed_controls(screen.widget) == []
        assert clipped(screen.widget) == []
        assert out_of_order(screen.widget) == []
        if _face == 0:
            await click(screen.widget, "signInHubSpot")
        elif _face == 1:
            desktop.fakes.sign_in.hold("sign_in")
            await click(screen.widget, "credentialsCancel")
            await click(screen.widget, "openSandbox")
    await desktop.tasks.close()


@pytest.mark.parametrize("height", [620, 840, 1200])
async def test_the_page_stays_where_it_is_when_the_permissions_unfold(
    desktop: Desktop, show: Show, height: int
) -> None:
    screen = opened(desktop, show)
    screen.widget.resize(1280, height)
    await turn()
    toggle = find(screen.widget, QAbstractButton, "signInPermissions")
    before = toggle.mapTo(screen.widget, QPoint(0, 0))
    for _ in range(2):
        await click(screen.widget, "signInPermissions")
        for _ in range(5):  # a layout asks for another one before anything is painted
            screen.widget.grab()
            await turn()
        assert toggle.mapTo(screen.widget, QPoint(0, 0)) == before
    await click(screen.widget, "signInPermissions")
    await click(screen.widget, "openSandbox")
    assert screen.widget.isVisible()
