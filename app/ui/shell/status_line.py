"""The status line: connection, age of data, what the pointer is on, drafts, outbox, account, zone."""

import math
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.accounts import Account, Workspace
from app.domain.zones import canonical, city_of
from app.services.connectivity import ConnectionState, OfflineSince, Online, PausedUntil
from app.services.outbox.snapshot import OutboxState
from app.ui.context import UiContext
from app.ui.kit.labels import ElidedLabel, Label
from app.ui.kit.theme import MEASURES
from app.ui.kit.times import TimeWords
from app.ui.kit.widgets.badges import StatusDot
from app.ui.kit.widgets.card import Pane
from app.ui.screen import KnowsItsAge
from app.ui.shell.status_button import StatusButton

translate = QCoreApplication.translate
AGE_STEP_MS, COUNTDOWN_STEP_MS = 5_000, 1_000
NO_OUTBOX = OutboxState()


@dataclass(frozen=True, slots=True)
class StatusProps:
    """The texts of the line; `tone` is the colour token of the dot."""

    tone: str
    connection: str
    age: str
    drafts: str
    outbox: str
    outbox_tone: str
    account: str


def derive_status(
    *,
    account: Account | None,
    is_lost: bool,
    connection: ConnectionState,
    fetched_at: datetime | None,
    waiting_drafts: int,
    now: datetime,
    words: TimeWords,
    zone: str,
    outbox: OutboxState = NO_OUTBOX,
) -> StatusProps:
    """The status line from one snapshot; instants are UTC."""
    tone, text = _connection(account, is_lost, connection, now)
    age = ""
    if account is not None and fetched_at is not None:
        is_fresh = isinstance(connection, Online)
        pattern = translate("status", "Synced {age}") if is_fresh else translate("status", "Data from {age}")
        shown = words.age(fetched_at, now) if is_fresh else words.time(fetched_at, zone)
        age = pattern.format(age=shown)
    drafts = ""
    if waiting_drafts == 1:
        drafts = translate("status", "1 draft waiting")
    elif waiting_drafts:
        drafts = translate("status", "{n} drafts waiting").format(n=waiting_drafts)
    in_outbox, stuck = _outbox(outbox) if account is not None else ("", False)
    return StatusProps(tone, text, age, drafts, in_outbox, "bad" if stuck else "muted", _account(account))


def _outbox(outbox: OutboxState) -> tuple[str, bool]:
    """What is on its way, and whether some of it needs the rep."""
    if not outbox.is_loaded:
        return "", False
    if outbox.stuck == 1:
        return translate("status", "1 not sent"), True
    if outbox.stuck:
        return translate("status", "{n} not sent").format(n=outbox.stuck), True
    if outbox.waiting:
        return translate("status", "Outbox: {n} waiting").format(n=outbox.waiting), False
    return translate("status", "Outbox empty"), False


def zone_words(zone: str) -> str:
    """`Europe/Berlin`; a zone without a place by its short name: `UTC`."""
    name = canonical(zone)
    return city_of(zone) if name.startswith("Etc/") else name


def _account(account: Account | None) -> str:
    """Whose data it is: a practice account must not be taken for a real one."""
    if account is None:
        return ""
    is_practice = account.workspace is Workspace.PRACTICE
    return translate("status", "Sandbox account") if is_practice else account.portal_name


def _connection(
    account: Account | None, is_lost: bool, connection: ConnectionState, now: datetime
) -> tuple[str, str]:
    if account is None:
        return "muted", translate("status", "Signed out")
    if is_lost:
        return "bad", translate("status", "Sign in again")
    match connection:
        case Online():
            return "ok", translate("status", "Connected to HubSpot")
        case OfflineSince():
            return "warn", translate("status", "Offline")
        case PausedUntil(until=until):
            seconds = max(math.ceil((until - now).total_seconds()), 0)
            return "warn", translate("status", "Paused by HubSpot for {n} s").format(n=seconds)


