"""The list's state: which days are asked for, the answer, the minute, and what is selected."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.domain.agenda import AgendaView
from app.domain.days import local_day
from app.domain.meetings import CONTACT, MeetingId, RecordRef
from app.domain.ports import Clock
from app.domain.problems import Problem
from app.services.accounts import AccountsState
from app.services.agenda import AgendaState
from app.services.connectivity import ConnectionState, OfflineSince
from app.services.meetings.state import MeetingRow, MeetingsState, SyncState
from app.services.outbox.snapshot import OutboxState
from app.ui.context import Manners, Services
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.agenda.guests import GuestZones
from app.ui.screens.agenda.listing.derivation import AgendaDerivation
from app.ui.screens.agenda.listing.elsewhere import nearest
from app.ui.screens.agenda.listing.inputs import AgendaInputs, Answer, Elsewhere, Look, Question, RowKey
from app.ui.screens.agenda.listing.props import AgendaProps, step_of

TYPING_PAUSE_S = 0.12
MINUTE_S = 60.0
MOST_GUESTS = 60


class AgendaViewModel(QObject):
    """Folds agenda, meetings, accounts and the clock into `props`.

    `inputs_changed` fires after them, also for what the list does not show: the card does.
    """

    props_changed = Signal()
    inputs_changed = Signal()

    def __init__(self, services: Services, *, manners: Manners, clock: Clock, tasks: TaskScope) -> None:
        super().__init__()
        self._services, self._manners = services, manners
        self._clock, self._tasks = clock, tasks
        self._guests = GuestZones(services.directory)
        self._publisher = Publisher(self, self._first_inputs(), AgendaDerivation())
        services.agenda.state.subscribe(self._on_agenda)
        services.meetings.state.subscribe(self._on_meetings)
        services.meetings.sync.subscribe(self._on_sync)
        services.accounts.state.subscribe(self._on_accounts)
        services.connectivity.state.subscribe(self._on_connection)
        services.outbox.state.subscribe(self._on_outbox)
        manners.changed.connect(self._on_manners)

    @property
    def props(self) -> AgendaProps:
        """What the list shows now."""
        return self._publisher.props

    @property
    def inputs(self) -> AgendaInputs:
        """The snapshot behind it."""
        return self._publisher.inputs

    def start(self) -> None:
        """Another account is active: nothing of the one before stays."""
        self._guests.clear()
        serial = self.inputs.serial + 1
        self._publisher.set(replace(self._first_inputs(), serial=serial))
        self.inputs_changed.emit()
        self._ask()
        self._tasks.start(self._keep_time(), key="minute", policy=Policy.LATEST)

    def look_again(self) -> None:
        """Time has passed while nobody looked."""
        self._set_now()
        self._tasks.start(self._services.agenda.refresh(), key="again", policy=Policy.ONCE)

    def refresh(self) -> None:
        """Read what changed in HubSpot."""
        self._tasks.start(self._services.meetings.start_sync(), key="sync", policy=Policy.ONCE)
        self.look_again()

    def stop_sync(self) -> None:
        """Stop reading HubSpot's meetings."""
        self._services.meetings.cancel_sync()

    def select(self, key: RowKey | None) -> None:
        """Open a row's card; None follows what is next."""
        self._set(selected=key)

    def show_view(self, view: AgendaView) -> None:
        """Upcoming, past or canceled; days that have none of the kind give way to today."""
        question = replace(self.inputs.question, view=view)
        is_wrong = question.anchor is not None and (question.anchor > self.inputs.today) == (
            view is AgendaView.PAST
        )
        if is_wrong and view is not AgendaView.CANCELED:
            question = replace(question, anchor=None)
        self._change(question)

    def show_look(self, look: Look) -> None:
        """A day or a week; a day is the one of the open row."""
        question, selected = self.inputs.question, self.props.selected
        if look is question.look:
            return
        anchor = question.anchor
        if look is Look.DAY and selected is not None:
            anchor = selected.day if selected.day != self.inputs.today else None
        self._change(replace(question, look=look, anchor=anchor))

    def step(self, by: int) -> None:
        """That many days or weeks on."""
        if not (self.props.can_go_on if by > 0 else self.props.can_go_back):
            return
        question = self.inputs.question
        self._change(replace(question, anchor=step_of(question, by, self.inputs.today)))

    def show_today(self) -> None:
        """Back to today, with what is next selected."""
        self._set(selected=None)
        self._change(replace(self.inputs.question, anchor=None))

    def show_day(self, day: date) -> None:
        """The days from (or, for past ones, up to) a day."""
        anchor = None if day == self.inputs.today else day
        self._change(replace(self.inputs.question, anchor=anchor))

    def show_elsewhere(self) -> None:
        """The nearest meeting outside the days."""
        row = self.inputs.elsewhere.row if self.inputs.elsewhere is not None else None
        if row is not None and row.meeting.details.start is not None:
            day = local_day(row.meeting.details.start, self.inputs.zone)
            self._set(selected=RowKey(day, row.meeting.id))
            self.show_day(day)

    def search(self, person: str) -> None:
        """Only meetings with this person, while the rep types."""
        question = replace(self.inputs.question, person=person)
        if question != self.inputs.question:
            self._change(question, pause=TYPING_PAUSE_S)

    def show_everybody(self, is_everybody: bool) -> None:
        """Colleagues' meetings too, or only the rep's own."""
        self._change(replace(self.inputs.question, is_everybody=is_everybody))

    def _first_inputs(self) -> AgendaInputs:
        services = self._services
        accounts = services.accounts.state.value
        return AgendaInputs(
            words=self._manners.words,
            zone=self._manners.zone,
            now=self._clock.now(),
            account=accounts.active,
            is_lost=accounts.is_lost,
            is_online=not isinstance(services.connectivity.state.value, OfflineSince),
            meetings=services.meetings.state.value,
            sync=services.meetings.sync.value,
        )

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self.inputs, **changes))  # type: ignore[arg-type]
        self.inputs_changed.emit()

    def _change(self, question: Question, *, pause: float = 0) -> None:
        if question == self.inputs.question:
            return
        before = self.inputs
        self._set(question=question, serial=before.serial + 1, elsewhere=None)
        self._ask(pause)

    def _ask(self, pause: float = 0) -> None:
        self._tasks.start(self._read(pause), key="ask", policy=Policy.LATEST)

    async def _read(self, pause: float) -> None:
        if pause:
            await self._clock.sleep(pause)
        earliest, latest = self.inputs.bounds()
        question = self.inputs.question
        await self._services.agenda.show(
            earliest, latest, person=question.person.strip(), is_everybody=question.is_everybody
        )

    def _on_agenda(self, state: AgendaState) -> None:
        """Take the answer to the present question; the shown rows stay until it comes."""
        question = self.inputs.question
        asked = (*self.inputs.bounds(), question.person.strip(), question.is_everybody)
        if not state.is_answered or asked != (
            state.earliest,
            state.latest,
            state.person,
            state.is_everybody,
        ):
            return
        answer = Answer(self.inputs.days, state.entries, self.inputs.serial, state.problem)
        if answer != self.inputs.answer:
            self._set(answer=answer)
            self._look_for_zones()
            self._look_elsewhere()

    def _look_for_zones(self) -> None:
        if self.inputs.is_online and not self.inputs.is_lost:
            self._tasks.start(self._read_zones(), key="zones", policy=Policy.LATEST)

    def _look_elsewhere(self) -> None:
        if self.props.nothing is not None:
            self._tasks.start(self._read_elsewhere(), key="elsewhere", policy=Policy.LATEST)

    async def _read_elsewhere(self) -> None:
        serial = self.inputs.serial
        try:
            row = await nearest(self._services.meetings, self.inputs)
        except Problem as problem:
            if self.inputs.answer is not None:
                self._set(answer=replace(self.inputs.answer, problem=problem))
            return
        if serial == self.inputs.serial:
            self._set(elsewhere=Elsewhere(row))

    async def _read_zones(self) -> None:
        """The zones of the contacts in the list, one by one, until HubSpot cannot be asked."""
        rows = self.inputs.answer.rows if self.inputs.answer is not None else ()
        for ref in contacts_of(rows)[:MOST_GUESTS]:
            if not await self._guests.look_up(ref):
                return
            if self._guests.known != self.inputs.zones:
                self._set(zones=dict(self._guests.known))

    async def _keep_time(self) -> None:
        while True:
            passed = self._clock.now().timestamp() % MINUTE_S
            await self._clock.sleep(MINUTE_S - passed)
            self._set_now()

    def _set_now(self) -> None:
        """Move the line; at midnight ask for the new day."""
        before = self.inputs.days
        self._set(now=self._clock.now())
        if self.inputs.days != before:
            self._set(serial=self.inputs.serial + 1)
            self._ask()

    def _on_meetings(self, state: MeetingsState) -> None:
        before = self.inputs.meetings.revision
        self._set(meetings=state)
        if state.revision != before:
            self._look_elsewhere()

    def _on_sync(self, sync: SyncState) -> None:
        self._set(sync=sync)

    def _on_accounts(self, state: AccountsState) -> None:
        self._set(account=state.active, is_lost=state.is_lost)

    def _on_connection(self, state: ConnectionState) -> None:
        was_online = self.inputs.is_online
        self._set(is_online=not isinstance(state, OfflineSince))
        if self.inputs.is_online and not was_online:
            self._look_for_zones()

    def _on_outbox(self, _state: OutboxState) -> None:
        """A selected meeting that HubSpot has given its number stays selected."""
        selected = self.inputs.selected
        if selected is not None:
            meeting_id: MeetingId = self._services.outbox.resolve(selected.meeting_id)
            if meeting_id != selected.meeting_id:
                self._set(selected=RowKey(selected.day, meeting_id))

    def _on_manners(self) -> None:
        before = self.inputs.days
        bounds = self.inputs.bounds()
        self._set(words=self._manners.words, zone=self._manners.zone, now=self._clock.now())
        if (self.inputs.days, self.inputs.bounds()) != (before, bounds):
            self._set(serial=self.inputs.serial + 1)
            self._ask()


def contacts_of(rows: tuple[MeetingRow, ...]) -> tuple[RecordRef, ...]:
    """Every contact of the rows, once."""
    refs = (record.ref for row in rows for record in row.records if record.ref.type == CONTACT)
    return tuple(dict.fromkeys(refs))
