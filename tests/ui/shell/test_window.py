"""The window: what is shown for whom, what it remembers, and how it closes."""

import base64

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.kit.theme import LIGHT
from app.ui.shell.frame import SMALLEST_SIZE, USUAL_SIZE, WindowFrame
from app.ui.shell.window import MainWindow
from tests.fakes.samples import sample_account
from tests.ui.screens.book.hands import CTRL, Hands
from tests.ui.screens.book.stage import Stage, quiet

pytestmark = pytest.mark.qt_loop


async def test_closing_asks_first_and_closes_only_for_good(window: MainWindow) -> None:
    asked: list[bool] = []
    window.close_requested.connect(lambda: asked.append(True))
    assert window.close() is False
    assert (asked, window.isVisible()) == ([True], True)
    window.close_for_good()
    assert (asked, window.isVisible()) == ([True], False)


async def test_ctrl_q_asks_to_close(hands: Hands, window: MainWindow) -> None:
    asked: list[bool] = []
    window.close_requested.connect(lambda: asked.append(True))
    await hands.press(Qt.Key.Key_Q, CTRL)
    assert asked == [True]
    assert window.isVisible()


async def test_signing_out_shows_the_sign_in_and_no_screen(
    hands: Hands, stage: Stage, window: MainWindow
) -> None:
    await stage.services.accounts.sign_out(stage.account.id)
    await quiet()
    assert not window.screens["book"].widget.isVisible()
    assert hands.has("signInHubSpot")
    window.show_screen("settings")
    assert hands.has("signInHubSpot")
    assert not [one for one in window.registry.commands if one.id.startswith("book.")]


async def test_it_remembers_where_it_stood_and_what_it_showed(window: MainWindow) -> None:
    window.show_screen("settings")
    place = window.place()
    assert place.screen == "settings"
    assert base64.b64decode(place.geometry, validate=True) == window.saveGeometry().data()


async def test_it_opens_on_the_screen_that_was_shown_last(stage: Stage) -> None:
    window = stage.manners.preferences.window
    await stage.services.preferences.change(window=type(window)(screen="settings"))
    made = MainWindow(stage.context, stage.tasks.child("again"))
    await Hands(made).show()
    assert set(made.screens) == {"settings"}
    made.close_for_good()
    made.deleteLater()
    await quiet()


async def test_a_screen_that_is_not_there_any_more_is_the_first_one(window: MainWindow) -> None:
    window.show_screen("settings")
    window.show_screen("gone")
    assert window.screens["book"].widget.isVisible()


async def test_another_account_starts_every_screen_anew(stage: Stage, window: MainWindow) -> None:
    other = sample_account(4712)
    stage.accounts.kept[other.id] = other
    await stage.services.accounts.load()
    before = stage.connections.crm(other.id).links.count("end")
    await stage.services.accounts.activate(other.id)
    await quiet()
    assert stage.connections.crm(other.id).links.count("end") > before
    assert window.screens["book"].widget.isVisible()


async def test_coming_back_to_the_front_refreshes_what_is_old(stage: Stage, window: MainWindow) -> None:
    await stage.clock.advance(120)
    before = stage.scheduler.count("availability")
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    await quiet()
    assert stage.scheduler.count("availability") > before


async def test_the_frame_passes_closing_on_to_its_content(stage: Stage) -> None:
    frame = WindowFrame(LIGHT)
    content = MainWindow(stage.context, stage.tasks.child("framed"))
    asked: list[bool] = []
    content.close_requested.connect(lambda: asked.append(True))
    frame.hold(content)
    await Hands(frame).show(900, 700)
    assert frame.close() is False
    assert (asked, frame.isVisible()) == ([True], True)
    content.close_for_good()
    frame.close_for_good()
    assert not frame.isVisible()
    frame.deleteLater()
    await quiet()


async def test_an_empty_frame_that_is_closed_is_unwanted(applied_theme: object) -> None:
    frame = WindowFrame(LIGHT, "no geometry at all")
    assert frame.size().width() <= USUAL_SIZE.width()
    assert frame.minimumSize() == SMALLEST_SIZE
    frame.show()
    assert not frame.grab().isNull()
    assert not frame.close()
    assert (frame.is_unwanted, frame.isVisible()) == (True, False)
    frame.deleteLater()
    await quiet()


async def test_a_frame_stands_where_it_stood(applied_theme: object) -> None:
    first = WindowFrame(LIGHT)
    first.resize(777, 555)
    kept = base64.b64encode(first.saveGeometry().data()).decode()
    second = WindowFrame(LIGHT, kept)
    assert second.size() == first.size()
    for frame in (first, second):
        assert isinstance(frame, QWidget)
        frame.deleteLater()
    await quiet()
