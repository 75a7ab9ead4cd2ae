"""Hostile texts, right to left and narrow windows: nothing is interpreted, nothing sticks out."""

from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.changes import AttachFile, ChangeState, Refusal
from app.domain.meetings import MeetingDetails, MeetingId
from app.domain.projection import PendingMark
from app.services.meetings.state import MeetingRow
from app.ui.kit.theme import Theme
from app.ui.screens.log.listing.list_view import MeetingList
from app.ui.screens.log.listing.narrowing import Segment
from tests.ui.screens.book.hands import Hands
from tests.ui.screens.book.stage import quiet
from tests.ui.screens.log.fakes import change, edit, record, row
from tests.ui.screens.log.stage import Stage, at

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]

EVIL = (
    "<b>Bold</b><img src=file:///etc/passwd>",
    "W" * 10_000,
    "\u202egnp.exe\u202c\u0000\u0007",
    "مرحبا بالعالم",
    "😀👩‍👩‍👧 Zoë",
    "&File &amp; 100 %",
    "line\nbreak\u2028and\ttab",
    "\ud800 half a pair",
)
_CONTROL = {"\u202e", "\u0000", "\u0007", "\n", "\u2028", "\t", "\ud800"}


def hostile() -> tuple[MeetingRow, ...]:
    marks = (*PendingMark, None, None)
    return tuple(
        row(
            str(place),
            text,
            at(-place, 9),
            text,
            record("contact", text),
            record("company", text),
            pending=mark,
        )
        for place, (text, mark) in enumerate(zip(EVIL, marks, strict=True))
    )


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_hostile_meetings_are_painted_as_text(
    applied_theme: Theme, direction: Qt.LayoutDirection, scheme: Literal["light", "dark"]
) -> None:
    applied_theme.set_scheme(scheme)
    stage = Stage(theme=applied_theme, rows=hostile())
    await stage.load()
    screen = stage.screen()
    screen.widget.setLayoutDirection(direction)
    screen.start()
    hands = Hands(screen.widget)
    await hands.show(900, 700)
    screen.listing.show_segment(Segment.ALL)
    await quiet()
    view = hands.find(MeetingList, "log.list")
    spoken = [str(view.model().index(place, 0).data()) for place in range(len(EVIL))]
    assert any("<img src=file:///etc/passwd>" in text for text in spoken)
    assert not any(set(text) & _CONTROL for text in spoken)
    assert not view.grab().isNull()
    for width in (1300, 640, 480):
        await hands.resize(width)
        assert view.horizontalScrollBar().maximum() == 0
    screen.widget.close()
    await stage.close()
    screen.widget.deleteLater()
    assert stage.errors == []


async def test_hostile_changes_are_labels_of_plain_text(applied_theme: Theme) -> None:
    stage = Stage(theme=applied_theme, rows=hostile())
    await stage.load()
    screen = stage.screen()
    screen.start()
    hands = Hands(screen.widget)
    await hands.show(900, 700)
    refusal = Refusal("Rejected", EVIL[0], {EVIL[0]: EVIL[1]}, EVIL[2])
    changes = [
        change(
            place,
            edit("0", MeetingDetails(title="Old", notes=text), MeetingDetails(title=text, notes="new")),
            ChangeState.DEAD,
            refusal=refusal,
        )
        for place, text in enumerate(EVIL)
    ]
    upload = change(40, AttachFile(MeetingId("0"), "s", EVIL[0], 3), ChangeState.CONFLICT)
    stage.outbox.put(*changes, upload)
    screen.show_outbox()
    for one in (*changes, upload):
        screen.outbox.open(one.id)
        await quiet(5)
        for label in screen.widget.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText
            assert not set(label.text()) & (_CONTROL - {"\n"})
    screen.widget.close()
    await stage.close()
    screen.widget.deleteLater()
    assert stage.errors == []
