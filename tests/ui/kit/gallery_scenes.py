"""The scenes of the gallery: widgets that need a window around them, a focus, or something open over it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.kit.labels import Label, Paragraph, caption, heading, muted
from app.ui.kit.notices import Action, Notices, Tone
from app.ui.kit.widgets.avatar import IconTile
from app.ui.kit.widgets.badges import Badge, StatusDot, Tag
from app.ui.kit.widgets.banner import Banner, BannerStrip
from app.ui.kit.widgets.buttons import Button, IconButton
from app.ui.kit.widgets.card import Bar, Card, Pane
from app.ui.kit.widgets.chips import ChipsField
from app.ui.kit.widgets.choice_fields import CheckField
from app.ui.kit.widgets.combo import ComboField
from app.ui.kit.widgets.date_field import DateField
from app.ui.kit.widgets.empty import EmptyState
from app.ui.kit.widgets.panes import Panes
from app.ui.kit.widgets.scroll import ScrollArea
from app.ui.kit.widgets.segmented import Segmented
from app.ui.kit.widgets.skeleton import Skeleton, SkeletonRows
from app.ui.kit.widgets.text_fields import TextField
from app.ui.kit.widgets.toast import ToastStack
from app.ui.kit.widgets.typeahead import TypeAheadField
from tests.ui.kit.gallery_boards import PEOPLE, SIZES, board_of, fit, line


def shown(window: QWidget) -> QWidget:
    window.show()
    fit(window)
    QTest.qWaitForWindowExposed(window)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    return window


def suggestions() -> QWidget:
    board, column = board_of(340)
    board.setFixedHeight(300)
    field = TypeAheadField("Guest", required=True, placeholder="Name or e-mail")
    column.addWidget(field)
    column.addStretch(1)
    shown(board)
    field.box.edit.setFocus(Qt.FocusReason.TabFocusReason)
    field.set_query("oka")
    field.set_rows(PEOPLE[:2], message="2 contacts")
    return board


def rings() -> QWidget:
    """Each focus ring in turn is a picture of its own elsewhere; here the ring stands on one of each kind."""
    board, column = board_of(420)
    controls = (Button("Book meeting", kind="primary"), Button("Cancel"), IconButton("x", "Close"))
    column.addLayout(line(*controls))
    halo = TextField("First name")
    column.addWidget(halo)
    shown(board)
    controls[1].setFocus(Qt.FocusReason.TabFocusReason)
    return board


def halo() -> QWidget:
    board, column = board_of(380)
    guest = TypeAheadField("Guest")
    guest.set_chosen("Ada Okafor", "ada@northwind.example", "AO")
    column.addWidget(guest)
    when = DateField("Date")
    column.addWidget(when)
    shown(board)
    guest.focus()
    return board


def desk() -> QWidget:
    """The booking desk of book.png, as near as the kit alone gets."""
    pane = Pane("surface", lines=("left",))
    pane.resize(340, 844)
    column = QVBoxLayout(pane)
    column.setContentsMargins(1, 0, 0, 0)
    column.setSpacing(0)
    bar = Bar()
    bar.row.addWidget(heading("Book Intro call"), 1)
    bar.row.addWidget(IconButton("x", "Close"))
    column.addWidget(bar)
    scroll = ScrollArea()
    slot = Card(tone="accent", spacing=2)
    slot.column.addWidget(Label("Tue 24 Nov, 12:30 – 13:00", role="lead"))
    slot.column.addWidget(Label("New York, guest's time", tone="accent_text"))
    slot.column.addWidget(muted("18:30 – 19:00 in Berlin, your time", role="base"))
    guest = TypeAheadField("Guest")
    guest.set_chosen("Ada Okafor", "ada@northwind.example", "AO")
    pair = QHBoxLayout()
    pair.setSpacing(10)
    for label, value in (("First name", "Ada"), ("Last name", "Okafor")):
        field = TextField(label)
        field.set_value(value)
        pair.addWidget(field)
    size = ComboField("Company size", SIZES, required=True)
    size.set_value("one")
    guests = ChipsField("Add guests")
    guests.set_values(["sam@northwind.example"])
    consent = CheckField("Agrees to receive other communications")
    consent.set_value(True)
    scroll.column.addWidget(slot)
    scroll.column.addWidget(guest)
    scroll.column.addLayout(pair)
    for part in (size, guests, consent):
        scroll.column.addWidget(part)
    scroll.column.addStretch(1)
    column.addWidget(scroll, 1)
    foot = Bar(lines=("top",))
    foot.setFixedHeight(57)
    foot.row.addWidget(muted("Ctrl ↵ books"))
    foot.row.addStretch(1)
    foot.row.addWidget(Button("Cancel"))
    foot.row.addWidget(Button("Book meeting", kind="primary"))
    column.addWidget(foot)
    shown(pane)
    guest.focus()
    return pane


def welcome() -> QWidget:
    board, column = board_of(1040)
    column.addWidget(
        IconTile("calendar-check", size=52, icon_size=20, strong=True), 0, Qt.AlignmentFlag.AlignHCenter
    )
    column.addWidget(Paragraph("Book the meeting while you are on the call", role="welcome", centred=True))
    column.addWidget(
        Paragraph(
            "Sign in opens in your browser. Your password is never typed here.", tone="muted", centred=True
        )
    )
    cards = QHBoxLayout()
    cards.setSpacing(16)
    texts = (
        (
            "calendar-plus",
            "HubSpot",
            "Browse meeting links, book times and log meetings on contacts, companies.",
        ),
        (
            "globe",
            "Pipedrive",
            "Manage your video-call provider link and write notes to people and organizations.",
        ),
        (
            "flask-conical",
            "Try it first",
            "A sandbox on this computer with sample links. Nothing leaves your machine.",
        ),
    )
    for sign, title, text in texts:
        card = Card(padding=20, spacing=12)
        card.column.addLayout(line(IconTile(sign), Label(title, role="title")))
        card.column.addWidget(Paragraph(text, tone="muted"))
        card.column.addStretch(1)
        card.column.addWidget(Button("Sign in", kind="primary" if title == "HubSpot" else "secondary"))
        cards.addWidget(card)
    column.addLayout(cards)
    return shown(board)


def notices() -> QWidget:
    host = Pane("surface")
    host.resize(760, 420)
    model = Notices()
    model.setParent(host)
    model.hold(
        "offline",
        "Offline since 14:02. Times are from 13:58; anything you log is sent when you are back.",
        icon="wifi-off",
        action=Action("Try now", host.update),
    )
    model.hold(
        "sign-in", "HubSpot has signed you out.", tone=Tone.BAD, action=Action("Reconnect", host.update)
    )
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(BannerStrip(model))
    inner = QVBoxLayout()
    inner.setContentsMargins(24, 24, 24, 24)
    inner.addWidget(Banner("This host's calendar is disconnected; HubSpot shows it as free.", rounded=True))
    inner.addWidget(
        Banner("The owner of this contact is Ravi Menon.", tone=Tone.INFO, icon="info", rounded=True)
    )
    inner.addStretch(1)
    column.addLayout(inner, 1)
    ToastStack(host, model)
    shown(host)
    model.say("Booked with Ada Okafor", tone=Tone.OK, action=Action("Open", host.update))
    model.say("The link was copied", action=Action("Undo", host.update))
    return host


def loading() -> QWidget:
    board, column = board_of(320)
    column.addWidget(caption("All links"))
    column.addWidget(SkeletonRows("Loading meeting links", rows=3))
    column.addWidget(Skeleton(height=32))
    column.addWidget(
        EmptyState("calendar-days", "No free times this week", "The next free time is Tue 8 Dec.")
    )
    actions = [Button("Go to 8 December", kind="primary"), Button("Book without a link")]
    column.addWidget(
        EmptyState("search", "No link is called “zz”", "Search looks at names and people.", actions=actions)
    )
    return shown(board)


def panes() -> QWidget:
    window = Panes()
    window.resize(900, 300)
    left = Pane("win")
    inside = QVBoxLayout(left)
    inside.setContentsMargins(0, 0, 0, 0)
    bar = Bar("win")
    bar.row.addWidget(heading("Meeting links"), 1)
    bar.row.addWidget(IconButton("refresh-cw", "Refresh"))
    inside.addWidget(bar)
    inside.addStretch(1)
    centre = Pane("surface")
    middle = QVBoxLayout(centre)
    middle.setContentsMargins(0, 0, 0, 0)
    middle.setSpacing(0)
    tools = Bar()
    tools.row.addWidget(heading("23 – 27 Nov"))
    for widget in (
        IconButton("chevron-left", "Back"),
        Button("Today", small=True),
        IconButton("chevron-right", "Next"),
    ):
        tools.row.addWidget(widget)
    tools.row.addStretch(1)
    tools.row.addWidget(Button("New York", icon="globe", keys="−6 h", small=True))
    tools.row.addWidget(Segmented("View", [("week", "Week"), ("month", "Month"), ("list", "List")]))
    middle.addWidget(tools)
    second = Bar("sunken", secondary=True)
    second.row.addWidget(muted("Free for everyone in", role="base"))
    second.row.addWidget(Tag("Technical scoping"))
    second.row.addStretch(1)
    middle.addWidget(second)
    middle.addStretch(1)
    status = Bar("win", lines=("top",))
    status.setFixedHeight(26)
    status.row.addWidget(StatusDot(tone="ok"))
    status.row.addWidget(muted("Connected to HubSpot"))
    status.row.addStretch(1)
    status.row.addWidget(Badge("Sandbox account"))
    middle.addWidget(status)
    window.add(left, minimum=200, width=256)
    window.add(centre, minimum=300, width=644, stretch=1)
    return shown(window)


SCENES: dict[str, Callable[[], QWidget]] = {
    "suggestions": suggestions,
    "rings": rings,
    "halo": halo,
    "desk": desk,
    "welcome": welcome,
    "notices": notices,
    "loading": loading,
    "panes": panes,
}
