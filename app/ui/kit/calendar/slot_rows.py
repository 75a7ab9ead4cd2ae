"""The rows of a slot list: day headers and slots, as a Qt list model."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.kit.calendar.model import GridSlot, ListProps, SlotGroup

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class RowRole(IntEnum):
    """What else a row carries: a GridSlot or a SlotGroup."""

    ITEM = Qt.ItemDataRole.UserRole + 1


class SlotRows(QAbstractListModel):
    """A header row per titled group, which cannot be selected, and a row per slot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[GridSlot | SlotGroup] = []
        self._by_key: dict[str, int] = {}

    def set_props(self, props: ListProps) -> None:
        """Replace the rows, or only their looks when the same slots are shown."""
        rows: list[GridSlot | SlotGroup] = []
        for group in props.groups:
            rows += [group] if group.title else []
            rows += group.slots
        by_key = {row.key: number for number, row in enumerate(rows) if isinstance(row, GridSlot)}
        if [_identity(row) for row in rows] == [_identity(row) for row in self._rows]:
            changed = [n for n, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
            self._rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows, self._by_key = rows, by_key
        self.endResetModel()

    def item(self, index: Index) -> GridSlot | SlotGroup | None:
        """The slot or group of a row."""
        return self._rows[index.row()] if index.isValid() else None

    def slot(self, index: Index) -> GridSlot | None:
        """The slot of a row; None for a header."""
        found = self.item(index)
        return found if isinstance(found, GridSlot) else None

    def index_of(self, key: str) -> QModelIndex:
        """The row of a slot; an invalid index when it is not shown."""
        number = self._by_key.get(key)
        return QModelIndex() if number is None else self.index(number)

    def keys(self) -> tuple[str, ...]:
        """The slots from top to bottom."""
        return tuple(self._by_key)

    def slot_rows(self) -> list[int]:
        """The numbers of the rows that are slots, from top to bottom."""
        return list(self._by_key.values())

    def group_starts(self) -> list[int]:
        """The numbers of the first slot rows below each header."""
        rows = self._rows
        return [
            n
            for n, row in enumerate(rows)
            if isinstance(row, GridSlot) and (n == 0 or isinstance(rows[n - 1], SlotGroup))
        ]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.slot(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.item(index)
        if row is None:
            return None
        if role == RowRole.ITEM:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label if isinstance(row, GridSlot) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.accessible_name if isinstance(row, GridSlot) else f"{row.title} {row.note}".strip()
        return None


def _identity(row: GridSlot | SlotGroup) -> str:
    return row.key if isinstance(row, GridSlot) else f"{row.title}\n"
