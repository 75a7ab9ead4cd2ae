"""Days as columns of real buttons, easy to read aloud and to walk with the keyboard."""

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from app.ui.kit.calendar.empty import EmptyCard
from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.layout import Box
from app.ui.kit.calendar.model import ListProps
from app.ui.kit.calendar.row_face import REACH, ROW
from app.ui.kit.calendar.skeleton import paint_skeleton
from app.ui.kit.calendar.slot_button import SlotButton
from app.ui.kit.calendar.slot_column import SlotColumn
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.progress import Turning

_SKELETON_COLUMNS, _SKELETON_ROWS = 5, 8
_HEAD = 42
_SIDE = MEASURES.l
_SHIMMER_MS = 1600
_UP_DOWN = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LOOK_CHANGES = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)


class _Board(QWidget):
    """What the scroll area moves: the columns, or a skeleton of them."""

    def __init__(self) -> None:
        super().__init__()
        self.skeleton: Ink | None = None
        self.turning = Turning(self, period_ms=_SHIMMER_MS)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(_SIDE - REACH, MEASURES.m, _SIDE - REACH, _SIDE)
        self.row.setSpacing(MEASURES.m - 2 * REACH)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    def show_skeleton(self, ink: Ink | None) -> None:
        """Show grey shapes in the colours of `ink`, or stop doing so."""
        self.skeleton = ink
        self.turning.set_running(ink is not None)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.skeleton is None:
            return
        step = (self.width() - 2 * _SIDE + MEASURES.m) / _SKELETON_COLUMNS
        boxes = [
            Box(
                round(_SIDE + column * step),
                MEASURES.m + _HEAD + row * (ROW + MEASURES.s),
                round(step) - MEASURES.m,
                ROW,
            )
            for column in range(_SKELETON_COLUMNS)
            for row in range(_SKELETON_ROWS)
        ]
        with QPainter(self) as painter:
            phase = self.turning.phase
            paint_skeleton(
                painter, boxes, self.skeleton, width=self.width(), phase=phase, radius=MEASURES.radius
            )


