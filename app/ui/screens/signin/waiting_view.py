"""The wait for the browser: what to do there, how long it lasts, the address to copy, and Cancel."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.kit.labels import ElidedLabel, Label, Paragraph
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.avatar import IconTile
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card
from app.ui.kit.widgets.copying import CopyButton
from app.ui.kit.widgets.progress import Spinner
from app.ui.screens.signin.props import Waiting

translate = QCoreApplication.translate
WIDTH = 440


class _CancelButton(Button):
    """Overhears the second press of a double click, which was meant for the button that stood here before."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class WaitingView(Card):
    """Shows `Waiting`; emits `cancelled`. It takes the focus itself, so that a second Enter does no harm."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__(padding=20, spacing=MEASURES.m)
        self.setMaximumWidth(WIDTH)
        self._title = ElidedLabel(role="title")
        self._text = Paragraph(tone="muted")
        self._left = Label(tone="text")
        self._hint = Paragraph(role="small", tone="muted")
        self.copy = CopyButton(translate("signin", "Copy the address"))
        self.copy.setObjectName("signInCopyAddress")
        self.cancel = _CancelButton(translate("signin", "Cancel"), keys="Esc")
        self.cancel.setObjectName("signInCancel")
        self.cancel.clicked.connect(self.cancelled)
        head = QHBoxLayout()
        head.setSpacing(MEASURES.s)
        self._tiles = {icon: IconTile(icon) for icon in ("globe", "flask-conical")}
        for tile in self._tiles.values():
            head.addWidget(tile)
        head.addWidget(self._title, 1)
        head.addWidget(Spinner(translate("signin", "Waiting"), size=18, tone="accent"))
        buttons = QHBoxLayout()
        buttons.setSpacing(MEASURES.s)
        buttons.addWidget(self.copy, 1)
        buttons.addWidget(self.cancel, 1)
        self.column.addLayout(head)
        for part in (self._text, self._left, self._hint):
            self.column.addWidget(part)
        self.column.addSpacing(MEASURES.xs)
        self.column.addLayout(buttons)

    def show_waiting(self, waiting: Waiting) -> None:
        """Bring the card up to date."""
        for icon, tile in self._tiles.items():
            tile.setVisible(icon == waiting.icon)
        self._title.setText(waiting.title)
        self._text.setText(waiting.text)
        self._left.setText(
            translate("signin", "Slotdesk waits for {time} more.").format(time=waiting.left)
            if waiting.left
            else ""
        )
        self._hint.setText(waiting.hint)
        for part in (self._left, self._hint):
            part.setVisible(bool(part.text()))
        self.copy.set_text(waiting.address)
        self.copy.setEnabled(bool(waiting.address))
        self.cancel.set_busy(waiting.is_cancelling, translate("signin", "Cancelling…"))
        self.setAccessibleName(waiting.title)
        self.setAccessibleDescription(" ".join(part for part in (waiting.text, waiting.hint) if part))

    def take_focus(self) -> None:
        """Let a screen reader read the card; Tab then leads to its buttons."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def centred(widget: QWidget) -> QHBoxLayout:
    """`widget` in the middle of its line, as wide as it may be."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
