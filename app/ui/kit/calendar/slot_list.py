"""A vertical list of slots, with a header per day when there are several."""

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QListView, QWidget

from app.ui.kit.calendar.empty import EmptyCard
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import Box
from app.ui.kit.calendar.model import ListProps, SlotState
from app.ui.kit.calendar.row_face import REACH, ROW, ROW_GAP
from app.ui.kit.calendar.skeleton import paint_skeleton
from app.ui.kit.calendar.slot_delegate import RowDelegate, RowLook
from app.ui.kit.calendar.slot_rows import Index, SlotRows
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.progress import Turning

_SKELETON_ROWS = 9
_SHIMMER_MS = 1600
_REASON = Qt.FocusReason
_NO_RING = (_REASON.MouseFocusReason, _REASON.ActiveWindowFocusReason, _REASON.PopupFocusReason)
_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)

_MOVES = {
    Qt.Key.Key_Up: (-1, False),
    Qt.Key.Key_Down: (1, False),
    Qt.Key.Key_Left: (-1, True),
    Qt.Key.Key_Right: (1, True),
}


class SlotList(QListView):
    """Shows slots under each other. Keys: Up, Down, Left and Right by day, Home, End, Enter, Space.

    `page_requested` is -1 or 1: the keyboard went past the first or last slot; the slot at that end of the
    next props takes the focus. Rows are drawn 4 px in from both sides, where the focus ring goes.
    """

    slot_activated = Signal(str)
    slot_toggled = Signal(str)
    slot_hovered = Signal(object)
    focus_changed = Signal(object)
    page_requested = Signal(int)
    empty_action_triggered = Signal()
    empty_other_triggered = Signal()

    def __init__(self, props: ListProps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SlotRows(self)
        self.props = props
        self._look = RowLook(Ink(tokens_of(self), self.devicePixelRatioF()))
        self._hovered: str | None = None
        self._ring = False
        self._awaited: tuple[int, tuple[str, ...]] | None = None
        self._turning = Turning(self.viewport(), period_ms=_SHIMMER_MS)
        self._card = EmptyCard(self.viewport())
        self._card.triggered.connect(self.empty_action_triggered)
        self._card.other_triggered.connect(self.empty_other_triggered)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self._look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_props(props)

    @property
    def focused_key(self) -> str | None:
        """The slot the keyboard is on."""
        slot = self.rows.slot(self.currentIndex())
        return slot.key if slot is not None else None

    def set_props(self, props: ListProps) -> None:
        """Show other props; the focus stays on its slot when that is still there."""
        key, self.props = self.focused_key, props
        self.setAccessibleName(props.accessible_name)
        self.rows.set_props(props)
        slots = self.rows.slot_rows()
        self._turning.set_running(props.loading and not slots)
        self._card.show_notice(props.empty if not slots and not props.loading else None)
        self._place_card()
        if self._awaited is not None and slots and self._awaited[1] != self.rows.keys():
            number = slots[0] if self._awaited[0] > 0 else slots[-1]
            self._awaited = None
            self.setCurrentIndex(self.rows.index(number))
        elif key is not None and self.focused_key != key:
            self.setCurrentIndex(self.rows.index_of(key))
        self.viewport().update()

    def focus_slot(self, key: str) -> bool:
        """Give a slot the keyboard and scroll to it; False when it is not shown."""
        index = self.rows.index_of(key)
        if not index.isValid():
            return False
        self._ring = True
        self.setFocus(_REASON.OtherFocusReason)
        self.setCurrentIndex(index)
        return True

    def focus_next_free(self) -> bool:
        """Go to the next slot; False when there is none."""
        return self._focus_neighbour(1)

    def focus_previous_free(self) -> bool:
        """Go to the previous slot; False when there is none."""
        return self._focus_neighbour(-1)

    def hold_focus_for(self, direction: int) -> None:
        """Let the first (1) or last (-1) slot of the next props take the focus."""
        self._awaited = (direction, self.rows.keys())

    def slot_rect(self, key: str) -> QRect | None:
        """Where a slot is in the viewport, scrolled into view; None when it is not shown."""
        index = self.rows.index_of(key)
        if not index.isValid():
            return None
        self.scrollTo(index)
        return self.visualRect(index).adjusted(REACH, ROW_GAP // 2, -REACH, -(ROW_GAP // 2))

    def _focus_neighbour(self, direction: int) -> bool:
        slots = self.rows.slot_rows()
        here = self.currentIndex().row() if self.currentIndex().isValid() else None
        later = [n for n in slots if here is None or (n - here) * direction > 0]
        if not later:
            return False
        slot = self.rows.slot(self.rows.index(later[0] if direction > 0 else later[-1]))
        return slot is not None and self.focus_slot(slot.key)

    def _walk(self, direction: int, *, by_day: bool) -> None:
        """Move by a slot or to the first slot of another day; past the end, ask for other slots."""
        starts = self.rows.group_starts() if by_day else self.rows.slot_rows()
        here = self.currentIndex().row() if self.currentIndex().isValid() else None
        if here is None:
            self._open()
            return
        others = [n for n in starts if (n - here) * direction > 0]
        if others:
            self.setCurrentIndex(self.rows.index(others[0] if direction > 0 else others[-1]))
        else:
            self.hold_focus_for(direction)
            self.page_requested.emit(direction)

    def _open(self) -> None:
        """Put the keyboard on the chosen slot, else on the first."""
        indexes = [self.rows.index(n) for n in self.rows.slot_rows()]
        slots = [(index, self.rows.slot(index)) for index in indexes]
        chosen = [index for index, slot in slots if slot is not None and slot.state is SlotState.SELECTED]
        if chosen or indexes:
            self.setCurrentIndex((chosen or indexes)[0])

    def _place_card(self) -> None:
        self._card.place(QRectF(self.viewport().rect()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.focus_changed.emit(self.focused_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier:
            event.ignore()
            return
        slots = self.rows.slot_rows()
        focused = self.focused_key
        once = focused is not None and not event.isAutoRepeat()
        self._ring = self._ring or key in _MOVES
        if key in _MOVES:
            direction, by_day = _MOVES[Qt.Key(key)]
            self._walk(direction, by_day=by_day)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and slots:
            self._ring = True
            self.setCurrentIndex(self.rows.index(slots[0] if key == Qt.Key.Key_Home else slots[-1]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        elif focused is not None and once and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.slot_activated.emit(focused)
        elif focused is not None and once and key == Qt.Key.Key_Space:
            self.slot_toggled.emit(focused)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Not QListView's own, which would make the first row current whatever brought the focus.
        QAbstractScrollArea.focusInEvent(self, event)
        self._ring = event.reason() not in _NO_RING or self._ring
        if event.reason() not in _NO_RING and self.focused_key is None:
            self._open()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        slot = self.rows.slot(self.indexAt(event.position().toPoint()))
        self._look.pressed = slot.key if slot and event.button() is Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._look.pressed = self._look.pressed, None
        slot = self.rows.slot(self.indexAt(event.position().toPoint()))
        if slot is not None and slot.key == pressed:
            toggles = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            (self.slot_toggled if toggles else self.slot_activated).emit(slot.key)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        slot = self.rows.slot(self.indexAt(event.position().toPoint()))
        self._hover(slot.key if slot is not None else None)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def _hover(self, key: str | None) -> None:
        if key != self._hovered:
            self._hovered = key
            self.slot_hovered.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_card()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._look.ink = Ink(tokens_of(self), self.devicePixelRatioF())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, ratio = tokens_of(self), self.devicePixelRatioF()
        if self._look.ink.tokens is not tokens or self._look.ink.ratio != ratio:
            self._look.ink = Ink(tokens, ratio)
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self._look.ink.colour("surface"))
        if self.props.loading and not self.rows.slot_rows():
            self._paint_skeleton()
        else:
            self._look.stale = self.props.stale
            self._look.ringed = self.focused_key if self._ring and self.hasFocus() else None
            super().paintEvent(event)

    def _paint_skeleton(self) -> None:
        width = self.viewport().width()
        tops = (n * (ROW + ROW_GAP) + ROW_GAP // 2 for n in range(_SKELETON_ROWS))
        rows = [Box(REACH, top, width - 2 * REACH, ROW) for top in tops]
        with QPainter(self.viewport()) as painter:
            phase = self._turning.phase
            paint_skeleton(painter, rows, self._look.ink, width=width, phase=phase, radius=MEASURES.radius)
