"""The links pane with real keys and clicks."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QMenu, QWidget

from app.domain.ports import LinkPage
from app.domain.problems import Offline, SignInNeeded
from app.ui.screens.book.screen import BookScreen
from tests.fakes.samples import sample_link
from tests.ui.screens.book.hands import CTRL, Hands
from tests.ui.screens.book.stage import ADA, DEMO, INTRO, SCOPING, Stage, quiet

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


def rows_of(hands: Hands) -> QListView:
    return hands.find(QListView, "links.list")


def place(hands: Hands, number: int) -> QPoint:
    return rows_of(hands).visualRect(rows_of(hands).model().index(number, 0)).center()


async def test_a_click_opens_a_link(screen: BookScreen, hands: Hands) -> None:
    await hands.click(rows_of(hands).viewport(), place(hands, 2))
    assert screen.links.selected == DEMO
    selected = rows_of(hands).selectionModel().selectedIndexes()
    assert [index.row() for index in selected] == [2]


async def test_a_click_on_a_heading_opens_nothing(screen: BookScreen, hands: Hands) -> None:
    await hands.click(rows_of(hands).viewport(), place(hands, 0))
    assert screen.links.selected == INTRO


async def test_search_narrows_and_enter_opens_and_leads_to_the_calendar(
    screen: BookScreen, hands: Hands
) -> None:
    await hands.click(hands.find(QLineEdit, "links.search"))
    await hands.write("scop")
    assert rows_of(hands).model().rowCount() == 2
    await hands.press(Qt.Key.Key_Return)
    assert screen.links.selected == SCOPING
    assert hands.focus_name() == "calendar.week"


async def test_arrows_move_without_opening_and_enter_opens(screen: BookScreen, hands: Hands) -> None:
    search = hands.find(QLineEdit, "links.search")
    await hands.click(search)
    await hands.press(Qt.Key.Key_Down)
    assert hands.focus_name() == "links.list"
    await hands.press(Qt.Key.Key_Down)
    assert screen.links.selected == INTRO
    await hands.press(Qt.Key.Key_Return)
    assert screen.links.selected == SCOPING
    rows_of(hands).setFocus()
    for _ in range(3):
        await hands.press(Qt.Key.Key_Up)
    assert hands.focus is search


async def test_escape_empties_the_search(screen: BookScreen, hands: Hands) -> None:
    await hands.click(hands.find(QLineEdit, "links.search"))
    await hands.write("zzz")
    assert not rows_of(hands).isVisible()
    await hands.press(Qt.Key.Key_Escape)
    assert rows_of(hands).model().rowCount() == 4


async def test_the_keyboard_stays_on_its_link_while_the_list_is_refreshed(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    rows_of(hands).setFocus()
    await hands.press(Qt.Key.Key_Down)
    await hands.press(Qt.Key.Key_Down)
    assert rows_of(hands).currentIndex().row() == 3
    more = LinkPage((sample_link("alpha", name="Alpha"),), 4)
    stage.crm.links.answer = [*stage.crm.links.answer, more]
    screen.links.refresh()
    await quiet()
    assert rows_of(hands).model().rowCount() == 5
    current = rows_of(hands).currentIndex().data(Qt.ItemDataRole.DisplayRole)
    assert str(current).startswith("Technical scoping")
    assert screen.links.selected == INTRO


async def test_a_long_list_does_not_move_while_it_is_refreshed(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    many = tuple(sample_link(f"m{number:04}", name=f"Meeting {number:04}") for number in range(3000))
    stage.crm.links.answer = [LinkPage(many, 3000)]
    screen.links.refresh()
    await quiet()
    view = rows_of(hands)
    view.scrollTo(view.model().index(2000, 0))
    await quiet()
    before = view.indexAt(QPoint(20, 20)).data(Qt.ItemDataRole.DisplayRole)
    top = view.visualRect(view.indexAt(QPoint(20, 20))).top()
    stage.crm.links.answer = [LinkPage((*many, sample_link("a", name="A new one")), 3001)]
    screen.links.refresh()
    await quiet()
    assert view.model().rowCount() == 3002
    assert view.indexAt(QPoint(20, 20)).data(Qt.ItemDataRole.DisplayRole) == before
    assert view.visualRect(view.indexAt(QPoint(20, 20))).top() == top


async def test_another_search_begins_at_its_best_match(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    many = tuple(sample_link(f"m{number:04}", name=f"Meeting {number:04}") for number in range(300))
    stage.crm.links.answer = [LinkPage(many, 300)]
    screen.links.refresh()
    await quiet()
    rows_of(hands).verticalScrollBar().setValue(4000)
    screen.links.search("meet")
    await quiet()
    assert rows_of(hands).verticalScrollBar().value() == 0


def menu_of(hands: Hands) -> QMenu:
    menus = [menu for menu in QApplication.topLevelWidgets() if isinstance(menu, QMenu) and menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


async def open_menu(hands: Hands, number: int) -> QMenu:
    viewport = rows_of(hands).viewport()
    spot = place(hands, number)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, viewport.mapToGlobal(spot))
    QApplication.sendEvent(viewport, event)
    await quiet()
    return menu_of(hands)


async def choose(menu: QMenu, text: str) -> None:
    action = next(one for one in menu.actions() if one.text() == text)
    action.trigger()
    menu.close()
    await quiet()


async def test_the_menu_copies_the_link_and_says_so(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    await choose(await open_menu(hands, 2), "Copy link")
    assert QGuiApplication.clipboard().text() == "https://meetings.hubspot.com/demo"
    assert [toast.text for toast in stage.context.notices.toasts] == ["Copied"]
    assert stage.context.notices.toasts[0].seconds == 2.0
    screen.selection.choose_prospect(ADA)
    await choose(await open_menu(hands, 2), "Copy link filled in for the guest")
    assert "firstName=Ada" in QGuiApplication.clipboard().text()
    assert screen.links.selected == INTRO


async def test_the_menu_marks_favourites_and_opens_the_page(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    await choose(await open_menu(hands, 2), "Add to favourites")
    assert rows_of(hands).model().index(0, 0).data(Qt.ItemDataRole.DisplayRole) == "Favourites"
    await choose(await open_menu(hands, 1), "Remove from favourites")
    await choose(await open_menu(hands, 2), "Open in browser")
    assert stage.opened == ["https://meetings.hubspot.com/demo"]


async def test_a_heading_has_no_menu(screen: BookScreen, hands: Hands) -> None:
    viewport, spot = rows_of(hands).viewport(), place(hands, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, viewport.mapToGlobal(spot))
    QApplication.sendEvent(viewport, event)
    await quiet()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]


async def test_menus_leave_nothing_behind(screen: BookScreen, hands: Hands) -> None:
    for _ in range(10):
        (await open_menu(hands, 2)).close()
        await quiet()
    assert screen.widget.findChildren(QMenu) == []


async def test_tags_are_typed_and_found_again(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    await choose(await open_menu(hands, 2), "Edit tags…")
    popup = hands.find(QWidget, "links.tags")
    editing = QApplication.focusWidget()
    assert editing is not None
    QTest.keyClicks(editing, "emea")
    QTest.keyClick(editing, Qt.Key.Key_Return)
    popup.close()
    await quiet()
    assert stage.marks.kept[stage.account.id][DEMO].tags == ("emea",)
    await hands.click(hands.find(QLineEdit, "links.search"))
    await hands.write("emea")
    assert rows_of(hands).model().rowCount() == 2


async def test_the_filter_narrows_and_says_that_something_is_hidden(screen: BookScreen, hands: Hands) -> None:
    button = hands.find(QAbstractButton, "links.filter")
    assert button.accessibleName() == "Filter links"
    await hands.click(button)
    await choose(menu_of(hands), "Group")
    assert rows_of(hands).model().rowCount() == 2
    assert button.accessibleName() == "Filter links, some are hidden"
    await hands.click(button)
    await choose(menu_of(hands), "Show all links")
    assert rows_of(hands).model().rowCount() == 4


async def test_nothing_found_says_what_to_do(screen: BookScreen, hands: Hands) -> None:
    screen.links.search("zzz")
    await quiet()
    texts = [label.text() for label in visible_labels(hands)]
    assert "No link matches. Clear the search or the filter to see all links." in texts


async def test_an_account_without_links_says_what_to_do(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.crm.links.answer = []
    screen.links.refresh()
    await quiet()
    texts = [label.text() for label in visible_labels(hands)]
    assert "There are no meeting links in this account yet. Make one in HubSpot." in texts


async def test_links_that_could_not_be_read_are_counted(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    stage.crm.links.answer = [replace(stage.crm.links.answer[0], skipped=2)]
    screen.links.refresh()
    await quiet()
    assert "2 links could not be read" in [label.text() for label in visible_labels(hands)]


async def test_links_that_cannot_be_read_are_asked_for_again(
    screen: BookScreen, hands: Hands, stage: Stage
) -> None:
    kept, stage.crm.links.answer = stage.crm.links.answer, [LinkPage((), 0)]
    screen.links.refresh()
    await quiet()
    stage.crm.links.fail("pages", Offline())
    screen.links.refresh()
    await quiet()
    again = hands.find(QAbstractButton, "links.again")
    assert again.text() == "Try again"
    stage.crm.links.answer = kept
    await hands.click(again)
    assert not again.isVisible()


async def test_a_lost_sign_in_offers_to_reconnect(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    wanted: list[object] = []
    screen.reconnect_wanted.connect(wanted.append)
    stage.crm.links.answer = [LinkPage((), 0)]
    screen.links.refresh()
    await quiet()
    stage.crm.links.fail("pages", SignInNeeded("hs-1"))
    screen.links.refresh()
    await quiet()
    again = hands.find(QAbstractButton, "links.again")
    assert again.text() == "Reconnect"
    await hands.click(again)
    assert wanted == [stage.account.workspace]


async def test_hostile_names_do_not_move_the_pane(screen: BookScreen, hands: Hands, stage: Stage) -> None:
    width = rows_of(hands).width()
    hostile = "<img src=x>\u202e&\x00" + "W" * 10_000
    stage.crm.links.answer = [LinkPage((sample_link("h", name=hostile),), 1)]
    screen.links.refresh()
    await quiet()
    screen.links.open_slug("h")
    await quiet()
    assert not screen.widget.grab().isNull()
    assert rows_of(hands).width() == width


async def test_ctrl_c_in_the_list_is_left_to_the_window(screen: BookScreen, hands: Hands) -> None:
    QGuiApplication.clipboard().setText("before")
    rows_of(hands).setFocus()
    await hands.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "before"


def visible_labels(hands: Hands) -> list[QLabel]:
    return [label for label in hands.window.findChildren(QLabel) if label.isVisible()]
