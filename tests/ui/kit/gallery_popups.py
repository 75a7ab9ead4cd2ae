"""The scenes of the gallery in which something is open over a window, and the mirrored form."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.asking import Question, QuestionDialog
from app.ui.kit.icons import icon
from app.ui.kit.labels import Label
from app.ui.kit.theme import tokens_of
from app.ui.kit.widgets.buttons import Button
from app.ui.kit.widgets.card import Hairline, Pane
from app.ui.kit.widgets.chips import ChipsField
from app.ui.kit.widgets.choice_fields import CheckField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.date_field import DateField
from app.ui.kit.widgets.drawer import Drawer
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.rows import ResultList
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.search import SearchField
from app.ui.kit.widgets.segmented import Segmented
from app.ui.kit.widgets.sheet import Sheet
from app.ui.kit.widgets.text_fields import TextArea, TextField
from app.ui.kit.widgets.typeahead import TypeAheadField
from tests.ui.kit.gallery_boards import PEOPLE, SIZES, board_of, line
from tests.ui.kit.gallery_scenes import shown


def palette() -> QWidget:
    host = Pane("surface")
    host.resize(900, 560)
    sheet = Sheet(host, "Command palette")
    search = SearchField("Search links, people, commands", keys="Esc", large=True)
    found = ResultList("Results", padding=16, roomy=True)
    found.set_rows(PEOPLE)
    found.setMinimumHeight(found.content_height())
    sheet.column.addWidget(search)
    sheet.column.addWidget(Hairline())
    sheet.column.addWidget(found)
    shown(host)
    sheet.open(search.edit)
    return host


def drawer() -> QWidget:
    host = Pane("surface")
    host.resize(700, 420)
    Label("Behind", parent=host).move(24, 24)
    panel = Drawer(
        host, "Booking", EmptyState("calendar-plus", "Pick a time", "Click a free time."), width=340
    )
    shown(host)
    panel.open()
    QTest.qWait(250)
    return host


def dialog() -> QWidget:
    asked = Question(
        "Discard this draft?", "What you typed is lost.", "Discard draft", "Keep it", danger=True
    )
    return shown(QuestionDialog(asked))


def text_area() -> QWidget:
    board, column = board_of(340)
    area = TextArea("Internal notes", hint="Only your team sees this.")
    area.set_value(
        "Ada owns the budget; decision by mid-December.\nWants SSO and an audit log.\nNext: scoping.\nMore"
    )
    column.addWidget(area)
    size = ComboField("Company size", SIZES, placeholder="Choose…")
    column.addWidget(size)
    size.set_value("two")
    shown(board)
    size.combo.showPopup()
    return size.combo.view().window()


def calendar() -> QWidget:
    board, column = board_of(340)
    field = DateField("Date")
    column.addWidget(field)
    shown(board)
    field.box.button.click()
    assert field.box.picker is not None
    return field.box.picker


def menu() -> QWidget:
    opened = QMenu()
    tokens = tokens_of(opened)
    opened.addAction(icon("copy", tokens), "Copy link").setShortcut("Ctrl+C")
    opened.addAction(icon("external-link", tokens), "Open in the browser")
    opened.addSeparator()
    opened.addAction("Not possible for this link").setEnabled(False)
    opened.addAction("Sort by name")
    opened.popup(QPoint(10, 10))
    opened.setActiveAction(opened.actions()[1])
    return opened


def scrolling() -> QWidget:
    area = ScrollArea()
    area.resize(300, 220)
    for number in range(12):
        area.column.addWidget(TextField(f"Question {number + 1}"))
    return shown(area)


def right_to_left() -> QWidget:
    board, column = board_of(480)
    board.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    guest = TypeAheadField("Guest", required=True)
    guest.set_chosen("Ada Okafor", "ada@northwind.example", "AO")
    guests = ChipsField("Add guests")
    guests.set_values(["sam@northwind.example", "ada@northwind.example"])
    size = ComboField("Company size", SIZES)
    size.set_value("one")
    consent = CheckField("Agrees to receive other communications", required=True)
    for part in (SearchField("Search links", keys="Ctrl K"), guest, guests, size, consent):
        column.addWidget(part)
    buttons = (Button("Book meeting", kind="primary", icon="check"), Button("No show", keys="2"))
    column.addLayout(line(*buttons, Segmented("View", [("w", "Week"), ("m", "Month")])))
    found = ResultList("Results")
    found.set_rows(PEOPLE)
    found.setFixedHeight(found.content_height())
    column.addWidget(found)
    return shown(board)


POPUPS: dict[str, Callable[[], QWidget]] = {
    "palette": palette,
    "drawer": drawer,
    "dialog": dialog,
    "combo-list": text_area,
    "calendar": calendar,
    "menu": menu,
    "scrolling": scrolling,
    "right-to-left": right_to_left,
}
