"""The card of a meeting's records: each with its kind, labels, pin and a way to take it off."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.meetings import RecordRef
from app.ui.kit.icons import IconView
from app.ui.kit.labels import Label, Paragraph, muted
from app.ui.kit.records.kinds import kind_icon
from app.ui.kit.records.row_layout import lay_out_record
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.badges import Badge
from app.ui.kit.widgets.buttons import IconButton, LinkButton
from app.ui.kit.widgets.card import Card, Hairline

translate = QCoreApplication.translate
BUTTON = 26


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record as shown; `note` says what still has to be sent, `pin_hint` why it cannot be pinned."""

    ref: RecordRef
    name: str
    kind: str
    labels: tuple[str, ...] = ()
    is_pinned: bool = False
    pin_hint: str = ""
    has_labels: bool = False
    note: str = ""


class RecordsCard(Card):
    """Binds rows; everything the rep does is told by signals that carry the RecordRef."""

    pin_toggled = Signal(object, bool)
    removed = Signal(object)
    opened = Signal(object)
    labels_wanted = Signal(object)
    add_wanted = Signal()

    def __init__(self, *, can_change: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, spacing=0, parent=parent)
        self._can_change = can_change
        self._rows: tuple[RecordRow, ...] = ()
        self._views: list[RecordRowView] = []
        self.add = LinkButton(translate("records", "Associate a record"), icon="plus", tone="accent")
        self.add.setObjectName("records.add")
        self.add.clicked.connect(self.add_wanted)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(MEASURES.m, 7, MEASURES.m, 7)
        foot.addWidget(self.add)
        foot.addStretch(1)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.column.addLayout(self._list)
        self.column.addWidget(self._foot)
        self._foot.setVisible(can_change)

    @property
    def rows(self) -> tuple[RecordRow, ...]:
        """What is shown."""
        return self._rows

    def row_view(self, ref: RecordRef) -> "RecordRowView | None":
        """The widget of a record."""
        return next((view for view in self._views if view.row.ref == ref), None)

    def set_rows(self, rows: Sequence[RecordRow]) -> None:
        """Show these records; the widgets of records that stay are kept, so that the focus stays too."""
        shown = tuple(rows)
        if shown == self._rows:
            return
        known = {view.row.ref: view for view in self._views}
        views = [known.pop(row.ref) if row.ref in known else self._view(row) for row in shown]
        for view in known.values():
            view.hide()
            view.deleteLater()
        for place, (view, row) in enumerate(zip(views, shown, strict=True)):
            view.show_row(row, is_last=place == len(shown) - 1 and not self._can_change)
            if self._list.indexOf(view) != place:
                self._list.insertWidget(place, view)
        self._rows, self._views = shown, views
        self.updateGeometry()

    def _view(self, row: RecordRow) -> "RecordRowView":
        view = RecordRowView(row, can_change=self._can_change)
        view.pin_toggled.connect(self.pin_toggled)
        view.removed.connect(self.removed)
        view.opened.connect(self.opened)
        view.labels_wanted.connect(self.labels_wanted)
        return view


class RecordRowView(QWidget):
    """One record: icon, name (opens it in HubSpot), kind, badge, pin and remove."""

    pin_toggled = Signal(object, bool)
    removed = Signal(object)
    opened = Signal(object)
    labels_wanted = Signal(object)

    def __init__(self, row: RecordRow, *, can_change: bool) -> None:
        super().__init__()
        self.row = row
        self._can_change = can_change
        self._icon = IconView(kind_icon(row.ref.type), tone="text")
        self._name = Paragraph(role="medium")
        self._kind = Label(tone="muted")
        self._badge = Badge(translate("records", "Pinned"), tone="accent")
        self._note = muted()
        self._labels = muted()
        self.label = IconButton("tag", "", size=BUTTON)
        self.pin = IconButton("pin", "", size=BUTTON)
        self.open = IconButton("external-link", "", size=BUTTON)
        self.remove = IconButton("x", "", size=BUTTON)
        self._line = Hairline(tone="line")
        self._lay_out()
        self.pin.clicked.connect(self._on_pin)
        self.open.clicked.connect(self._on_open)
        self.remove.clicked.connect(self._on_remove)
        self.label.clicked.connect(self._on_label)

    def show_row(self, row: RecordRow, *, is_last: bool) -> None:
        """Put the record on screen."""
        self.row = row
        self._name.setText(row.name)
        self._kind.setText(row.kind)
        self._badge.setVisible(row.is_pinned)
        self._note.setText(row.note)
        self._note.setVisible(bool(row.note))
        self._show_label(row)
        if row.is_pinned:
            self.pin.set_icon("pin-off", translate("records", "Unpin from {record}").format(record=row.name))
        else:
            name = row.pin_hint or translate("records", "Pin to {record}").format(record=row.name)
            self.pin.set_icon("pin", name)
        self.pin.setEnabled(not row.pin_hint)
        self.open.set_icon("external-link", translate("records", "Open {record}").format(record=row.name))
        self.remove.set_icon("x", translate("records", "Take off {record}").format(record=row.name))
        self._line.setVisible(not is_last)

    def _show_label(self, row: RecordRow) -> None:
        text = " · ".join(row.labels)
        self._labels.setText(text)
        self._labels.setVisible(bool(text))
        name = translate("records", "Labels of {record}").format(record=row.name)
        self.label.set_icon("tag", name)
        self.label.setVisible(self._can_change and row.has_labels)

    def _lay_out(self) -> None:
        lay_out_record(
            self,
            icon=self._icon,
            head=(self._name, self._kind, self._badge),
            under=(self._labels, self._note),
            buttons=(self.open, self.label, self.pin, self.remove),
            edge=self._line,
        )
        self.pin.setVisible(self._can_change)
        self.remove.setVisible(self._can_change)
        self.open.setVisible(not self._can_change)

    def _on_pin(self) -> None:
        self.pin_toggled.emit(self.row.ref, not self.row.is_pinned)

    def _on_open(self) -> None:
        self.opened.emit(self.row.ref)

    def _on_remove(self) -> None:
        self.removed.emit(self.row.ref)

    def _on_label(self) -> None:
        self.labels_wanted.emit(self.row.ref)
