"""A filter that is set, as a chip that takes it away."""

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text, mirrored, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.buttons import Pressable

translate = QCoreApplication.translate
_WIDEST = 240


class FilterChip(Pressable):
    """Pressed anywhere, it asks with `dropped(key)` to be taken away."""

    dropped = Signal(str)

    def __init__(self, key: str, words: str) -> None:
        super().__init__(
            translate("log", "Remove filter {name}").format(name=clean(words)), radius=MEASURES.radius_small
        )
        self.key, self.words = key, words
        self._shown = clean(words)
        self.setObjectName(f"log.chip.{key}")
        self.setFont(font("chip"))
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        width = round(QFontMetricsF(self.font()).horizontalAdvance(self._shown)) + 35
        return QSize(min(width, _WIDEST), 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, painter, rect = tokens_of(self), painter_on(self), QRectF(self.rect())
        fill = tokens.hover if self.underMouse() else tokens.tag
        box(painter, rect, radius=MEASURES.radius_small, fill=fill)
        line_of_text(painter, mirrored(self, rect.adjusted(8, 0, -24, 0)), self._shown, tokens.text)
        sign = QRectF(rect.right() - 19, rect.center().y() - 6, 12, 12)
        paint_icon(painter, "x", tokens.muted, mirrored(self, sign))

    def _on_clicked(self) -> None:
        self.dropped.emit(self.key)
