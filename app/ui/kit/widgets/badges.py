"""Small marks: badges, tags, counts, key caps and status dots."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.paint import box, line_of_text, painter_on
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, Role, Tokens, font, tokens_of

BadgeTone = Literal["accent", "ok", "warn", "bad", "neutral"]
_CENTRE = Qt.AlignmentFlag.AlignHCenter


def badge_colours(tone: BadgeTone, tokens: Tokens) -> tuple[str, str]:
    """Fill and text of a badge."""
    match tone:
        case "accent":
            return tokens.accent_soft, tokens.accent_text
        case "neutral":
            return tokens.tag, tokens.text
        case _:
            return tokens.colour(f"{tone}_soft"), tokens.colour(tone)


def badge_width(text: str) -> int:
    """Logical pixels a badge with `text` takes, for delegates that paint one."""
    return round(QFontMetricsF(font("tag")).horizontalAdvance(text)) + 18


def paint_badge(painter: QPainter, rect: QRectF, text: str, tone: BadgeTone, tokens: Tokens) -> None:
    """A pill with `text` filling `rect`; leaves the painter's font changed."""
    fill, colour = badge_colours(tone, tokens)
    box(painter, rect, radius=rect.height() / 2, fill=fill)
    painter.setFont(font("tag"))
    line_of_text(painter, rect, text, colour, _CENTRE)


def key_cap_width(text: str) -> int:
    """Logical pixels a key cap with `text` takes."""
    return max(18, round(QFontMetricsF(font("caption")).horizontalAdvance(text)) + 10)


def paint_key_cap(painter: QPainter, rect: QRectF, text: str, tokens: Tokens) -> None:
    """A key with `text` filling `rect` (18 px high looks right); leaves the painter's font changed."""
    box(painter, rect, radius=4, fill=tokens.surface, edge=tokens.line)
    painter.setFont(font("caption"))
    line_of_text(painter, rect, text, tokens.muted, _CENTRE)


class _Mark(QWidget):
    """A fixed-size mark with a text that screen readers get as its name."""

    def __init__(self, text: str, role: Role, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setFont(font(role))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = ""
        self.set_text(text)

    @property
    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        self._text = clean(text)
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Badge(_Mark):
    """A pill: 'Default', 'Connected', 'Sign in again'."""

    def __init__(self, text: str, *, tone: BadgeTone = "accent", parent: QWidget | None = None) -> None:
        super().__init__(text, "tag", parent)
        self._tone: BadgeTone = tone

    def set_tone(self, tone: BadgeTone) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._text), 19)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_badge(painter_on(self), QRectF(self.rect()), self._text, self._tone, tokens_of(self))


class Tag(_Mark):
    """A grey label with small corners: a record, an address, a local tag; elided where the room ends."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, "chip", parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self._text)) + 14, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(60, self.sizeHint().width()), 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        box(painter, rect, radius=MEASURES.radius_small, fill=tokens.tag)
        line_of_text(painter, rect.adjusted(7, 0, -6, 0), self._text, tokens.text)


class CountBadge(_Mark):
    """A small filled circle with a number, for the rail; hidden at 0, '99+' above 99."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", "caption_strong", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        self.set_text(str(count) if count < 100 else "99+")
        self.setVisible(count > 0)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(max(15, round(QFontMetricsF(self.font()).horizontalAdvance(self._text)) + 8), 15)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        box(painter, rect, radius=rect.height() / 2, fill=tokens.accent)
        line_of_text(painter, rect, self._text, tokens.on_accent, _CENTRE)


class KeyCap(_Mark):
    """A key or shortcut as printed on the keyboard: 'Esc', 'Ctrl K'."""

    def __init__(self, keys: str, *, parent: QWidget | None = None) -> None:
        super().__init__(keys, "caption", parent)

    def sizeHint(self) -> QSize:
        return QSize(key_cap_width(self._text), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_key_cap(painter_on(self), QRectF(self.rect()), self._text, tokens_of(self))


class StatusDot(QWidget):
    """A coloured dot before a text that says the same. `tone` is a colour token: ok, warn, bad, muted."""

    def __init__(self, *, tone: str = "muted", size: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(size, size)

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        box(painter_on(self), rect, radius=rect.width() / 2, fill=tokens_of(self).colour(self._tone))
