"""A slot as a real button, for the columns of a screen reader or a keyboard."""

from typing import Protocol

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.model import GridSlot
from app.ui.kit.calendar.row_face import REACH, ROW, paint_ring, paint_row

_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY_MOUSE = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class SlotButtonHost(Protocol):
    """Hears what happens to the buttons; keys name slots."""

    def slot_pressed(self, key: str) -> None: ...
    def slot_shared(self, key: str) -> None: ...
    def slot_pointed_at(self, key: str | None) -> None: ...
    def slot_focused(self, key: str) -> None: ...


class SlotButton(QAbstractButton):
    """Shows one slot and can be given another. Enter or a click presses it, Space or Ctrl+click shares it.

    It is lean, because hundreds are shown at once, and 4 px larger on all sides than it looks: the place of
    the focus ring.
    """

    def __init__(self, host: SlotButtonHost, slot: GridSlot, ink: Ink, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = host
        self._slot = slot
        self._ink = ink
        self._stale = False
        self._ring = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(slot.accessible_name)
        self.clicked.connect(self._on_clicked)

    @property
    def key(self) -> str:
        """The key of the slot."""
        return self._slot.key

    def show_slot(self, slot: GridSlot, ink: Ink, *, stale: bool) -> None:
        """Show another slot, or the same one in another state."""
        if slot.accessible_name != self._slot.accessible_name:
            self.setAccessibleName(slot.accessible_name)
        if slot != self._slot or ink is not self._ink or stale != self._stale:
            self._slot, self._ink, self._stale = slot, ink, stale
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(96 + 2 * REACH, ROW + 2 * REACH)

    def minimumSizeHint(self) -> QSize:
        return QSize(64 + 2 * REACH, ROW + 2 * REACH)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = event.reason() not in _BY_MOUSE or (self._ring and not self.isDown())
        self._host.slot_focused(self.key)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._host.slot_pointed_at(self.key)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._host.slot_pointed_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in _PRESSES:
            if not event.isAutoRepeat():
                self.click()
        elif plain and event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._host.slot_shared(self.key)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.isDown() and self.hitButton(event.position().toPoint())
        if inside and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.setDown(False)
            self._host.slot_shared(self.key)
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        area = QRectF(self.rect()).adjusted(REACH, REACH, -REACH, -REACH)
        with QPainter(self) as painter:
            over, down = self.underMouse(), self.isDown()
            paint_row(painter, area, self._slot, self._ink, hovered=over, pressed=down, stale=self._stale)
            if self._ring and self.hasFocus():
                paint_ring(painter, area, self._ink)

    @Slot()
    def _on_clicked(self) -> None:
        self._host.slot_pressed(self.key)
