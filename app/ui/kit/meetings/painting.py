"""How a row of a list of meetings is painted; the painter stands on a widget or a delegate's viewport."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from app.ui.kit.icons import paint_icon
from app.ui.kit.meetings.face import MeetingFace
from app.ui.kit.meetings.words import pending_tone, pending_words
from app.ui.kit.paint import box, leading, line_of_text, mirrored_in
from app.ui.kit.theme import MEASURES, Tokens, font, tabular
from app.ui.kit.widgets.badges import badge_width, paint_badge
from app.ui.kit.widgets.skeleton import paint_shimmer

ROW_HEIGHT: Final = 55
HEADING_HEIGHT: Final = 32
_EDGE: Final = 14.0
_TIME: Final = 53.0
_UPPER: Final = 9.0
_LOWER: Final = 28.0


def paint_heading(painter: QPainter, rect: QRectF, text: str, tokens: Tokens) -> None:
    """The day above its meetings."""
    painter.setFont(font("small_strong"))
    line_of_text(painter, rect.adjusted(_EDGE + 2, 0, -_EDGE - 2, 0), text, tokens.muted)


def paint_ground(
    painter: QPainter,
    rect: QRectF,
    tokens: Tokens,
    *,
    is_selected: bool = False,
    is_hovered: bool = False,
    has_focus: bool = False,
) -> None:
    """What lies under a row, and the hairline that ends it."""
    if is_selected:
        painter.fillRect(rect, QColor(tokens.accent_soft))
    elif is_hovered:
        painter.fillRect(rect, QColor(tokens.hover))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(tokens.line))
    if has_focus:
        box(painter, rect.adjusted(2, 2, -2, -3), radius=MEASURES.radius_small, edge=tokens.accent, width=2)


def paint_meeting(painter: QPainter, rect: QRectF, face: MeetingFace, tokens: Tokens) -> None:
    """Time, title over people, outcome over the way to HubSpot."""
    upper = QRectF(rect.left() + _EDGE, rect.top() + _UPPER, rect.width() - 2 * _EDGE, 19)
    lower = QRectF(upper.left(), rect.top() + _LOWER, upper.width(), 17)
    painter.setFont(tabular("base"))
    room = max(_TIME, QFontMetricsF(painter.font()).horizontalAdvance(face.time) + 8) if face.time else _TIME
    _line(painter, rect, QRectF(upper.left(), upper.top(), room, 19), face.time, tokens.muted)
    width = min(badge_width(face.outcome), upper.width() * 0.45)
    badge = QRectF(upper.right() - width, upper.top(), width, 19)
    title = QRectF(upper.left() + room, upper.top(), badge.left() - MEASURES.s - upper.left() - room, 19)
    painter.setFont(font("medium"))
    _line(painter, rect, title, face.title, tokens.text)
    end = lower.right() if face.pending is None else _paint_pending(painter, rect, lower, face, tokens)
    painter.setFont(font("small"))
    line = QRectF(title.left(), lower.top(), end - MEASURES.s - title.left(), 17)
    _line(painter, rect, line, face.line, tokens.muted)
    place = mirrored_in(painter.layoutDirection(), rect, badge)
    shape = QFontMetricsF(font("tag"))
    outcome = shape.elidedText(face.outcome, Qt.TextElideMode.ElideRight, width - 17)
    paint_badge(painter, place, outcome, face.outcome_tone, tokens)


def paint_waiting(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """The shape of a row that is still being read."""
    left, top = rect.left() + _EDGE, rect.top()
    shapes = (
        QRectF(left, top + 14, 36, 9),
        QRectF(left + _TIME, top + 13, rect.width() * 0.36, 10),
        QRectF(left + _TIME, top + 32, rect.width() * 0.5, 8),
    )
    for shape in shapes:
        place = mirrored_in(painter.layoutDirection(), rect, shape)
        paint_shimmer(painter, place, tokens, phase=0.0, radius=place.height() / 2)


def _paint_pending(
    painter: QPainter, frame: QRectF, rect: QRectF, face: MeetingFace, tokens: Tokens
) -> float:
    """Paint what is on its way at the end of the line; returns where the line before it has to end."""
    if face.pending is None:
        return rect.right()
    words, colour = pending_words(face.pending), tokens.colour(pending_tone(face.pending))
    painter.setFont(font("small_medium"))
    width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2
    text = QRectF(rect.right() - width, rect.top(), width, rect.height())
    sign = QRectF(text.left() - 16, rect.center().y() - 6, 12, 12)
    is_quiet = pending_tone(face.pending) == "muted"
    icon = mirrored_in(painter.layoutDirection(), frame, sign)
    paint_icon(painter, "clock" if is_quiet else "triangle-alert", colour, icon)
    _line(painter, frame, text, words, colour)
    return sign.left()


def _line(painter: QPainter, frame: QRectF, rect: QRectF, text: str, colour: str) -> None:
    direction: Qt.LayoutDirection = painter.layoutDirection()
    line_of_text(painter, mirrored_in(direction, frame, rect), text, colour, leading(direction))
