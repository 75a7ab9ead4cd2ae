"""The theme reaches every widget, follows the choice and the system, and leaves nothing in default grey."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.theme import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    Role,
    Theme,
    Tokens,
    font,
    tabular,
    tokens_of,
)
from app.ui.kit.theme.fonts import uses_bundled_faces
from app.ui.kit.theme.palette import palette_for
from app.ui.kit.theme.stylesheet import stylesheet_for
from app.ui.kit.theme.theme import Scheme, choose_tokens
from app.ui.kit.theme.tokens import COLOUR_NAMES, SCHEMES


@pytest.mark.parametrize(
    ("scheme", "system_dark", "high_contrast", "expected"),
    [
        ("light", True, False, LIGHT),
        ("dark", False, False, DARK),
        ("system", False, False, LIGHT),
        ("system", True, False, DARK),
        ("system", True, True, DARK_CONTRAST),
        ("light", True, True, LIGHT_CONTRAST),
    ],
)
def test_tokens_follow_choice_and_system(
    scheme: Scheme, system_dark: bool, high_contrast: bool, expected: Tokens
) -> None:
    assert choose_tokens(scheme, system_dark=system_dark, high_contrast=high_contrast) is expected


def test_a_new_scheme_reaches_shown_and_hidden_widgets(theme: Theme, qtbot: QtBot) -> None:
    hidden, seen = QWidget(), QWidget()
    child = QWidget(seen)
    for widget in (hidden, seen):
        qtbot.addWidget(widget)
    seen.show()
    with qtbot.waitSignal(theme.changed):
        theme.set_scheme("dark")
    assert [tokens_of(widget) for widget in (hidden, seen, child, QWidget())] == [DARK] * 4
    assert theme.tokens is DARK
    assert theme.scheme == "dark"


def test_the_same_scheme_again_is_silent(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_scheme("light")


def test_system_follows_the_style_hints(theme: Theme) -> None:
    theme.set_scheme("system")
    hints = QGuiApplication.styleHints()
    try:
        hints.setColorScheme(Qt.ColorScheme.Dark)
        assert theme.tokens is (DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT)
    finally:
        hints.unsetColorScheme()


def test_a_subtree_can_show_the_other_scheme(qtbot: QtBot) -> None:
    preview = QWidget()
    qtbot.addWidget(preview)
    preview.setPalette(palette_for(DARK))
    assert tokens_of(preview) is DARK


@pytest.mark.parametrize("tokens", SCHEMES, ids=lambda tokens: tokens.name)
def test_no_palette_role_keeps_qts_own_grey(tokens: Tokens) -> None:
    ours = {QColor(tokens.colour(name)).rgb() for name in COLOUR_NAMES}
    palette = palette_for(tokens)
    roles = [role for role in QPalette.ColorRole if role.name not in ("NoRole", "NColorRoles")]
    groups = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)
    foreign = [
        f"{group.name} {role.name}"
        for group in groups
        for role in roles
        if palette.color(group, role).rgb() not in ours
    ]
    assert foreign == []


def test_the_style_sheet_has_no_token_left() -> None:
    text = stylesheet_for(LIGHT)
    assert len(text) > 1000
    assert "@" not in text


def test_roles_have_the_sizes_of_the_design() -> None:
    """Lines are as long as in the size asked for, also where Qt has to draw the next whole size."""
    sample = "Round robin · 4 people · 45 min, Mei Nelson, portal 8412770, EU"
    wanted: dict[Role, float] = {"base": 13, "small": 11.5, "caption": 10.5, "title": 15, "welcome": 24}
    for role, pixels in wanted.items():
        large = font(role)
        large.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0)
        large.setPixelSize(1000)
        ideal = QFontMetricsF(large).horizontalAdvance(sample) * pixels / 1000
        assert QFontMetricsF(font(role)).horizontalAdvance(sample) == pytest.approx(ideal, rel=0.01)


def test_the_bundled_faces_are_in_use() -> None:
    assert uses_bundled_faces("linux")
    assert not uses_bundled_faces("darwin")
    assert not uses_bundled_faces("win32")
    if uses_bundled_faces():
        assert QFontInfo(font("base")).family() == "Inter"
        assert QApplication.font().family() == "Inter"


def test_tabular_digits_have_one_width() -> None:
    metrics = QFontMetricsF(tabular("base"))
    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("00:00")
