"""What every page of the settings is made of: a scrolled column, cards of rows, and the rows."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit.labels import ElidedLabel, Paragraph, caption, heading
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.card import Card, Hairline
from app.ui.kit.widgets.scroll import ScrollArea

WIDTH = 768
ROOM_FOR_WORDS = 160
"""Logical pixels the words of a row need beside a control; with less, the control goes under them."""


class Page(ScrollArea):
    """A title over cards, at most 768 px wide. Fill it with `add`, `add_caption` and `add_rows`."""

    def __init__(self, title: str) -> None:
        super().__init__(padding=0, spacing=0)
        self.setAccessibleName(title)
        self._column = QVBoxLayout()
        self._column.setSpacing(MEASURES.l)
        self._heading = heading(title)
        self._column.addWidget(self._heading)
        self.column.setContentsMargins(MEASURES.xl, MEASURES.xl - 1, MEASURES.xl, MEASURES.xl)
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        holder.setLayout(self._column)
        self._column.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout()
        across.addWidget(holder, 100)
        across.addStretch(1)
        self.column.addLayout(across)
        self.column.addStretch(1)

    def show_title(self, is_shown: bool) -> None:
        """Leave the title out where something above the page says it already."""
        self._heading.setVisible(is_shown)

    def add(self, widget: QWidget, *, alignment: Qt.AlignmentFlag | None = None) -> None:
        """Append a widget over the whole width, or on one side."""
        if alignment is None:
            self._column.addWidget(widget)
        else:
            self._column.addWidget(widget, 0, alignment)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget after `place` others, the title not counted."""
        self._column.insertWidget(place + 1, widget)

    def add_group(self, title: str, *rows: QWidget) -> "Rows":
        """Append a card of rows under a small heading."""
        group = QVBoxLayout()
        group.setSpacing(MEASURES.s)
        group.addWidget(caption(title))
        card = Rows(*rows)
        group.addWidget(card)
        self._column.addLayout(group)
        return card


class Rows(Card):
    """Rows with hairlines between them."""

    def __init__(self, *rows: QWidget) -> None:
        super().__init__(padding=0, spacing=0)
        self._parts: list[QWidget] = []
        for row in rows:
            self.add(row)

    def add(self, row: QWidget) -> None:
        """Append a row."""
        if self._parts:
            line = Hairline(tone="line2")
            self._parts.append(line)
            self.column.addWidget(line)
        self._parts.append(row)
        self.column.addWidget(row)

    def clear(self) -> None:
        """Take all rows away."""
        for part in self._parts:
            self.column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = []


class Row(QWidget):
    """Words at the left, a control at the right; under each other where there is no room."""

    def __init__(self, title: str, control: QWidget | None = None, *, detail: str = "") -> None:
        super().__init__()
        self._title = ElidedLabel(title)
        self._detail = Paragraph(detail, role="small", tone="muted")
        self._detail.setVisible(bool(detail))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(MEASURES.l, MEASURES.s, MEASURES.l, MEASURES.s)
        self._line.setSpacing(MEASURES.s)
        self._line.addLayout(words, 1)
        self._control = control
        if control is not None:
            self._line.addWidget(control)
            self._title.setBuddy(control)
        self.setMinimumHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_detail(self, detail: str) -> None:
        """Change the lower line; '' takes it away."""
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the row when it has become too narrow."""
        super().resizeEvent(event)
        if self._control is None:
            return
        taken = max(self._control.sizeHint().width(), self._control.minimumWidth())
        left = event.size().width() - taken - 2 * MEASURES.l - MEASURES.s
        is_wide = left >= max(self._title.sizeHint().width(), ROOM_FOR_WORDS)
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._line.setDirection(sideways if is_wide else down)
        middle, start = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        self._line.setAlignment(self._control, middle if is_wide else start)
