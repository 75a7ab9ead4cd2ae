"""The card that says why there is nothing to show and what to do next."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.calendar.model import EmptyNotice
from app.ui.kit.labels import Paragraph
from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.buttons import Button

WIDTH = 340


class EmptyCard(QWidget):
    """Title, explanation and one button or two, on a card that lies over an empty calendar."""

    triggered = Signal()
    other_triggered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = Paragraph(role="strong", centred=True)
        self._detail = Paragraph(tone="muted", centred=True)
        self._button = Button("")
        self._button.clicked.connect(self.triggered)
        self._other = Button("", kind="quiet")
        self._other.clicked.connect(self.other_triggered)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(MEASURES.xl, MEASURES.xl, MEASURES.xl, MEASURES.xl)
        column.setSpacing(MEASURES.xs)
        column.addWidget(self._title)
        column.addWidget(self._detail)
        column.addSpacing(MEASURES.m)
        column.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._other, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.hide()

    def show_notice(self, notice: EmptyNotice | None) -> None:
        """Fill the card and show it, or hide it."""
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._title.setText(notice.title)
        self._detail.setText(notice.detail)
        self._detail.setVisible(bool(notice.detail))
        self._button.set_label(notice.action)
        self._button.setVisible(bool(notice.action))
        self._other.set_label(notice.other)
        self._other.setVisible(bool(notice.other))

    def place(self, area: QRectF) -> None:
        """Centre the card in `area`, a little above the middle."""
        width = round(min(WIDTH, area.width() - 2 * MEASURES.m))
        height = self._column.heightForWidth(width)
        left = area.left() + (area.width() - width) / 2
        top = area.top() + max((area.height() - height) * 0.4, MEASURES.m)
        self.setGeometry(round(left), round(top), width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        box(painter, QRectF(self.rect()), radius=MEASURES.radius_card, fill=tokens.surface, edge=tokens.line)
