"""How the Agenda looks where it can be computed: contrast, the pointer, right to left."""

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.domain.projection import PendingMark
from app.ui.kit.theme import Theme
from app.ui.kit.theme.tokens import DARK, LIGHT, Tokens
from app.ui.screens.agenda.listing.painting import action_rect
from tests.ui.kit.theme.test_tokens import contrast
from tests.ui.screens.agenda.bench import Bench
from tests.ui.screens.agenda.listing.snapshots import faces, row, snapshot

pytestmark = [pytest.mark.qt_loop, pytest.mark.qt_log_ignore("This plugin does not support", extend=True)]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_past_rows_and_the_line_can_be_read(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.accent_soft, tokens.hover):
        assert contrast(tokens.muted, ground) >= 4.5
    assert contrast(tokens.bad, tokens.surface) >= 4.5


def picture(bench: Bench) -> QImage:
    return bench.rows.viewport().grab().toImage()


async def move(bench: Bench, place: QPointF) -> None:
    """The pointer moves; sent by hand, for QTest would turn Qt's loop inside the task."""
    viewport = bench.rows.viewport()
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(
        QEvent.Type.MouseMove, place, QPointF(viewport.mapToGlobal(place.toPoint())), none, none, plain
    )
    QApplication.sendEvent(viewport, event)
    await bench.rest()


async def test_row_and_button_answer_to_the_pointer(bench: Bench) -> None:
    key = next(face.key for face in bench.faces if face.title == "Partner call")
    button = bench.rows.button_rect(key)
    resting = picture(bench)
    await move(bench, QPointF(button.center()) - QPointF(200, 0))
    over_row = picture(bench)
    await move(bench, QPointF(button.center()))
    over_button = picture(bench)
    spot = button.topLeft() + button.bottomRight()
    place = (button.left() + 6, spot.y() // 2)
    assert resting.pixelColor(60, button.top()) != over_row.pixelColor(60, button.top())
    assert over_row.pixelColor(*place) != over_button.pixelColor(*place)
    QApplication.sendEvent(bench.rows.viewport(), QEvent(QEvent.Type.Leave))
    assert picture(bench) == resting


async def test_rows_are_painted_in_every_dress(bench: Bench, applied_theme: Theme) -> None:
    """Dark, right to left, and so narrow that the buttons are only signs."""
    whole = bench.screen.widget
    light = whole.grab().toImage().pixelColor(2, 2)
    applied_theme.set_scheme("dark")
    await bench.rest()
    assert whole.grab().toImage().pixelColor(2, 2).lightness() < light.lightness()
    applied_theme.set_scheme("light")
    bench.screen.widget.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    await bench.rest()
    key = bench.faces[0].key
    assert bench.rows.button_rect(key).left() < 100
    bench.screen.widget.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    await bench.hands.resize(700, 700)
    await bench.hands.resize(408, 700)
    assert bench.rows.button_rect(key).width() == 32


def test_a_button_stands_at_the_end_of_its_row_in_both_directions() -> None:
    face = faces(snapshot([row(1, "Call", snapshot().now)]))
    frame = QRectF(0, 100, 900, 64)
    ltr = action_rect(frame, face[0], Qt.LayoutDirection.LeftToRight)
    rtl = action_rect(frame, face[0], Qt.LayoutDirection.RightToLeft)
    assert frame.right() - ltr.right() == rtl.left() - frame.left()
    assert frame.contains(ltr)


async def test_what_waits_is_painted_beside_the_line(bench: Bench) -> None:
    before = picture(bench)
    assert all(face.pending is None for face in bench.faces)
    await bench.desk.services.meetings.set_outcome((bench.faces[3].key.meeting_id,), "RESCHEDULED")
    await bench.rest(1)
    assert bench.faces[3].pending is PendingMark.WAITING
    assert picture(bench) != before
