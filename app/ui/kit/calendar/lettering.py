"""Text of one font that is written again and again: laid out once, placed by the middle of its capitals."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText

_MOST = 512


class Lettering:
    """A font with its measured and laid-out texts; lengths in logical pixels."""

    def __init__(self, face: QFont) -> None:
        self.font = face
        self._metrics = QFontMetricsF(face)
        self._texts: dict[str, tuple[QStaticText, float]] = {}
        self._fitted: dict[tuple[str, int], str] = {}

    @property
    def capital(self) -> float:
        """The height of capitals and digits."""
        return self._metrics.capHeight()

    @property
    def height(self) -> float:
        """The height of a line."""
        return self._metrics.height()

    def width(self, text: str) -> float:
        return self._text(text)[1]

    def fit(self, text: str, room: float) -> str:
        """`text`, elided when it is wider than `room`."""
        key = (text, int(room))
        if key not in self._fitted:
            if len(self._fitted) >= _MOST:
                self._fitted.clear()
            self._fitted[key] = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        return self._fitted[key]

    def write(self, painter: QPainter, text: str, left: float, centre: float) -> None:
        """Write one line from `left` on, in the pen's colour, its capitals centred on `centre`."""
        painter.setFont(self.font)
        top = centre + self._metrics.capHeight() / 2 - self._metrics.ascent()
        painter.drawStaticText(QPointF(left, top), self._text(text)[0])

    def write_before(self, painter: QPainter, text: str, right: float, centre: float) -> None:
        """Like `write`, so that the text ends at `right`."""
        self.write(painter, text, right - self.width(text), centre)

    def _text(self, text: str) -> tuple[QStaticText, float]:
        found = self._texts.get(text)
        if found is None:
            if len(self._texts) >= _MOST:
                self._texts.clear()
            static = QStaticText(text)
            static.setTextFormat(Qt.TextFormat.PlainText)
            static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            found = self._texts[text] = (static, self._metrics.horizontalAdvance(text))
        return found