class StatusLine(Pane):
    """Binds the services to the line; `say` prints what the pointer is on.

    Where the line is too short for everything, the age and then the zone give way to what is said.
    """

    def __init__(self, context: UiContext) -> None:
        super().__init__("win", lines=("top",))
        self._context = context
        self._aged: KnowsItsAge | None = None
        self.setFixedHeight(MEASURES.status)
        self._dot = StatusDot()
        self._connection = Label(role="small", tone="muted")
        self._connection.setObjectName("status.connection")
        self._age = Label(role="small", tone="muted")
        self._age.setObjectName("status.age")
        self._text = ElidedLabel(role="small", tone="text")
        self._text.setObjectName("status.text")
        self._drafts = Label(role="small", tone="muted")
        self._outbox = StatusButton()
        self._outbox.setObjectName("status.outbox")
        self._outbox.clicked.connect(context.routes.outbox_requested)
        self._account = ElidedLabel(role="small", tone="muted")
        self._account.setObjectName("status.account")
        self._zone = Label(role="small", tone="muted")
        self._zone.setObjectName("status.zone")
        self._ticker = QTimer(self, interval=AGE_STEP_MS)
        self._lay_out()
        services = context.services
        services.accounts.state.subscribe(self._on_change)
        services.connectivity.state.subscribe(self._on_change)
        services.links.state.subscribe(self._on_change)
        services.availability.state.subscribe(self._on_change)
        services.drafts.state.subscribe(self._on_change)
        services.outbox.state.subscribe(self._on_change)
        services.meetings.sync.subscribe(self._on_change)
        context.manners.changed.connect(self._show)
        self._ticker.timeout.connect(self._show)
        self._ticker.start()
        self._show()

    def say(self, text: str) -> None:
        """Print the sentence about what is hovered or focused; empty takes it away."""
        self._text.setText(text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_age_of(self, screen: object) -> None:
        """The age of the data is from now on that of this screen's, where it knows it."""
        self._aged = screen if isinstance(screen, KnowsItsAge) else None
        self._show()

    def _fetched_at(self) -> datetime | None:
        if self._aged is not None:
            return self._aged.fetched_at
        services = self._context.services
        return services.availability.state.value.fetched_at or services.links.state.value.fetched_at

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(MEASURES.m, 1, MEASURES.m, 0)
        row.setSpacing(MEASURES.s)
        row.addWidget(self._dot)
        row.addWidget(self._connection)
        row.addSpacing(MEASURES.s)
        row.addWidget(self._age)
        row.addSpacing(MEASURES.l)
        row.addWidget(self._text, 1)
        row.addSpacing(MEASURES.l)
        row.addWidget(self._outbox)
        for part in (self._drafts, self._account, self._zone):
            row.addWidget(part)
            row.addSpacing(MEASURES.s)

    def _on_change(self, _state: object) -> None:
        self._show()

    def _show(self) -> None:
        services, manners = self._context.services, self._context.manners
        accounts = services.accounts.state.value
        props = derive_status(
            account=accounts.active,
            is_lost=accounts.is_lost,
            connection=services.connectivity.state.value,
            fetched_at=self._fetched_at(),
            waiting_drafts=len(services.drafts.state.value.waiting),
            outbox=services.outbox.state.value,
            now=self._context.clock.now(),
            words=manners.words,
            zone=manners.zone,
        )
        is_paused = isinstance(services.connectivity.state.value, PausedUntil)
        self._ticker.setInterval(COUNTDOWN_STEP_MS if is_paused else AGE_STEP_MS)
        self._dot.set_tone(props.tone)
        self._connection.setText(props.connection)
        self._age.setText(props.age)
        self._drafts.setText(props.drafts)
        self._outbox.show_text(props.outbox, props.outbox_tone)
        self._account.setText(props.account)
        self._zone.setText(zone_words(manners.zone))
        self._make_room()

    def _make_room(self) -> None:
        parts: list[QWidget] = [self._age, self._zone]
        if self._outbox.gives_way:
            parts.append(self._outbox)
        giving_way = {part: part.sizeHint().width() + MEASURES.s for part in parts}
        room = self.width() - self._row.sizeHint().width()
        room -= sum(width for part, width in giving_way.items() if part.isHidden())
        for part, width in giving_way.items():
            part.setVisible(room >= 0)
            room += 0 if room >= 0 else width
