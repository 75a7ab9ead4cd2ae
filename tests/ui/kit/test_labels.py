"""Text from outside stays text: hostile strings never become markup, shortcuts or turned-around lines."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument, QTextDocumentFragment
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.ui.kit.labels import ElidedLabel, Label, Paragraph, caption, heading, muted
from app.ui.kit.text import clean, safe_tooltip, without_mnemonic
from app.ui.kit.theme import LIGHT

_MARKUP = (
    "<b>bold</b>",
    "<img src='http://x.example/a.png'>",
    "<a href='javascript:alert(1)'>here</a>",
    "<html><body>page</body></html>",
    "<!DOCTYPE html><p>x",
    "<table><tr><td>1",
    "&lt;b&gt;",
    "<style>*{color:red}</style>",
    "<script>alert(1)</script>",
    "<font color=red>red",
)
_TAILS = (
    "",
    " & Sons",
    "\u202egnp.exe",
    "\u2066inside\u2069",
    "\x00\x07\x1b[31m",
    "\r\nsecond line",
    "\ud800",
    " \u0627\u0644\u0639\u0631\u0628\u064a\u0629",
    "\ufeff\u200e",
    "e\u0301" * 40,
)
HOSTILE = [
    *("".join(pair) for pair in itertools.product(_MARKUP, _TAILS)),
    *("".join(reversed(pair)) for pair in itertools.product(_MARKUP, _TAILS)),
]
_FORBIDDEN = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x07\x1b\r\n\ufeff")


def is_rich(label: QLabel) -> bool:
    """True when the label laid its text out as a document or would."""
    plain = label.textFormat() is Qt.TextFormat.PlainText
    return not plain or bool(label.findChildren(QTextDocument))


def test_there_are_two_hundred_hostile_strings() -> None:
    assert len(HOSTILE) == 200


def test_no_hostile_string_becomes_rich_text_in_any_label(qtbot: QtBot) -> None:
    rich = []
    for text in HOSTILE:
        labels = (Label(text), ElidedLabel(text), Paragraph(text), heading(text), muted(text), caption(text))
        for label in labels:
            qtbot.addWidget(label)
            label.grab()
            if is_rich(label) or _FORBIDDEN & set(label.text().replace("\n", "")):
                rich.append(text)
    print(f"hostile strings: {len(HOSTILE)}, rich-text layouts: {len(rich)}")
    assert rich == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_tooltip_shows_the_text_itself(text: str) -> None:
    tip = safe_tooltip(text)
    shown = QTextDocumentFragment.fromHtml(tip).toPlainText()
    assert shown == clean(text, lines=True)


def test_an_empty_tooltip_stays_empty() -> None:
    assert safe_tooltip(" \u202e ") == ""


def test_ampersands_are_no_mnemonics() -> None:
    assert without_mnemonic("Smith & Sons && more") == "Smith && Sons &&&& more"


def test_lines_stay_only_where_they_are_wanted() -> None:
    assert clean("a\r\nb\u2028c") == "a b c"
    assert clean("a\r\n b  c\u2028d", lines=True) == "a\nb c\nd"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not _FORBIDDEN & set(once)


def test_an_elided_label_explains_itself_and_gives_way(qtbot: QtBot) -> None:
    label = ElidedLabel("A <b>name</b> that is much too long for the room")
    qtbot.addWidget(label)
    label.show()
    label.resize(60, 20)
    label.grab()
    assert label.is_elided()
    assert "&lt;b&gt;" in label.toolTip()
    assert label.minimumSizeHint().width() < 60
    label.resize(label.sizeHint())
    assert not label.is_elided()
    assert label.toolTip() == ""


def test_a_paragraph_is_as_high_as_its_lines(qtbot: QtBot) -> None:
    text = Paragraph("one two three four five six seven eight")
    qtbot.addWidget(text)
    wide, narrow = text.heightForWidth(1000), text.heightForWidth(60)
    assert wide == 19
    assert narrow % 19 == 0
    assert narrow >= 3 * 19
    text.setText("")
    assert text.heightForWidth(100) == 0


def test_a_long_word_breaks_instead_of_running_out(qtbot: QtBot) -> None:
    text = Paragraph("x" * 200)
    qtbot.addWidget(text)
    assert text.heightForWidth(100) > 5 * 19


def test_tones_are_the_tokens_and_follow_a_change(qtbot: QtBot) -> None:
    label = Label("text", tone="muted")
    qtbot.addWidget(label)
    assert label.palette().color(label.foregroundRole()).name() == LIGHT.muted.lower()
    label.set_tone("bad")
    assert label.palette().color(label.foregroundRole()).name() == LIGHT.bad.lower()


def test_selectable_text_can_be_reached_with_the_keyboard(qtbot: QtBot) -> None:
    label = Label("ada@northwind.example")
    qtbot.addWidget(label)
    label.set_selectable()
    assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    label.set_selectable(False)
    assert label.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
