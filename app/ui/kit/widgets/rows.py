"""Rows with avatar or icon, two lines, a trailing text and key caps: what type-ahead and palette list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text, mirrored_in
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, Tokens, font, tokens_in
from app.ui.kit.widgets.avatar import paint_avatar
from app.ui.kit.widgets.badges import key_cap_width, paint_key_cap

Index = QModelIndex | QPersistentModelIndex
_ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class ListRow:
    """One result. `initials` draws an avatar, else `icon` an icon; `section` is the heading above it."""

    id: str
    title: str
    detail: str = ""
    initials: str = ""
    icon: str = ""
    trailing: str = ""
    keys: str = ""
    section: str = ""
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str


class _RowsModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: tuple[ListRow | _Heading, ...] = ()

    @property
    def entries(self) -> tuple[ListRow | _Heading, ...]:
        return self._entries

    def set_entries(self, entries: Sequence[ListRow | _Heading]) -> None:
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == _ROW:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, _Heading):
                return clean(entry.title)
            return ", ".join(clean(part) for part in (entry.title, entry.detail, entry.trailing) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        entry = self._entries[index.row()]
        if isinstance(entry, _Heading) or not entry.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RowsDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget, *, padding: int, roomy: bool) -> None:
        super().__init__(parent)
        self._padding = padding
        self._tall = 53 if roomy else 46

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        entry = index.data(_ROW)
        if isinstance(entry, _Heading):
            return QSize(100, 30)
        tall = isinstance(entry, ListRow) and bool(entry.detail)
        return QSize(100, self._tall if tall else 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(_ROW)
        tokens = tokens_in(option.palette)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(option.direction)
        if isinstance(entry, _Heading):
            painter.setFont(font("small_strong"))
            room = rect.adjusted(self._padding, 6, -self._padding, 0)
            line_of_text(painter, room, clean(entry.title), tokens.muted)
        elif isinstance(entry, ListRow):
            if option.state & QStyle.StateFlag.State_Selected:
                box(painter, rect, radius=0, fill=tokens.accent_soft)
            elif option.state & QStyle.StateFlag.State_MouseOver:
                box(painter, rect, radius=0, fill=tokens.hover)
            room = rect.adjusted(self._padding, 0, -self._padding, 0)
            _RowInk(painter, room, tokens, option.direction).draw(entry)
        painter.restore()


class _RowInk:
    """Draws one row inside `rect`, from its leading to its trailing side."""

    def __init__(
        self, painter: QPainter, rect: QRectF, tokens: Tokens, direction: Qt.LayoutDirection
    ) -> None:
        self._painter = painter
        self._rect = rect
        self._tokens = tokens
        self._direction = direction

    def draw(self, row: ListRow) -> None:
        painter, rect, tokens = self._painter, self._rect, self._tokens
        colour = tokens.text if row.enabled else tokens.disabled
        middle = rect.center().y()
        left = rect.left()
        if row.initials:
            paint_avatar(painter, self._at(left, middle - 13, 26, 26), clean(row.initials), tokens)
            left += 34
        elif row.icon:
            paint_icon(painter, row.icon, colour, self._at(left, middle - 7.5, 15, 15))
            left += 23
        width = max(self._draw_end(row) - left - MEASURES.s, 0)
        painter.setFont(font("medium" if row.detail else "base"))
        if row.detail:
            line_of_text(painter, self._at(left, middle - 18, width, 19), clean(row.title), colour)
            painter.setFont(font("small"))
            line_of_text(painter, self._at(left, middle + 0.5, width, 17), clean(row.detail), tokens.muted)
        else:
            whole = self._at(left, rect.top(), width, rect.height())
            line_of_text(painter, whole, clean(row.title), colour)

    def _draw_end(self, row: ListRow) -> float:
        """Key cap and trailing text; returns where they begin."""
        painter, rect, tokens = self._painter, self._rect, self._tokens
        right = rect.right()
        if row.keys:
            width = key_cap_width(row.keys)
            paint_key_cap(
                painter, self._at(right - width, rect.center().y() - 9, width, 18), row.keys, tokens
            )
            right -= width + MEASURES.s
        if row.trailing:
            painter.setFont(font("small"))
            text = clean(row.trailing)
            width = min(painter.fontMetrics().horizontalAdvance(text) + 2, int(rect.width() / 2))
            place = self._at(right - width, rect.top(), width, rect.height())
            line_of_text(painter, place, text, tokens.muted)
            right -= width + MEASURES.s
        return right

    def _at(self, left: float, top: float, width: float, height: float) -> QRectF:
        return mirrored_in(self._direction, self._rect, QRectF(left, top, width, height))


class ResultList(QListView):
    """Rows under optional headings with one current row. `activated_id(id)` on click or `activate()`.

    `roomy` gives rows of two lines the height they have in the command palette.
    """

    activated_id = Signal(str)
    current_changed = Signal(str)

    def __init__(
        self, name: str, *, padding: int = 10, roomy: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = _RowsModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_RowsDelegate(self, padding=padding, roomy=roomy))
        self.setAccessibleName(clean(name))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._on_clicked)

    @property
    def rows(self) -> tuple[ListRow, ...]:
        return tuple(entry for entry in self._model.entries if isinstance(entry, ListRow))

    @property
    def current_id(self) -> str:
        """The id of the current row, '' when there is none."""
        entry = self.currentIndex().data(_ROW) if self.currentIndex().isValid() else None
        return entry.id if isinstance(entry, ListRow) else ""

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show `rows`; the current row stays current when it is still there, else the first one is."""
        kept = self.current_id
        entries: list[ListRow | _Heading] = []
        section = ""
        for row in rows:
            if row.section and row.section != section:
                entries.append(_Heading(row.section))
            section = row.section
            entries.append(row)
        self._model.set_entries(entries)
        ids = [row.id for row in rows if row.enabled]
        self.set_current(kept if kept in ids else next(iter(ids), ""))

    def set_current(self, row_id: str) -> None:
        for number, entry in enumerate(self._model.entries):
            if isinstance(entry, ListRow) and entry.id == row_id:
                self.setCurrentIndex(self._model.index(number, 0))
                self.current_changed.emit(row_id)
                return

    def step(self, by: int) -> None:
        """Make the next (1) or previous (-1) row current, around the ends."""
        ids = [row.id for row in self.rows if row.enabled]
        if ids:
            at = ids.index(self.current_id) if self.current_id in ids else (-1 if by > 0 else 0)
            self.set_current(ids[(at + by) % len(ids)])
            self.scrollTo(self.currentIndex())

    def activate(self) -> bool:
        """Act on the current row as a click does; False when there is none."""
        if not self.current_id:
            return False
        self.activated_id.emit(self.current_id)
        return True

    def content_height(self) -> int:
        """Logical pixels all rows take together."""
        option = QStyleOptionViewItem()
        delegate = self.itemDelegate()
        count = self._model.rowCount()
        return sum(delegate.sizeHint(option, self._model.index(row, 0)).height() for row in range(count))

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        entry = index.data(_ROW)
        if isinstance(entry, ListRow) and entry.enabled:
            self.activated_id.emit(entry.id)
