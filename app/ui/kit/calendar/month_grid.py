"""The month: a cell per day with its free count and a heat strip, walked with the arrow keys."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.calendar.accessible import CanvasAccessibility, Node
from app.ui.kit.calendar.empty import EmptyCard
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.model import MonthProps
from app.ui.kit.calendar.month_layout import HEADER, WEEK, MonthLayout, step_days, week_edge
from app.ui.kit.calendar.month_painting import MonthPainter, rect_of
from app.ui.kit.theme import tokens_of
from app.ui.kit.widgets.progress import Turning

_REASON = Qt.FocusReason
_NO_RING = (_REASON.MouseFocusReason, _REASON.ActiveWindowFocusReason, _REASON.PopupFocusReason)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}
_EDGES = {Qt.Key.Key_Home: -1, Qt.Key.Key_End: 1}
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
_SHIMMER_MS = 1600


class MonthGrid(QWidget):
    """Shows whole weeks of days. Keys: arrows, Home, End, PageUp, PageDown, Enter or Space.

    `page_requested` is -1 or 1: the keyboard left the shown days; the day it went to takes the focus when it
    arrives with the next props.
    """

    day_activated = Signal(object)
    focus_changed = Signal(object)
    page_requested = Signal(int)
    empty_action_triggered = Signal()
    empty_other_triggered = Signal()

    def __init__(self, props: MonthProps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ink = Ink(tokens_of(self), self.devicePixelRatioF())
        self._painter = MonthPainter(props, MonthLayout(props.days, self.width(), self.height()), ink)
        self._hovered: date | None = None
        self._pressed: date | None = None
        self._focused: date | None = None
        self._awaited: date | None = None
        self._ring = False
        self._nodes: tuple[Node, ...] | None = None
        self._turning = Turning(self, period_ms=_SHIMMER_MS)
        self._card = EmptyCard(self)
        self._card.triggered.connect(self.empty_action_triggered)
        self._card.other_triggered.connect(self.empty_other_triggered)
        self._accessibility = CanvasAccessibility(self, self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_props(props)

    @property
    def props(self) -> MonthProps:
        """What is shown."""
        return self._painter.props

    @property
    def focused_day(self) -> date | None:
        """The day the keyboard is on."""
        return self._focused

    def set_props(self, props: MonthProps) -> None:
        """Show other props."""
        self._painter = MonthPainter(props, self._laid_out(props), self._painter.ink)
        self._nodes = None
        self._hovered = self._hovered if self._has(self._hovered) else None
        self._turning.set_running(props.loading)
        nothing = not props.loading and not any(day.free_label for day in props.days)
        self._card.show_notice(props.empty if nothing else None)
        self._place_card()
        if self._awaited is not None and self._has(self._awaited):
            day, self._awaited = self._awaited, None
            self._move_focus(day)
        elif not self._has(self._focused):
            self._move_focus(None)
        self._accessibility.nodes_changed()
        self.update()

    def focus_day(self, day: date) -> bool:
        """Give a day the keyboard; False when it is not shown."""
        if not self._has(day):
            return False
        self._ring = True
        self.setFocus(_REASON.OtherFocusReason)
        self._move_focus(day)
        return True

    def day_rect(self, day: date) -> QRect | None:
        """Where a day is; None when it is not shown."""
        box = self._painter.layout.boxes.get(day)
        return None if box is None else rect_of(box)

    def sizeHint(self) -> QSize:
        return QSize(744, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 240)

    def _laid_out(self, props: MonthProps) -> MonthLayout:
        return MonthLayout(props.days, self.width(), self.height())

    def _has(self, day: date | None) -> bool:
        return day is not None and day in self._painter.layout.boxes

    def _repaint(self, day: date | None) -> None:
        if day is not None and self._has(day):
            self.update(rect_of(self._painter.layout.boxes[day]))

    def _place_card(self) -> None:
        self._card.place(QRectF(self.rect().adjusted(0, HEADER, 0, 0)))

    def _move_focus(self, day: date | None) -> None:
        before, self._focused = self._focused, day
        self._repaint(before)
        self._repaint(day)
        if day != before:
            self.focus_changed.emit(day)
            if day is not None and self.hasFocus():
                self._accessibility.focus_moved(day.isoformat())

    def _opening(self) -> date | None:
        """Where the keyboard begins: the selected day, else today, else the first day of the month."""
        days = self.props.days
        chosen = [day for day in days if day.date == self.props.selected]
        today = [day for day in days if day.is_today]
        month = [day for day in days if day.in_month]
        first = next(iter(chosen or today or month or days), None)
        return first.date if first else None

    def _go(self, day: date, direction: int) -> None:
        """Focus a day, or ask for the days it is among."""
        if self._has(day):
            self._move_focus(day)
        else:
            self._awaited = day
            self.page_requested.emit(direction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers != Qt.KeyboardModifier.NoModifier:
            event.ignore()
            return
        here = self._focused
        if key in (*_STEPS, *_EDGES, *_PAGES) and here is None:
            self._ring = True
            self._move_focus(self._opening())
        elif here is not None and key in _STEPS:
            self._ring = True
            step = _STEPS[Qt.Key(key)]
            self._go(step_days(here, step), 1 if step > 0 else -1)
        elif here is not None and key in _EDGES:
            self._ring = True
            self._move_focus(week_edge(self.props.days, here, _EDGES[Qt.Key(key)]))
        elif here is not None and key in _PAGES:
            self._ring = True
            page = _PAGES[Qt.Key(key)]
            self._awaited = step_days(here, page * 4 * WEEK)
            self.page_requested.emit(page)
        elif here is not None and key in _PRESSES and not event.isAutoRepeat():
            self.day_activated.emit(here)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _NO_RING:
            self._ring = True
            if self._focused is None:
                self._move_focus(self._opening())
        self._repaint(self._focused)
        if self._focused is not None:
            self._accessibility.focus_moved(self._focused.isoformat())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint(self._focused)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())
        self._pressed = self._hovered if event.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position().toPoint())
        pressed, self._pressed = self._pressed, None
        if pressed is not None and pressed == self._hovered and event.button() is Qt.MouseButton.LeftButton:
            self._ring = False
            self._move_focus(pressed)
            self.day_activated.emit(pressed)

    def _hover(self, point: QPoint | None) -> None:
        day = None if point is None else self._painter.layout.day_at(point.x(), point.y())
        if day != self._hovered:
            before, self._hovered = self._hovered, day
            self._repaint(before)
            self._repaint(day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter.layout = self._laid_out(self.props)
        self._place_card()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._painter.ink = Ink(tokens_of(self), self.devicePixelRatioF())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio, tokens = self.devicePixelRatioF(), tokens_of(self)
        if ratio != self._painter.ink.ratio or tokens is not self._painter.ink.tokens:
            self._painter.ink = Ink(tokens, ratio)
        focused = self._focused if self._ring and self.hasFocus() else None
        with QPainter(self) as painter:
            self._painter.paint(
                painter, event.rect(), hovered=self._hovered, focused=focused, phase=self._turning.phase
            )

    def accessible_name(self) -> str:
        return self.props.accessible_name

    def accessible_nodes(self) -> Sequence[Node]:
        if self._nodes is None:
            self._nodes = tuple(
                Node(
                    key=day.date.isoformat(),
                    name=day.accessible_name,
                    selected=day.date == self.props.selected,
                    pressable=True,
                )
                for day in self.props.days
            )
        return self._nodes

    def accessible_rect(self, key: str) -> QRect:
        rect = self.day_rect(date.fromisoformat(key)) or QRect()
        return QRect(self.mapToGlobal(rect.topLeft()), rect.size())

    def accessible_focus(self) -> str | None:
        return self._focused.isoformat() if self._focused is not None and self.hasFocus() else None

    def press_node(self, key: str) -> None:
        self.day_activated.emit(date.fromisoformat(key))

    def focus_node(self, key: str) -> None:
        self.focus_day(date.fromisoformat(key))
