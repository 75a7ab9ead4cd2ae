"""The separator of the Log screen stays where the rep dragged it."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QSplitter

from app.ui.screens.log.screen import WIDTHS_PAUSE_S, LogScreen
from app.ui.screens.log.view import LogView
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.stage import Stage

pytestmark = pytest.mark.qt_loop


async def test_a_dragged_separator_is_remembered(screen: LogScreen, hands: Hands, stage: Stage) -> None:
    splitter = screen.widget.findChildren(QSplitter)[0]
    splitter.moveSplitter(520, 1)
    await quiet()
    await stage.clock.advance(WIDTHS_PAUSE_S)
    await quiet()
    kept = stage.context.manners.preferences.window.log_widths
    assert kept[0] == 520
    screen.widget.setMinimumSize(1, 1)
    await hands.resize(500)
    assert isinstance(screen.widget, LogView)
    assert screen.widget.widths == ()


async def test_a_new_screen_begins_with_the_widths_that_were_kept(stage: Stage) -> None:
    place = stage.context.manners.preferences.window
    widths = (500, 867)
    await stage.context.services.preferences.change(window=replace(place, log_widths=widths))
    await quiet()
    screen = stage.screen()
    hands = Hands(screen.widget)
    await hands.show()
    assert isinstance(screen.widget, LogView)
    assert screen.widget.widths[0] == 500
    screen.widget.close()
    await stage.tasks.close()
    screen.widget.deleteLater()
