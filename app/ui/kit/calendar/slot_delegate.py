"""How the rows of a slot list are drawn: day headers and slots."""

from PySide6.QtCore import QObject, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.model import GridSlot, SlotGroup
from app.ui.kit.calendar.row_face import REACH, ROW, ROW_GAP, paint_ring, paint_row
from app.ui.kit.calendar.slot_rows import Index, RowRole
from app.ui.kit.theme import MEASURES

_HEADER = 40


class RowLook:
    """What the list tells its rows before they are painted; keys name slots."""

    def __init__(self, ink: Ink) -> None:
        self.ink = ink
        self.stale = False
        self.pressed: str | None = None
        self.ringed: str | None = None


class RowDelegate(QStyledItemDelegate):
    """Paints the rows as `look` says."""

    def __init__(self, look: RowLook, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        is_slot = isinstance(index.data(RowRole.ITEM), GridSlot)
        return QSize(0, ROW + ROW_GAP if is_slot else _HEADER)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole.ITEM)
        room = QRectF(QRect(option.rect))
        painter.save()
        if isinstance(row, SlotGroup):
            self._paint_header(painter, room, row)
        elif isinstance(row, GridSlot):
            self._paint_slot(painter, room, row, bool(option.state & QStyle.StateFlag.State_MouseOver))
        painter.restore()

    def _paint_header(self, painter: QPainter, room: QRectF, group: SlotGroup) -> None:
        ink = self._look.ink
        middle = room.bottom() - _HEADER / 2 + 2
        left = room.left() + REACH
        painter.setPen(ink.colour("text"))
        title = ink.date.fit(group.title, room.right() - left)
        ink.date.write(painter, title, left, middle)
        left += ink.date.width(title) + MEASURES.s
        if group.note and room.right() > left:
            painter.setPen(ink.colour("muted"))
            ink.day.write(painter, ink.day.fit(group.note, room.right() - left), left, middle)

    def _paint_slot(self, painter: QPainter, room: QRectF, slot: GridSlot, over: bool) -> None:
        look = self._look
        area = room.adjusted(REACH, ROW_GAP / 2, -REACH, -ROW_GAP / 2)
        pressed = over and look.pressed == slot.key
        paint_row(painter, area, slot, look.ink, hovered=over, pressed=pressed, stale=look.stale)
        if look.ringed == slot.key:
            paint_ring(painter, area, look.ink)
