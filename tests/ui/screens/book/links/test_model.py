"""The rows as a Qt model: roles, flags, and what is announced when they change."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.links import LinkMarks, Slug, UserId
from app.ui.screens.book.links.model import ROW, SUBTITLE, LinksModel
from app.ui.screens.book.links.rows import HeaderRow, LinkRow, Row
from tests.fakes.samples import HALF_HOUR, sample_link
from tests.ui.screens.book.snapshots import AMERICAN, BRITISH

NAMES = {UserId("502"): "Jonas Weber"}
HOSTILE = "<b>Bold</b>\u202e&File\x00\n" + "x" * 10_000


def rows(*names: str) -> tuple[Row, ...]:
    links = tuple(LinkRow(sample_link(name, name=name, organizer="502"), LinkMarks()) for name in names)
    return (HeaderRow(f"All links · {len(links)}"), *links)


@pytest.fixture
def model(qapp: QApplication) -> LinksModel:
    made = LinksModel(BRITISH)
    made.set_rows(rows("Alpha", "Beta"), NAMES)
    return made


def test_qt_finds_no_fault(model: LinksModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]
    qtmodeltester.check(LinksModel(BRITISH), force_py=True)  # type: ignore[no-untyped-call]


def test_a_row_has_title_line_and_spoken_text(model: LinksModel) -> None:
    index = model.index(1)
    assert isinstance(index.data(ROW), LinkRow)
    assert index.data(SUBTITLE) == "One-to-one · Jonas Weber"
    assert index.data(Qt.ItemDataRole.DisplayRole) == "Alpha, One-to-one · Jonas Weber"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Alpha, One-to-one · Jonas Weber"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None


def test_a_heading_is_read_and_cannot_be_chosen(model: LinksModel) -> None:
    heading = model.index(0)
    assert heading.data(Qt.ItemDataRole.DisplayRole) == "All links · 2"
    assert heading.data(SUBTITLE) is None
    assert not heading.flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.index(1).flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.link_at(heading) is None


def test_a_link_is_found_by_its_slug(model: LinksModel) -> None:
    assert model.place_of(Slug("Beta")).row() == 2
    assert not model.place_of(Slug("Gamma")).isValid()
    assert not model.place_of(None).isValid()
    assert model.link_at(QModelIndex()) is None


def test_rows_that_stay_in_place_are_only_repainted(model: LinksModel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        changed = tuple(
            replace(row, marks=LinkMarks(is_favourite=True)) if isinstance(row, LinkRow) else row
            for row in rows("Alpha", "Beta")
        )
        model.set_rows(changed, NAMES)
    with qtbot.waitSignal(model.modelReset):
        model.set_rows(rows("Beta", "Alpha"), NAMES)
    with qtbot.waitSignal(model.modelReset):
        model.set_rows(rows("Beta"), NAMES)
    with qtbot.waitSignal(model.modelReset):
        model.set_rows((rows("Beta")[1], rows("Beta")[0]), NAMES)


def test_another_clock_is_written_at_once(model: LinksModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged):
        model.set_words(AMERICAN)
    empty = LinksModel(BRITISH)
    with qtbot.assertNotEmitted(empty.dataChanged):
        empty.set_words(AMERICAN)
        empty.set_rows((), {})


def test_hostile_names_come_out_harmless(qapp: QApplication) -> None:
    model = LinksModel(BRITISH)
    marks = LinkMarks(durations_ms=(HALF_HOUR,), tags=("a\u202eb",))
    model.set_rows((LinkRow(sample_link("x", name=HOSTILE), marks),), {UserId("501"): HOSTILE})
    spoken = str(model.index(0).data(Qt.ItemDataRole.DisplayRole))
    assert "\u202e" not in spoken
    assert "\x00" not in spoken
    assert "<b>Bold</b>" in spoken
