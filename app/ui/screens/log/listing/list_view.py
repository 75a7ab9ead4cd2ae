"""The list widget of the meetings: any number of rows under their days, chosen one by one or many at once."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from app.domain.meetings import MeetingId
from app.ui.kit.meetings.painting import (
    HEADING_HEIGHT,
    ROW_HEIGHT,
    paint_ground,
    paint_heading,
    paint_meeting,
    paint_waiting,
)
from app.ui.kit.theme import tokens_of
from app.ui.screens.log.listing.days import DayList, DaySection
from app.ui.screens.log.listing.model import Index, MeetingsModel
from app.ui.screens.log.listing.places import Places

_Action = QAbstractItemView.CursorAction
_Flag = QItemSelectionModel.SelectionFlag


class MeetingList(QAbstractItemView):
    """`chosen` fires when the rep selects, `opened` for Enter and a double click, `left` for Up at the top.

    `rows_wanted(first, last)` says which rows are in sight; `typed(text)` is a letter for the search.
    """

    chosen = Signal()
    opened = Signal()
    left = Signal()
    rows_wanted = Signal(int, int)
    typed = Signal(str)

    def __init__(self, model: MeetingsModel, day_words: Callable[[DaySection], str]) -> None:
        super().__init__()
        self._meetings = model
        self._day_words = day_words
        self._places = Places()
        self._hovered = -1
        self._is_quiet = False
        self.setModel(model)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().selectionChanged.connect(self._on_selected)

    @property
    def current(self) -> MeetingId | None:
        """The meeting the keyboard is on, where it is selected."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isSelected(index):
            return None
        return self._meetings.id_at(index.row())

    def selected(self) -> tuple[MeetingId, ...]:
        """Every selected meeting, in the order of the list."""
        ids, spans = self._meetings.days.ids, sorted(_spans(self.selectionModel().selection()))
        return tuple(one for first, last in spans for one in ids[first : last + 1])

    def show_days(self, days: DayList, *, from_top: bool) -> None:
        """Show other rows; the list stays where it is, unless another question is answered `from_top`."""
        anchor = None if from_top else self._anchor()
        if self._meetings.set_days(days) and not from_top:
            return
        self._places = Places.of(len(days), days.sections)
        self._hovered = -1
        self.updateGeometries()
        rows = self._meetings.rows_of([anchor[0]]) if anchor is not None else []
        offset = anchor[1] if anchor is not None else 0
        self.verticalScrollBar().setValue(self._places.top(rows[0]) - offset if rows else 0)
        self.viewport().update()
        self._tell_wanted()

    def select(self, current: MeetingId | None, others: Sequence[MeetingId] = ()) -> None:
        """Select these without a signal."""
        self._is_quiet = True
        model, rows = self.selectionModel(), self._meetings.rows_of(tuple(others) or _only(current))
        selection = QItemSelection()
        for row in rows:
            selection.select(self._meetings.index(row), self._meetings.index(row))
        model.select(selection, _Flag.ClearAndSelect)
        places = self._meetings.rows_of(_only(current))
        if places:
            model.setCurrentIndex(self._meetings.index(places[0]), _Flag.NoUpdate)
        self._is_quiet = False

    def repaint_rows(self, ids: Collection[MeetingId]) -> None:
        """Paint these again where they are in sight."""
        first, last = self._rows_between(0, self.viewport().height() - 1)
        for row in range(first, last + 1):
            if self._meetings.id_at(row) in ids:
                self.viewport().update(self.visualRect(self._meetings.index(row)))

    def reveal(self, meeting_id: MeetingId) -> None:
        """Bring a meeting into sight."""
        for row in self._meetings.rows_of((meeting_id,)):
            self.scrollTo(self._meetings.index(row))

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= self._places.count:
            return QRect()
        top = self._places.top(index.row()) - self.verticalOffset()
        return QRect(0, top, self.viewport().width(), ROW_HEIGHT)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = self._places.top(index.row())
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(top - (height - ROW_HEIGHT) // 2)
        elif top < bar.value() + (HEADING_HEIGHT if index.row() == 0 else 0):
            bar.setValue(top - HEADING_HEIGHT)
        elif top + ROW_HEIGHT > bar.value() + height:
            bar.setValue(top + ROW_HEIGHT - height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        return self._meetings.index(self._places.row_at(point.y() + self.verticalOffset()))

    def moveCursor(self, action: QAbstractItemView.CursorAction, _keys: Qt.KeyboardModifier) -> QModelIndex:
        count, row = self._places.count, self.currentIndex().row()
        if not count:
            return QModelIndex()
        page = max(self.viewport().height() // ROW_HEIGHT - 1, 1)
        steps = {
            _Action.MoveUp: row - 1,
            _Action.MovePrevious: row - 1,
            _Action.MoveDown: row + 1,
            _Action.MoveNext: row + 1,
            _Action.MovePageUp: row - page,
            _Action.MovePageDown: row + page,
            _Action.MoveHome: 0,
            _Action.MoveEnd: count - 1,
        }
        return self._meetings.index(min(max(steps.get(action, row), 0), count - 1))

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        first, last = self._rows_between(rect.top(), rect.bottom())
        selection = QItemSelection()
        if first <= last:
            selection.select(self._meetings.index(first), self._meetings.index(last))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        first, last = self._rows_between(0, self.viewport().height() - 1)
        region = QRegion()
        for top, bottom in _spans(selection):
            for row in range(max(top, first), min(bottom, last) + 1):
                region += self.visualRect(self._meetings.index(row))
        return region

    def keyboardSearch(self, search: str) -> None:
        if search.strip():
            self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._places.row_at(event.position().toPoint().y() + self.verticalOffset()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometries()
        self._tell_wanted()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        bar, height = self.verticalScrollBar(), self.viewport().height()
        bar.setSingleStep(ROW_HEIGHT)
        bar.setPageStep(height)
        bar.setRange(0, max(self._places.height - height, 0))

    def scrollContentsBy(self, _across: int, down: int) -> None:
        self.viewport().scroll(0, down)
        self._tell_wanted()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(self.layoutDirection())
        tokens, width, offset = tokens_of(self), self.viewport().width(), self.verticalOffset()
        top, bottom = event.rect().top() + offset, event.rect().bottom() + 1 + offset
        for section, place in self._places.headings(top, bottom):
            rect = QRectF(0, place - offset, width, HEADING_HEIGHT)
            paint_heading(painter, rect, self._day_words(section), tokens)
        first, last = self._rows_between(event.rect().top(), event.rect().bottom())
        selection, current = self.selectionModel(), self.currentIndex().row()
        for row in range(first, last + 1):
            rect = QRectF(0, self._places.top(row) - offset, width, ROW_HEIGHT)
            paint_ground(
                painter,
                rect,
                tokens,
                is_selected=selection.isSelected(self._meetings.index(row)),
                is_hovered=row == self._hovered,
                has_focus=row == current and self.hasFocus(),
            )
            face = self._meetings.face_at(row)
            if face is None:
                paint_waiting(painter, rect, tokens)
            else:
                paint_meeting(painter, rect, face, tokens)
        painter.end()

    def _rows_between(self, top: int, bottom: int) -> tuple[int, int]:
        """The first and last row that touch these heights of the viewport; the last is smaller for none."""
        offset = self.verticalOffset()
        last = min(self._places.row_from(max(bottom + offset, 0)), self._places.count - 1)
        if last >= 0 and self._places.top(last) > bottom + offset:
            last -= 1
        return self._places.row_from(max(top + offset, 0)), last

    def _anchor(self) -> tuple[MeetingId, int] | None:
        """The first row in sight and its distance from the top; None where the list stands at its top."""
        offset = self.verticalOffset()
        row = self._meetings.id_at(self._places.row_from(offset)) if offset > 0 else None
        return None if row is None else (row, self._places.top(self._places.row_from(offset)) - offset)

    def _tell_wanted(self) -> None:
        first, last = self._rows_between(0, self.viewport().height() - 1)
        if first <= last:
            self.rows_wanted.emit(first, last)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            for changed in (before, row):
                if 0 <= changed < self._places.count:
                    self.viewport().update(self.visualRect(self._meetings.index(changed)))

    def _on_selected(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if not self._is_quiet:
            self.chosen.emit()


def _only(meeting_id: MeetingId | None) -> tuple[MeetingId, ...]:
    return () if meeting_id is None else (meeting_id,)


def _spans(selection: QItemSelection) -> list[tuple[int, int]]:
    """The first and last row of each selected range."""
    ranges = (selection.at(place) for place in range(selection.size()))
    return [(one.top(), one.bottom()) for one in ranges]
