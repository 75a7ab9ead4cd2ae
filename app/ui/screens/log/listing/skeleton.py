"""What a first load shows: the shape of the list."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.meetings.painting import HEADING_HEIGHT, ROW_HEIGHT, paint_ground, paint_waiting
from app.ui.kit.paint import painter_on
from app.ui.kit.theme import tokens_of


class MeetingSkeleton(QWidget):
    """Rows without words under a heading without words."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter = tokens_of(self), painter_on(self)
        top = float(HEADING_HEIGHT)
        while top < self.height():
            rect = QRectF(0, top, self.width(), ROW_HEIGHT)
            paint_ground(painter, rect, tokens)
            paint_waiting(painter, rect, tokens)
            top += ROW_HEIGHT
