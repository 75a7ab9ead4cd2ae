"""Buttons act by mouse, Space and Enter, say what they are, and wait while busy."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.theme import DARK, LIGHT, Theme
from app.ui.kit.widgets.buttons import Button, IconButton, LinkButton
from app.ui.kit.widgets.segmented import Segmented

Shown = Callable[..., QWidget]
DURATIONS = [("15", "15 min"), ("30", "30 min"), ("60", "60 min")]


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_press_it(shown: Shown, qtbot: QtBot, key: Qt.Key) -> None:
    button = Button("Book meeting", kind="primary")
    shown(button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_a_busy_button_ignores_presses_and_says_so(shown: Shown, qtbot: QtBot) -> None:
    button = Button("Book meeting", kind="primary")
    shown(button)
    button.setFocus()
    width = button.sizeHint().width()
    button.set_busy(True, "Booking…")
    assert button.accessibleName() == "Booking…"
    assert button.sizeHint().width() >= width
    with qtbot.assertNotEmitted(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            QTest.keyClick(button, key)
    assert button.hasFocus()
    button.set_busy(False)
    assert button.accessibleName() == "Book meeting"
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_ampersand_is_shown_and_makes_no_shortcut(qtbot: QtBot) -> None:
    button = Button("Save & next")
    qtbot.addWidget(button)
    assert button.label == "Save & next"
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Save & next"


def test_a_new_label_changes_name_and_room(qtbot: QtBot) -> None:
    button = Button("Book")
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.set_label("Save as draft", icon="copy")
    assert button.accessibleName() == "Save as draft"
    assert button.sizeHint().width() > before


@pytest.mark.parametrize(
    ("kind", "token"), [("primary", "accent"), ("secondary", "edge"), ("danger", "bad"), ("quiet", "text")]
)
def test_kinds_wear_their_tokens_in_both_schemes(shown: Shown, theme: Theme, kind: str, token: str) -> None:
    button = Button("Go on", kind=kind)  # type: ignore[arg-type]
    shown(button)
    for scheme, tokens in (("light", LIGHT), ("dark", DARK)):
        theme.set_scheme(scheme)  # type: ignore[arg-type]
        assert tokens.colour(token).lower() in colours(button)


def test_a_checkable_button_is_filled_while_checked(shown: Shown) -> None:
    button = Button("Completed", keys="1")
    button.setCheckable(True)
    shown(button)
    assert LIGHT.accent.lower() not in colours(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert LIGHT.accent.lower() in colours(button) or LIGHT.accent_hover.lower() in colours(button)


def test_an_icon_button_has_name_and_tooltip_with_its_key(qtbot: QtBot) -> None:
    button = IconButton("refresh-cw", "Refresh <all>", keys="F5")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Refresh <all>"
    assert "Refresh &lt;all&gt; (F5)" in button.toolTip()
    button.set_icon("check", "Done")
    assert button.accessibleName() == "Done"
    button.set_busy(True)
    assert button.grab().size() == button.size()


def test_a_link_button_acts(shown: Shown, qtbot: QtBot) -> None:
    link = LinkButton("Try now", tone="warn")
    shown(link)
    with qtbot.waitSignal(link.clicked):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    link.set_label("Try again")
    assert link.accessibleName() == "Try again"


def test_a_long_link_gives_way_to_the_room_and_tells_the_whole(shown: Shown, qtbot: QtBot) -> None:
    link = LinkButton("meet.example/" + "grace-unknownperson-" * 5, gives_way=True)
    window = shown(link, width=200)
    assert window.width() == 200
    assert link.geometry().right() < 200
    assert link.toolTip().count("unknownperson") == 5
    window.resize(1_600, 400)
    qtbot.waitUntil(lambda: link.toolTip() == "")
    assert link.width() == link.sizeHint().width()


def test_segments_choose_by_mouse_and_arrows(shown: Shown) -> None:
    control = Segmented("Duration", DURATIONS)
    shown(control)
    chosen: list[str] = []
    control.choice_changed.connect(chosen.append)
    assert control.choice == "15"
    QTest.mouseClick(control.segment("30"), Qt.MouseButton.LeftButton)
    QTest.keyClick(control.segment("30"), Qt.Key.Key_Right)
    assert control.choice == "60"
    assert chosen == ["30", "60"]


def test_setting_a_choice_is_silent_and_stepping_is_not(qtbot: QtBot) -> None:
    control = Segmented("Duration", DURATIONS)
    qtbot.addWidget(control)
    chosen: list[str] = []
    control.choice_changed.connect(chosen.append)
    control.set_choice("60")
    control.set_choice("no such")
    assert (control.choice, chosen) == ("60", [])
    control.step(1)
    control.set_choice_enabled("30", False)
    control.step(1)
    assert chosen == ["15", "60"]


def test_new_choices_keep_what_was_chosen(qtbot: QtBot) -> None:
    control = Segmented("Duration", DURATIONS)
    qtbot.addWidget(control)
    chosen: list[str] = []
    control.choice_changed.connect(chosen.append)
    control.set_choice("30")
    control.set_choices([("30", "30 min"), ("45", "45 min")])
    assert control.choice == "30"
    control.set_choices([("20", "20 min")])
    assert control.choice == "20"
    control.set_choices([])
    assert control.choice == ""
    control.step(1)
    assert chosen == []


def test_tab_reaches_the_chosen_segment_only(shown: Shown) -> None:
    before, control, after = Button("Before"), Segmented("Duration", DURATIONS), Button("After")
    window = shown(before, control, after)
    control.set_choice("30")
    before.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert control.segment("30").hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert after.hasFocus()
