"""The window that says why Slotdesk did not start: whole, plain, and closed with a key or a press."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.problems import StorageFailed, StorageTrouble
from app.ui.kit.labels import Paragraph
from app.ui.kit.wording import Words, words_for
from app.ui.shell.start_failure import StartFailureDialog, fault_words, no_display_words

LONG = "/home/mei/.local/share/slotdesk/a folder with a very long name indeed/data"


@pytest.fixture
def shown(qtbot: QtBot) -> StartFailureDialog:
    dialog = StartFailureDialog(words_for(StorageFailed(StorageTrouble.IN_USE, LONG)))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    return dialog


def test_it_says_what_happened_and_where(shown: StartFailureDialog) -> None:
    said = [label.text() for label in shown.findChildren(QLabel)]
    assert said[0] == "Slotdesk is open already"
    assert LONG in said[1]
    assert shown.accessibleName() == f"{said[0]}. {said[1]}"
    assert shown.windowTitle() == "Slotdesk"


@pytest.mark.parametrize("times", range(1, 8))
def test_no_text_is_cut_off(qtbot: QtBot, times: int) -> None:
    dialog = StartFailureDialog(Words("A title", f"{LONG} " * times))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    for label in dialog.findChildren(Paragraph):
        assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape])
def test_a_key_closes_it(qtbot: QtBot, shown: StartFailureDialog, key: Qt.Key) -> None:
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is shown.close_button)
    with qtbot.waitSignal(shown.finished):
        QTest.keyClick(shown.close_button, key)
    assert not shown.isVisible()


def test_its_button_closes_it(qtbot: QtBot, shown: StartFailureDialog) -> None:
    with qtbot.waitSignal(shown.finished):
        QTest.mouseClick(shown.close_button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("text", ["<b>bold</b>.db", "a&b.db", "line\u202egnp.db"])
def test_a_hostile_path_stays_plain_text(qtbot: QtBot, text: str) -> None:
    dialog = StartFailureDialog(words_for(StorageFailed(StorageTrouble.FULL, text)))
    qtbot.addWidget(dialog)
    labels = dialog.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert not any("\u202e" in label.text() for label in labels)


def test_without_a_display_two_ways_out_are_named() -> None:
    sentence = no_display_words().sentence
    assert "--tour" in sentence
    assert "QT_QPA_PLATFORM=offscreen" in sentence
    assert "--debug" in fault_words().sentence
