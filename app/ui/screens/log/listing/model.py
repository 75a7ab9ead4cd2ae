"""The rows of the list as a Qt model: ids only, faces where they have been read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.domain.meetings import MeetingId
from app.ui.kit.meetings.face import MeetingFace
from app.ui.screens.log.listing.days import DayList

Index = QModelIndex | QPersistentModelIndex
translate = QCoreApplication.translate
_SPOKEN = (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole))
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class MeetingsModel(QAbstractListModel):
    """`face_of` answers with None while a row has not been read."""

    def __init__(
        self, face_of: Callable[[MeetingId], MeetingFace | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._face_of = face_of
        self._days = DayList()

    @property
    def days(self) -> DayList:
        """What is shown."""
        return self._days

    def set_days(self, days: DayList) -> bool:
        """Show other rows; True when they are the same ones and nothing moves."""
        if days == self._days:
            return True
        self.beginResetModel()
        self._days = days
        self.endResetModel()
        return False

    def rows_of(self, ids: Sequence[MeetingId]) -> list[int]:
        """The rows of these meetings, as far as they are in the list, in the order of the list."""
        wanted = set(ids)
        if len(wanted) > 8:
            return [row for row, one in enumerate(self._days.ids) if one in wanted]
        return sorted(self._days.ids.index(one) for one in wanted if one in self._days.ids)

    def id_at(self, row: int) -> MeetingId | None:
        """The meeting of a row; None outside the list."""
        return self._days.ids[row] if 0 <= row < len(self._days) else None

    def face_at(self, row: int) -> MeetingFace | None:
        """What the row says; None while it has not been read."""
        return self._face_of(self._days.ids[row])

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._days)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid() or role not in _SPOKEN:
            return None
        face = self.face_at(index.row())
        return face.spoken if face is not None else translate("log", "Loading")

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags
