"""One control for every kind of question, and answers that go in and out as HubSpot's texts."""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.domain.forms import Choice, FieldKind, FormField
from app.ui.kit.theme import Theme
from app.ui.kit.widgets.choice_fields import CheckField, MultiCheckField, RadioField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.date_field import DateField
from app.ui.kit.widgets.text_fields import NumberField, PhoneField, TextArea, TextField
from app.ui.screens.book.desk.form import FieldProps
from app.ui.screens.book.desk.questions import Question

CHOICES = (Choice("a", "Alpha"), Choice("b", "Beta"), Choice("c", "Gamma"))


def field(kind: FieldKind, *, required: bool = False) -> FormField:
    return FormField("x", "A question", kind, required, False, CHOICES)


@pytest.mark.parametrize(
    ("kind", "control"),
    [
        (FieldKind.TEXT, TextField),
        (FieldKind.TEXT_AREA, TextArea),
        (FieldKind.NUMBER, NumberField),
        (FieldKind.PHONE, PhoneField),
        (FieldKind.DATE, DateField),
        (FieldKind.SELECT, ComboField),
        (FieldKind.RADIO, RadioField),
        (FieldKind.CHECKBOXES, MultiCheckField),
        (FieldKind.BOOLEAN, CheckField),
        (FieldKind.FILE, TextField),
    ],
)
def test_every_kind_has_its_control(applied_theme: Theme, kind: FieldKind, control: type[QWidget]) -> None:
    question = Question(field(kind), lambda _name, _value: None)
    assert type(question.control) is control
    assert question.control.objectName() == "desk.field.x"


def test_no_kind_is_without_a_control(applied_theme: Theme) -> None:
    for kind in FieldKind:
        assert Question(field(kind), lambda _name, _value: None).widget is not None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, "Northwind & <b>Sons</b>"),
        (FieldKind.TEXT_AREA, "Two\nlines"),
        (FieldKind.NUMBER, "12.5"),
        (FieldKind.PHONE, "+49 30 1234567"),
        (FieldKind.DATE, "2026-11-24"),
        (FieldKind.SELECT, "b"),
        (FieldKind.RADIO, "c"),
        (FieldKind.CHECKBOXES, "a;c"),
        (FieldKind.BOOLEAN, "true"),
        (FieldKind.TEXT, ""),
        (FieldKind.DATE, ""),
        (FieldKind.SELECT, ""),
        (FieldKind.RADIO, ""),
        (FieldKind.CHECKBOXES, ""),
        (FieldKind.BOOLEAN, ""),
    ],
)
def test_an_answer_comes_out_as_it_went_in_and_silently(
    applied_theme: Theme, kind: FieldKind, value: str
) -> None:
    told: list[tuple[str, str]] = []
    question = Question(field(kind), lambda name, text: told.append((name, text)))
    question.show(FieldProps(question.field, "", ""))
    question.show(FieldProps(question.field, value, ""))
    assert question.read() == value
    question.show(FieldProps(question.field, "", ""))
    assert question.read() == ""
    assert told == []


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-11-24T00:00:00Z", "2026-11-24"),
        ("24.11.2026", "2026-11-24"),
        ("next week", "next week"),
        ("31.2.2026", "31.2.2026"),
    ],
)
def test_a_date_that_nobody_can_read_stays_to_be_mended(applied_theme: Theme, value: str, day: str) -> None:
    question = Question(field(FieldKind.DATE), lambda _name, _value: None)
    question.show(FieldProps(question.field, value, ""))
    assert question.read() == day


def test_a_mistake_is_said_under_the_control(applied_theme: Theme) -> None:
    question = Question(field(FieldKind.TEXT, required=True), lambda _name, _value: None)
    question.show(FieldProps(question.field, "", "Required"))
    assert isinstance(question.control, TextField)
    assert question.control.error == "Required"
    question.show(FieldProps(question.field, "x", ""))
    assert question.control.error == ""


def test_typing_tells_name_and_value(applied_theme: Theme) -> None:
    told: list[tuple[str, str]] = []
    question = Question(field(FieldKind.TEXT), lambda name, text: told.append((name, text)))
    assert isinstance(question.control, TextField)
    QTest.keyClicks(question.control.edit, "Hi")
    assert told == [("x", "H"), ("x", "Hi")]


def test_the_cursor_of_somebody_typing_does_not_jump(applied_theme: Theme) -> None:
    question = Question(field(FieldKind.TEXT), lambda _name, _value: None)
    assert isinstance(question.control, TextField)
    edit = question.control.edit
    QTest.keyClicks(edit, "Hello")
    edit.setCursorPosition(2)
    question.show(FieldProps(question.field, "Hello", ""))
    assert edit.cursorPosition() == 2


def test_a_file_can_only_be_sent_in_the_browser(applied_theme: Theme) -> None:
    question = Question(field(FieldKind.FILE), lambda _name, _value: None)
    assert isinstance(question.control, TextField)
    assert question.control.edit.isReadOnly()


def test_ten_thousand_letters_and_markup_are_plain_text(applied_theme: Theme) -> None:
    label = "<b>Size</b> & more \u202e" + "x" * 10_000
    hostile = replace(
        field(FieldKind.CHECKBOXES), label=label, choices=(Choice("a;b", label), Choice("c", ""))
    )
    question = Question(hostile, lambda _name, _value: None)
    question.widget.resize(310, 200)
    assert not question.widget.grab().isNull()
    assert "\u202e" not in question.control.accessibleName()
