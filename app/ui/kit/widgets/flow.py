"""A layout that fills lines with widgets and breaks when a line is full, like words in a paragraph."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Lines of widgets, `gap` logical pixels apart. A last widget that expands takes the rest of its line."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 6, margins: QMargins | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(QMargins(0, 0, 0, 0) if margins is None else margins)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Add `widget` so that it stands at `index` in reading order."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wish = min(item.sizeHint().width(), width)
            if lines[-1] and used + wish > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wish + self._gap
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        room = rect.marginsRemoved(self.contentsMargins())
        top = room.top()
        for line in self._lines(room.width()):
            height = max((item.sizeHint().height() for item in line), default=0)
            left = room.left()
            for item in line:
                size = item.sizeHint().boundedTo(QSize(room.width(), 10_000))
                widget = item.widget()
                if widget is not None and self._expands(widget) and item is line[-1]:
                    size.setWidth(room.right() + 1 - left)
                if move:
                    place = QRect(left, top + (height - size.height()) // 2, size.width(), size.height())
                    item.setGeometry(self._mirrored(place, room))
                left += size.width() + self._gap
            top += height + self._gap
        margins = self.contentsMargins()
        return top - self._gap - rect.top() + margins.bottom()

    def _mirrored(self, place: QRect, room: QRect) -> QRect:
        widget = self.parentWidget()
        if widget is not None and widget.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveLeft(room.left() + room.right() - place.right())
        return place

    @staticmethod
    def _expands(widget: QWidget) -> bool:
        return widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Expanding
