"""A text of the status line that leads somewhere."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.kit.paint import line_of_text, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.buttons import Pressable


class StatusButton(Pressable):
    """Looks like the labels beside it, and is underlined under the pointer; hidden without a text."""

    def __init__(self) -> None:
        super().__init__("", radius=MEASURES.radius_small)
        self._tone = "muted"
        self._shown = ""
        self.setFont(font("small"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def shown(self) -> str:
        """The text."""
        return self._shown

    @property
    def gives_way(self) -> bool:
        """Whether it may be hidden where there is no room: it says nothing that needs the rep."""
        return bool(self._shown) and self._tone == "muted"

    def show_text(self, text: str, tone: str) -> None:
        """Say this, in the colour of a token."""
        self._shown, self._tone = clean(text), tone
        self.set_name(text)
        self.setVisible(bool(self._shown))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self._shown)) + 11, 20)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = painter_on(self)
        shape = font("small")
        shape.setUnderline(self.underMouse())
        painter.setFont(shape)
        place = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        line_of_text(painter, place, self._shown, tokens_of(self).colour(self._tone))
