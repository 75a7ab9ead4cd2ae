"""The rail: one item a screen, the shown one marked, the account at the foot; and the keys to the screens."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.ui.catalog import SCREENS
from app.ui.shell.navigation import AccountItem, Rail, RailItem
from app.ui.shell.window import MainWindow
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet


@pytest.fixture
def rail(qtbot: QtBot) -> Rail:
    made = Rail(SCREENS)
    qtbot.addWidget(made)
    made.resize(72, 800)
    made.show()
    return made


def items(rail: Rail) -> dict[str, RailItem]:
    return {item.objectName().removeprefix("rail."): item for item in rail.findChildren(RailItem)}


def marked(rail: Rail) -> list[str]:
    return [name for name, item in items(rail).items() if item.isChecked()]


def test_it_has_an_item_for_every_screen_in_the_order_of_the_catalogue(rail: Rail) -> None:
    found = sorted(items(rail).values(), key=lambda item: item.y())
    bodies = [spec for spec in SCREENS if not spec.is_footer]
    feet = [spec for spec in SCREENS if spec.is_footer]
    assert [item.accessibleName() for item in found] == [spec.title() for spec in (*bodies, *feet)]


def test_a_click_says_which_screen_is_wanted(rail: Rail, qtbot: QtBot) -> None:
    for name, item in items(rail).items():
        with qtbot.waitSignal(rail.chosen) as heard:
            QTest.mouseClick(item, Qt.MouseButton.LeftButton)
        assert heard.args == [name]


def test_one_item_is_marked_or_none(rail: Rail) -> None:
    for name in items(rail):
        rail.choose(name)
        assert marked(rail) == [name]
    rail.choose("")
    assert marked(rail) == []


def test_the_account_says_whose_it_is_and_leads_to_the_settings(rail: Rail, qtbot: QtBot) -> None:
    account = rail.findChild(AccountItem)
    assert isinstance(account, AccountItem)
    assert account.accessibleName() == "Not signed in"
    empty = account.grab().toImage()
    rail.show_account("Maria Nowak", "Northwind")
    assert account.accessibleName() == "Account: Maria Nowak, Northwind"
    assert account.grab().toImage() != empty
    with qtbot.waitSignal(rail.account_clicked):
        QTest.mouseClick(account, Qt.MouseButton.LeftButton)
    rail.show_account("", "")
    assert account.grab().toImage() == empty


@pytest.mark.qt_loop
async def test_a_click_on_the_rail_changes_the_screen_and_the_mark(hands: Hands, window: MainWindow) -> None:
    assert hands.find(QAbstractButton, "rail.book").isChecked()
    await hands.click(hands.find(QAbstractButton, "rail.settings"))
    assert window.screens["settings"].widget.isVisible()
    assert hands.find(QAbstractButton, "rail.settings").isChecked()
    assert not hands.find(QAbstractButton, "rail.book").isChecked()


@pytest.mark.qt_loop
async def test_every_screen_has_its_key(hands: Hands, window: MainWindow) -> None:
    numbers = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5)
    order = list(zip(SCREENS, numbers, strict=False))
    for spec, key in (*reversed(order), order[0]):
        await hands.press(key, Qt.KeyboardModifier.AltModifier)
        assert window.screens[spec.id].widget.isVisible(), spec.id


@pytest.mark.qt_loop
async def test_the_account_leads_to_the_settings(hands: Hands, window: MainWindow) -> None:
    await hands.click(hands.find(QAbstractButton, "rail.account"))
    assert window.screens["settings"].widget.isVisible()


@pytest.mark.qt_loop
async def test_a_hidden_screen_has_no_keys(window: MainWindow) -> None:
    shown = {one.id for one in window.registry.commands if one.id.startswith("book.")}
    assert shown
    window.show_screen("settings")
    await quiet()
    assert not {command.id for command in window.registry.commands if command.id.startswith("book.")}
    window.show_screen("book")
    await quiet()
    assert {one.id for one in window.registry.commands if one.id.startswith("book.")} == shown
