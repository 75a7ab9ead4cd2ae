"""Type-ahead: rows come from outside, keys move and pick, and nothing blocks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.kit.widgets.buttons import IconButton
from app.ui.kit.widgets.rows import ListRow, ResultList
from app.ui.kit.widgets.search import SearchField
from app.ui.kit.widgets.typeahead import TypeAheadField

Shown = Callable[..., QWidget]
PEOPLE = [
    ListRow("1", "Ada Okafor", "ada@northwind.example", "AO"),
    ListRow("2", "Jide Okafor", "jide@litware.example", "JO"),
    ListRow("3", "Old record", enabled=False),
]


class Heard:
    def __init__(self, field: TypeAheadField) -> None:
        self.queries: list[str] = []
        self.picked: list[str] = []
        self.cleared = 0
        field.query_changed.connect(self.queries.append)
        field.picked.connect(self.picked.append)
        field.cleared.connect(self._count)

    def _count(self) -> None:
        self.cleared += 1


@pytest.fixture
def field(shown: Shown) -> TypeAheadField:
    made = TypeAheadField("Guest", required=True, placeholder="Name or e-mail")
    shown(made)
    made.focus()
    return made


def popup_list(field: TypeAheadField) -> ResultList:
    assert field.box.popup is not None
    return field.box.popup.list


def test_typing_asks_and_rows_pushed_later_open_the_list(field: TypeAheadField) -> None:
    heard = Heard(field)
    QTest.keyClicks(field.box.edit, "oka")
    assert heard.queries == ["o", "ok", "oka"]
    assert field.box.popup is None
    field.set_loading(True)
    field.set_rows(PEOPLE)
    assert popup_list(field).rows == tuple(PEOPLE)
    assert popup_list(field).current_id == "1"
    assert field.box.edit.hasFocus()


def test_arrows_move_over_enabled_rows_and_enter_picks(field: TypeAheadField) -> None:
    heard = Heard(field)
    QTest.keyClicks(field.box.edit, "oka")
    field.set_rows(PEOPLE)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Down)
    assert popup_list(field).current_id == "2"
    QTest.keyClick(field.box.edit, Qt.Key.Key_Down)
    assert popup_list(field).current_id == "1"
    QTest.keyClick(field.box.edit, Qt.Key.Key_Up)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Return)
    assert heard.picked == ["2"]
    assert field.box.popup is None


def test_a_click_picks_and_leaves_the_focus_in_the_field(field: TypeAheadField) -> None:
    heard = Heard(field)
    QTest.keyClicks(field.box.edit, "oka")
    field.set_rows(PEOPLE)
    rows = popup_list(field)
    place = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.picked == ["2"]
    assert field.box.edit.hasFocus()


def test_escape_closes_the_list_and_keeps_the_text(field: TypeAheadField) -> None:
    QTest.keyClicks(field.box.edit, "oka")
    field.set_rows(PEOPLE)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Escape)
    assert field.box.popup is None
    assert field.query == "oka"
    QTest.keyClick(field.box.edit, Qt.Key.Key_Down)
    assert field.box.popup is not None


def test_leaving_closes_the_list(field: TypeAheadField) -> None:
    QTest.keyClicks(field.box.edit, "oka")
    field.set_rows(PEOPLE)
    field.box.edit.clearFocus()
    assert field.box.popup is None


def test_rows_that_come_after_leaving_do_not_open_it(field: TypeAheadField) -> None:
    QTest.keyClicks(field.box.edit, "oka")
    field.box.edit.clearFocus()
    field.set_rows(PEOPLE)
    assert field.box.popup is None


def test_loading_and_empty_answers_are_said(field: TypeAheadField) -> None:
    QTest.keyClicks(field.box.edit, "zz")
    field.set_rows([], message="No contact called “zz”")
    assert field.box.popup is not None
    assert field.box.popup.message.text() == "No contact called “zz”"
    assert not popup_list(field).activate()
    field.set_loading(True)
    assert field.box.popup.progress.is_busy
    field.set_rows([])
    assert field.box.popup is None


def test_the_row_under_the_keys_stays_when_rows_are_refreshed(field: TypeAheadField) -> None:
    QTest.keyClicks(field.box.edit, "oka")
    field.set_rows(PEOPLE)
    QTest.keyClick(field.box.edit, Qt.Key.Key_Down)
    field.set_rows([ListRow("9", "New one"), *PEOPLE])
    assert popup_list(field).current_id == "2"


def test_the_chosen_one_is_shown_and_typing_takes_it_back(field: TypeAheadField) -> None:
    heard = Heard(field)
    field.set_chosen("Ada Okafor", "ada@northwind.example", "AO")
    assert field.has_chosen
    assert field.box.edit.accessibleDescription() == "Ada Okafor, ada@northwind.example"
    assert (heard.queries, heard.cleared) == ([], 0)
    QTest.keyClicks(field.box.edit, "j")
    assert (field.has_chosen, heard.cleared, heard.queries) == (False, 1, ["j"])


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_backspace_takes_the_chosen_one_back(field: TypeAheadField, key: Qt.Key) -> None:
    heard = Heard(field)
    field.set_chosen("Ada Okafor")
    QTest.keyClick(field.box.edit, key)
    QTest.keyClick(field.box.edit, key)
    assert (field.has_chosen, heard.cleared) == (False, 1)


def test_the_x_clears_everything(field: TypeAheadField) -> None:
    heard = Heard(field)
    field.set_chosen("Ada Okafor")
    button = next(each for each in field.findChildren(IconButton) if each.isVisible())
    assert button.accessibleName() == "Clear Guest"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (field.has_chosen, heard.cleared, heard.queries) == (False, 1, [""])
    assert field.box.edit.hasFocus()


def test_the_list_opens_upwards_when_there_is_no_room_below(shown: Shown) -> None:
    spacer = QWidget()
    spacer.setFixedHeight(320)
    field = TypeAheadField("Guest")
    window = shown(spacer, field, height=400)
    field.focus()
    QTest.keyClicks(field.box.edit, "oka")
    field.set_rows(PEOPLE)
    popup = field.box.popup
    assert popup is not None
    assert popup.geometry().bottom() < field.box.mapTo(window, QPoint(0, 0)).y()
    assert window.rect().contains(popup.geometry())


def test_names_say_it_is_required(field: TypeAheadField) -> None:
    assert field.box.edit.accessibleName() == "Guest, required"


def test_the_row_model_keeps_qts_rules(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    rows = ResultList("Results")
    qtbot.addWidget(rows)
    rows.set_rows([ListRow("1", "One", section="A"), ListRow("2", "Two", section="B")])
    check: Callable[[QAbstractItemModel], None] = qtmodeltester.check
    check(rows.model())
    rows.set_rows([])
    assert rows.current_id == ""
    rows.step(1)
    assert not rows.activate()


def test_headings_are_shown_but_never_current(qtbot: QtBot) -> None:
    rows = ResultList("Results")
    qtbot.addWidget(rows)
    rows.set_rows([ListRow("1", "One", "d", section="A"), ListRow("2", "Two", keys="S", section="B")])
    names = [rows.model().index(at, 0).data() for at in range(rows.model().rowCount())]
    assert names == ["A", "One, d", "B", "Two"]
    rows.step(1)
    assert rows.current_id == "2"
    rows.step(1)
    assert rows.current_id == "1"
    rows.set_current("no such")
    assert rows.current_id == "1"
    assert rows.content_height() == 30 + 46 + 30 + 36


def test_a_heading_does_not_answer_a_click(shown: Shown, qtbot: QtBot) -> None:
    rows = ResultList("Results")
    rows.setMinimumHeight(150)
    shown(rows)
    rows.set_rows([ListRow("1", "One", section="A")])
    heading = rows.visualRect(rows.model().index(0, 0))
    with qtbot.assertNotEmitted(rows.activated_id):
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert isinstance(heading, QRect)


def test_search_tells_steps_clears_and_enters(shown: Shown, qtbot: QtBot) -> None:
    field = SearchField("Search links", keys="Ctrl K")
    shown(field)
    queries: list[str] = []
    steps: list[int] = []
    field.query_changed.connect(queries.append)
    field.stepped.connect(steps.append)
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "in")
    QTest.keyClick(field.edit, Qt.Key.Key_Down)
    QTest.keyClick(field.edit, Qt.Key.Key_Up)
    with qtbot.waitSignal(field.entered):
        QTest.keyClick(field.edit, Qt.Key.Key_Return)
    QTest.keyClick(field.edit, Qt.Key.Key_Escape)
    assert (queries, steps, field.query) == (["i", "in", ""], [1, -1], "")
    field.set_query("demo")
    assert queries == ["i", "in", ""]
    button = next(each for each in field.findChildren(IconButton) if each.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert queries[-1] == ""
    assert field.edit.hasFocus()
