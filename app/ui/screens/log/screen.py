"""The Log screen put together: list, editor, outcome queue, outbox, and how they follow one another."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.meetings import MeetingId
from app.services.accounts import AccountsState
from app.ui.context import UiContext
from app.ui.kit.command import Command
from app.ui.kit.records.search import RecordSearchViewModel
from app.ui.kit.routes import NewMeeting
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screen import Finder
from app.ui.screens.log.actions import list_commands, queue_commands
from app.ui.screens.log.bulk.sheet import BulkSheet
from app.ui.screens.log.bulk.viewmodel import BulkViewModel
from app.ui.screens.log.editor.actions import editor_commands
from app.ui.screens.log.editor.pane import EditorPane
from app.ui.screens.log.finding import MeetingFinder
from app.ui.screens.log.listing.filter_sheet import FilterSheet
from app.ui.screens.log.listing.narrowing import Segment
from app.ui.screens.log.listing.record_search import RecordSearch
from app.ui.screens.log.listing.view import MeetingsView
from app.ui.screens.log.listing.viewmodel import MeetingsViewModel
from app.ui.screens.log.many_pane import ManyPane
from app.ui.screens.log.needs import Meetings, Outbox
from app.ui.screens.log.outbox.detail_view import OutboxDetailView
from app.ui.screens.log.outbox.list_view import OutboxListView
from app.ui.screens.log.outbox.viewmodel import OutboxViewModel
from app.ui.screens.log.planning.sheet import PlanSheet
from app.ui.screens.log.planning.viewmodel import PlanViewModel
from app.ui.screens.log.queue import OutcomeQueue
from app.ui.screens.log.selection import LogSelection
from app.ui.screens.log.undoing import Undoing
from app.ui.screens.log.view import LogView

translate = QCoreApplication.translate
WIDTHS_PAUSE_S = 0.5


class LogScreen(QObject):
    """What the window shows under Log; `reconnect_wanted(Workspace)` asks it for the sign-in."""

    reconnect_wanted = Signal(object)
    status_said = Signal(str)

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._tasks = tasks
        self._is_outbox = False
        self._meetings: Meetings = context.services.meetings
        outbox: Outbox = context.services.outbox
        manners, clock = context.manners, context.clock
        self.selection = LogSelection()
        self.listing = MeetingsViewModel(
            self._meetings, outbox, selection=self.selection, manners=manners, clock=clock, tasks=tasks
        )
        self.undoing = Undoing(outbox, notices=context.notices, tasks=tasks)
        self.queue = OutcomeQueue(
            self.listing, self._meetings, self.undoing, notices=context.notices, tasks=tasks
        )
        self.bulk = BulkViewModel(self._meetings, self.undoing, manners=manners, tasks=tasks)
        self.outbox = OutboxViewModel(
            self._meetings, outbox, manners=manners, notices=context.notices, tasks=tasks
        )
        self._records = RecordSearch(self._meetings, clock, tasks)
        self._changes = OutboxListView(self.outbox)
        self._editor = EditorPane(context, self.selection, self.undoing, tasks)
        self._many = ManyPane()
        self._change = OutboxDetailView(self.outbox, tasks)
        self._view = LogView(
            MeetingsView(self.listing, self._changes), self._editor, self._many, self._change
        )
        self._view.set_widths(manners.preferences.window.log_widths)
        self._sheet = BulkSheet(self._view, self.bulk)
        self.plan = PlanViewModel(context, tasks.child("plan"))
        self._plan_sheet = PlanSheet(
            self._view,
            self.plan,
            RecordSearchViewModel(context.services.meetings, clock, tasks.child("plan-records")),
            manners=manners,
            clock=clock,
        )
        self._finders = (MeetingFinder(self._meetings, manners, clock, self.show_meeting).finder(),)
        self._commands = self._make_commands()
        self._connect()

    @property
    def widget(self) -> QWidget:
        """The panes."""
        return self._view

    @property
    def commands(self) -> Sequence[Command]:
        """The keys of the Log screen."""
        return self._commands

    @property
    def banner_host(self) -> QVBoxLayout | None:
        """Over all panes."""
        return self._view.banner_host

    @property
    def status_changed(self) -> SignalInstance:
        """Nothing is said of what the pointer is on."""
        return self.status_said

    @property
    def finders(self) -> Sequence[Finder]:
        """The meetings on this computer, for the palette."""
        return self._finders

    @property
    def fetched_at(self) -> datetime | None:
        """When HubSpot's meetings were read to the end last."""
        return self._meetings.sync.value.synced_at

    def start(self) -> None:
        """Another account is active: show its meetings, then read what changed."""
        self.undoing.forget()
        self.selection.choose(None)
        self.outbox.start()
        self.listing.start()
        self._tasks.start(self._meetings.load(), key="start", policy=Policy.LATEST)

    def activate(self) -> None:
        """The screen came to the front."""
        self.listing.look_again()
        if self.listing.props.segment is Segment.OUTBOX:
            self._changes.focus_list()
        else:
            self._view.meetings.focus_list()

    def refresh_if_old(self) -> None:
        """The window came back to the front; reading on is the business of the meetings themselves."""
        self.listing.look_again()

    def _connect(self) -> None:
        view, selection = self._view, self.selection
        view.meetings.opened.connect(self._on_opened)
        view.meetings.new_wanted.connect(self.log_meeting)
        view.meetings.filters_wanted.connect(self.choose_filters)
        view.meetings.reconnect_wanted.connect(self._on_reconnect)
        view.meetings.change_wanted.connect(self._on_change_wanted)
        view.list_shown.connect(view.meetings.focus_list)
        view.widths_changed.connect(self._on_widths)
        selection.changed.connect(self._on_selection)
        selection.next_requested.connect(self.queue.advance)
        selection.left.connect(self._on_left)
        self.listing.props_changed.connect(self._on_selection)
        self.queue.many_wanted.connect(self._on_many)
        self._many.change_wanted.connect(self.change_many)
        self._changes.entered.connect(self._on_change_entered)
        self._change.meeting_wanted.connect(self.show_meeting)
        routes = self._context.routes
        routes.meeting_requested.connect(self.show_meeting)
        routes.new_meeting_requested.connect(self._on_new)
        routes.plan_requested.connect(self._plan_sheet.begin)
        routes.outbox_requested.connect(self.show_outbox)
        self._context.services.accounts.state.subscribe(self._on_accounts)

    def log_meeting(self) -> None:
        """An empty form."""
        self._on_new(NewMeeting())

    def plan_meeting(self) -> None:
        """An empty sheet for a meeting in the rep's calendar."""
        self._plan_sheet.begin(NewMeeting())

    def show_meeting(self, meeting_id: MeetingId) -> None:
        """Open a meeting, wherever it stands in the list."""
        if self.listing.props.segment is Segment.OUTBOX:
            self.listing.show_segment(Segment.ALL)
        self.selection.choose(meeting_id)
        self._on_opened()

    def show_outbox(self) -> None:
        """What is on its way."""
        self.listing.show_segment(Segment.OUTBOX)
        self._view.show_list()
        self._changes.focus_list()

    def choose_filters(self) -> None:
        """The sheet of filters."""
        props = self.listing.props
        sheet = FilterSheet(
            self._view,
            props.narrowing.filters,
            self.listing.state,
            self._records,
            is_to_log=props.segment is Segment.TO_LOG,
        )
        sheet.setObjectName("log.filters")
        sheet.chosen.connect(self.listing.filter)
        sheet.closed.connect(sheet.deleteLater)
        sheet.open()

    def change_many(self) -> None:
        """The sheet of a change of all selected meetings."""
        self._on_many("")

    def has_many(self) -> bool:
        """Whether several meetings are selected."""
        return len(self.selection.selected) > 1

    def _make_commands(self) -> tuple[Command, ...]:
        return (
            *list_commands(
                search=self._search,
                filters=self.choose_filters,
                refresh=self.listing.refresh,
                new=self.log_meeting,
                plan=self.plan_meeting,
                outbox=self.show_outbox,
                sync=self._read_all,
            ),
            *queue_commands(
                self.queue.decide,
                self.undoing.undo,
                self.change_many,
                can_decide=self.queue.can_decide,
                can_undo=self.undoing.can_undo,
                has_many=self.has_many,
            ),
            *editor_commands(self._editor),
        )

    def _search(self) -> None:
        if self.listing.props.segment is Segment.OUTBOX:
            self.listing.show_segment(Segment.ALL)
        self._view.show_list()
        self._view.meetings.focus_search()

    def _read_all(self) -> None:
        self._tasks.start(self._meetings.start_sync(full=True), key="sync", policy=Policy.ONCE)

    def _on_selection(self) -> None:
        was_outbox, self._is_outbox = self._is_outbox, self.listing.props.segment is Segment.OUTBOX
        if self._is_outbox:
            self._view.show_page(self._change)
            if not was_outbox:
                self.outbox.look()
        elif self.has_many():
            self._many.show_count(len(self.selection.selected))
            self._view.show_page(self._many)
        else:
            self._view.show_page(self._editor)

    def _on_opened(self) -> None:
        self._view.show_work()
        if self.has_many():
            self.change_many()
        else:
            self._editor.focus_editor()

    def _on_new(self, prefill: NewMeeting) -> None:
        if self.listing.props.segment is Segment.OUTBOX:
            self.listing.show_segment(Segment.TO_LOG)
        self.selection.open_new(prefill)
        self._on_opened()

    def _on_many(self, outcome: str) -> None:
        if self.has_many():
            self.bulk.begin(self.selection.selected, outcome)
            self._sheet.show_change()

    def _on_left(self) -> None:
        self._view.show_list()
        self._view.meetings.focus_list()

    def _on_widths(self) -> None:
        widths = self._view.widths
        if widths:
            self._tasks.start(self._keep_widths(widths), key="widths", policy=Policy.LATEST)

    async def _keep_widths(self, widths: tuple[int, ...]) -> None:
        await self._context.clock.sleep(WIDTHS_PAUSE_S)
        window = replace(self._context.manners.preferences.window, log_widths=widths)
        await self._context.services.preferences.change(window=window)

    def _on_change_wanted(self, change_id: str) -> None:
        self.show_outbox()
        self.outbox.open(change_id)
        self._on_change_entered()

    def _on_change_entered(self) -> None:
        self._view.show_work()
        self._change.focus_actions()

    def _on_reconnect(self) -> None:
        active = self._context.services.accounts.state.value.active
        if active is not None:
            self.reconnect_wanted.emit(active.workspace)

    def _on_accounts(self, _state: AccountsState) -> None:
        self.listing.look_again()
