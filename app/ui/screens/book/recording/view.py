"""The two cards of a booking's records: what to log it on, before booking and after."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.labels import Label, Paragraph, caption, muted
from app.ui.kit.records.kinds import kind_icon
from app.ui.kit.records.row_layout import lay_out_record
from app.ui.kit.text import safe_tooltip
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import Badge
from app.ui.kit.widgets.buttons import Button, IconButton, LinkButton
from app.ui.kit.widgets.card import Card, Hairline
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.progress import Spinner
from app.ui.screens.book.recording.props import Offer, RecordLine
from app.ui.screens.book.recording.viewmodel import RecordingViewModel

translate = QCoreApplication.translate
BUTTON = 26
ROOM = 135
"""Pixels for an offer's words in the narrowest desk."""


class OffersCard(QWidget):
    """Before booking: the guest's open deals, each to be chosen; `rebuilt` when there are other buttons."""

    rebuilt = Signal()

    def __init__(self, viewmodel: RecordingViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._buttons: list[Button] = []
        self._refs: tuple[object, ...] = ()
        card = Card(padding=10)
        row = QHBoxLayout()
        row.setSpacing(MEASURES.s)
        row.addWidget(IconView("link"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(Label(translate("recording", "Log on")), 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=6)
        row.addWidget(holder, 1)
        card.column.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(caption(translate("recording", "After booking")))
        column.addWidget(card)
        viewmodel.offers_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        offers = self._viewmodel.props.offers
        refs = tuple((offer.record.ref, offer.label) for offer in offers)
        self.setVisible(bool(offers))
        if refs != self._refs:
            self._refs = refs
            self._rebuild(offers)
        for button, offer in zip(self._buttons, offers, strict=True):
            button.setChecked(offer.is_chosen)
            elided = button.fontMetrics().elidedText(offer.label, Qt.TextElideMode.ElideRight, ROOM)
            button.set_label(elided, icon="check" if offer.is_chosen else "plus")
            button.set_name(offer.label)
            button.setToolTip(safe_tooltip(offer.label) if elided != offer.label else "")

    def _rebuild(self, offers: Sequence[Offer]) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(offer) for offer in offers]
        self.rebuilt.emit()

    def _button(self, offer: Offer) -> Button:
        button = Button(offer.label, icon="plus", compact=True)
        button.setCheckable(True)
        button.setObjectName(f"desk.logOn.{offer.record.ref.id}")
        button.clicked.connect(lambda checked=False: self._viewmodel.wish(offer.record, checked))
        self._flow.addWidget(button)
        return button


class RecordsView(QWidget):
    """After booking: the records of the meeting, what could be added, and the way to the Log screen."""

    def __init__(self, viewmodel: RecordingViewModel) -> None:
        super().__init__()
        self.setObjectName("booked.records")
        self._viewmodel = viewmodel
        self._rows: dict[object, RecordLineView] = {}
        self._card = Card(padding=0, spacing=0)
        self._spinner = Spinner(translate("recording", "Looking for the meeting"))
        self._sentence = Paragraph(tone="muted")
        self.again = LinkButton(translate("recording", "Look again"), icon="refresh-cw")
        self.again.setObjectName("booked.lookAgain")
        self.open = LinkButton(translate("recording", "Open in Log"), icon="notebook-pen")
        self.open.setObjectName("booked.openInLog")
        said = QHBoxLayout()
        said.setSpacing(MEASURES.s)
        said.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._sentence, 1)
        ways = QHBoxLayout()
        ways.setSpacing(MEASURES.l)
        ways.addWidget(self.again)
        ways.addWidget(self.open)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(caption(translate("recording", "Log on records")))
        column.addWidget(self._card)
        column.addLayout(said)
        column.addLayout(ways)
        self.again.clicked.connect(viewmodel.look_again)
        self.open.clicked.connect(viewmodel.open_in_log)
        viewmodel.records_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        props = self._viewmodel.props.records
        self._spinner.setVisible(props.is_looking)
        self._sentence.setText(props.sentence)
        self._sentence.setVisible(bool(props.sentence))
        self.again.setVisible(props.can_look_again)
        self.open.setVisible(props.meeting_id is not None)
        self._show_lines(props.lines, can_change=props.meeting_id is not None)
        self._card.setVisible(bool(props.lines))

    def _show_lines(self, lines: Sequence[RecordLine], *, can_change: bool) -> None:
        wanted = {line.record.ref for line in lines}
        for ref in [ref for ref in self._rows if ref not in wanted]:
            view = self._rows.pop(ref)
            self._card.column.removeWidget(view)
            view.hide()
            view.deleteLater()
        for place, line in enumerate(lines):
            ref = line.record.ref
            if ref not in self._rows:
                self._rows[ref] = RecordLineView(self._viewmodel)
            view = self._rows[ref]
            view.show_line(line, can_change=can_change, is_last=place == len(lines) - 1)
            if self._card.column.indexOf(view) != place:
                self._card.column.insertWidget(place, view)


class RecordLineView(QWidget):
    """One record: added by one click, or on the meeting with a tick, pin and a way to take it off."""

    def __init__(self, viewmodel: RecordingViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._line: RecordLine | None = None
        self._icon = IconView("user")
        self._name = Paragraph(role="medium")
        self._kind = Label(tone="muted")
        self._done = Badge(translate("recording", "Done"), tone="ok")
        self._note = muted()
        self.add = Button(translate("recording", "Add"), icon="plus", compact=True)
        self.pin = IconButton("pin", "", size=BUTTON)
        self.remove = IconButton("x", "", size=BUTTON)
        self._edge = Hairline(tone="line")
        self._lay_out()
        self.add.clicked.connect(self._on_add)
        self.pin.clicked.connect(self._on_pin)
        self.remove.clicked.connect(self._on_remove)

    def show_line(self, line: RecordLine, *, can_change: bool, is_last: bool) -> None:
        """Put the record on screen."""
        had_focus = self.add.hasFocus() or self.remove.hasFocus()
        self._line = line
        self._icon.set_icon(kind_icon(line.record.ref.type))
        self._name.setText(line.name)
        self._kind.setText(line.kind)
        self._done.setVisible(line.is_on and not line.note)
        self._note.setText(line.note)
        self._note.setVisible(bool(line.note))
        for shown in (self.pin, self.remove):
            shown.setVisible(can_change and line.is_on)
        self.add.setVisible(can_change and not line.is_on)
        self.add.setAccessibleName(translate("recording", "Add {record}").format(record=line.name))
        self.add.setObjectName(f"booked.add.{line.record.ref.id}")
        self.remove.set_icon("x", translate("recording", "Take off {record}").format(record=line.name))
        self.remove.setObjectName(f"booked.takeOff.{line.record.ref.id}")
        unpin, pin = translate("recording", "Unpin from {record}"), translate("recording", "Pin to {record}")
        text = unpin if line.is_pinned else pin
        self.pin.set_icon("pin-off" if line.is_pinned else "pin", text.format(record=line.name))
        self.pin.setObjectName(f"booked.pin.{line.record.ref.id}")
        self._edge.setVisible(not is_last)
        if had_focus:
            target = self.remove if line.is_on else self.add
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        lay_out_record(
            self,
            icon=self._icon,
            head=(self._name, self._kind, self._done),
            under=(self._note,),
            buttons=(self.pin, self.remove, self.add),
            edge=self._edge,
        )

    def _on_add(self) -> None:
        if self._line is not None:
            self._viewmodel.put_on(self._line.record)

    def _on_pin(self) -> None:
        if self._line is not None:
            self._viewmodel.pin(self._line.record.ref, not self._line.is_pinned)

    def _on_remove(self) -> None:
        if self._line is not None:
            self._viewmodel.take_off(self._line.record.ref)
