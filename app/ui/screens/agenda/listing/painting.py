"""How the items of the Agenda are painted, and where the button of a row stands."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.ui.kit.icons import paint_icon
from app.ui.kit.meetings.words import pending_tone, pending_words
from app.ui.kit.paint import box, leading, line_of_text, mirrored_in
from app.ui.kit.theme import MEASURES, Tokens, font, tabular
from app.ui.kit.widgets.badges import badge_width, paint_badge
from app.ui.kit.widgets.skeleton import paint_shimmer
from app.ui.screens.agenda.listing.faces import RowAction, RowFace
from app.ui.screens.agenda.listing.props import NowLine

translate = QCoreApplication.translate
HEADING_HEIGHT: Final = 34
ROW_HEIGHT: Final = 64
QUIET_HEIGHT: Final = 46
EDGE: Final = 18.0
TIME_ROOM: Final = 100.0
NARROW_TIME_ROOM: Final = 66.0
NARROW: Final = 480.0
_GAP: Final = 15.0
_UPPER, _LOWER, _LINE = 12.0, 33.0, 19.0
_LABEL: Final = 17.0


def time_room(width: float, widest: float) -> float:
    """How wide the column of times is in a list that wide; `widest` is the longest time in it."""
    usual = TIME_ROOM if width >= NARROW else NARROW_TIME_ROOM
    return max(usual, widest + _GAP)


def widest_time(faces: Sequence[RowFace]) -> float:
    """Logical pixels that the longest time of these rows takes."""
    upper, lower = QFontMetricsF(tabular("strong")), QFontMetricsF(tabular("small"))
    widths = [upper.horizontalAdvance(text) for text in {face.start for face in faces}]
    widths += [lower.horizontalAdvance(text) for text in {face.end for face in faces}]
    return max(widths, default=0.0)


def action_words(action: RowAction) -> str:
    """What the button says."""
    match action:
        case RowAction.JOIN:
            return translate("agenda", "Join")
        case RowAction.LOG:
            return translate("agenda", "Log")
        case RowAction.NONE:
            return ""


def action_rect(rect: QRectF, face: RowFace, direction: Qt.LayoutDirection) -> QRectF:
    """Where the button stands in the row's `rect`; empty where it has none."""
    if face.action is RowAction.NONE:
        return QRectF()
    width = float(MEASURES.control)
    if rect.width() >= NARROW:
        words = QFontMetricsF(font("medium")).horizontalAdvance(action_words(face.action))
        width = words + MEASURES.icon + 7 + 2 * MEASURES.m + 1
    place = QRectF(rect.right() - EDGE - width, 0, width, MEASURES.control)
    place.moveTop(rect.top() + (rect.height() - 1 - place.height()) / 2)
    return mirrored_in(direction, rect, place)


def paint_heading(painter: QPainter, rect: QRectF, text: str, tokens: Tokens) -> None:
    """The day above its meetings."""
    painter.setFont(font("small_strong"))
    line_of_text(painter, rect.adjusted(EDGE, 2, -EDGE, 0), text, tokens.muted)


def paint_quiet(painter: QPainter, rect: QRectF, text: str, tokens: Tokens) -> None:
    """Today without meetings."""
    painter.setFont(font("base"))
    line_of_text(painter, rect.adjusted(EDGE, 0, -EDGE, -1), text, tokens.muted)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(tokens.line))


