"""A vertical scroll area for a column of widgets."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.ui.kit.intact import intact
from app.ui.kit.theme import MEASURES


class ScrollArea(QScrollArea):
    """Scrolls `column`; what has focus is kept in view. `padding` leaves room for focus rings."""

    def __init__(
        self, *, padding: int = 14, spacing: int = MEASURES.m, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.content = QWidget()
        self.content.setAutoFillBackground(False)
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(spacing)
        self.setWidget(self.content)
        self.content.setAutoFillBackground(False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Qt scrolls for Tab only; a field that is focused because it is wrong has to be seen, too."""
        if new is not None and intact(self, self.content, new) and self.content.isAncestorOf(new):
            self.ensureWidgetVisible(new, 0, MEASURES.xl)
