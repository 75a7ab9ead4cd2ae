"""The line icons: SVG files drawn in a token's colour, sharp at every scale."""

import logging

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit.theme import MEASURES, Tokens, tokens_of

_log = logging.getLogger(__name__)
_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)


def svg_source(name: str, colour: str) -> bytes:
    """The SVG of icon `name` in `colour` ('#rrggbb') and the design's stroke; KeyError when there is none."""
    file = QFile(f"icons:{name}.svg")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise KeyError(name)
    text = bytes(file.readAll().data()).decode()
    text = text.replace("currentColor", colour)
    return text.replace('stroke-width="2"', f'stroke-width="{MEASURES.icon_stroke}"').encode()


def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Icon `name`, `size` logical pixels square, for a screen with `ratio` device pixels to a logical one."""
    key = f"slotdesk-icon/{name}/{colour}/{size}/{ratio}"
    cached = QPixmap()
    if QPixmapCache.find(key, cached):
        return cached
    pixels = round(size * ratio)
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    try:
        QSvgRenderer(QByteArray(svg_source(name, colour))).render(painter, QRectF(0, 0, pixels, pixels))
    except KeyError:
        # An exception inside a paint event ends the process; a missing picture need not.
        _log.warning("there is no icon called %s", name)
    finally:
        painter.end()
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def icon(name: str, tokens: Tokens, tone: str = "text", size: int = MEASURES.icon) -> QIcon:
    """A QIcon for menus and Qt's own controls; make it again when the theme changes."""
    result = QIcon()
    for ratio in _RATIOS:
        result.addPixmap(pixmap(name, tokens.colour(tone), size, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, tokens.disabled, size, ratio), QIcon.Mode.Disabled)
    return result


def paint_icon(painter: QPainter, name: str, colour: str, rect: QRectF) -> None:
    """Draw icon `name` in `colour` centred in `rect`, as large as its smaller side."""
    size = int(min(rect.width(), rect.height()))
    drawn = pixmap(name, QColor(colour).name(), size, painter.device().devicePixelRatioF())
    side = QRectF(0, 0, size, size)
    side.moveCenter(rect.center())
    painter.drawPixmap(side.topLeft(), drawn)


class IconView(QWidget):
    """A still icon between other widgets; decoration, so screen readers pass over it."""

    def __init__(
        self, name: str, *, tone: str = "text", size: int = MEASURES.icon, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, name: str, *, tone: str | None = None) -> None:
        self._name = name
        self._tone = self._tone if tone is None else tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        colour = tokens.colour(self._tone) if self.isEnabled() else tokens.disabled
        paint_icon(QPainter(self), self._name, colour, QRectF(self.rect()))
