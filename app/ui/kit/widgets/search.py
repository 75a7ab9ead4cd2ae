"""The search field over a list: icon, text, a key hint while empty and a clear button while not."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.text import clean
from app.ui.kit.theme import MEASURES, font
from app.ui.kit.widgets.badges import KeyCap
from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.frame import InputFrame
from app.ui.kit.widgets.text_fields import LineEdit


class _SearchEdit(LineEdit):
    escaped = Signal()
    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.escaped.emit()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)


class SearchField(InputFrame):
    """`query_changed(text)` when the user changes it, `stepped(±1)` for arrow keys, `entered` for Enter.

    A `large` one has no frame: it is the whole head of a palette.
    """

    query_changed = Signal(str)
    stepped = Signal(int)
    entered = Signal()

    def __init__(
        self, placeholder: str, *, keys: str = "", large: bool = False, parent: QWidget | None = None
    ) -> None:
        self.edit = _SearchEdit(name=placeholder, bare=True)
        super().__init__(self.edit, framed=not large, parent=parent)
        self.setFixedHeight(MEASURES.bar if large else MEASURES.control)
        if large:
            self.edit.setFont(font("search"))
        self.edit.setPlaceholderText(clean(placeholder))
        self._cap = KeyCap(keys)
        self._keys = keys
        self._clear = IconButton("x", self.tr("Clear search"), size=22, icon_size=13)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(16 if large else 10, 0, 16 if large else 6, 0)
        row.setSpacing(MEASURES.s)
        sign = IconView("search", tone="text" if large else "muted", size=18 if large else MEASURES.icon)
        row.addWidget(sign)
        row.addWidget(self.edit, 1)
        row.addWidget(self._cap)
        row.addWidget(self._clear)
        self.edit.textEdited.connect(self._on_text_edited)
        self.edit.escaped.connect(self.clear)
        self.edit.stepped.connect(self.stepped)
        self.edit.returnPressed.connect(self.entered)
        self._clear.clicked.connect(self._on_clear_clicked)
        self._show_parts()

    @property
    def query(self) -> str:
        return self.edit.text()

    def set_query(self, query: str) -> None:
        """Set the text without a signal."""
        self.edit.show_text(query)
        self._show_parts()

    @Slot()
    def clear(self) -> None:
        """Empty the field as the user does: with a signal."""
        self.set_query("")
        self.query_changed.emit("")

    @Slot(str)
    def _on_text_edited(self, text: str) -> None:
        self._show_parts()
        self.query_changed.emit(text)

    @Slot()
    def _on_clear_clicked(self) -> None:
        self.clear()
        self.edit.setFocus()

    def _show_parts(self) -> None:
        self._clear.setVisible(bool(self.query))
        self._cap.setVisible(bool(self._keys) and not self.query)
