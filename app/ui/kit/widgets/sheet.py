"""A panel in the upper middle of the dimmed window: the command palette, the shortcut sheet."""

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.paint import box, painter_on
from app.ui.kit.theme import MEASURES, tokens_of
from app.ui.kit.widgets.overlay import Overlay


class SheetPanel(QWidget):
    """The rounded panel; fill `column`."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, MEASURES.s)
        self.column.setSpacing(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        rect = QRectF(self.rect())
        edge = tokens.edge if tokens.dark else tokens.line
        box(painter_on(self), rect, radius=MEASURES.radius_card, fill=tokens.surface, edge=edge)


class Sheet(Overlay):
    """Put widgets into `column`. The panel is as high as they need, at most four fifths of the window.

    While it has the keyboard no shortcut of the window fires: what lies below it is out of reach.
    """

    def __init__(self, host: QWidget, name: str, *, width: int = 620) -> None:
        self._sheet = SheetPanel()
        self._wish = width
        super().__init__(host, self._sheet, name)

    @property
    def column(self) -> QVBoxLayout:
        return self._sheet.column

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def place(self) -> None:
        """Fill the host, panel in the upper middle; call again when the content's height changed."""
        super().place()
        width = min(self._wish, self.width() - 2 * MEASURES.l)
        column = self._sheet.column
        needed = column.totalHeightForWidth(width) if column.hasHeightForWidth() else 0
        height = max(needed, column.totalSizeHint().height())
        height = min(height, self.height() * 4 // 5)
        top = min(self.height() // 8, (self.height() - height) // 2)
        self._sheet.setGeometry((self.width() - width) // 2, top, width, height)
