"""The boards of the gallery: each builds one window full of widgets in their states."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.icons import IconView
from app.ui.kit.labels import ElidedLabel, Label, Paragraph, caption, heading, muted
from app.ui.kit.widgets.avatar import Avatar, IconTile
from app.ui.kit.widgets.badges import Badge, CountBadge, KeyCap, StatusDot, Tag
from app.ui.kit.widgets.buttons import Button, IconButton, LinkButton
from app.ui.kit.widgets.checks import CheckBox
from app.ui.kit.widgets.chips import ChipsField
from app.ui.kit.widgets.choice_fields import CheckField, MultiCheckField, RadioField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.progress import Spinner, ThinProgress
from app.ui.kit.widgets.rows import ListRow, ResultList
from app.ui.kit.widgets.search import SearchField
from app.ui.kit.widgets.segmented import Segmented
from app.ui.kit.widgets.text_fields import NumberField, PhoneField, TextArea, TextField
from app.ui.kit.widgets.typeahead import TypeAheadField

SIZES = [("one", "51 – 200"), ("two", "201 – 500")]
PEOPLE = [
    ListRow(
        "1", "Ada Okafor", "Northwind · ada@northwind.example", "AO", trailing="Book ↵", section="People"
    ),
    ListRow("2", "Jide Okafor", "Litware · jide@litware.example", "JO", section="People"),
    ListRow(
        "3",
        "Intro call with Ada Okafor",
        icon="calendar-days",
        trailing="Today 09:00 · to log",
        section="Meetings",
    ),
    ListRow("4", "Share times with Ada Okafor", icon="link", keys="S", section="Commands"),
    ListRow("5", "Copy link prefilled for Ada Okafor", icon="copy", keys="Ctrl ⇧ C", section="Commands"),
]


def fit(window: QWidget) -> None:
    """Give `window` the height its lines of text need at its width."""
    layout = window.layout()
    if layout is not None and layout.hasHeightForWidth():
        window.resize(window.width(), max(window.height(), layout.totalHeightForWidth(window.width())))


def line(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def board_of(width: int) -> tuple[QWidget, QVBoxLayout]:
    board = QWidget()
    board.setFixedWidth(width)
    column = QVBoxLayout(board)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(12)
    return board, column


def buttons() -> QWidget:
    board, column = board_of(760)
    column.addLayout(
        line(
            Button("Book meeting", kind="primary"),
            Button("Cancel"),
            Button("Add account", icon="plus"),
            Button("Quiet", kind="quiet"),
            Button("Delete draft", kind="danger"),
            Button("Copy", kind="primary", icon="copy"),
        )
    )
    off = [Button("Book meeting", kind="primary"), Button("Cancel"), Button("Quiet", kind="quiet")]
    for button in off:
        button.setEnabled(False)
    busy = Button("Book meeting", kind="primary")
    busy.set_busy(True, "Booking…")
    checked = Button("Completed", icon="check", keys="1")
    checked.setCheckable(True)
    checked.setChecked(True)
    column.addLayout(
        line(*off, busy, checked, Button("No show", keys="2"), Button("Add", icon="plus", compact=True))
    )
    column.addLayout(
        line(
            IconButton("refresh-cw", "Refresh", keys="F5"),
            IconButton("chevron-left", "Previous"),
            Button("Today"),
            IconButton("chevron-right", "Next"),
            LinkButton("Try now", tone="warn"),
            LinkButton("Associate a record", icon="plus"),
            Button("Save & next <b>x</b>", kind="primary", keys="Ctrl ↵"),
        )
    )
    durations = Segmented("Duration", [("15", "15 min"), ("30", "30 min")])
    durations.set_choice("30")
    views = Segmented("View", [("week", "Week"), ("month", "Month"), ("list", "List")])
    column.addLayout(line(durations, views, Button("New York", icon="globe"), Spinner("Loading")))
    progress = ThinProgress("Refreshing")
    progress.set_value(0.4)
    column.addWidget(progress)
    return board


def marks() -> QWidget:
    board, column = board_of(760)
    column.addWidget(heading("Meeting links"))
    column.addWidget(caption("Favourites"))
    column.addWidget(muted("Round robin · 4 people · 45 min"))
    column.addWidget(Label("Book the meeting while you are on the call", role="welcome"))
    column.addWidget(
        Paragraph(
            "Browse meeting links, book times and log meetings on contacts, companies, deals and tickets. "
            "Sign in opens in your browser. Your password is never typed here.",
            tone="muted",
        )
    )
    column.addWidget(ElidedLabel("An elided line that is far too long for the room it has " * 3))
    column.addLayout(
        line(
            Badge("Default"),
            Badge("Connected", tone="ok"),
            Badge("Sign in again", tone="warn"),
            Badge("Canceled", tone="bad"),
            Badge("Draft", tone="neutral"),
            Tag("Deal: Northwind rollout"),
            KeyCap("Ctrl K"),
            KeyCap("Esc"),
            StatusDot(tone="ok"),
            StatusDot(tone="warn"),
        )
    )
    count = CountBadge()
    count.set_count(3)
    column.addLayout(
        line(
            Avatar("AO"),
            Avatar("JO", size=20),
            Avatar("30", size=28, shape="tile"),
            Avatar("QR", size=28, shape="tile", accent=False),
            IconTile("globe"),
            IconTile("calendar-check", size=52, icon_size=20, strong=True),
            IconView("calendar-plus", tone="accent", size=18),
            IconView("calendar-days", tone="muted", size=18),
            count,
        )
    )
    tones = line(
        *(Label(tone, tone=tone) for tone in ("text", "muted", "accent", "accent_text", "ok", "warn", "bad"))
    )
    column.addLayout(tones)
    return board


def fields() -> QWidget:
    board, column = board_of(380)
    guest = TypeAheadField("Guest")
    guest.set_chosen("Ada Okafor", "ada@northwind.example", "AO")
    column.addWidget(SearchField("Search links", keys="Ctrl K"))
    column.addWidget(guest)
    first, last = TextField("First name"), TextField("Last name")
    first.set_value("Ada")
    last.set_value("Okafor")
    pair = QHBoxLayout()
    pair.addWidget(first)
    pair.addWidget(last)
    column.addLayout(pair)
    size = ComboField("Company size", SIZES, required=True)
    size.set_value("one")
    column.addWidget(size)
    guests = ChipsField("Add guests")
    guests.set_values(["sam@northwind.example", "a-rather-long-address@northwind.example"])
    column.addWidget(guests)
    phone = PhoneField("Phone", required=True)
    phone.set_error("Enter a phone number, like +49 30 1234567")
    column.addWidget(phone)
    off = NumberField("Seats", hint="How many people will use it")
    off.set_value("12.5")
    off.setEnabled(False)
    column.addWidget(off)
    area = TextArea("What would you like to talk about?", placeholder="Goals, questions")
    column.addWidget(area)
    column.addWidget(CheckField("Agrees to receive other communications"))
    return board


def choices() -> QWidget:
    board, column = board_of(340)
    radio = RadioField(
        "Preferred language", [("en", "English"), ("de", "German, as spoken in & around Berlin")]
    )
    radio.set_value("de")
    column.addWidget(radio)
    many = MultiCheckField("Products", [("a", "Sales <b>Hub</b>"), ("b", "Service Hub")], required=True)
    many.set_values(["a"])
    many.set_error("Choose at least one product")
    column.addWidget(many)
    consent = CheckField(
        "I agree to let Northwind store and process my personal data to contact me about this meeting",
        required=True,
        hint="You can take this back at any time.",
    )
    consent.set_value(True)
    column.addWidget(consent)
    off = CheckBox("Cannot be changed", checked=True)
    off.setEnabled(False)
    column.addWidget(off)
    return board


def results() -> QWidget:
    board, column = board_of(620)
    found = ResultList("Results", padding=16)
    found.set_rows(PEOPLE)
    found.setFixedHeight(found.content_height())
    column.addWidget(found)
    return board


BOARDS: dict[str, Callable[[], QWidget]] = {
    "buttons": buttons,
    "marks": marks,
    "fields": fields,
    "choices": choices,
    "results": results,
}
