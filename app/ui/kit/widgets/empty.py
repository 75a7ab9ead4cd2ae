"""What is shown instead of nothing: the reason, and buttons for the next step."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.labels import Paragraph
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button

_CENTRE = Qt.AlignmentFlag.AlignHCenter
_MEASURE = 400


class EmptyState(QWidget):
    """Icon, reason, explanation and next steps, centred in the room there is."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        *,
        actions: Sequence[Button] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = IconView(icon, tone="muted", size=22)
        self._title = Paragraph(title, role="strong", centred=True)
        self._text = Paragraph(text, tone="muted", centred=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(MEASURES.s)
        middle = QWidget()
        middle.setMaximumWidth(_MEASURE)
        column = QVBoxLayout(middle)
        column.setContentsMargins(MEASURES.l, MEASURES.l, MEASURES.l, MEASURES.l)
        column.setSpacing(MEASURES.s)
        column.addWidget(self._icon, 0, _CENTRE)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(MEASURES.xs)
        column.addLayout(self._buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(2)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        outer.addLayout(across)
        outer.addStretch(3)
        self._text.setVisible(bool(text))
        self.set_actions(actions)

    def minimumSizeHint(self) -> QSize:
        """Narrower than the buttons beside each other, because they can stand under each other."""
        return QSize(min(180, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons that do not fit beside each other stand under each other."""
        super().resizeEvent(event)
        parts = [item.widget() for item in map(self._buttons.itemAt, range(self._buttons.count())) if item]
        wishes = [part.sizeHint().width() for part in parts if part is not None]
        wish = sum(wishes) + MEASURES.s * (len(wishes) + 1)
        room = min(event.size().width(), _MEASURE) - 2 * MEASURES.l
        direction = QBoxLayout.Direction.LeftToRight if wish <= room else QBoxLayout.Direction.TopToBottom
        self._buttons.setDirection(direction)

    def set_content(self, icon: str, title: str, text: str = "") -> None:
        self._icon.set_icon(icon)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def set_actions(self, actions: Sequence[Button]) -> None:
        """Replace the buttons; the old ones are deleted."""
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons.addStretch(1)
        for action in actions:
            self._buttons.addWidget(action)
        self._buttons.addStretch(1)
