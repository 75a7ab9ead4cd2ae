"""What is said for as long as it is true, over the calendar and the desk."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.domain.problems import Offline, SignInNeeded, SlowDown, StorageFailed, StorageTrouble
from app.ui.kit.widgets.banner import BannerStrip
from app.ui.screen import AsksToReconnect
from app.ui.shell.banners import tell_mended
from app.ui.shell.window import MainWindow
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import Stage, quiet

pytestmark = pytest.mark.qt_loop


def said(hands: Hands) -> list[str]:
    strips = hands.window.findChildren(BannerStrip)
    return [banner.text.text() for strip in strips for banner in strip.banners]


async def press(hands: Hands, label: str) -> None:
    banners = [banner for strip in hands.window.findChildren(BannerStrip) for banner in strip.banners]
    actions = [banner.action for banner in banners if banner.action.accessibleName() == label]
    assert len(actions) == 1, [banner.action.accessibleName() for banner in banners]
    await hands.click(actions[0])


async def fail(stage: Stage, problem: Offline | SlowDown | SignInNeeded | None) -> None:
    for method in ("availability", "booking_info"):
        stage.scheduler.fail_always(method, problem)
    await stage.services.availability.refresh()
    await quiet()


async def test_nothing_is_said_while_all_is_well(hands: Hands) -> None:
    assert said(hands) == []
    strip = hands.window.findChild(BannerStrip)
    assert isinstance(strip, BannerStrip)
    assert not strip.isVisible()


async def test_offline_names_since_when_and_the_age_and_goes_when_it_is_over(
    hands: Hands, stage: Stage
) -> None:
    await fail(stage, Offline())
    assert said(hands) == [
        "Offline since 10:15. Times are from 10:15; anything you log is sent when you are back."
    ]
    await fail(stage, None)
    assert said(hands) == []


async def test_offline_can_be_tried_at_once(hands: Hands, stage: Stage) -> None:
    await fail(stage, Offline())
    for method in ("availability", "booking_info"):
        stage.scheduler.fail_always(method, None)
    await press(hands, "Try now")
    assert said(hands) == []


async def test_a_pause_says_until_when(hands: Hands, stage: Stage) -> None:
    await fail(stage, SlowDown(stage.clock.now() + timedelta(minutes=2)))
    assert said(hands) == ["HubSpot asks for a short pause. Slotdesk goes on at 10:17."]


async def test_a_lost_sign_in_leads_to_the_sign_in_and_back(
    hands: Hands, stage: Stage, window: MainWindow
) -> None:
    await fail(stage, SignInNeeded(stage.account.id))
    assert said(hands) == [f"{stage.account.portal_name} no longer accepts this sign-in. Your data stays."]
    stage.sign_in.hold("sign_in")
    await press(hands, "Reconnect HubSpot")
    assert not window.screens["book"].widget.isVisible()
    await hands.press(Qt.Key.Key_Escape)
    await hands.click(hands.find(QAbstractButton, "signInBack"))
    assert window.screens["book"].widget.isVisible()


async def test_the_card_of_a_lost_sign_in_leads_there_too(
    hands: Hands, stage: Stage, window: MainWindow
) -> None:
    stage.sign_in.hold("sign_in")
    screen = window.screens["book"]
    assert isinstance(screen, AsksToReconnect)
    screen.reconnect_wanted.emit(stage.account.workspace)
    await quiet()
    assert not screen.widget.isVisible()
    await hands.press(Qt.Key.Key_Escape)


async def test_without_a_key_store_it_says_how_long_the_sign_in_lasts(hands: Hands, stage: Stage) -> None:
    stage.vault.lose()
    await stage.services.accounts.load()
    await quiet()
    assert said(hands) == ["No key store on this computer: you stay signed in only until Slotdesk quits."]


async def test_mended_files_are_named_until_it_was_read(hands: Hands, stage: Stage) -> None:
    tell_mended(stage.context.notices, [StorageFailed(StorageTrouble.DAMAGED, "/data/cache.db")])
    assert len(said(hands)) == 1
    assert "/data/cache.db" in said(hands)[0]
    await press(hands, "OK")
    assert said(hands) == []


async def test_settings_that_cannot_be_kept_are_said_once(hands: Hands, stage: Stage) -> None:
    stage.preferences.fail_always("save", StorageFailed(StorageTrouble.FULL, "/config/settings.toml"))
    await stage.services.preferences.change(week_days=7)
    await quiet()
    assert len(said(hands)) == 1
    await press(hands, "OK")
    assert said(hands) == []
    stage.preferences.fail_always("save", None)
    await stage.services.preferences.change(week_days=5)
    assert said(hands) == []


async def test_banners_stand_over_the_screen_that_is_shown(
    hands: Hands, stage: Stage, window: MainWindow
) -> None:
    await fail(stage, Offline())
    strip = hands.window.findChild(BannerStrip)
    assert isinstance(strip, BannerStrip)
    for screen_id in ("settings", "book"):
        window.show_screen(screen_id)
        await quiet()
        assert strip.isVisible()
    calendar = hands.find(QWidget, "calendar.week")
    lower = strip.mapTo(window, strip.rect().bottomLeft()).y()
    assert lower < calendar.mapTo(window, calendar.rect().topLeft()).y()
