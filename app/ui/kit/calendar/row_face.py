"""The look of a slot as a row: time at the left, the other zone's time at the right."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.kit.calendar.glyphs import GLYPH, check_mark, draw_glyph, warning_triangle
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.model import GridSlot, SlotState
from app.ui.kit.paint import box
from app.ui.kit.theme import MEASURES

ROW = MEASURES.control
ROW_GAP = MEASURES.s
REACH = MEASURES.focus_gap + MEASURES.focus_width
_GAP = 8
_BESIDE = 12


def paint_row(
    painter: QPainter, area: QRectF, slot: GridSlot, ink: Ink, *, hovered: bool, pressed: bool, stale: bool
) -> None:
    """Paint a slot into `area`; a chosen one is tinted and its time is bold."""
    tokens = ink.tokens
    chosen = slot.state is not SlotState.FREE
    if chosen:
        fill, edge, text = tokens.accent_soft, tokens.accent, tokens.accent_text
    else:
        fill, edge = tokens.surface, tokens.edge_hover if hovered else tokens.edge
        text = tokens.muted if stale else tokens.text
    if pressed or hovered:
        fill = tokens.accent_soft_hover if chosen else tokens.pressed if pressed else tokens.hover
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box(painter, area, radius=MEASURES.radius, fill=fill, edge=edge)
    margin = min(_BESIDE, area.width() / 8)
    left, right, middle = area.left() + margin, area.right() - margin, area.center().y()
    right = _paint_marks(painter, slot, ink, right, middle)
    time = ink.date if chosen else ink.time
    painter.setPen(QColor(text))
    shown = time.fit(slot.label, right - left)
    time.write(painter, shown, left, middle)
    room = right - left - time.width(shown) - _GAP
    if slot.detail and room > 0:
        painter.setPen(ink.colour("muted"))
        ink.date_quiet.write_before(painter, ink.date_quiet.fit(slot.detail, room), right, middle)


def paint_ring(painter: QPainter, area: QRectF, ink: Ink) -> None:
    """The focus ring around a row: 2 px of accent, 2 px away from it."""
    away = MEASURES.focus_gap + MEASURES.focus_width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.colour("accent"), MEASURES.focus_width))
    radius = MEASURES.radius + away
    painter.drawRoundedRect(area.adjusted(-away, -away, away, away), radius, radius)


def _paint_marks(painter: QPainter, slot: GridSlot, ink: Ink, right: float, middle: float) -> float:
    """Draw the marks from the right, and say where they begin."""
    marks = []
    if slot.offline_risk:
        marks.append((warning_triangle, "warn"))
    if slot.state is SlotState.SHARED:
        marks.append((check_mark, "accent_text"))
    for shape, token in marks:
        draw_glyph(painter, shape(right - GLYPH, middle - GLYPH / 2), ink.colour(token))
        right -= GLYPH + _GAP
    return right
