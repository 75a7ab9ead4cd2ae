"""One value in a chips field: its text and the button that removes it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.kit.paint import box, line_of_text, mirrored, painter_on
from app.ui.kit.text import clean, safe_tooltip
from app.ui.kit.theme import MEASURES, font, tokens_of
from app.ui.kit.widgets.buttons import IconButton


class _RemoveButton(IconButton):
    stepped = Signal(int)

    def __init__(self, icon_name: str, name: str) -> None:
        super().__init__(icon_name, name, size=18, icon_size=14, tone="text")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        onwards = 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1
        match event.key():
            case Qt.Key.Key_Right:
                self.stepped.emit(onwards)
            case Qt.Key.Key_Left:
                self.stepped.emit(-onwards)
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.click()
            case _:
                super().keyPressEvent(event)


class Chip(QWidget):
    """One value with a remove button.

    The button is no Tab stop, so that many chips do not stand in the way: arrow keys reach it from the edit
    behind the chips. `stepped(±1)` asks to go on, in reading order.
    """

    removed = Signal(str)
    stepped = Signal(object, int)

    def __init__(self, value: str, *, icon_name: str = "x", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = value
        self._shown = clean(value)
        self.setFont(font("chip"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(safe_tooltip(value))
        remove = self.tr("Remove {value}").format(value=self._shown)
        self.button = _RemoveButton(icon_name, remove)
        self.button.stepped.connect(self._on_stepped)
        self.button.clicked.connect(self._on_clicked)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 2, 0)
        row.addStretch(1)
        row.addWidget(self.button)

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self._shown)) + 32, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(70, self.sizeHint().width()), 22)

    @Slot()
    def _on_clicked(self) -> None:
        self.removed.emit(self.value)

    @Slot(int)
    def _on_stepped(self, by: int) -> None:
        self.stepped.emit(self, by)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = painter_on(self)
        rect = QRectF(self.rect())
        box(painter, rect, radius=MEASURES.radius_small, fill=tokens.tag)
        line_of_text(painter, mirrored(self, rect.adjusted(7, 0, -22, 0)), self._shown, tokens.text)
