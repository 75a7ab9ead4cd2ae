"""Banners, toasts, sheets and drawers: they come, keep the keyboard where it belongs, and go."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.notices import Action, Notices, Tone
from app.ui.kit.theme import LIGHT, Theme
from app.ui.kit.widgets.banner import Banner, BannerStrip
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.drawer import Drawer
from app.ui.kit.widgets.sheet import Sheet
from app.ui.kit.widgets.text_fields import LineEdit
from app.ui.kit.widgets.toast import ToastStack, ToastView

Shown = Callable[..., QWidget]


class Runs:
    def __init__(self) -> None:
        self.count = 0

    def run(self) -> None:
        self.count += 1


def test_the_strip_shows_what_is_true(shown: Shown) -> None:
    notices, runs = Notices(), Runs()
    notices.hold("offline", "Offline since 14:02.", action=Action("Try now", runs.run))
    strip = BannerStrip(notices)
    window = shown(strip)
    assert [banner.accessibleName() for banner in strip.banners] == ["Offline since 14:02."]
    QTest.mouseClick(strip.banners[0].action, Qt.MouseButton.LeftButton)
    assert runs.count == 1
    notices.hold("sign-in", "Signed out.", tone=Tone.BAD)
    kept = strip.banners[0]
    notices.hold("sign-in", "Signed out of HubSpot.", tone=Tone.BAD)
    assert [banner.text.text() for banner in strip.banners] == [
        "Offline since 14:02.",
        "Signed out of HubSpot.",
    ]
    assert strip.banners[0] is kept
    notices.release("offline")
    notices.release("sign-in")
    assert strip.banners == ()
    assert not strip.isVisibleTo(window)


@pytest.mark.parametrize(
    ("tone", "fill"),
    [(Tone.INFO, "accent_soft"), (Tone.OK, "ok_soft"), (Tone.WARN, "warn_soft"), (Tone.BAD, "bad_soft")],
)
def test_a_banner_wears_its_tone(shown: Shown, tone: Tone, fill: str) -> None:
    banner = Banner("Something is so", tone=tone, icon="info")
    shown(banner)
    image = banner.grab().toImage()
    assert image.pixelColor(3, image.height() // 2).name() == LIGHT.colour(fill).lower()


def test_a_long_banner_wraps(qtbot: QtBot) -> None:
    banner = Banner("This is a long sentence about what is true right now. " * 4)
    qtbot.addWidget(banner)
    assert banner.heightForWidth(300) > 3 * 19


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def stack(shown: Shown, notices: Notices) -> ToastStack:
    host = shown(width=600, height=400)
    QTest.mouseMove(host, QPoint(2, 2))
    return ToastStack(host, notices)


def test_a_toast_goes_when_its_time_is_over(stack: ToastStack, notices: Notices, qtbot: QtBot) -> None:
    notices.say("Copied", seconds=0.05)
    assert [view.accessibleName() for view in stack.views] == ["Copied"]
    qtbot.waitUntil(lambda: stack.views == ())
    assert notices.toasts == ()


def test_undo_runs_and_the_toast_goes(stack: ToastStack, notices: Notices) -> None:
    runs = Runs()
    notices.say("Removed", action=Action("Undo", runs.run))
    QTest.mouseClick(stack.views[0].action, Qt.MouseButton.LeftButton)
    assert (runs.count, stack.views) == (1, ())


def test_the_x_takes_a_toast_away(stack: ToastStack, notices: Notices) -> None:
    notices.say("Copied", seconds=0)
    view = stack.views[0]
    assert not view.is_waiting
    QTest.mouseClick(view.closer, Qt.MouseButton.LeftButton)
    assert notices.toasts == ()


def test_a_toast_waits_while_somebody_is_at_it(stack: ToastStack, notices: Notices) -> None:
    notices.say("Removed", action=Action("Undo", Runs().run))
    view = stack.views[0]
    here = QPointF(5, 5)
    QApplication.sendEvent(view, QEnterEvent(here, here, here))
    assert not view.is_waiting
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.is_waiting
    view.action.setFocus()
    assert not view.is_waiting
    view.action.clearFocus()
    assert view.is_waiting


def test_toasts_stack_without_covering_each_other(shown: Shown, notices: Notices) -> None:
    host = shown(width=600, height=400)
    notices.say("There before the window")
    stack = ToastStack(host, notices)
    notices.say(
        "A long one that needs more than one line because it explains what was kept and what to do " * 2
    )
    notices.say("Third")
    tops = [view.geometry() for view in stack.views]
    assert all(above.bottom() < below.top() for above, below in pairwise(tops))
    assert tops[-1].bottom() <= host.height() - 38
    host.resize(300, 400)
    assert all(host.rect().contains(view.geometry()) for view in stack.views)


class Screen:
    """A window with a button and a sheet that holds an edit and two buttons."""

    def __init__(self, shown: Shown) -> None:
        self.behind = Button("Behind")
        self.window = shown(self.behind, width=800, height=600)
        self.sheet = Sheet(self.window, "Command palette", width=620)
        self.edit, self.one, self.two = LineEdit(name="Search"), Button("One"), Button("Two")
        for widget in (self.edit, self.one, self.two):
            self.sheet.column.addWidget(widget)


@pytest.fixture
def screen(shown: Shown) -> Screen:
    return Screen(shown)


def test_a_sheet_takes_the_focus_and_gives_it_back(screen: Screen, qtbot: QtBot) -> None:
    screen.behind.setFocus()
    screen.sheet.open(screen.edit)
    assert screen.edit.hasFocus()
    with qtbot.waitSignal(screen.sheet.closed):
        QTest.keyClick(screen.edit, Qt.Key.Key_Escape)
    assert not screen.sheet.is_open
    assert screen.behind.hasFocus()


def test_tab_stays_inside_in_both_directions(screen: Screen) -> None:
    screen.sheet.open()
    assert screen.edit.hasFocus()
    for expected in (screen.one, screen.two, screen.edit, screen.one):
        QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Tab)
        assert expected.hasFocus()
    for expected in (screen.edit, screen.two):
        QTest.keyClick(screen.window.focusWidget(), Qt.Key.Key_Backtab)
        assert expected.hasFocus()


def test_a_press_outside_closes_and_one_inside_does_not(screen: Screen, qtbot: QtBot) -> None:
    screen.sheet.open(screen.edit)
    QTest.mouseClick(screen.sheet, Qt.MouseButton.LeftButton, pos=screen.sheet.panel.geometry().center())
    assert screen.sheet.is_open
    QTest.mouseClick(screen.sheet, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not screen.sheet.is_open
    with qtbot.assertNotEmitted(screen.sheet.closed):
        screen.sheet.dismiss()


def test_the_panel_is_in_the_upper_middle_and_follows_the_window(screen: Screen) -> None:
    screen.sheet.open()
    panel = screen.sheet.panel.geometry()
    assert panel.width() == 620
    assert abs(panel.center().x() - 400) <= 1
    assert panel.top() == 600 // 8
    screen.window.resize(400, 300)
    assert screen.sheet.rect() == screen.window.rect()
    assert screen.window.rect().contains(screen.sheet.panel.geometry())


def test_no_shortcut_of_the_window_fires_while_a_sheet_has_the_keyboard(shown: Shown) -> None:
    host, runs = QWidget(), Runs()
    window = shown(host).window()
    for keys in ("Ctrl+Return", "1"):
        QShortcut(QKeySequence(keys), window).activated.connect(runs.run)
    sheet, button = Sheet(host, "Plan a meeting"), Button("Plan")
    sheet.column.addWidget(button)
    sheet.open(button)
    for widget in (button, sheet):
        QTest.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(widget, Qt.Key.Key_1)
    assert runs.count == 0
    sheet.dismiss()
    QTest.keyClick(window, Qt.Key.Key_1)
    assert runs.count == 1


def test_a_sheet_without_controls_still_answers_escape(shown: Shown) -> None:
    window = shown(width=500, height=300)
    sheet = Sheet(window, "Shortcuts")
    sheet.open()
    QTest.keyClick(sheet, Qt.Key.Key_Tab)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.is_open


@pytest.mark.parametrize(
    ("direction", "left"), [(Qt.LayoutDirection.LeftToRight, 360), (Qt.LayoutDirection.RightToLeft, 0)]
)
def test_a_drawer_stands_at_the_far_side(
    shown: Shown, theme: Theme, direction: Qt.LayoutDirection, left: int
) -> None:
    theme.set_reduced_motion(True)
    window = shown(width=700, height=400)
    window.setLayoutDirection(direction)
    drawer = Drawer(window, "Booking", Button("Book meeting"), width=340)
    drawer.open()
    assert (drawer.panel.x(), drawer.panel.width(), drawer.panel.height()) == (left, 340, 400)


def test_a_drawer_slides_in_and_ends_where_it_belongs(shown: Shown, qtbot: QtBot) -> None:
    window = shown(width=700, height=400)
    drawer = Drawer(window, "Booking", Button("Book meeting"), width=340)
    drawer.open()
    assert drawer.panel.x() > 360
    qtbot.waitUntil(lambda: drawer.panel.x() == 360)


def test_the_content_of_a_drawer_can_move_out_and_back(shown: Shown) -> None:
    window = shown(width=700, height=400)
    content = Button("Book meeting")
    drawer = Drawer(window, "Booking", content, width=340)
    assert drawer.release_content() is content
    assert content.parent() is None
    assert drawer.release_content() is None
    drawer.hold_content(content)
    assert drawer.panel.isAncestorOf(content)


def test_a_toast_view_is_a_child_of_its_host(stack: ToastStack, notices: Notices) -> None:
    notices.say("Copied")
    assert isinstance(stack.views[0], ToastView)
    assert stack.views[0].parentWidget() is stack.parent()
