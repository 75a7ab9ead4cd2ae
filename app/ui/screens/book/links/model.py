"""The rows of the links list as a Qt model."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.domain.links import MeetingLink, Slug, UserId
from app.ui.kit.text import clean
from app.ui.kit.times import TimeWords
from app.ui.screens.book.links.rows import HeaderRow, LinkRow, Row, spoken_row, subtitle

Index = QModelIndex | QPersistentModelIndex
ROW = int(Qt.ItemDataRole.UserRole)
SUBTITLE = ROW + 1


class LinksModel(QAbstractListModel):
    """Headers cannot be selected; texts are made only for the rows on screen."""

    def __init__(self, words: TimeWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._names: Mapping[UserId, str] = {}
        self._words = words

    @property
    def rows(self) -> Sequence[Row]:
        """All rows, headers included."""
        return self._rows

    def set_rows(self, rows: tuple[Row, ...], names: Mapping[UserId, str]) -> bool:
        """Show other rows; True when they stay in place and are only repainted."""
        if self._same_shape(rows):
            self._rows, self._names = rows, names
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return True
        self.beginResetModel()
        self._rows, self._names = rows, names
        self.endResetModel()
        return False

    def set_words(self, words: TimeWords) -> None:
        """Write durations in another manner."""
        self._words = words
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def is_heading(self, row: int) -> bool:
        """Whether that row is a heading; cheap enough to be asked of every row."""
        return isinstance(self._rows[row], HeaderRow)

    def place_of(self, slug: Slug | None) -> QModelIndex:
        """The row of a link, or an invalid index."""
        for place, row in enumerate(self._rows):
            if isinstance(row, LinkRow) and row.link.slug == slug:
                return self.index(place)
        return QModelIndex()

    def link_at(self, index: Index) -> MeetingLink | None:
        """The link of a row; None for headers and outside the list."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        return row.link if isinstance(row, LinkRow) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if isinstance(row, HeaderRow):
            return row.title if role in _SPOKEN else None
        if role == SUBTITLE:
            return clean(subtitle(row, self._words, self._names))
        if role in _SPOKEN:
            return clean(spoken_row(row, subtitle(row, self._words, self._names)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], HeaderRow):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def _same_shape(self, rows: Sequence[Row]) -> bool:
        return len(rows) == len(self._rows) and all(
            isinstance(new, LinkRow) and isinstance(old, LinkRow) and new.link.slug == old.link.slug
            if isinstance(new, LinkRow)
            else isinstance(old, HeaderRow)
            for new, old in zip(rows, self._rows, strict=True)
        )


_SPOKEN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
