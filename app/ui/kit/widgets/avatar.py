"""Initials that stand for a person (round) or a meeting link (tile)."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kit.icons import paint_icon
from app.ui.kit.paint import box, line_of_text, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import Tokens, font, tokens_of

Shape = Literal["round", "tile"]


def initials_of(name: str) -> str:
    """Two capitals for a name: first and last word, or the first two letters of a single word; '' for ''."""
    words = [word for word in clean(name).replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return ""
    letters = words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()


def paint_avatar(
    painter: QPainter,
    rect: QRectF,
    initials: str,
    tokens: Tokens,
    *,
    shape: Shape = "round",
    accent: bool = True,
) -> None:
    """Initials on a soft circle or tile filling `rect`; leaves the painter's font changed."""
    side = rect.height()
    fill, colour = (tokens.accent_soft, tokens.accent_text) if accent else (tokens.tag, tokens.muted)
    box(painter, rect, radius=side / 2 if shape == "round" else side * 0.22, fill=fill)
    letters = QFont(font("caption_strong"))
    letters.setPixelSize(9 if side < 22 else 11 if side < 36 else 12)
    painter.setFont(letters)
    line_of_text(painter, rect, initials, colour, Qt.AlignmentFlag.AlignHCenter)


class Avatar(QWidget):
    """A still avatar; decoration beside the name, so screen readers pass over it."""

    def __init__(
        self,
        initials: str = "",
        *,
        size: int = 26,
        shape: Shape = "round",
        accent: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._initials = clean(initials)
        self._shape: Shape = shape
        self._accent = accent
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def has_initials(self) -> bool:
        return bool(self._initials)

    def set_initials(self, initials: str) -> None:
        self._initials = clean(initials)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        paint_avatar(
            painter_on(self), rect, self._initials, tokens_of(self), shape=self._shape, accent=self._accent
        )


class IconTile(QWidget):
    """An icon on a soft tile, as on the welcome cards; `strong` fills it with the accent."""

    def __init__(
        self,
        name: str,
        *,
        size: int = 34,
        icon_size: int = 18,
        strong: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._icon_size = icon_size
        self._strong = strong
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        fill, colour = (
            (tokens.accent, tokens.on_accent) if self._strong else (tokens.accent_soft, tokens.accent_text)
        )
        box(painter, rect, radius=rect.height() * 0.24, fill=fill)
        spot = QRectF(0, 0, self._icon_size, self._icon_size)
        spot.moveCenter(rect.center())
        paint_icon(painter, self._name, colour, spot)
