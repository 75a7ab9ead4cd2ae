"""Colours, pens and fonts of the calendar, made once per colour scheme."""

from functools import cached_property

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPixmap, QPolygonF, QTransform

from app.ui.kit.calendar.lettering import Lettering
from app.ui.kit.theme import MEASURES, Tokens, font, tabular


class Ink:
    """What the calendar paints with in one colour scheme, on a screen of one device pixel ratio."""

    def __init__(self, tokens: Tokens, ratio: float) -> None:
        self.tokens = tokens
        self.ratio = ratio
        medium = font("caption")
        medium.setWeight(QFont.Weight.Medium)
        self.day = Lettering(font("small"))
        self.number = Lettering(font("title"))
        self.date = Lettering(font("strong"))
        self.date_quiet = Lettering(tabular("base"))
        self.time = Lettering(tabular("medium"))
        self.ruler = Lettering(tabular("caption"))
        self.code = Lettering(font("caption"))
        self.code_strong = Lettering(font("caption_strong"))
        self.label = Lettering(medium)

    def colour(self, token: str) -> QColor:
        """The colour of a token of the scheme."""
        return QColor(self.tokens.colour(token))

    def blend(self, token: str, over: str, share: float) -> QColor:
        """`share` (0..1) of one token over another."""
        top, under = self.colour(token), self.colour(over)
        red, green, blue = (
            round(mine * share + other * (1 - share))
            for mine, other in (
                (top.red(), under.red()),
                (top.green(), under.green()),
                (top.blue(), under.blue()),
            )
        )
        return QColor(red, green, blue)

    def snapped(self, logical: float) -> float:
        """The nearest edge of a device pixel, in logical pixels."""
        return round(logical * self.ratio) / self.ratio

    @property
    def hair(self) -> float:
        """A thin line of whole device pixels, about one logical pixel."""
        return max(1, int(self.ratio)) / self.ratio

    @cached_property
    def hatch(self) -> QBrush:
        """Stripes of the busy colour at 45 degrees, 5 px on and 5 px off, on nothing."""
        across = MEASURES.hatch_on + MEASURES.hatch_off
        side = round(across * 2**0.5 * self.ratio)
        tile = QPixmap(side, side)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour("busy"))
        on = side * MEASURES.hatch_on / across
        for left in (-side, 0):
            painter.drawPolygon(_stripe(left, side, on))
        painter.end()
        brush = QBrush(tile)
        brush.setTransform(QTransform.fromScale(1 / self.ratio, 1 / self.ratio))
        return brush


def _stripe(left: float, side: float, on: float) -> QPolygonF:
    """A band that rises to the right through a tile of `side`, `on` wide along the horizontal."""
    corners = ((left, side), (left + on, side), (left + on + side, 0), (left + side, 0))
    return QPolygonF([QPointF(x, y) for x, y in corners])
