"""The items of the list as a Qt model: headings, meetings, and today without meetings."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui.screens.agenda.listing.faces import RowFace
from app.ui.screens.agenda.listing.inputs import RowKey
from app.ui.screens.agenda.listing.props import Heading, Item

Index = QModelIndex | QPersistentModelIndex
_SPOKEN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_ROW = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_OTHER = Qt.ItemFlag.ItemNeverHasChildren


class AgendaModel(QAbstractListModel):
    """Only meetings can be selected; the keyboard passes over the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shown."""
        return self._items

    def set_items(self, items: Sequence[Item]) -> bool:
        """Show other items; True where they are the same places with other words, and nothing moves."""
        shown = tuple(items)
        if shown == self._items:
            return True
        if [_place(item) for item in shown] == [_place(item) for item in self._items]:
            before, self._items = self._items, shown
            for row, (old, new) in enumerate(zip(before, shown, strict=True)):
                if old != new:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return True
        self.beginResetModel()
        self._items = shown
        self.endResetModel()
        return False

    def face_at(self, row: int) -> RowFace | None:
        """The meeting of a row; None for anything else."""
        item = self._items[row] if 0 <= row < len(self._items) else None
        return item if isinstance(item, RowFace) else None

    def row_of(self, key: RowKey | None) -> int:
        """Where a meeting stands; -1 where it does not."""
        for row, item in enumerate(self._items):
            if isinstance(item, RowFace) and item.key == key:
                return row
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or role not in _SPOKEN:
            return None
        item = self._items[index.row()]
        return item.spoken if isinstance(item, RowFace) else item.text

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _ROW if index.isValid() and self.face_at(index.row()) is not None else _OTHER


def _place(item: Item) -> tuple[str, object]:
    if isinstance(item, RowFace):
        return "row", item.key
    return ("heading" if isinstance(item, Heading) else "quiet"), item.day
