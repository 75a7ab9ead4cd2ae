"""Closing the window at once, with its button or Ctrl+Q: whenever it is done, it ends in good order."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.compose.running import RunningApp
from app.ui.shell.frame import WindowFrame
from tests.journeys.house import House

pytestmark = [pytest.mark.journey, pytest.mark.qt_loop]


def by_button(window: QWidget) -> None:
    """What the window's own close button does."""
    window.close()


def by_keys(window: QWidget) -> None:
    """Ctrl+Q on whatever has the keyboard."""
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


WAYS = pytest.mark.parametrize("way", [by_button, by_keys])


async def ends(running: RunningApp) -> None:
    """Return when the app wants to end."""
    async with asyncio.timeout(10):
        await running.closed()


@WAYS
async def test_before_there_is_anything_in_the_window(
    house: House, monkeypatch: pytest.MonkeyPatch, way: object
) -> None:
    shown = WindowFrame.showEvent

    def close_at_once(frame: WindowFrame, event: object) -> None:
        shown(frame, event)  # type: ignore[arg-type]
        way(frame)  # type: ignore[operator]

    monkeypatch.setattr(WindowFrame, "showEvent", close_at_once, raising=False)
    async with house.open() as rep:
        await ends(rep.running)
        assert not rep.running.window.isVisible()


@WAYS
async def test_as_soon_as_the_window_is_there(house: House, way: object) -> None:
    async with house.open() as rep:
        window = rep.running.window.window()
        await rep.hands.until(rep.running.window.isVisible, "the window's content")
        way(window)  # type: ignore[operator]
        await ends(rep.running)
    assert house.closing_s <= 2


@WAYS
async def test_while_a_sign_in_is_on_its_way(house: House, way: object) -> None:
    async with house.open() as rep:
        await rep.hands.click("openSandbox")
        accounts = rep.running.services.accounts.state
        await rep.hands.until(lambda: accounts.value.is_signing_in, "the sign-in")
        way(rep.running.window.window())  # type: ignore[operator]
        await ends(rep.running)
    async with house.open() as rep:
        assert not rep.banners
