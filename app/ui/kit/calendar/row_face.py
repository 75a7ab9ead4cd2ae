"""The look of a slot as a row: time at the left, the other zone's time at the right."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui.kit.calendar.glyphs import GLYPH, check_mark, draw_glyph, warning_triangle
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.model import GridSlot, SlotState
from app.ui.kit.paint import box
from app.ui.kit.theme import MEASURES, Tokens

ROW = MEASURES.control
ROW_GAP = MEASURES.s
REACH = MEASURES.focus_gap + MEASURES.focus_width
_GAP = 8
_BESIDE = 12


class _Look(NamedTuple):
    fill: str
    edge: str
    text: str
    detail: str


def paint_row(
    painter: QPainter, area: QRectF, slot: GridSlot, ink: Ink, *, hovered: bool, pressed: bool, stale: bool
) -> None:
    """Paint a slot into `area`, in the colours of the week grid; the time of a chosen one is bold."""
    look, chosen = _look(slot, ink.tokens, hovered=hovered or pressed, stale=stale), _is_chosen(slot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box(painter, area, radius=MEASURES.radius_small, fill=look.fill, edge=look.edge)
    margin = min(_BESIDE, area.width() / 8)
    left, right, middle = area.left() + margin, area.right() - margin, area.center().y()
    right = _paint_marks(painter, slot, ink, right, middle, look)
    time = ink.date if chosen else ink.time
    painter.setPen(QColor(look.text))
    shown = time.fit(slot.label, right - left)
    time.write(painter, shown, left, middle)
    room = right - left - time.width(shown) - _GAP
    if slot.detail and room > 0:
        painter.setPen(QColor(look.detail))
        ink.date_quiet.write_before(painter, ink.date_quiet.fit(slot.detail, room), right, middle)


def _is_chosen(slot: GridSlot) -> bool:
    return slot.state is not SlotState.FREE


def _look(slot: GridSlot, tokens: Tokens, *, hovered: bool, stale: bool) -> _Look:
    if _is_chosen(slot):
        fill = tokens.accent_hover if hovered else tokens.accent
        return _Look(fill, fill, tokens.on_accent, tokens.on_accent)
    if stale:
        return _Look(tokens.hover if hovered else tokens.sunken, tokens.edge, tokens.muted, tokens.muted)
    if hovered:
        return _Look(tokens.accent_soft_hover, tokens.accent, tokens.accent_text, tokens.accent_text)
    return _Look(tokens.accent_soft, tokens.accent_edge, tokens.accent_text, tokens.accent_text)


def paint_ring(painter: QPainter, area: QRectF, ink: Ink) -> None:
    """The focus ring around a row: 2 px of accent, 2 px away from it."""
    away = MEASURES.focus_gap + MEASURES.focus_width / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.colour("accent"), MEASURES.focus_width))
    radius = MEASURES.radius_small + away
    painter.drawRoundedRect(area.adjusted(-away, -away, away, away), radius, radius)


def _paint_marks(
    painter: QPainter, slot: GridSlot, ink: Ink, right: float, middle: float, look: _Look
) -> float:
    """Draw the marks from the right, and say where they begin."""
    marks = []
    if slot.offline_risk:
        marks.append((warning_triangle, look.text if _is_chosen(slot) else ink.tokens.warn))
    if slot.state is SlotState.SHARED:
        marks.append((check_mark, look.text))
    for shape, colour in marks:
        draw_glyph(painter, shape(right - GLYPH, middle - GLYPH / 2), QColor(colour))
        right -= GLYPH + _GAP
    return right
