"""The link's questions as widgets: one control for every kind of form field."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.forms import FieldKind, FormField
from app.ui.kit.widgets.choice_fields import CheckField, MultiCheckField, RadioField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.date_field import DateField
from app.ui.kit.widgets.text_fields import NumberField, PhoneField, TextArea, TextField
from app.ui.screens.book.desk.form import FieldProps

translate = QCoreApplication.translate
Control = TextField | TextArea | ComboField | RadioField | MultiCheckField | CheckField | DateField
JOINT = ";"
TICKED = "true"


class Question:
    """One question: its control, and how answers go in and out as HubSpot's text values."""

    def __init__(self, field: FormField, answered: Callable[[str, str], None]) -> None:
        self.field = field
        self._answered = answered
        self.control = make_control(field)
        self.control.setObjectName(f"desk.field.{field.name}")
        self.control.value_changed.connect(self._on_changed)

    @property
    def widget(self) -> QWidget:
        """What goes into the form."""
        return self.control

    def show(self, props: FieldProps) -> None:
        """Put answer and mistake on screen, without disturbing what the rep is typing."""
        if self.read() != props.value:
            self._write(props.value)
        self.control.set_error(props.error)

    def read(self) -> str:
        """The answer as HubSpot takes it; a date that nobody can read stays as typed, to be mended."""
        control = self.control
        if isinstance(control, MultiCheckField):
            return JOINT.join(control.values())
        if isinstance(control, CheckField):
            return TICKED if control.value() else ""
        if isinstance(control, DateField):
            day = control.value()
            return day.isoformat() if day is not None else control.box.edit.text().strip()
        return str(control.value())

    def _write(self, value: str) -> None:
        control = self.control
        if isinstance(control, MultiCheckField):
            control.set_values(tuple(part for part in value.split(JOINT) if part))
        elif isinstance(control, CheckField):
            control.set_value(value == TICKED)
        elif isinstance(control, DateField):
            day = _day(value)
            control.set_value(day)
            if day is None:
                control.box.edit.show_text(value)
        else:
            control.set_value(value)

    def _on_changed(self) -> None:
        self._answered(self.field.name, self.read())


def make_control(field: FormField) -> Control:
    """The widget of a field; a file can only be sent on HubSpot's own page, so its field says that."""
    choices = [(choice.value, choice.label) for choice in field.choices]
    label, required = field.label, field.is_required
    match field.kind:
        case FieldKind.TEXT:
            return TextField(label, required=required)
        case FieldKind.TEXT_AREA:
            return TextArea(label, required=required)
        case FieldKind.NUMBER:
            return NumberField(label, required=required)
        case FieldKind.PHONE:
            return PhoneField(label, required=required)
        case FieldKind.DATE:
            return DateField(label, required=required)
        case FieldKind.SELECT:
            return ComboField(label, choices, required=required, placeholder=translate("desk", "Choose"))
        case FieldKind.RADIO:
            return RadioField(label, choices, required=required)
        case FieldKind.CHECKBOXES:
            return MultiCheckField(label, choices, required=required)
        case FieldKind.BOOLEAN:
            return CheckField(label, required=required)
        case FieldKind.FILE:
            hint = translate("desk", "Files can only be sent on the booking page in the browser.")
            control = TextField(label, required=required, hint=hint)
            control.set_read_only(True)
            return control


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
