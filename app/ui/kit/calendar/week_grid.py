"""The week grid: days as columns, free slots as things to click, walked with the arrow keys."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.calendar.accessible import CanvasAccessibility, Node
from app.ui.kit.calendar.header import header_tip
from app.ui.kit.calendar.layout import Box
from app.ui.kit.calendar.model import WeekProps
from app.ui.kit.calendar.opening import opening_slot
from app.ui.kit.calendar.steps import Step, move, nearest_in_edge_day, neighbour_in_time
from app.ui.kit.calendar.week_canvas import HEADER
from app.ui.kit.calendar.week_keys import is_activation, is_toggle, page_of, step_of
from app.ui.kit.calendar.week_nodes import day_key, week_nodes
from app.ui.kit.calendar.week_surface import WeekSurface
from app.ui.kit.text import safe_tooltip

_REASON = Qt.FocusReason
_NO_RING = (_REASON.MouseFocusReason, _REASON.ActiveWindowFocusReason, _REASON.PopupFocusReason)


class _Awaited(NamedTuple):
    """A focus to take when other days than `before` are shown: from which end, and at which height."""

    direction: int
    y: int
    before: tuple[date, ...]


class WeekGrid(WeekSurface):
    """Shows a week of slots; see `set_props`. Keys: arrows, Ctrl+arrows, Home, End, Enter, Space.

    `page_requested` is -1 or 1: the keyboard went past the first or last day. The slot nearest to the same
    wall time takes the focus when the next days arrive. `cell_hovered` carries the UTC instant (5 minute
    raster) under the mouse where there is no slot, else None.
    """

    slot_activated = Signal(str)
    slot_toggled = Signal(str)
    slot_hovered = Signal(object)
    cell_hovered = Signal(object)
    focus_changed = Signal(object)
    page_requested = Signal(int)
    day_activated = Signal(object)
    empty_action_triggered = Signal()
    empty_other_triggered = Signal()

    def __init__(self, props: WeekProps, parent: QWidget | None = None) -> None:
        super().__init__(props, parent)
        self._hovered_cell: datetime | None = None
        self._pressed: str | None = None
        self._pressed_day: int | None = None
        self._awaited: _Awaited | None = None
        self._is_new = False
        self._nodes: tuple[Node, ...] | None = None
        self._accessibility = CanvasAccessibility(self, self)
        self._card.triggered.connect(self.empty_action_triggered)
        self._card.other_triggered.connect(self.empty_other_triggered)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._settle()

    @property
    def focused_key(self) -> str | None:
        """The slot the keyboard is on, also while the grid itself has no focus."""
        return self._focused

    def set_props(self, props: WeekProps) -> None:
        """Show other props; only what looks different is painted again."""
        before = self._dates()
        self._nodes = None
        if self._show_props(props):
            self._take_up(before != self._dates())
        self._accessibility.nodes_changed()

    def focus_slot(self, key: str) -> bool:
        """Give a slot the keyboard and scroll to it; False when it is not shown."""
        if key not in self._canvas.by_key:
            return False
        self._ring = True
        self.setFocus(_REASON.OtherFocusReason)
        self._move_focus(key)
        return True

    def focus_next_free(self) -> bool:
        """Go to the next slot in time; False when these days have none."""
        return self._focus_neighbour(1)

    def focus_previous_free(self) -> bool:
        """Go to the previous slot in time; False when these days have none."""
        return self._focus_neighbour(-1)

    def hold_focus_for(self, direction: int) -> None:
        """Let the first (1) or last (-1) slot of the days that arrive next take the focus."""
        edge = 0 if direction > 0 else self._canvas.layout.height
        self._awaited = _Awaited(direction, edge, self._dates())

    def slot_rect(self, key: str) -> QRect | None:
        """Where a slot is in the viewport, scrolled into view; None when it is not shown."""
        placed = self._canvas.by_key.get(key)
        if placed is None:
            return None
        self._scroll_to(placed.box)
        return self._canvas.view_rect(placed.box)

    def scroll_to(self, instant: datetime) -> None:
        """Scroll a UTC instant of the shown days into view."""
        y = self._canvas.layout.y_of(instant)
        if y is not None:
            self._scroll_to(Box(0, y, 1, 1))

    def _dates(self) -> tuple[date, ...]:
        return tuple(day.date for day in self.props.days)

    def _take_up(self, days_changed: bool) -> None:
        """Find hover, focus and scroll position their place after the layout changed."""
        layout, props = self._canvas.layout, self.props
        self._set_hovered(self._hovered if self._hovered in self._canvas.by_key else None)
        self._hovered_day = None
        if props.slots or not props.loading:
            awaited = self._awaited
            if awaited is not None and awaited.before != self._dates():
                self._awaited = None
                self._move_focus(nearest_in_edge_day(layout, awaited.direction, awaited.y))
            elif self._focused is not None and self._focused not in self._canvas.by_key:
                self._move_focus(None)
        self._is_new = self._is_new or days_changed
        if not self._opened:
            self._open()
        elif props.slots and self._is_new:
            self._is_new = False
            if self._focused is None and not self._is_well_placed():
                self._open()

    def _move_focus(self, key: str | None) -> None:
        before, self._focused = self._focused, key
        self._repaint_slot(before)
        self._repaint_slot(key)
        if key is not None:
            self._awaited = None
            self._scroll_to(self._canvas.by_key[key].box)
            self._show_rulers_of(self._canvas.by_key[key].column)
        if key != before:
            self.focus_changed.emit(key)
            if key is not None and self.hasFocus():
                self._accessibility.focus_moved(key)

    def _focus_neighbour(self, direction: int) -> bool:
        if self._focused is None:
            key = opening_slot(self._canvas.layout, self.props)
        else:
            key = neighbour_in_time(self._canvas.layout, self._focused, direction)
        return key is not None and self.focus_slot(key)

    def _walk(self, step: Step) -> None:
        if self._focused is not None:
            landing = move(self._canvas.layout, self._focused, step)
            if landing.key is not None:
                self._move_focus(landing.key)
            elif landing.beyond:
                self._page(landing.beyond)
            return
        key = opening_slot(self._canvas.layout, self.props)
        if key is not None:
            self._move_focus(key)
        elif step in (Step.LEFT, Step.RIGHT):
            self._page(-1 if step is Step.LEFT else 1)

    def _page(self, direction: int) -> None:
        placed = self._canvas.by_key.get(self._focused or "")
        self._awaited = _Awaited(direction, placed.box.y if placed else self._canvas.offset, self._dates())
        self.page_requested.emit(direction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = event.keyCombination()
        step, page = step_of(keys), page_of(keys)
        if step is not None or page:
            self._ring = True
        if step is not None:
            self._walk(step)
        elif page:
            self._page(page)
        elif self._focused is not None and is_activation(keys) and not event.isAutoRepeat():
            self.slot_activated.emit(self._focused)
        elif self._focused is not None and is_toggle(keys) and not event.isAutoRepeat():
            self.slot_toggled.emit(self._focused)
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _NO_RING:
            self._ring = True
            if self._focused is None:
                self._move_focus(opening_slot(self._canvas.layout, self.props))
        self._repaint_slot(self._focused)
        if self._focused is not None:
            self._accessibility.focus_moved(self._focused)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._repaint_slot(self._focused)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._point_at(event.position().toPoint())
        self._pressed, self._pressed_day = self._hovered, self._hovered_day

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._point_at(event.position().toPoint())
        pressed, self._pressed = self._pressed, None
        day, self._pressed_day = self._pressed_day, None
        if pressed is not None and pressed == self._hovered:
            self._ring = False
            self._move_focus(pressed)
            toggles = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            (self.slot_toggled if toggles else self.slot_activated).emit(pressed)
        elif day is not None and day == self._hovered_day:
            self.day_activated.emit(self.props.days[day].date)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._point_at(None)
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.viewport().underMouse():
            self._point_at(self.viewport().mapFromGlobal(QCursor.pos()))

    def _point_at(self, point: QPoint | None) -> None:
        """Follow the mouse to a viewport point, or out of the viewport."""
        layout = self._canvas.layout
        day = slot = cell = None
        tip = ""
        if point is not None and point.y() < HEADER:
            day = layout.column_at(point.x()) if len(layout.columns) > 1 else None
            tip = header_tip(self.props, layout, point.x())
        elif point is not None:
            x, y = self._canvas.body_point(point)
            slot = None if self._canvas.is_skeleton else layout.slot_at(x, y)
            cell = layout.instant_at(x, y) if slot is None else None
            column = layout.column_at(x)
            if column is not None:
                self._show_rulers_of(column)
        if self.viewport().toolTip() != safe_tooltip(tip):
            self.viewport().setToolTip(safe_tooltip(tip))
        if day != self._hovered_day:
            self._hovered_day = day
            self._repaint_header()
        self._set_hovered(slot.slot.key if slot is not None else None)
        if cell != self._hovered_cell:
            self._hovered_cell = cell
            self.cell_hovered.emit(cell)

    def _set_hovered(self, key: str | None) -> None:
        if key != self._hovered:
            before, self._hovered = self._hovered, key
            self._repaint_slot(before)
            self._repaint_slot(key)
            self.slot_hovered.emit(key)

    def accessible_name(self) -> str:
        return self.props.accessible_name

    def accessible_nodes(self) -> Sequence[Node]:
        if self._nodes is None:
            self._nodes = week_nodes(self.props, self._canvas.layout)
        return self._nodes

    def accessible_rect(self, key: str) -> QRect:
        placed = self._canvas.by_key.get(key)
        if placed is not None:
            rect = self._canvas.view_rect(placed.box)
        else:
            columns = {
                day_key(day): c for day, c in zip(self.props.days, self._canvas.layout.columns, strict=True)
            }
            column = columns.get(key)
            rect = QRect(column.x, 0, column.width, self.viewport().height()) if column else QRect()
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def accessible_focus(self) -> str | None:
        return self._focused if self.hasFocus() else None

    def press_node(self, key: str) -> None:
        if key in self._canvas.by_key:
            self.slot_activated.emit(key)

    def focus_node(self, key: str) -> None:
        self.focus_slot(key)
