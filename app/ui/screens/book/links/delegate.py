"""How a row of the links list is painted."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, Tokens, font, tokens_in
from app.ui.kit.widgets.avatar import initials_of, paint_avatar
from app.ui.kit.widgets.badges import badge_width, paint_badge
from app.ui.screens.book.links.model import ROW, SUBTITLE, Index, LinksModel
from app.ui.screens.book.links.rows import HeaderRow, LinkRow

HEADING, LINK = QSize(100, 32), QSize(100, 52)
TILE = 26


class LinkDelegate(QStyledItemDelegate):
    """Tile, title with badge and marks, and the subtitle; the open link lies on a card."""

    def __init__(self, model: LinksModel, default_words: str) -> None:
        super().__init__()
        self._model = model
        self._default_words = default_words

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return HEADING if self._model.is_heading(index.row()) else LINK

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        tokens = tokens_in(option.palette)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, HeaderRow):
            painter.setFont(font("small_strong"))
            line_of_text(painter, rect.adjusted(16, 8, -MEASURES.m, 0), row.title, tokens.muted)
        elif isinstance(row, LinkRow):
            self._paint_card(painter, rect, option, tokens)
            self._paint_link(painter, rect.adjusted(16, 0, -14, 0), row, str(index.data(SUBTITLE)), tokens)
        painter.restore()

    def _paint_card(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, tokens: Tokens
    ) -> None:
        card = rect.adjusted(MEASURES.s, 1, -MEASURES.s, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, card, radius=MEASURES.radius, fill=tokens.selected, edge=tokens.line)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, card, radius=MEASURES.radius, fill=tokens.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            box(painter, card, radius=MEASURES.radius, edge=tokens.accent, width=2)

    def _paint_link(self, painter: QPainter, rect: QRectF, row: LinkRow, line: str, tokens: Tokens) -> None:
        tile = QRectF(rect.left(), rect.center().y() - TILE / 2, TILE, TILE)
        title = clean(row.link.title)
        paint_avatar(painter, tile, initials_of(title), tokens, shape="tile", accent=row.marks.is_favourite)
        text = rect.adjusted(TILE + 10, 0, 0, 0)
        upper = QRectF(text.left(), rect.center().y() - 19, text.width(), 19)
        lower = QRectF(text.left(), rect.center().y() + 1, text.width(), 17)
        right = self._paint_marks(painter, upper, row, tokens)
        name_font = font("medium")
        room = right - upper.left()
        badge = badge_width(self._default_words) if row.is_own_default else 0
        width = QFontMetricsF(name_font).horizontalAdvance(title)
        width = min(width, max(room - badge - (MEASURES.s if badge else 0), 40))
        painter.setFont(name_font)
        line_of_text(
            painter, QRectF(upper.left(), upper.top(), width + 1, upper.height()), title, tokens.text
        )
        if badge:
            place = QRectF(upper.left() + width + MEASURES.s, upper.center().y() - 8.5, badge, 17)
            paint_badge(painter, place, self._default_words, "accent", tokens)
        painter.setFont(font("small"))
        line_of_text(painter, lower, line, tokens.muted)

    def _paint_marks(self, painter: QPainter, rect: QRectF, row: LinkRow, tokens: Tokens) -> float:
        """Paint the warning and lock icons from the right; returns where the title has to end."""
        right = rect.right()
        for name, colour in _marks(row, tokens):
            place = QRectF(right - 14, rect.center().y() - 7, 14, 14)
            paint_icon(painter, name, colour, place)
            right -= 14 + MEASURES.xs
        return right


def _marks(row: LinkRow, tokens: Tokens) -> list[tuple[str, str]]:
    marks: list[tuple[str, str]] = []
    if row.marks.has_offline_member:
        marks.append(("triangle-alert", tokens.warn))
    if row.link.is_paid:
        marks.append(("external-link", tokens.muted))
    return marks
