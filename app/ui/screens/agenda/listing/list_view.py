"""The list widget of the Agenda: rows under their days, their buttons, and the line of the present time."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.kit.meetings.painting import paint_ground
from app.ui.kit.theme import tokens_in, tokens_of
from app.ui.screens.agenda.listing.faces import RowFace
from app.ui.screens.agenda.listing.inputs import RowKey
from app.ui.screens.agenda.listing.model import AgendaModel
from app.ui.screens.agenda.listing.painting import (
    HEADING_HEIGHT,
    QUIET_HEIGHT,
    ROW_HEIGHT,
    action_rect,
    now_rect,
    paint_heading,
    paint_now,
    paint_quiet,
    paint_row,
    time_room,
    widest_time,
)
from app.ui.screens.agenda.listing.props import Heading, Item, NowLine

Index = QModelIndex | QPersistentModelIndex


class AgendaDelegate(QStyledItemDelegate):
    """Paints items; `hot` is the row whose button is under the pointer."""

    def __init__(self, model: AgendaModel) -> None:
        super().__init__()
        self._agenda = model
        self.hot = -1
        self.times = 0.0

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, _height(self._agenda.items[index.row()]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item, rect = self._agenda.items[index.row()], QRectF(option.rect)
        view, tokens = option.widget, tokens_in(option.palette)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        if isinstance(item, RowFace):
            is_current = isinstance(view, AgendaList) and index.row() == view.currentIndex().row()
            is_hovered = isinstance(view, AgendaList) and index.row() == view.hovered
            has_focus = is_current and view is not None and view.hasFocus()
            paint_ground(
                painter, rect, tokens, is_selected=is_current, is_hovered=is_hovered, has_focus=has_focus
            )
            is_hot = self.hot == index.row()
            paint_row(painter, rect, item, tokens, times=self.times, is_hot=is_hot)
        elif isinstance(item, Heading):
            paint_heading(painter, rect, item.text, tokens)
        else:
            paint_quiet(painter, rect, item.text, tokens)
        painter.restore()


class AgendaList(QListView):
    """`chosen(RowKey)` when the rep moves to a row, `picked` for a click on one, `acted` for its button.

    `opened` fires for Enter and Space, `left` for Up on the first row.
    """

    chosen = Signal(object)
    picked = Signal(object)
    acted = Signal(object)
    opened = Signal()
    left = Signal()

    def __init__(self, model: AgendaModel) -> None:
        super().__init__()
        self._agenda = model
        self._delegate = AgendaDelegate(model)
        self._line: NowLine | None = None
        self._is_quiet = False
        self._pressed: RowKey | None = None
        self.hovered = -1
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def current(self) -> RowKey | None:
        """The row the keyboard is on."""
        face = self._agenda.face_at(self.currentIndex().row())
        return face.key if face is not None else None

    def show_items(self, items: tuple[Item, ...], line: NowLine | None, selected: RowKey | None) -> bool:
        """Show items and line; True where rows came or went."""
        before, offset = self._line_rect(), self.verticalScrollBar().value()
        is_same = items == self._agenda.items
        self._is_quiet = True
        has_moved = not self._agenda.set_items(items)
        self._line = line
        if not is_same:
            self._fit_times()
        self._select(selected)
        self._is_quiet = False
        if has_moved:
            self.hovered = self._delegate.hot = -1
            self.doItemsLayout()
            self.verticalScrollBar().setValue(offset)
        for rect in (before, self._line_rect()):
            self.viewport().update(rect)
        return has_moved

    def reveal(self, key: RowKey | None) -> None:
        """Bring a row into sight, with its heading where that is just above."""
        row = self._agenda.row_of(key)
        if row > 0 and isinstance(self._agenda.items[row - 1], Heading):
            self.scrollTo(self._agenda.index(row - 1))
        if row >= 0:
            self.scrollTo(self._agenda.index(row))

    def to_top(self) -> None:
        """Begin at the first day."""
        self.verticalScrollBar().setValue(0)

    def step_day(self, by: int) -> None:
        """Go to the first row of the next (`by` 1) or previous (-1) day."""
        items, row = self._agenda.items, self.currentIndex().row()
        firsts = [at + 1 for at, item in enumerate(items) if isinstance(item, Heading)]
        firsts = [at for at in firsts if self._agenda.face_at(at) is not None]
        here = max((at for at in firsts if at <= row), default=-1)
        later = next((at for at in firsts if at > row), None)
        earlier = max((at for at in firsts if at < (here if row == here else row)), default=None)
        target = later if by > 0 else earlier
        if target is not None:
            self.setCurrentIndex(self._agenda.index(target))

    def button_rect(self, key: RowKey) -> QRect:
        """Where the button of a row is in the viewport; empty without one."""
        index = self._agenda.index(self._agenda.row_of(key))
        face = self._agenda.face_at(index.row())
        if face is None:
            return QRect()
        return action_rect(QRectF(self.visualRect(index)), face, self.layoutDirection()).toRect()

    def moveCursor(self, action: QListView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        """From meeting to meeting; headings are passed over."""
        rows = [row for row in range(len(self._agenda.items)) if self._agenda.face_at(row) is not None]
        if not rows:
            return QModelIndex()
        here = self.currentIndex().row()
        place = rows.index(here) if here in rows else -1
        page, actions = max(self.viewport().height() // ROW_HEIGHT - 1, 1), QListView.CursorAction
        steps = {
            actions.MoveUp: -1,
            actions.MovePrevious: -1,
            actions.MoveDown: 1,
            actions.MoveNext: 1,
            actions.MovePageUp: -page,
            actions.MovePageDown: page,
            actions.MoveHome: -len(rows),
            actions.MoveEnd: len(rows),
        }
        target = min(max(place + steps.get(action, 0), 0), len(rows) - 1)
        return self._agenda.index(rows[target])

    def keyboardSearch(self, _search: str) -> None:
        """Letters are commands here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if opens and self.current is not None:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Up and self._is_first():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._button_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        pressed, self._pressed = self._pressed, None
        point = event.position().toPoint()
        if pressed is not None:
            if pressed == self._button_at(point):
                self.acted.emit(pressed)
            return
        face = self._agenda.face_at(self.indexAt(point).row())
        if face is not None:
            self.picked.emit(face.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        row = self.indexAt(point).row()
        self._hover(row, row if self._button_at(point) is not None else -1)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1, -1)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_times()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rect = self._line_rect()
        if self._line is not None and rect.intersects(event.rect()):
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setLayoutDirection(self.layoutDirection())
            paint_now(painter, self._line_y(), self.viewport().width(), self._line, tokens_of(self))
            painter.end()

    def _select(self, selected: RowKey | None) -> None:
        row = self._agenda.row_of(selected)
        if row != self.currentIndex().row():
            self.setCurrentIndex(self._agenda.index(row) if row >= 0 else QModelIndex())

    def _is_first(self) -> bool:
        row = self.currentIndex().row()
        return not any(self._agenda.face_at(above) for above in range(max(row, 0)))

    def _fit_times(self) -> None:
        faces = [item for item in self._agenda.items if isinstance(item, RowFace)]
        times = time_room(self.viewport().width(), widest_time(faces))
        if times != self._delegate.times:
            self._delegate.times = times
            self.viewport().update()

    def _line_y(self) -> int:
        if self._line is None:
            return -1
        return self.visualRect(self._agenda.index(self._line.after)).bottom() + 1

    def _line_rect(self) -> QRect:
        if self._line is None:
            return QRect()
        return now_rect(self._line_y(), self.viewport().width()).toAlignedRect()

    def _button_at(self, point: QPoint) -> RowKey | None:
        index = self.indexAt(point)
        face = self._agenda.face_at(index.row())
        if face is None or not self.button_rect(face.key).contains(point):
            return None
        return face.key

    def _hover(self, row: int, hot: int) -> None:
        before = {self.hovered, self._delegate.hot}
        self.hovered, self._delegate.hot = row, hot
        if before != {row, hot}:
            for changed in before | {row, hot}:
                if changed >= 0:
                    self.update(self._agenda.index(changed))

    def _on_current(self, current: Index, _previous: Index) -> None:
        face = self._agenda.face_at(current.row())
        if not self._is_quiet and face is not None:
            self.chosen.emit(face.key)


def _height(item: Item) -> int:
    if isinstance(item, RowFace):
        return ROW_HEIGHT
    return HEADING_HEIGHT if isinstance(item, Heading) else QUIET_HEIGHT
