"""What holds for every widget: it can be taken apart, named, reached by Tab, and read at every scale."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.kit.gallery_boards import BOARDS

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


def run(module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", module, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def complaints(text: str) -> list[str]:
    """Lines that are not the offscreen platform talking about itself."""
    return [line for line in text.splitlines() if "This plugin does not support" not in line]


def test_windows_can_be_taken_apart_in_any_way() -> None:
    done = run("tests.ui.kit.teardown")
    print(done.stdout.strip())
    assert done.returncode == 0
    assert complaints(done.stderr) == []


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
def test_nothing_is_clipped_at_any_scale(scale: str) -> None:
    done = run("tests.ui.kit.clipping", QT_SCALE_FACTOR=scale)
    print(f"scale {scale}: {done.stdout.strip()}")
    assert complaints(done.stderr) == []
    assert done.returncode == 0


@pytest.mark.parametrize("name", sorted(BOARDS))
def test_every_control_has_a_name_and_a_focus_that_can_be_seen(qtbot: QtBot, name: str) -> None:
    board = BOARDS[name]()
    qtbot.addWidget(board)
    controls = [each for each in board.findChildren(QWidget) if isinstance(each, CONTROLS)]
    own = [each for each in controls if not each.objectName().startswith("qt_") and each.parent() is not None]
    nameless = [
        type(each).__name__ for each in own if not each.accessibleName() and not is_inside_combo(each)
    ]
    assert nameless == []


def is_inside_combo(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox):
            return True
        parent = parent.parentWidget()
    return False


def test_tab_goes_through_a_form_in_reading_order(shown: Callable[..., QWidget]) -> None:
    board = BOARDS["fields"]()
    window = shown(board, height=760)
    visited: list[str] = []
    first = next(each for each in board.findChildren(QLineEdit))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(12):
        focused = window.focusWidget()
        assert focused is not None
        visited.append(focused.accessibleName())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert visited[:7] == [
        "Search links",
        "Guest",
        "First name",
        "Last name",
        "Company size, required",
        "Add guests",
        "Phone, required",
    ]
