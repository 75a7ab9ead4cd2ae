"""The Book screen put together: view-models, views, keys, and how the panes follow one another."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.meetings import CONTACT, CrmRecord, MeetingDetails, RecordRef
from app.services.accounts import AccountsState
from app.services.drafts import DraftsService
from app.ui.context import UiContext
from app.ui.kit.command import Command
from app.ui.kit.routes import NewMeeting
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screen import Finder
from app.ui.screens.book.actions import booking_commands, looking_commands
from app.ui.screens.book.calendar.inputs import CalendarLook
from app.ui.screens.book.calendar.view import CalendarView
from app.ui.screens.book.calendar.viewmodel import CalendarViewModel
from app.ui.screens.book.day_panel import DayPanel
from app.ui.screens.book.desk.view import DeskView
from app.ui.screens.book.desk.viewmodel import DeskViewModel
from app.ui.screens.book.finding import LinkFinder, PeopleFinder
from app.ui.screens.book.links.view import LinksView
from app.ui.screens.book.links.viewmodel import LinksViewModel
from app.ui.screens.book.recording.viewmodel import RecordingViewModel
from app.ui.screens.book.selection import BookSelection, usual_guest_zone
from app.ui.screens.book.view import BookView

translate = QCoreApplication.translate


class BookScreen(QObject):
    """What the window shows under Book; `reconnect_wanted(Workspace)` asks it for the sign-in."""

    reconnect_wanted = Signal(object)

    def __init__(self, context: UiContext, tasks: TaskScope, *, at_once: bool = True) -> None:
        super().__init__()
        self._context = context
        self._tasks = tasks
        self.selection = BookSelection(usual_guest_zone(context.manners))
        self.links = LinksViewModel(context, self.selection, tasks)
        self.calendar = CalendarViewModel(context, self.selection, tasks)
        self.desk = DeskViewModel(context, self.selection, tasks)
        self.recording = RecordingViewModel(context, self.selection, tasks)
        self._is_lost = False
        self._account = context.services.accounts.active_id
        if at_once:
            for _part in self._parts():
                pass

    @classmethod
    async def in_turns(cls, context: UiContext, tasks: TaskScope) -> "BookScreen":
        """Build it part by part, and let the window go on in between."""
        screen = cls(context, tasks, at_once=False)
        for _part in screen._parts():
            await asyncio.sleep(0)
        return screen

    def _parts(self) -> Iterator[None]:
        context, tasks = self._context, self._tasks
        links = LinksView(self.links, context.manners, context.notices)
        yield
        calendar = CalendarView(
            self.calendar, zones=context.zones, manners=context.manners, now=context.clock.now
        )
        yield
        day = DayPanel(self.calendar)
        desk = DeskView(
            self.desk, self.recording, notices=context.notices, opener=context.opener, tasks=tasks
        )
        yield
        self._view = BookView(links, calendar, day, desk)
        yield
        self._view.set_widths(context.manners.preferences.window.pane_widths)
        self._commands = self._make_commands()
        people = PeopleFinder(
            context.services.directory, self.desk.prospect, context.clock, self._on_guest_found
        )
        self._finders = (people.finder(), LinkFinder(self.links, self._on_link_found).finder())
        self._connect()

    @property
    def widget(self) -> QWidget:
        """The panes."""
        return self._view

    @property
    def commands(self) -> Sequence[Command]:
        """The keys of the Book screen."""
        return self._commands

    @property
    def banner_host(self) -> QVBoxLayout | None:
        """Over calendar and desk."""
        return self._view.banner_host

    @property
    def status_changed(self) -> SignalInstance:
        """Times of the slot under the pointer, or why a time cannot be booked."""
        return self.calendar.status_changed

    @property
    def finders(self) -> Sequence[Finder]:
        """People, then links."""
        return self._finders

    def start(self) -> None:
        """Load links and drafts, and look after a booking that was under way when the program ended."""
        self._tasks.start(self._load(self._context.services.drafts), key="start", policy=Policy.LATEST)

    def activate(self) -> None:
        """The screen came to the front."""
        self._view.calendar.focus_calendar()

    def refresh_if_old(self) -> None:
        """The window came back to the front."""
        self.calendar.refresh_if_old()

    def _connect(self) -> None:
        view = self._view
        self.selection.desk_requested.connect(self._on_desk_requested)
        self.selection.link_changed.connect(view.show_calendar)
        self.selection.slot_changed.connect(self._show_right)
        self.calendar.day_list_changed.connect(self._show_right)
        self.calendar.bar_changed.connect(self._show_right)
        self.desk.settled.connect(self._on_settled)
        view.calendar.month.day_activated.connect(self._on_day_activated)
        view.calendar.plan_wanted.connect(self.plan_meeting)
        view.day.closed.connect(self._on_desk_closed)
        view.desk.closed.connect(self._on_desk_closed)
        view.desk.link_wanted.connect(self.links.open_slug)
        view.links.opened.connect(self._on_link_opened)
        for lost in (view.links.reconnect_wanted, self.calendar.reconnect_wanted):
            lost.connect(self._on_reconnect)
        view.widths_changed.connect(self._on_widths)
        self._context.services.accounts.state.subscribe(self._on_accounts)

    async def _load(self, drafts: DraftsService) -> None:
        await drafts.load()
        unfinished = await self._context.services.booking.unfinished()
        if unfinished is not None:
            self.links.prefer(unfinished.slug)
            self.desk.resume(unfinished)
        self.links.load()

    def _on_accounts(self, state: AccountsState) -> None:
        """What was typed and booked belongs to one account: nothing of it stays for the next.

        An account that was lost and is back asks anew for what it could not read.
        """
        account_id = state.active.id if state.active is not None else None
        was_lost, self._is_lost = self._is_lost, state.is_lost
        if account_id != self._account:
            self._account = account_id
            self.desk.forget()
        elif was_lost and not state.is_lost:
            self.links.load()
            self.calendar.reopen()
            self.desk.restore_guest()

    def _on_reconnect(self) -> None:
        active = self._context.services.accounts.state.value.active
        if active is not None:
            self.reconnect_wanted.emit(active.workspace)

    def _on_desk_requested(self) -> None:
        self._view.show_desk()
        if self.selection.prospect is None:
            self._view.desk.focus_prospect()
        else:
            self._view.desk.focus_primary()

    def _on_settled(self) -> None:
        self._view.show_desk()
        if self.desk.props.booked is not None:
            self._view.desk.focus_primary()

    def _on_link_found(self) -> None:
        self._on_link_opened(True)

    def _on_link_opened(self, by_key: bool) -> None:
        self._view.show_calendar()
        if by_key:
            self._view.calendar.focus_calendar()

    def _on_guest_found(self) -> None:
        """The palette chose a guest: on to the desk, or to the calendar while no time is picked."""
        if self.selection.slot is not None:
            self._on_desk_requested()
        else:
            self._view.calendar.focus_calendar()

    def _on_day_activated(self, _day: date) -> None:
        if self.calendar.inputs.look is CalendarLook.MONTH and self.selection.slot is None:
            self._view.show_day()

    def _on_desk_closed(self) -> None:
        self._view.put_away()
        self._view.calendar.focus_calendar()

    def _show_right(self) -> None:
        is_month = self.calendar.inputs.look is CalendarLook.MONTH
        if is_month and self.selection.slot is None and self.desk.props.booked is None:
            self._view.day_in_front()
        else:
            self._view.desk_in_front()

    def _on_widths(self) -> None:
        widths = self._view.widths
        if widths:
            self._tasks.start(self._keep_widths(widths), key="widths", policy=Policy.LATEST)

    async def _keep_widths(self, widths: tuple[int, ...]) -> None:
        await self._context.clock.sleep(0.5)
        window = replace(self._context.manners.preferences.window, pane_widths=widths)
        await self._context.services.preferences.change(window=window)

    def _make_commands(self) -> tuple[Command, ...]:
        view, calendar = self._view, self.calendar
        return (
            *booking_commands(view, self._choose_guest, self.plan_meeting),
            *looking_commands(view, calendar, self._refresh),
        )

    def plan_meeting(self) -> None:
        """Into the rep's calendar without a link, with the chosen guest and at the picked time."""
        guest, slot = self.selection.prospect, self.selection.slot
        details = MeetingDetails(start=slot.start, end=slot.end) if slot is not None else MeetingDetails()
        records: tuple[CrmRecord, ...] = ()
        if guest is not None:
            records = (CrmRecord(RecordRef(CONTACT, guest.id), guest.full_name, guest.email),)
        self._context.routes.plan_requested.emit(NewMeeting(details, records))

    def _choose_guest(self) -> None:
        self._view.show_desk()
        self._view.desk.focus_prospect()

    def _refresh(self) -> None:
        self.links.refresh()
        self.calendar.refresh()
