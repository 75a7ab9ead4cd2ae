"""Fields: silent setters, user edits that are told, inline errors, and names for screen readers."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QDate, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.theme import LIGHT
from app.ui.kit.widgets.checks import CheckBox
from app.ui.kit.widgets.choice_fields import CheckField, MultiCheckField, RadioField
from app.ui.kit.widgets.combo import Combo, ComboField
from app.ui.kit.widgets.date_field import DateField, read_date, show_date
from app.ui.kit.widgets.field import Field
from app.ui.kit.widgets.text_fields import NumberField, PhoneField, TextArea, TextField

Shown = Callable[..., QWidget]
SIZES = [("s", "1 – 50"), ("m", "51 – 200"), ("l", "201 – 500")]


def count(signal: object) -> list[int]:
    log: list[int] = []
    signal.connect(lambda *_: log.append(1))  # type: ignore[attr-defined]
    return log


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_typing_is_told_and_setting_is_not(shown: Shown) -> None:
    field = TextField("First name")
    shown(field)
    changes = count(field.value_changed)
    field.set_value("Ada")
    assert changes == []
    QTest.keyClicks(field.edit, "x")
    assert field.value() in ("Adax", "xAda")
    assert len(changes) == 1


def test_setting_the_same_text_leaves_the_cursor_alone(shown: Shown) -> None:
    field = TextField("First name")
    shown(field)
    QTest.keyClicks(field.edit, "Ada")
    field.edit.setCursorPosition(1)
    field.set_value("Ada")
    assert field.edit.cursorPosition() == 1


def test_required_and_errors_reach_screen_readers_and_eyes(shown: Shown) -> None:
    field = TextField("Phone", required=True, hint="With the country code")
    shown(field)
    assert field.edit.accessibleName() == "Phone, required"
    assert field.edit.accessibleDescription() == "With the country code"
    field.set_error("Enter a phone number")
    assert field.error == "Enter a phone number"
    assert field.edit.accessibleDescription() == "Enter a phone number"
    assert LIGHT.bad.lower() in colours(field.edit)
    field.set_error("")
    assert field.edit.accessibleDescription() == "With the country code"
    assert LIGHT.bad.lower() not in colours(field.edit)
    field.set_required(False)
    field.set_label("Telephone")
    field.set_hint("")
    assert (field.edit.accessibleName(), field.edit.accessibleDescription()) == ("Telephone", "")


def test_an_error_makes_room_for_itself(shown: Shown) -> None:
    field = TextField("Phone")
    shown(field, width=200)
    before = field.heightForWidth(180)
    field.set_error("Enter a phone number with its country code, like +49 30 1234567")
    assert field.heightForWidth(180) > before + 2 * 15


def test_phone_takes_only_the_signs_of_numbers(shown: Shown) -> None:
    field = PhoneField("Phone")
    shown(field)
    QTest.keyClicks(field.edit, "+49 (30) 12<3>?4")
    assert field.value() == "+49 (30) 1234"


@pytest.mark.parametrize(
    ("typed", "value"), [("12.5", "12.5"), ("12,5", "12.5"), ("-3", "-3"), ("-", ""), ("", ""), ("1a2", "12")]
)
def test_numbers_have_a_point_whatever_was_typed(shown: Shown, typed: str, value: str) -> None:
    field = NumberField("Seats")
    shown(field)
    QTest.keyClicks(field.edit, typed)
    assert field.value() == value


def test_numbers_are_shown_as_the_locale_writes_them(qtbot: QtBot) -> None:
    field = NumberField("Seats")
    qtbot.addWidget(field)
    field.setLocale(QLocale("de_DE"))
    field.set_value("12.5")
    assert field.edit.text() == "12,5"
    assert field.value() == "12.5"


def test_tab_leaves_a_text_area(shown: Shown) -> None:
    area, after = TextArea("Notes"), TextField("After")
    shown(area, after)
    changes = count(area.value_changed)
    area.set_value("one\ntwo")
    assert changes == []
    area.edit.setFocus()
    QTest.keyClicks(area.edit, "x")
    assert len(changes) == 1
    QTest.keyClick(area.edit, Qt.Key.Key_Tab)
    assert after.edit.hasFocus()
    assert "\t" not in area.value()


def test_a_read_only_field_keeps_its_value(shown: Shown) -> None:
    field = TextField("Company")
    shown(field)
    field.set_value("Northwind")
    field.set_read_only(True)
    QTest.keyClicks(field.edit, "x")
    assert field.value() == "Northwind"


def test_a_combo_tells_what_the_user_chose(shown: Shown) -> None:
    field = ComboField("Company size", SIZES, placeholder="Choose…")
    shown(field)
    changes = count(field.value_changed)
    assert field.value() == ""
    field.set_value("m")
    assert (field.value(), changes) == ("m", [])
    field.focus()
    QTest.keyClick(field.combo, Qt.Key.Key_Down)
    assert (field.value(), len(changes)) == ("l", 1)
    field.set_choices(SIZES[1:])
    assert field.value() == "l"
    field.set_value("gone")
    assert field.value() == ""


def test_the_wheel_changes_only_a_focused_combo(shown: Shown) -> None:
    combo = Combo(SIZES, name="Size")
    shown(combo)
    combo.clearFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(combo.mapToGlobal(QPoint(5, 5))),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    combo.set_choice("s")
    QApplication.sendEvent(combo, wheel)
    assert combo.choice == "s"
    combo.setFocus()
    QApplication.sendEvent(combo, wheel)
    assert combo.choice == "m"


def test_radio_buttons_choose_one(shown: Shown) -> None:
    field = RadioField("Language", [("en", "English"), ("de", "German")], required=True)
    shown(field)
    changes = count(field.value_changed)
    assert field.value() == ""
    field.set_value("en")
    assert (field.value(), changes) == ("en", [])
    QTest.mouseClick(field.buttons[1], Qt.MouseButton.LeftButton, pos=QPoint(40, 8))
    assert (field.value(), len(changes)) == ("de", 1)
    field.focus()
    QTest.keyClick(field.buttons[1], Qt.Key.Key_Up)
    assert field.value() == "en"
    field.set_value("")
    assert field.value() == ""


def test_check_boxes_choose_any(shown: Shown) -> None:
    field = MultiCheckField("Products", [("a", "Sales"), ("b", "Service"), ("c", "Content")])
    shown(field)
    changes = count(field.value_changed)
    field.set_values(["c", "a"])
    assert (field.values(), changes) == (("a", "c"), [])
    field.focus()
    QTest.keyClick(field.boxes["a"], Qt.Key.Key_Space)
    assert (field.values(), len(changes)) == (("c",), 1)
    field.set_error("Choose at least two")
    assert LIGHT.bad.lower() in colours(field.boxes["a"])


def test_consent_begins_unticked_and_says_it_is_required(shown: Shown) -> None:
    field = CheckField("Agrees to receive communications", required=True, hint="Can be taken back")
    shown(field)
    changes = count(field.value_changed)
    assert field.value() is False
    assert field.is_required
    assert field.box.accessibleName() == "Agrees to receive communications, required"
    assert field.label == "Agrees to receive communications"
    field.set_error("Needed to book")
    assert (field.error, field.box.accessibleDescription()) == ("Needed to book", "Needed to book")
    field.focus()
    QTest.keyClick(field.box, Qt.Key.Key_Space)
    assert (field.value(), len(changes)) == (True, 1)
    field.set_value(False)
    assert len(changes) == 1


def test_a_long_label_wraps(qtbot: QtBot) -> None:
    box = CheckBox("I agree to let Northwind store and process my personal data " * 3)
    qtbot.addWidget(box)
    assert box.heightForWidth(300) > 3 * box.fontMetrics().height()
    assert box.sizeHint().width() <= 320
    box.set_label("Short & sweet")
    assert (box.label, box.accessibleName()) == ("Short & sweet", "Short & sweet")


ENGLISH, GERMAN = QLocale("en_GB"), QLocale("de_DE")


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("2026-11-24", ENGLISH, date(2026, 11, 24)),
        ("Tue 24 Nov 2026", ENGLISH, date(2026, 11, 24)),
        ("24 Nov 2026", ENGLISH, date(2026, 11, 24)),
        ("24 November 2026", ENGLISH, date(2026, 11, 24)),
        ("24.11.2026", GERMAN, date(2026, 11, 24)),
        ("24/11/2026", ENGLISH, date(2026, 11, 24)),
        ("2024-02-29", ENGLISH, date(2024, 2, 29)),
        ("2023-02-29", ENGLISH, None),
        ("tomorrow", ENGLISH, None),
        ("", ENGLISH, None),
        ("24.11.", GERMAN, None),
        ("0001-01-01", ENGLISH, None),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, locale: QLocale, day: date | None) -> None:
    assert read_date(text, locale) == day


def test_dates_are_shown_as_the_design_writes_them() -> None:
    assert show_date(date(2026, 11, 24), ENGLISH) == "Tue 24 Nov 2026"


def test_a_typed_date_is_read_and_an_unreadable_one_is_told_apart(shown: Shown) -> None:
    field = DateField("Date")
    field.setLocale(ENGLISH)
    shown(field)
    changes = count(field.value_changed)
    QTest.keyClicks(field.box.edit, "2026-11-24")
    assert field.value() == date(2026, 11, 24)
    assert len(changes) == 10
    QTest.keyClick(field.box.edit, Qt.Key.Key_Return)
    assert field.box.edit.text() == "Tue 24 Nov 2026"
    field.set_value(None)
    assert not field.has_text
    field.focus()
    QTest.keyClicks(field.box.edit, "soon")
    assert (field.value(), field.has_text) == (None, True)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_day_is_picked_from_the_calendar(shown: Shown) -> None:
    field = DateField("Date")
    field.setLocale(ENGLISH)
    shown(field)
    field.set_value(date(2026, 11, 24))
    changes = count(field.value_changed)
    QTest.mouseClick(field.box.button, Qt.MouseButton.LeftButton)
    picker = field.box.picker
    assert picker is not None
    assert picker.calendar.selectedDate() == QDate(2026, 11, 24)
    picker.calendar.clicked.emit(QDate(2026, 11, 27))
    assert (field.value(), len(changes), field.box.picker) == (date(2026, 11, 27), 1, None)


@pytest.mark.parametrize(
    "field",
    [
        pytest.param(lambda: TextField("Name"), id="text"),
        pytest.param(lambda: TextArea("Notes"), id="area"),
        pytest.param(lambda: ComboField("Size", SIZES), id="combo"),
        pytest.param(lambda: DateField("Date"), id="date"),
        pytest.param(lambda: RadioField("Language", SIZES), id="radio"),
        pytest.param(lambda: MultiCheckField("Products", SIZES), id="multi"),
    ],
)
def test_focus_reaches_the_control(shown: Shown, field: Callable[[], Field]) -> None:
    made = field()
    window = shown(made)
    made.focus()
    focused = window.focusWidget()
    assert focused is not None
    assert made.isAncestorOf(focused)
