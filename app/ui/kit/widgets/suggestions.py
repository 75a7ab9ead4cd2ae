"""The list of suggestions that opens under a type-ahead field."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.labels import Paragraph
from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.progress import ThinProgress
from app.ui.kit.widgets.rows import ListRow, ResultList

_MAX_HEIGHT = 320


class SuggestionPopup(QWidget):
    """The list under the field. A child of the window, it never takes the focus or blocks anything."""

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list = ResultList(name)
        self.progress = ThinProgress(name)
        self.message = Paragraph(role="base", tone="muted")
        self.message.setContentsMargins(0, 0, 0, 0)
        self._note = QWidget()
        note = QVBoxLayout(self._note)
        note.setContentsMargins(12, 8, 12, 8)
        note.addWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 5)
        column.setSpacing(0)
        column.addWidget(self.progress)
        column.addWidget(self._note)
        column.addWidget(self.list, 1)
        self.hide()

    def show_state(self, rows: Sequence[ListRow], *, loading: bool, message: str) -> None:
        self.progress.set_busy(loading)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.message.setText(message)
        self._note.setVisible(bool(message))

    def wanted_height(self, width: int) -> int:
        height = 8 + self.list.content_height()
        if not self._note.isHidden():
            height += self.message.heightForWidth(width - 26) + 16
        return min(max(height, MEASURES.control), _MAX_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        box(
            painter_on(self),
            QRectF(self.rect()),
            radius=MEASURES.radius,
            fill=tokens.surface,
            edge=tokens.edge,
        )
