"""The command palette: what it says where there is nothing to list."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit.command import Command, CommandRegistry
from app.ui.kit.tasks import TaskScope
from app.ui.kit.widgets.rows import ResultList
from app.ui.kit.widgets.text_fields import LineEdit
from app.ui.shell.palette import OWN, Palette


def nothing() -> None:
    """What the commands of these tests do."""


def raised(error: Exception) -> None:
    raise error


def test_no_match_is_said_and_the_palette_does_not_offer_itself(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    registry = CommandRegistry(window)
    registry.add(Command(OWN, "Search everything", nothing), Command("book", "Go to Book", nothing))
    palette = Palette(window, registry, TaskScope("palette", raised), tuple)
    window.show()
    palette.show_palette()
    rows, said = palette.findChild(ResultList, "palette.list"), palette.findChild(QLabel, "palette.nothing")
    field = palette.findChild(LineEdit, "palette.input")
    assert isinstance(rows, ResultList)
    assert isinstance(said, QLabel)
    assert isinstance(field, LineEdit)
    assert rows.isVisible()
    assert not said.isVisible()
    assert (rows.current_id or "").endswith("book")
    QTest.keyClicks(field, "zzz")
    assert not rows.isVisible()
    assert said.isVisible()
    assert said.text() == "Nothing matches"
    field.clear()
    QTest.keyClicks(field, "go")
    assert rows.isVisible()
    assert not said.isVisible()
