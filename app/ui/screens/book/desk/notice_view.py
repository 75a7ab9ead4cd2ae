"""The notice over the form: what happened, what was kept, and the buttons that help."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.domain.slots import Slot
from app.ui.kit.icons import IconView
from app.ui.kit.labels import Paragraph, clean
from app.ui.kit.notices import Tone
from app.ui.kit.theme import MEASURES, line_height
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card, CardTone
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.screens.book.desk.outcome import DeskAction, NoticeProps

_TONES: dict[Tone, tuple[CardTone, str, str]] = {
    Tone.INFO: ("accent", "info", "accent_text"),
    Tone.OK: ("ok", "circle-check", "ok"),
    Tone.WARN: ("warn", "triangle-alert", "warn"),
    Tone.BAD: ("bad", "triangle-alert", "bad"),
}


class DeskNotice(QWidget):
    """Emits `slot_picked(Slot)` for a nearest time and `acted(DeskAction)` for the other buttons.

    The first button takes the keyboard when a notice appears, unless the rep is typing; a notice that only
    says something else (fresher times) leaves the keyboard where it is.
    """

    slot_picked = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk.notice")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._props: NoticeProps | None = None
        self._card: _NoticeCard | None = None
        self.hide()

    def show_notice(self, props: NoticeProps | None) -> None:
        """Show another notice, or none."""
        before, self._props = self._props, props
        if props is None:
            self._take_away()
            return
        card = self._card
        if card is None or before is None or _shape(before) != _shape(props):
            self._take_away()
            card = self._card = _NoticeCard(props)
            card.slot_picked.connect(self.slot_picked)
            card.acted.connect(self.acted)
            self._row.addWidget(card)
        card.show_texts(props)
        self.setAccessibleName(clean(f"{props.title}. {props.text}"))
        self.setVisible(True)
        if before is None or before.title != props.title:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
            card.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the first button, unless the rep is typing."""
        if self._card is not None:
            self._card.take_focus()

    def _take_away(self) -> None:
        card, self._card = self._card, None
        self.setVisible(False)
        self.setAccessibleName("")
        if card is not None:
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()


class _NoticeCard(Card):
    """The card for one shape of notice: the same tone, number of times, and buttons."""

    slot_picked = Signal(object)
    acted = Signal(str)

    def __init__(self, props: NoticeProps) -> None:
        tone, icon, colour = _TONES[props.tone]
        super().__init__(tone=tone, padding=14, spacing=6)
        self._title = Paragraph(role="strong", tone=colour)
        self._text = Paragraph(tone=colour)
        self._slots: list[Slot] = [slot for slot, _ in props.nearest]
        self._nearest = [self._nearest_button(place) for place in range(len(props.nearest))]
        sign = IconView(icon, tone=colour)
        sign.setFixedHeight(line_height("strong"))
        head = QHBoxLayout()
        head.setSpacing(MEASURES.s)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self.column.addLayout(head)
        self.column.addWidget(self._text)
        self._buttons: list[Button] = [*self._nearest, *(self._action(*action) for action in props.actions)]
        if self._buttons:
            holder = QWidget()
            flow = FlowLayout(holder, gap=MEASURES.s)
            for button in self._buttons:
                flow.addWidget(button)
            self.column.addWidget(holder)

    def show_texts(self, props: NoticeProps) -> None:
        """Say it in these words, with these times."""
        self._title.setText(props.title)
        self._text.setText(props.text)
        self._slots = [slot for slot, _ in props.nearest]
        for button, (slot, label) in zip(self._nearest, props.nearest, strict=True):
            button.set_label(label)
            button.set_kind("primary" if slot == props.picked else "secondary")

    def take_focus(self) -> None:
        """Put the keyboard on the first button, unless the rep is typing."""
        if self._buttons and not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _nearest_button(self, place: int) -> Button:
        button = Button("")
        button.setObjectName(f"desk.nearest.{place}")
        button.clicked.connect(lambda: self.slot_picked.emit(self._slots[place]))
        return button

    def _action(self, action: DeskAction, label: str) -> Button:
        button = Button(label)
        button.setObjectName(f"desk.{action.value}")
        button.clicked.connect(lambda: self.acted.emit(action.value))
        return button


def _shape(props: NoticeProps) -> tuple[object, ...]:
    return props.tone, len(props.nearest), props.actions
