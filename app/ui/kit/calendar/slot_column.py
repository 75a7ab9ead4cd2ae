"""One day as a column of slot buttons under its title."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.kit.calendar.ink import Ink
from app.ui.kit.calendar.model import SlotGroup
from app.ui.kit.calendar.row_face import REACH
from app.ui.kit.calendar.slot_button import SlotButton, SlotButtonHost
from app.ui.kit.labels import ElidedLabel, muted
from app.ui.kit.theme import MEASURES

_WIDTH = 112


class SlotColumn(QWidget):
    """Title, note and buttons of a day; spare buttons stay hidden for the next props."""

    def __init__(self, host: SlotButtonHost, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = host
        self._title = ElidedLabel(role="strong")
        self._note = muted()
        self.count = 0
        self._buttons: list[SlotButton] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(REACH, 0, REACH, MEASURES.s - REACH)
        head.setSpacing(0)
        head.addWidget(self._title)
        head.addWidget(self._note)
        self._box.addLayout(head)
        self._box.addStretch(1)
        self.setMinimumWidth(_WIDTH + 2 * REACH)

    def show_group(self, group: SlotGroup, ink: Ink, *, stale: bool) -> None:
        """Show another day."""
        self._title.setText(group.title)
        self._note.setText(group.note)
        self.setAccessibleName(f"{group.title} {group.note}".strip())
        for slot in group.slots[len(self._buttons) :]:
            button = SlotButton(self._host, slot, ink, self)
            self._box.insertWidget(self._box.count() - 1, button)
            self._buttons.append(button)
        shown = len(group.slots)
        for button, slot in zip(self._buttons, group.slots, strict=False):
            button.show_slot(slot, ink, stale=stale)
        for button in self._buttons[self.count : shown]:
            button.show()
        for button in self._buttons[shown : self.count]:
            button.hide()
        self.count = shown

    def button(self, row: int) -> SlotButton:
        """The shown button with this number."""
        return self._buttons[row]

    def keys(self) -> list[str]:
        """The slots from top to bottom."""
        return [button.key for button in self._buttons[: self.count]]
