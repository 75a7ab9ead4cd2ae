"""The form: how it went, when, what kind, whose, where, and the two texts that must not be mixed up."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.meetings import MeetingField
from app.domain.zones import city_of
from app.ui.context import Manners
from app.ui.kit.labels import Label
from app.ui.kit.meetings.words import field_words
from app.ui.kit.theme import MEASURES
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.flow import FlowLayout
from app.ui.kit.widgets.moment_field import MomentField
from app.ui.kit.widgets.text_fields import TextArea, TextField
from app.ui.screens.log.editor.props import QUEUE, Choice, EditorProps

translate = QCoreApplication.translate
COLUMNS = 17
THREE_BESIDE_FROM = 540


class OutcomeButtons(QWidget):
    """One button an outcome; the chosen one is filled and ticked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=MEASURES.s)
        self._buttons: dict[str, Button] = {}
        self._choices: tuple[Choice, ...] = ()

    def button(self, value: str) -> Button:
        """The button of an outcome."""
        return self._buttons[value]

    def show_choices(self, choices: Sequence[Choice], chosen: str) -> None:
        """Show these outcomes, one of them (or none) pressed."""
        if tuple(choices) != self._choices:
            self._rebuild(tuple(choices))
        labels = dict(self._choices)
        for value, button in self._buttons.items():
            is_chosen = value == chosen
            button.setChecked(is_chosen)
            button.set_label(labels[value], icon="check" if is_chosen else "")

    def _rebuild(self, choices: tuple[Choice, ...]) -> None:
        for button in self._buttons.values():
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = choices
        self._buttons = {value: self._make(value, label) for value, label in choices}

    def _make(self, value: str, label: str) -> Button:
        keys = str(QUEUE.index(value) + 1) if value in QUEUE else ""
        button = Button(label, keys=keys)
        button.setCheckable(True)
        button.setObjectName(f"log.outcome.{value}")
        button.clicked.connect(lambda _checked=False, chosen=value: self.chosen.emit(chosen))
        self._flow.addWidget(button)
        return button


