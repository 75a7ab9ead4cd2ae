"""The notice over the form: what happened, what was kept, and the buttons that help."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.slots import Slot
from app.ui.kit.icons import IconView
from app.ui.kit.labels import Paragraph
from app.ui.kit.notices import Tone
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Card, CardTone
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.screens.book.desk.outcome import NoticeProps

_TONES: dict[Tone, tuple[CardTone, str, str]] = {
    Tone.INFO: ("accent", "info", "accent_text"),
    Tone.OK: ("ok", "circle-check", "ok"),
    Tone.WARN: ("warn", "triangle-alert", "warn"),
    Tone.BAD: ("bad", "triangle-alert", "bad"),
}


class DeskNotice(QWidget):
    """Emits `slot_picked(Slot)` for a nearest time and `acted(DeskAction)` for the other buttons."""

    slot_picked = Signal(object)
    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk.notice")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._card: Card | None = None
        self._first: Button | None = None
        self.hide()

    def show_notice(self, props: NoticeProps | None) -> None:
        """Replace the notice; the first nearest time takes the keyboard focus."""
        if self._card is not None:
            self._row.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self._first = None
        self.setVisible(props is not None)
        if props is None:
            self.setAccessibleName("")
            return
        self.setAccessibleName(f"{props.title}. {props.text}")
        self._card = self._make_card(props)
        self._row.addWidget(self._card)
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_card(self, props: NoticeProps) -> Card:
        tone, icon, colour = _TONES[props.tone]
        card = Card(tone=tone, padding=14, spacing=6)
        head = QHBoxLayout()
        head.setSpacing(MEASURES.s)
        head.addWidget(IconView(icon, tone=colour), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(Paragraph(props.title, role="strong", tone=colour), 1)
        card.column.addLayout(head)
        card.column.addWidget(Paragraph(props.text, tone=colour))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=MEASURES.s)
        for place, (slot, label) in enumerate(props.nearest):
            flow.addWidget(self._nearest_button(place, slot, label))
        for action, label in props.actions:
            button = Button(label)
            button.setObjectName(f"desk.{action.value}")
            button.clicked.connect(lambda _checked=False, action=action: self.acted.emit(action))
            flow.addWidget(button)
        if props.nearest or props.actions:
            card.column.addWidget(buttons)
        else:
            buttons.deleteLater()
        return card

    def _nearest_button(self, place: int, slot: Slot, label: str) -> Button:
        button = Button(label, kind="primary" if place == 0 else "secondary")
        button.setObjectName(f"desk.nearest.{place}")
        button.clicked.connect(lambda _checked=False: self.slot_picked.emit(slot))
        if place == 0:
            self._first = button
        return button