def paint_row(
    painter: QPainter, rect: QRectF, face: RowFace, tokens: Tokens, *, times: float, is_hot: bool
) -> None:
    """Start over end, bar, title over people, and the button (`is_hot` under the pointer)."""
    direction = painter.layoutDirection()
    upper = QRectF(rect.left() + EDGE, rect.top() + _UPPER, times, _LINE)
    lower = QRectF(upper.left(), rect.top() + _LOWER, times, _LINE)
    strong = tokens.muted if face.is_dim else tokens.text
    painter.setFont(tabular("strong"))
    _text(painter, rect, upper, face.start, strong)
    painter.setFont(tabular("small"))
    _text(painter, rect, lower, face.end, tokens.muted)
    bar = QRectF(upper.right(), rect.top() + 12, 3, rect.height() - 25)
    colour = QColor(tokens.colour(face.tone))
    colour.setAlphaF(0.45 if face.is_dim else 1.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(mirrored_in(direction, rect, bar), 1.5, 1.5)
    end = _paint_end(painter, rect, face, tokens, is_hot=is_hot)
    left = bar.right() + 14
    painter.setFont(_title_font(face))
    _text(painter, rect, QRectF(left, upper.top(), end - left, _LINE), face.title, strong)
    line_end = _paint_pending(painter, rect, QRectF(left, lower.top(), end - left, _LINE), face, tokens)
    painter.setFont(font("base"))
    _text(painter, rect, QRectF(left, lower.top(), line_end - left, _LINE), face.line, tokens.muted)


def paint_now(painter: QPainter, y: float, width: float, line: NowLine, tokens: Tokens) -> None:
    """The red line at height `y` with the time near its end."""
    direction, frame = painter.layoutDirection(), QRectF(0, y - 9, width, 18)
    painter.setFont(tabular("small_medium"))
    room = QFontMetricsF(painter.font()).horizontalAdvance(line.text) + 14
    label = QRectF(width - EDGE - room, y - _LABEL / 2, room, _LABEL)
    strips = (
        QRectF(EDGE, y - 1, label.left() - EDGE, 2),
        QRectF(label.right(), y - 1, width - label.right(), 2),
    )
    for strip in strips:
        painter.fillRect(mirrored_in(direction, frame, strip), QColor(tokens.bad))
    place = mirrored_in(direction, frame, label)
    box(painter, place, radius=MEASURES.radius_small, fill=tokens.surface)
    line_of_text(painter, place, line.text, tokens.bad, Qt.AlignmentFlag.AlignHCenter)


def now_rect(y: float, width: float) -> QRectF:
    """What has to be painted again when the line at height `y` changes."""
    return QRectF(0, y - _LABEL / 2 - 1, width, _LABEL + 2)


def paint_waiting(painter: QPainter, rect: QRectF, tokens: Tokens) -> None:
    """The shape of a row that is still being read."""
    left, top = rect.left() + EDGE, rect.top()
    shapes = (
        QRectF(left, top + 16, 40, 10),
        QRectF(left, top + 37, 34, 8),
        QRectF(left + TIME_ROOM + 17, top + 16, rect.width() * 0.28, 10),
        QRectF(left + TIME_ROOM + 17, top + 37, rect.width() * 0.4, 8),
    )
    for shape in shapes:
        place = mirrored_in(painter.layoutDirection(), rect, shape)
        paint_shimmer(painter, place, tokens, phase=0.0, radius=place.height() / 2)


def _title_font(face: RowFace) -> QFont:
    drawn = font("medium")
    drawn.setStrikeOut(face.is_canceled)
    return drawn


def _paint_end(painter: QPainter, rect: QRectF, face: RowFace, tokens: Tokens, *, is_hot: bool) -> float:
    """Paint button and badge; returns where the words before them have to end."""
    direction = painter.layoutDirection()
    end = rect.right() - EDGE
    action = action_rect(rect, face, Qt.LayoutDirection.LeftToRight)
    if not action.isEmpty():
        _paint_action(painter, mirrored_in(direction, rect, action), face, tokens, is_hot=is_hot)
        end = action.left() - MEASURES.m
    if face.badge:
        width = min(badge_width(face.badge), rect.width() * 0.3)
        badge = QRectF(end - width, rect.top() + _UPPER, width, _LINE)
        paint_badge(painter, mirrored_in(direction, rect, badge), face.badge, face.badge_tone, tokens)
        end = badge.left() - MEASURES.s
    return end


def _paint_action(painter: QPainter, place: QRectF, face: RowFace, tokens: Tokens, *, is_hot: bool) -> None:
    colour = tokens.muted if face.is_dim else tokens.text
    if face.is_primary:
        fill = tokens.accent_hover if is_hot else tokens.accent
        box(painter, place, radius=MEASURES.radius, fill=fill)
        colour = tokens.on_accent
    else:
        fill = tokens.hover if is_hot else tokens.surface
        box(painter, place, radius=MEASURES.radius, fill=fill, edge=tokens.edge)
    has_words = place.width() > MEASURES.control
    lead = MEASURES.m if has_words else (place.width() - MEASURES.icon) / 2
    spot = QRectF(place.left() + lead, place.center().y() - MEASURES.icon / 2, MEASURES.icon, MEASURES.icon)
    direction = painter.layoutDirection()
    name = "video" if face.action is RowAction.JOIN else "notebook-pen"
    paint_icon(painter, name, colour, mirrored_in(direction, place, spot))
    if has_words:
        painter.setFont(font("medium"))
        words = QRectF(spot.right() + 7, place.top(), place.right() - spot.right() - 7, place.height())
        _text(painter, place, words, action_words(face.action), colour)


def _paint_pending(painter: QPainter, frame: QRectF, rect: QRectF, face: RowFace, tokens: Tokens) -> float:
    """Paint what is on its way at the end of the line; returns where the line before it has to end."""
    if face.pending is None:
        return rect.right()
    words, tone = pending_words(face.pending), pending_tone(face.pending)
    painter.setFont(font("small_medium"))
    width = QFontMetricsF(painter.font()).horizontalAdvance(words) + 2
    text = QRectF(rect.right() - width, rect.top(), width, rect.height())
    sign = QRectF(text.left() - 16, rect.center().y() - 6, 12, 12)
    icon = mirrored_in(painter.layoutDirection(), frame, sign)
    paint_icon(painter, "clock" if tone == "muted" else "triangle-alert", tokens.colour(tone), icon)
    _text(painter, frame, text, words, tokens.colour(tone))
    return sign.left() - MEASURES.s


def _text(painter: QPainter, frame: QRectF, rect: QRectF, text: str, colour: str) -> None:
    direction = painter.layoutDirection()
    line_of_text(painter, mirrored_in(direction, frame, rect), text, colour, leading(direction))