class DayColumns(QScrollArea):
    """Shows a column per day. One button is in the tab order; arrows, Home and End move among all of them.

    `page_requested` is -1 or 1: the keyboard went past the first or last column; a slot there takes the focus
    when the next days arrive.
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
        self._props = props
        self._columns: list[SlotColumn] = []
        self._places: dict[str, tuple[int, int]] = {}
        self._current: str | None = None
        self._reachable: SlotButton | None = None
        self._ink = Ink(tokens_of(self), self.devicePixelRatioF())
        self._awaited: tuple[int, int, tuple[str, ...]] | None = None
        self._board = _Board()
        self._card = EmptyCard(self.viewport())
        self._card.triggered.connect(self.empty_action_triggered)
        self._card.other_triggered.connect(self.empty_other_triggered)
        self.setWidget(self._board)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_props(props)

    @property
    def props(self) -> ListProps:
        """What is shown."""
        return self._props

    @property
    def focused_key(self) -> str | None:
        """The slot the keyboard is on, also while none of the buttons has focus."""
        return self._current

    def set_props(self, props: ListProps) -> None:
        """Show other props; buttons are used again, and the focus stays on its slot while that is there."""
        had_focus = self._has_focus()
        key, self._props = self._current, props
        self._board.setAccessibleName(props.accessible_name)
        self._ink = ink = self._fresh_ink()
        while len(self._columns) < len(props.groups):
            self._columns.append(SlotColumn(self, self._board))
            self._board.row.addWidget(self._columns[-1], 1)
        self._places = {}
        for number, column in enumerate(self._columns):
            column.setVisible(number < len(props.groups))
        for number, (column, group) in enumerate(zip(self._columns, props.groups, strict=False)):
            column.show_group(group, ink, stale=props.stale)
            self._places.update({key: (number, row) for row, key in enumerate(column.keys())})
        self._board.show_skeleton(ink if props.loading and not self._places else None)
        self._card.show_notice(props.empty if not self._places and not props.loading else None)
        self._place_card()
        self._settle(key, had_focus)

    def focus_slot(self, key: str) -> bool:
        """Give a slot the keyboard and scroll to it; False when it is not shown."""
        if key not in self._places:
            return False
        button = self._button(key)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._set_current(key)
        self.ensureWidgetVisible(button, MEASURES.s, MEASURES.s)
        return True

    def focus_next_free(self) -> bool:
        """Go to the next slot; False when there is none."""
        return self._focus_neighbour(1)

    def focus_previous_free(self) -> bool:
        """Go to the previous slot; False when there is none."""
        return self._focus_neighbour(-1)

    def hold_focus_for(self, direction: int) -> None:
        """Let the first (1) or last (-1) slot of the next props take the focus."""
        self._awaited = (direction, 0, tuple(self._places))

    def slot_rect(self, key: str) -> QRect | None:
        """Where a slot's button is in the viewport, scrolled into view; None when it is not shown."""
        if key not in self._places:
            return None
        button = self._button(key)
        self.ensureWidgetVisible(button)
        corner = button.mapTo(self.viewport(), QPoint(REACH, REACH))
        return QRect(corner, button.size().shrunkBy(QMargins(REACH, REACH, REACH, REACH)))

    def slot_pressed(self, key: str) -> None:
        """A button was pressed."""
        self.slot_activated.emit(key)

    def slot_shared(self, key: str) -> None:
        """A button was toggled for sharing."""
        self.slot_toggled.emit(key)

    def slot_pointed_at(self, key: str | None) -> None:
        """The mouse came to a button or left it."""
        self.slot_hovered.emit(key)

    def slot_focused(self, key: str) -> None:
        """A button got the keyboard."""
        self._set_current(key)

    def _fresh_ink(self) -> Ink:
        """The ink of the current look; the same object while nothing changed."""
        tokens, ratio = tokens_of(self), self.devicePixelRatioF()
        if self._ink.tokens is tokens and self._ink.ratio == ratio:
            return self._ink
        return Ink(tokens, ratio)

    def _button(self, key: str) -> SlotButton:
        column, row = self._places[key]
        return self._columns[column].button(row)

    def _has_focus(self) -> bool:
        return self._current in self._places and self._button(self._current or "").hasFocus()

    def _settle(self, key: str | None, had_focus: bool) -> None:
        """Put the keyboard where it was, or where it was asked to be."""
        if self._awaited is not None and self._places and self._awaited[2] != tuple(self._places):
            direction, row, _ = self._awaited
            self._awaited = None
            keys = list(self._places)
            number = self._places[keys[0] if direction > 0 else keys[-1]][0]
            self._focus_in(number, row)
            return
        self._set_current(key if key in self._places else next(iter(self._places), None))
        if had_focus and self._current is not None:
            self._button(self._current).setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_current(self, key: str | None) -> None:
        """Let one button be reached with Tab."""
        before, self._current = self._current, key
        button = self._button(key) if key is not None else None
        if button is not self._reachable:
            if self._reachable is not None:
                self._reachable.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            if button is not None:
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._reachable = button
        if button is not None:
            self.setFocusProxy(button)
        if key != before:
            self.focus_changed.emit(key)

    def _focus_in(self, number: int, row: int) -> None:
        """Focus the slot of a column that is nearest to a row."""
        keys = self._columns[number].keys()
        self.focus_slot(keys[min(max(row, 0), len(keys) - 1)])

    def _focus_neighbour(self, direction: int) -> bool:
        keys = list(self._places)
        if self._current is None or not self._has_focus():
            return bool(keys) and self.focus_slot(self._current or keys[0])
        index = keys.index(self._current) + direction
        return 0 <= index < len(keys) and self.focus_slot(keys[index])

    def _sideways(self, direction: int) -> None:
        number, row = self._places.get(self._current or "", (0, 0))
        others = [n for n in range(len(self._props.groups)) if (n - number) * direction > 0]
        full = [n for n in others if self._columns[n].count]
        if full:
            self._focus_in(full[0] if direction > 0 else full[-1], row)
        else:
            self._awaited = (direction, row, tuple(self._places))
            self.page_requested.emit(direction)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        place = self._places.get(self._current or "")
        if not plain or (place is None and key not in _SIDEWAYS):
            event.ignore()
        elif key in _SIDEWAYS:
            self._sideways(_SIDEWAYS[Qt.Key(key)])
        elif place is not None and key in _UP_DOWN:
            self._focus_in(place[0], place[1] + _UP_DOWN[Qt.Key(key)])
        elif place is not None and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._focus_in(place[0], 0 if key == Qt.Key.Key_Home else self._columns[place[0]].count - 1)
        else:
            event.ignore()

    def _place_card(self) -> None:
        self._card.place(QRectF(self.viewport().rect()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_card()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._ink = Ink(tokens_of(self), self.devicePixelRatioF())
            self.set_props(self._props)
