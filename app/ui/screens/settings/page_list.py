"""The list of pages at the left of the settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, tokens_in

translate = QCoreApplication.translate
ROW_HEIGHT = 34
_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One line of the list."""

    id: str
    title: str
    icon: str


class PageList(QListWidget):
    """`page_chosen(id)` when the rep moves to another line, by mouse or arrow keys."""

    page_chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry]) -> None:
        super().__init__()
        self.setObjectName("settings.list")
        self.setAccessibleName(translate("settings", "Pages of the settings"))
        self.setItemDelegate(_PageDelegate(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.viewport().setAutoFillBackground(False)
        for entry in entries:
            item = QListWidgetItem(clean(entry.title), self)
            item.setData(_ENTRY, entry)
        self._entries = tuple(entries)
        self.currentRowChanged.connect(self._on_row)

    def choose(self, page_id: str) -> None:
        """Make the line of that page the current one, without a signal."""
        self.blockSignals(True)
        self.setCurrentRow([entry.id for entry in self._entries].index(page_id))
        self.blockSignals(False)

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.page_chosen.emit(self._entries[row].id)


class _PageDelegate(QStyledItemDelegate):
    """Icon and title; the current line lies on a card."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: PageEntry = index.data(_ENTRY)
        tokens = tokens_in(option.palette)
        rect = QRectF(option.rect).adjusted(1, 0.5, -1, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            box(painter, rect, radius=MEASURES.radius, fill=tokens.selected, edge=tokens.line)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            box(painter, rect, radius=MEASURES.radius, fill=tokens.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            box(painter, rect, radius=MEASURES.radius, edge=tokens.accent, width=2)
        side = MEASURES.icon
        spot = QRectF(rect.left() + 9, rect.center().y() - side / 2, side, side)
        paint_icon(painter, entry.icon, tokens.text, spot)
        painter.setFont(font("medium"))
        line_of_text(
            painter, rect.adjusted(9 + side + 10, 0, -MEASURES.s, 0), clean(entry.title), tokens.text
        )
        painter.restore()
