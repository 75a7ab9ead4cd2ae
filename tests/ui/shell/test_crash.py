"""The crash dialog: one at a time, no value of a variable in it, and the window goes on behind it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit

from app import __version__
from app.ui.shell.crash import CrashDialog, crash_details
from app.ui.shell.window import MainWindow
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet

SECRET = "ada@northwind.example"


def fault() -> ValueError:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        return error


def button(dialog: CrashDialog, text: str) -> QAbstractButton:
    return next(one for one in dialog.findChildren(QAbstractButton) if one.text() == text)


def test_details_name_version_kind_and_place_and_no_value() -> None:
    lines = crash_details(fault()).splitlines()
    assert lines[:2] == [f"Slotdesk {__version__}", "ValueError"]
    assert lines[2].startswith("test_crash.py:")
    assert lines[2].endswith(" fault")
    assert SECRET not in "".join(lines)


def test_a_fault_that_was_never_raised_has_no_place() -> None:
    assert crash_details(KeyError("x")).splitlines() == [f"Slotdesk {__version__}", "KeyError"]


@pytest.mark.qt_loop
async def test_it_says_what_to_do_and_copies_the_details(hands: Hands, window: MainWindow) -> None:
    window.show_crash(fault())
    dialog = hands.find(CrashDialog, "crashDialog")
    assert any("/logs" in label.text() for label in dialog.findChildren(QLabel))
    shown = dialog.findChild(QPlainTextEdit)
    assert isinstance(shown, QPlainTextEdit)
    assert shown.isReadOnly()
    QGuiApplication.clipboard().clear()
    await hands.click(button(dialog, "Copy details"))
    copied = QGuiApplication.clipboard().text()
    assert copied == shown.toPlainText()
    assert copied.splitlines()[1] == "ValueError"
    await hands.click(button(dialog, "Go on"))


@pytest.mark.qt_loop
async def test_there_is_one_at_a_time_and_another_after_it_was_read(hands: Hands, window: MainWindow) -> None:
    window.show_crash(fault())
    first = hands.find(CrashDialog, "crashDialog")
    window.show_crash(KeyError("another"))
    assert hands.find(CrashDialog, "crashDialog") is first
    await hands.click(button(first, "Go on"))
    await quiet()
    window.show_crash(KeyError("another"))
    second = hands.find(CrashDialog, "crashDialog")
    shown = second.findChild(QPlainTextEdit)
    assert isinstance(shown, QPlainTextEdit)
    assert "KeyError" in shown.toPlainText()
    second.reject()


@pytest.mark.qt_loop
async def test_the_window_goes_on_behind_it(hands: Hands, window: MainWindow) -> None:
    window.show_crash(fault())
    window.show_screen("settings")
    await quiet()
    assert window.screens["settings"].widget.isVisible()
    dialog = hands.find(CrashDialog, "crashDialog")
    assert dialog.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    await quiet()
    assert window.findChildren(CrashDialog) == []


@pytest.mark.qt_loop
async def test_nobody_is_asked_while_the_window_ends(hands: Hands, window: MainWindow) -> None:
    window.close_for_good()
    window.show_crash(fault())
    assert window.findChildren(CrashDialog) == []
    assert not hands.window.isVisible()
