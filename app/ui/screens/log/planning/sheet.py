"""The sheet in which a meeting is planned."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.meetings import MeetingField
from app.domain.ports import Clock
from app.ui.context import Manners
from app.ui.kit.labels import ElidedLabel, Paragraph, heading
from app.ui.kit.meetings.words import field_words
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.routes import NewMeeting
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Bar, Hairline
from app.ui.kit.widgets.chip import Chip
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.moment_field import MomentField
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.sheet import Sheet
from app.ui.kit.widgets.text_fields import TextArea, TextField
from app.ui.kit.widgets.typeahead import TypeAheadField
from app.ui.screens.log.editor.duplicates_view import DuplicatesView
from app.ui.screens.log.editor.side_view import RecordsPanel
from app.ui.screens.log.planning.props import location_types, reminder_choices
from app.ui.screens.log.planning.viewmodel import PlanViewModel

translate = QCoreApplication.translate
WIDTH = 640
HEIGHT = 780
BESIDE_FROM = 480
"""Width of the sheet in which two times stand beside one another."""
DOWN = QBoxLayout.Direction.TopToBottom


class PlanSheet(Sheet):
    """Binds `PlanViewModel`; Escape and a press beside it close it, and what was typed stays as a draft."""

    def __init__(
        self,
        host: QWidget,
        viewmodel: PlanViewModel,
        search: RecordSearchViewModel,
        *,
        manners: Manners,
        clock: Clock,
    ) -> None:
        super().__init__(host, translate("plan", "Plan a meeting"), width=WIDTH)
        self.setObjectName("plan")
        self._viewmodel = viewmodel
        self._search = search
        self._manners = manners
        self._clock = clock
        self._chips: dict[str, Chip] = {}
        self._make_fields()
        self._make_frame()
        self._lay_out()
        self._connect()
        self._show()

    def begin(self, new: NewMeeting) -> None:
        """Open the sheet with these values."""
        self._viewmodel.begin(new)
        self.records.search.hide()
        self.area.verticalScrollBar().setValue(0)
        self.open(self.title.edit)

    def place(self) -> None:
        """As high as the window allows: the form scrolls."""
        super().place()
        frame = self.panel.geometry()
        height = min(HEIGHT, self.height() - 2 * MEASURES.l)
        way = QBoxLayout.Direction.LeftToRight if frame.width() >= BESIDE_FROM else DOWN
        for row in self._rows:
            row.setDirection(way)
        self.panel.setGeometry(frame.x(), (self.height() - height) // 2, frame.width(), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._viewmodel.send()
            return
        super().keyPressEvent(event)

    def _make_fields(self) -> None:
        words, zone = self._manners.words, self._manners.zone
        self.title = TextField(field_words(MeetingField.TITLE), required=True, max_length=65_000)
        self.start = MomentField(field_words(MeetingField.START), words=words, zone=zone, required=True)
        self.end = MomentField(field_words(MeetingField.END), words=words, zone=zone, required=True)
        self.place_type = ComboField(field_words(MeetingField.LOCATION), location_types())
        self.place_type.setObjectName("plan.locationType")
        self.location = TextField(translate("plan", "Where"), max_length=65_000)
        self.body = TextArea(
            translate("plan", "Description, seen by attendees"),
            rows=3,
            hint=translate("plan", "It stands in the invitation."),
        )
        self.notes = TextArea(
            translate("plan", "Private notes"), rows=3, hint=translate("plan", "Only your team sees this.")
        )
        self.type = ComboField(field_words(MeetingField.ACTIVITY_TYPE), ())
        self.open_type = TextField(field_words(MeetingField.ACTIVITY_TYPE))
        self.reminder = ComboField(translate("plan", "Reminder"), reminder_choices())
        self.reminder.setObjectName("plan.reminder")
        self.colleagues = TypeAheadField(
            translate("plan", "Colleagues"), placeholder=translate("plan", "Invite a colleague by name")
        )
        self.colleagues.setObjectName("plan.colleagues")
        self.fields: dict[MeetingField, Field] = {
            MeetingField.TITLE: self.title,
            MeetingField.START: self.start,
            MeetingField.END: self.end,
            MeetingField.LOCATION: self.location,
            MeetingField.BODY: self.body,
            MeetingField.NOTES: self.notes,
            MeetingField.ACTIVITY_TYPE: self.type,
        }
        for name, field in self.fields.items():
            field.setObjectName(f"plan.{name.value}")

    def _make_frame(self) -> None:
        self.records = RecordsPanel(self._search)
        self.duplicates = DuplicatesView(self._manners)
        self.duplicates.insist.set_label(translate("plan", "Plan anyway"))
        self._problem = Paragraph(tone="bad")
        self._sent = Paragraph(
            translate("plan", "HubSpot puts it into your calendar and sends the invitations by e-mail."),
            role="small",
            tone="muted",
        )
        self.draft = ElidedLabel(role="small", tone="muted")
        self.draft.setObjectName("plan.draft")
        self.close_button = IconButton("x", translate("plan", "Close; what was typed is kept"), size=28)
        self.close_button.setObjectName("plan.close")
        self.discard = Button(translate("plan", "Discard"))
        self.discard.setObjectName("plan.discard")
        self.send = Button(translate("plan", "Plan meeting"), kind="primary", keys="Ctrl ↵")
        self.send.setObjectName("plan.send")

    def _lay_out(self) -> None:
        head = QWidget()
        head.setFixedHeight(MEASURES.bar)
        bar = QHBoxLayout(head)
        bar.setContentsMargins(MEASURES.l, 0, MEASURES.m, 0)
        bar.addWidget(heading(translate("plan", "Plan a meeting")), 1)
        bar.addWidget(self.close_button)
        self._chip_host = QWidget()
        self._flow = FlowLayout(self._chip_host, gap=6)
        invited = QVBoxLayout()
        invited.setSpacing(6)
        invited.addWidget(self.colleagues)
        invited.addWidget(self._chip_host)
        self.area = ScrollArea(padding=MEASURES.l, spacing=MEASURES.m)
        column = self.area.column
        for widget in (self._problem, self.duplicates, self._sent, self.title):
            column.addWidget(widget)
        times = _beside(self.start, self.end)
        places = _beside(self.place_type, self.location, stretches=(2, 3))
        kinds = _beside(self.type, self.open_type, self.reminder)
        self._rows = (times, places, kinds)
        column.addLayout(times)
        column.addWidget(self.records)
        column.addLayout(invited)
        column.addLayout(places)
        column.addWidget(self.body)
        column.addWidget(self.notes)
        column.addLayout(kinds)
        column.addStretch(1)
        foot = Bar(lines=("top",))
        foot.row.addWidget(self.draft, 1)
        foot.row.addWidget(self.discard)
        foot.row.addWidget(self.send)
        self.column.addWidget(head)
        self.column.addWidget(Hairline())
        self.column.addWidget(self.area, 1)
        self.column.addWidget(foot)

    def _connect(self) -> None:
        viewmodel = self._viewmodel
        for name, field in self.fields.items():
            if not isinstance(field, MomentField):
                field.value_changed.connect(self._teller(name, field))
        self.open_type.value_changed.connect(self._teller(MeetingField.ACTIVITY_TYPE, self.open_type))
        self.start.value_changed.connect(lambda: self._tell_moment(MeetingField.START, self.start))
        self.end.value_changed.connect(lambda: self._tell_moment(MeetingField.END, self.end))
        self.place_type.value_changed.connect(lambda: viewmodel.choose_location_type(self.place_type.value()))
        self.reminder.value_changed.connect(lambda: viewmodel.choose_reminder(self.reminder.value()))
        self.colleagues.query_changed.connect(viewmodel.ask_colleague)
        self.colleagues.picked.connect(self._on_colleague)
        self._search.picked.connect(viewmodel.put_on)
        self.records.suggested.connect(viewmodel.put_on)
        self.records.card.removed.connect(viewmodel.take_off)
        self.duplicates.used.connect(viewmodel.use_duplicate)
        self.duplicates.insisted.connect(viewmodel.send)
        self.send.clicked.connect(viewmodel.send)
        self.discard.clicked.connect(viewmodel.discard)
        self.close_button.clicked.connect(self.dismiss)
        self.closed.connect(self._on_closed)
        viewmodel.form_changed.connect(self._show)
        viewmodel.duplicates_changed.connect(self._show_duplicates)
        viewmodel.stopped.connect(self._on_stopped)
        viewmodel.closed.connect(self.dismiss)
        viewmodel.drafted.connect(self._on_drafted)
        self._manners.changed.connect(self._on_manners)

    def _teller(self, name: MeetingField, field: Field) -> Callable[[], None]:
        def tell() -> None:
            self._viewmodel.type_text(name, field.value())  # type: ignore[attr-defined]

        return tell

    def _show(self) -> None:
        props = self._viewmodel.props
        details = props.details
        self._problem.setText(props.problem)
        self._problem.setVisible(bool(props.problem))
        self.title.set_value(details.title)
        self._show_moment(self.start, details.start)
        self._show_moment(self.end, details.end)
        self.place_type.set_value(props.location_type)
        self.location.set_value(details.location)
        self.location.setVisible(bool(props.location_type))
        self.body.set_value(details.body)
        self.notes.set_value(details.notes)
        self.type.set_choices(props.types)
        self.type.set_value(details.activity_type)
        self.type.setVisible(not props.types_are_open)
        self.open_type.set_value(details.activity_type)
        self.open_type.setVisible(props.types_are_open)
        self.reminder.set_value(props.reminder)
        for name, field in self.fields.items():
            field.set_error(props.errors.get(name, ""))
        self.records.show_side(props.side)
        self._search.set_taken([row.ref for row in props.side.records])
        self.colleagues.set_rows(props.found, message=props.found_none)
        self._show_chips(props.attendees)
        self.area.content.setEnabled(not props.is_locked)
        self.send.set_label(props.primary)
        self.send.set_busy(props.is_locked)

    def _show_moment(self, field: MomentField, value: datetime | None) -> None:
        if not field.is_unreadable:
            field.set_value(value)

    def _show_chips(self, attendees: tuple[tuple[str, str], ...]) -> None:
        names = dict(attendees)
        for owner_id in [one for one in self._chips if one not in names]:
            chip = self._chips.pop(owner_id)
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for owner_id, name in attendees:
            if owner_id not in self._chips:
                chip = Chip(name)
                chip.setObjectName(f"plan.colleague.{owner_id}")
                chip.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                chip.removed.connect(
                    lambda _name, owner_id=owner_id: self._viewmodel.remove_colleague(owner_id)
                )
                self._chips[owner_id] = chip
                self._flow.addWidget(chip)
        self._chip_host.setVisible(bool(attendees))

    def _show_duplicates(self) -> None:
        inputs = self._viewmodel.inputs
        self.duplicates.show_rows(inputs.duplicates, inputs.draft.details, inputs.options)
        if inputs.duplicates:
            self.area.ensureWidgetVisible(self.duplicates)

    def _tell_moment(self, name: MeetingField, field: MomentField) -> None:
        value = field.value()
        if value is None and field.is_unreadable:
            self._viewmodel.mark_unreadable(name)
        else:
            self._viewmodel.type_text(name, value.isoformat() if value is not None else "")

    def _on_colleague(self, owner_id: str) -> None:
        self.colleagues.set_query("")
        self._viewmodel.add_colleague(owner_id)
        self.colleagues.focus()

    def _on_stopped(self, name: MeetingField) -> None:
        field = self.fields[name]
        self.area.ensureWidgetVisible(field)
        field.focus()

    def _on_closed(self) -> None:
        if self._viewmodel.inputs.is_open:
            self._viewmodel.put_away()

    def _on_drafted(self, at: datetime | None) -> None:
        text = ""
        if at is not None:
            age = self._manners.words.age(at, self._clock.now())
            text = translate("plan", "Draft saved {age}").format(age=age)
        self.draft.setText(text)

    def _on_manners(self) -> None:
        for field in (self.start, self.end):
            field.set_manner(self._manners.words, self._manners.zone)


def _beside(*fields: QWidget, stretches: tuple[int, ...] = ()) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for place, field in enumerate(fields):
        row.addWidget(field, stretches[place] if stretches else 1, Qt.AlignmentFlag.AlignTop)
    return row
