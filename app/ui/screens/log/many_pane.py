"""What stands in the editor's place while several meetings are selected."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Pane
from app.ui.kit.widgets.empty import EmptyState

translate = QCoreApplication.translate


class ManyPane(Pane):
    """How many are selected, and the way to change them; `change_wanted` asks for the sheet."""

    change_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self._text = EmptyState("calendar-check", "")
        self._change = Button("", kind="primary")
        self._change.setObjectName("log.changeMany")
        self._change.clicked.connect(self.change_wanted)
        self._text.set_actions([self._change])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    def show_count(self, count: int) -> None:
        """How many meetings are selected."""
        self._text.set_content(
            "calendar-check",
            translate("log", "{n} meetings selected").format(n=count),
            translate("log", "1 to 4 set their outcome; you see what changes before anything is sent."),
        )
        self._change.set_label(translate("log", "Change {n} meetings…").format(n=count))
