"""The little window in which the rep edits the local tags of a link."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.chips import ChipsField, split_words

translate = QCoreApplication.translate
WIDTH = 260


class TagsPopup(QFrame):
    """Chips of tags; whatever they are when it closes is kept through `keep`."""

    def __init__(
        self, parent: QWidget, tags: tuple[str, ...], keep: Callable[[tuple[str, ...]], None]
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("links.tags")
        self._before = tags
        self._keep = keep
        self._field = ChipsField(
            translate("links", "Tags, only on this computer"),
            split=split_words,
            placeholder=translate("links", "Type a tag and press Enter"),
        )
        self._field.set_values(tags)
        column = QVBoxLayout(self)
        column.setContentsMargins(MEASURES.m, MEASURES.m, MEASURES.m, MEASURES.m)
        column.addWidget(self._field)
        self.setFixedWidth(WIDTH)

    def open_at(self, place: QPoint) -> None:
        """Show at a place on the screen, with the keyboard in the field."""
        self.move(place)
        self.show()
        self._field.focus()

    def closeEvent(self, event: QCloseEvent) -> None:
        tags = tuple(self._field.values())
        if tags != self._before:
            self._keep(tags)
        super().closeEvent(event)
