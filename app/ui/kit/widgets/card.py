"""Surfaces: panes, cards, bars and the hairlines between them."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import MEASURES, Tokens, tokens_of

CardTone = Literal["surface", "sunken", "accent", "ok", "warn", "bad"]
Side = Literal["left", "right", "top", "bottom"]


def card_colours(tone: CardTone, tokens: Tokens) -> tuple[str, str]:
    """Fill and edge of a card."""
    match tone:
        case "surface":
            return tokens.surface, tokens.line
        case "sunken":
            return tokens.sunken, tokens.line
        case "accent":
            return tokens.accent_soft, tokens.accent_line
        case _:
            fill = tokens.colour(f"{tone}_soft")
            return fill, fill


class Pane(QWidget):
    """A plain area filled with a colour token, with hairlines on some of its sides."""

    def __init__(
        self, tone: str = "surface", *, lines: tuple[Side, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._lines = lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        box(painter, rect, radius=0, fill=tokens.colour(self._tone))
        strips = {
            "left": QRectF(0, 0, 1, rect.height()),
            "right": QRectF(rect.width() - 1, 0, 1, rect.height()),
            "top": QRectF(0, 0, rect.width(), 1),
            "bottom": QRectF(0, rect.height() - 1, rect.width(), 1),
        }
        for side in self._lines:
            box(painter, strips[side], radius=0, fill=tokens.line)


class Bar(Pane):
    """A strip with a hairline under it: 52 px high, 44 when `secondary`. Fill `row` with widgets."""

    def __init__(
        self,
        tone: str = "surface",
        *,
        secondary: bool = False,
        lines: tuple[Side, ...] = ("bottom",),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tone, lines=lines, parent=parent)
        self.setFixedHeight(MEASURES.bar_secondary if secondary else MEASURES.bar)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(14, 0, 14, 0)
        self.row.setSpacing(MEASURES.s)


class Card(QWidget):
    """A rounded box with a hairline edge (none for ok, warn and bad); fill `column` with widgets."""

    def __init__(
        self,
        *,
        tone: CardTone = "surface",
        padding: int = MEASURES.m,
        spacing: int = MEASURES.s,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: CardTone = tone
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(spacing)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_tone(self, tone: CardTone) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, edge = card_colours(self._tone, tokens_of(self))
        box(painter_on(self), QRectF(self.rect()), radius=MEASURES.radius_card, fill=fill, edge=edge)


class Hairline(QWidget):
    """A 1 px separator."""

    def __init__(self, *, vertical: bool = False, tone: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        box(painter_on(self), QRectF(self.rect()), radius=0, fill=tokens_of(self).colour(self._tone))
