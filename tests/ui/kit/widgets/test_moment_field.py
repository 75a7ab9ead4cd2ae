"""A day and a time of day, typed in the ways people write them."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtTest import QTest

from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.moment_field import MomentField, read_moment, read_time

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
BERLIN = "Europe/Berlin"
NEAR = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9", 9, 0),
        ("09:30", 9, 30),
        ("9.30", 9, 30),
        ("9h15", 9, 15),
        ("9 am", 9, 0),
        ("9:30 PM", 21, 30),
        ("12 am", 0, 0),
        ("12:05 p.m.", 12, 5),
        ("23:59", 23, 59),
    ],
)
def test_times_of_day_are_read(text: str, hour: int, minute: int) -> None:
    read = read_time(text)
    assert read is not None
    assert (read[0], read[1].hour, read[1].minute) == ("", hour, minute)


@pytest.mark.parametrize("text", ["", "24:00", "13 pm", "0 am", "9:60", "noon", "Mon 23 Nov 2026", "1 9"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon 23 Nov 2026, 09:30", datetime(2026, 11, 23, 8, 30, tzinfo=UTC)),
        ("24 Nov 2026 14:00", datetime(2026, 11, 24, 13, 0, tzinfo=UTC)),
        ("2026-11-24T14:00", datetime(2026, 11, 24, 13, 0, tzinfo=UTC)),
        ("24.11.2026", datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),
        ("16:15", datetime(2026, 11, 23, 15, 15, tzinfo=UTC)),
        ("29 Mar 2026, 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("nonsense", None),
        ("nonsense 09:00", None),
        ("", None),
    ],
)
def test_moments_are_read_in_the_zone(text: str, expected: datetime | None) -> None:
    assert read_moment(text, BRITISH, BERLIN, NEAR) == expected


def test_without_anything_near_a_time_alone_means_no_moment() -> None:
    assert read_moment("09:00", BRITISH, BERLIN, None) is None
    assert read_moment("24 Nov 2026", BRITISH, "UTC", None) == datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_a_moment_beyond_the_calendar_is_none() -> None:
    assert read_moment("31 Dec 9999, 23:30", BRITISH, "America/New_York", None) is None


def _field(qtbot: object) -> MomentField:
    field = MomentField("Starts", words=TimeWords(BRITISH), zone=BERLIN)
    qtbot.addWidget(field)  # type: ignore[attr-defined]
    field.set_value(NEAR)
    field.show()
    return field


def test_it_is_written_with_day_and_time(qtbot: object) -> None:
    assert _field(qtbot).box.edit.text() == "Mon 23 Nov 2026, 09:00"


def test_typing_another_time_keeps_the_day_and_is_written_out(qtbot: object) -> None:
    field = _field(qtbot)
    told: list[datetime | None] = []
    field.value_changed.connect(lambda: told.append(field.value()))
    field.box.edit.selectAll()
    QTest.keyClicks(field.box.edit, "10:30")
    QTest.keyClick(field.box.edit, Qt.Key.Key_Return)
    assert told[-1] == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert field.box.edit.text() == "Mon 23 Nov 2026, 10:30"


def test_what_cannot_be_read_stays_as_typed(qtbot: object) -> None:
    field = _field(qtbot)
    field.box.edit.selectAll()
    QTest.keyClicks(field.box.edit, "soon")
    QTest.keyClick(field.box.edit, Qt.Key.Key_Return)
    assert field.value() is None
    assert field.is_unreadable
    assert field.box.edit.text() == "soon"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_picked_day_keeps_the_time(qtbot: object) -> None:
    field = _field(qtbot)
    field.box.button.click()
    picker = field.box.picker
    assert picker is not None
    picker.calendar.clicked.emit(QDate(2026, 12, 1))
    assert field.value() == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert field.box.edit.text() == "Tue 1 Dec 2026, 09:00"


def test_another_zone_shows_the_same_instant(qtbot: object) -> None:
    field = _field(qtbot)
    field.set_manner(TimeWords(BRITISH), "America/New_York")
    assert field.box.edit.text() == "Mon 23 Nov 2026, 03:00"
    assert field.value() == NEAR