class EditorForm(QWidget):
    """Binds the form's props; `typed(field, text)` carries canonical text, `unread(field)` a bad instant."""

    typed = Signal(object, str)
    unread = Signal(object)
    outcome_chosen = Signal(str)

    def __init__(self, manners: Manners) -> None:
        super().__init__()
        self._manners = manners
        self._is_wide: bool | None = None
        self._make_fields()
        self._lay_out()
        self._connect()

    def show_form(self, props: EditorProps) -> None:
        """Put values, choices and mistakes on screen."""
        details = props.details
        self.outcomes.show_choices(props.outcomes, details.outcome)
        self._show_choices(self.type, props.types)
        self._show_choices(self.owner, props.owners)
        self.type.setVisible(not props.types_are_open)
        self.open_type.setVisible(props.types_are_open)
        self.title.set_value(details.title)
        self._show_moment(self.start, details.start, MeetingField.START in props.errors)
        self._show_moment(self.end, details.end, MeetingField.END in props.errors)
        self.type.set_value(details.activity_type)
        self.open_type.set_value(details.activity_type)
        self.owner.set_value(details.owner_id or "")
        self.location.set_value(details.location)
        self.body.set_value(details.body)
        self.notes.set_value(details.notes)
        self.url.set_value(details.external_url)
        for name, field in self.fields.items():
            field.set_error(props.errors.get(name, ""))
        self.setEnabled(not props.is_locked)

    def show_zone(self) -> None:
        """The rep's zone or clock has changed."""
        for name, field in ((MeetingField.START, self.start), (MeetingField.END, self.end)):
            field.set_manner(self._manners.words, self._manners.zone)
            field.set_label(self._moment_words(name))

    def _moment_words(self, name: MeetingField) -> str:
        """`Starts, Berlin time`: no time without its zone."""
        pattern = translate("log", "{field}, {city} time")
        return pattern.format(field=field_words(name), city=city_of(self._manners.zone))

    def focus(self, name: MeetingField) -> None:
        """Put the keyboard into a field."""
        field = self.fields.get(name)
        if field is not None:
            field.focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_wide=self.width() >= THREE_BESIDE_FROM)

    def _arrange(self, *, is_wide: bool) -> None:
        """Three fields beside one another, or two where there is less room; a time is never cut off."""
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        kinds = (self.type, self.open_type)
        if is_wide:
            places = [(self.start, 0, 0, 6), (self.end, 0, 6, 6), *((kind, 0, 12, 5) for kind in kinds)]
            places += [(self.owner, 1, 0, 8), (self.location, 1, 8, 9)]
        else:
            places = [(self.start, 0, 0, 9), (self.end, 0, 9, 8), *((kind, 1, 0, 9) for kind in kinds)]
            places += [(self.owner, 1, 9, 8), (self.location, 2, 0, 17)]
        for field, row, column, span in places:
            self._grid.addWidget(field, row, column, 1, span)

    def _show_choices(self, field: ComboField, choices: Sequence[Choice]) -> None:
        field.set_choices(choices)

    def _show_moment(self, field: MomentField, value: datetime | None, is_wrong: bool) -> None:
        if not (is_wrong and field.is_unreadable):
            field.set_value(value)

    def _make_fields(self) -> None:
        words, zone = self._manners.words, self._manners.zone
        self.outcomes = OutcomeButtons()
        self.title = TextField(field_words(MeetingField.TITLE), max_length=65_000)
        self.start = MomentField(self._moment_words(MeetingField.START), words=words, zone=zone)
        self.end = MomentField(self._moment_words(MeetingField.END), words=words, zone=zone)
        self.type = ComboField(field_words(MeetingField.ACTIVITY_TYPE), ())
        self.open_type = TextField(field_words(MeetingField.ACTIVITY_TYPE))
        self.owner = ComboField(field_words(MeetingField.OWNER), ())
        self.location = TextField(field_words(MeetingField.LOCATION), max_length=65_000)
        self.body = TextArea(translate("log", "Description, seen by attendees"), rows=4)
        self.notes = TextArea(
            translate("log", "Internal notes"), rows=8, hint=translate("log", "Only your team sees this.")
        )
        self.url = TextField(
            field_words(MeetingField.EXTERNAL_URL), placeholder="https://", max_length=65_000
        )
        self.fields: dict[MeetingField, Field] = {
            MeetingField.TITLE: self.title,
            MeetingField.START: self.start,
            MeetingField.END: self.end,
            MeetingField.ACTIVITY_TYPE: self.type,
            MeetingField.OWNER: self.owner,
            MeetingField.LOCATION: self.location,
            MeetingField.BODY: self.body,
            MeetingField.NOTES: self.notes,
            MeetingField.EXTERNAL_URL: self.url,
        }
        for name, field in self.fields.items():
            field.setObjectName(f"log.{name.value}")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEASURES.m)
        asked = Label(translate("log", "How did it go?"), role="small_medium", tone="muted")
        went = QVBoxLayout()
        went.setSpacing(5)
        went.addWidget(asked)
        went.addWidget(self.outcomes)
        column.addLayout(went)
        column.addWidget(self.title)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(MEASURES.m)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
        column.addLayout(self._grid)
        self._arrange(is_wide=True)
        column.addWidget(self.body)
        column.addWidget(self.notes)
        column.addWidget(self.url)

    def _connect(self) -> None:
        self.outcomes.chosen.connect(self.outcome_chosen)
        texts = {
            MeetingField.TITLE: self.title,
            MeetingField.LOCATION: self.location,
            MeetingField.BODY: self.body,
            MeetingField.NOTES: self.notes,
            MeetingField.EXTERNAL_URL: self.url,
            MeetingField.ACTIVITY_TYPE: self.type,
            MeetingField.OWNER: self.owner,
        }
        for name, field in texts.items():
            field.value_changed.connect(lambda name=name, field=field: self.typed.emit(name, field.value()))
        self.open_type.value_changed.connect(self._on_open_type)
        self.start.value_changed.connect(self._on_start)
        self.end.value_changed.connect(self._on_end)

    def _on_open_type(self) -> None:
        self.typed.emit(MeetingField.ACTIVITY_TYPE, self.open_type.value())

    def _on_start(self) -> None:
        self._tell_moment(MeetingField.START, self.start)

    def _on_end(self) -> None:
        self._tell_moment(MeetingField.END, self.end)

    def _tell_moment(self, name: MeetingField, field: MomentField) -> None:
        value = field.value()
        if value is None and field.is_unreadable:
            self.unread.emit(name)
        else:
            self.typed.emit(name, value.isoformat() if value is not None else "")
