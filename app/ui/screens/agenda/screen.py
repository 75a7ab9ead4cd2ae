"""The Agenda screen put together: list, card, keys, and the ways to other screens."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.agenda import AgendaView
from app.ui.context import UiContext
from app.ui.kit.command import Command
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.routes import NewMeeting
from app.ui.kit.tasks import TaskScope
from app.ui.screen import Finder
from app.ui.screens.agenda.actions import agenda_commands
from app.ui.screens.agenda.card.view import CardView
from app.ui.screens.agenda.card.viewmodel import CardViewModel
from app.ui.screens.agenda.listing.faces import RowAction, RowFace
from app.ui.screens.agenda.listing.inputs import Look, RowKey
from app.ui.screens.agenda.listing.view import AgendaListView
from app.ui.screens.agenda.listing.viewmodel import AgendaViewModel
from app.ui.screens.agenda.view import AgendaPanes


class AgendaScreen(QObject):
    """What the window shows under Agenda; `reconnect_wanted(Workspace)` asks it for the sign-in."""

    reconnect_wanted = Signal(object)
    status_said = Signal(str)

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        services, clock = context.services, context.clock
        self.listing = AgendaViewModel(services, manners=context.manners, clock=clock, tasks=tasks)
        self.card = CardViewModel(context, self.listing, tasks)
        self._records = RecordSearchViewModel(services.meetings, clock, tasks)
        self._list = AgendaListView(self.listing)
        self._card_view = CardView(self.card, self._records)
        self._view = AgendaPanes(self._list, self._card_view)
        self._commands = agenda_commands(self)
        self._list.opened.connect(self.open_card)
        self._list.picked.connect(self._view.show_card)
        self._list.acted.connect(self._on_acted)
        self._list.plan_wanted.connect(self._on_plan)
        self._list.reconnect_wanted.connect(self._on_reconnect)
        self._view.put_away_done.connect(self._list.focus_list)
        context.routes.meeting_requested.connect(self._on_left)

    @property
    def widget(self) -> QWidget:
        """The panes."""
        return self._view

    @property
    def commands(self) -> Sequence[Command]:
        """The keys of the Agenda."""
        return self._commands

    @property
    def banner_host(self) -> QVBoxLayout | None:
        """Over both panes."""
        return self._view.banner_host

    @property
    def status_changed(self) -> SignalInstance:
        """Nothing is said of what the pointer is on."""
        return self.status_said

    @property
    def finders(self) -> Sequence[Finder]:
        """The palette finds meetings through the list's own search."""
        return ()

    @property
    def fetched_at(self) -> datetime | None:
        """When HubSpot's meetings were read to the end last."""
        return self._context.services.meetings.sync.value.synced_at

    def start(self) -> None:
        """Another account is active: show its days."""
        self._view.put_away()
        self.listing.start()
        self.card.start()

    def activate(self) -> None:
        """The screen came to the front."""
        self.listing.look_again()
        self._list.focus_list()

    def refresh_if_old(self) -> None:
        """The window came back to the front; reading on is the business of the meetings themselves."""
        self.listing.look_again()

    def join(self) -> None:
        """Join the selected meeting: the one that is on or next, unless the rep has chosen another."""
        self.card.join()

    def log(self) -> None:
        """Log the selected meeting."""
        self.card.log()

    def open_in_hubspot(self) -> None:
        """Open the selected meeting's page."""
        self.card.open_in_hubspot()

    def open_card(self) -> None:
        """Put the keyboard into the card."""
        self._view.show_card()
        self._card_view.focus_card()

    def show_today(self) -> None:
        """Back to today and what is next."""
        self.listing.show_today()
        self._list.reveal()
        self._list.focus_list()

    def step(self, by: int) -> None:
        """That many days or weeks on."""
        self.listing.step(by)

    def step_day(self, by: int) -> None:
        """The first meeting of the next or previous day of the list."""
        self._list.list.step_day(by)

    def search(self) -> None:
        """Put the keyboard into the search."""
        self._view.put_away()
        self._list.header.focus_search()

    def toggle_everybody(self) -> None:
        """Colleagues' meetings too, or only the rep's own."""
        self.listing.show_everybody(not self.listing.props.question.is_everybody)

    def show_look(self, look: Look) -> None:
        """A day or a week."""
        self.listing.show_look(look)

    def show_view(self, view: AgendaView) -> None:
        """Upcoming, past or canceled."""
        self.listing.show_view(view)

    def refresh(self) -> None:
        """Read what changed in HubSpot."""
        self.listing.refresh()

    def has_meeting(self) -> bool:
        """Whether a meeting is selected."""
        return self.card.row is not None

    def _on_acted(self, key: RowKey) -> None:
        faces = (item for item in self.listing.props.items if isinstance(item, RowFace))
        face = next((face for face in faces if face.key == key), None)
        if face is not None and face.action is RowAction.JOIN:
            self.card.join(key.meeting_id)
        elif face is not None:
            self.card.log(key.meeting_id)

    def _on_left(self, _meeting_id: object) -> None:
        """Another screen takes over."""
        self._view.put_away()

    def _on_plan(self) -> None:
        self._context.routes.plan_requested.emit(NewMeeting())

    def _on_reconnect(self) -> None:
        active = self._context.services.accounts.state.value.active
        if active is not None:
            self.reconnect_wanted.emit(active.workspace)
