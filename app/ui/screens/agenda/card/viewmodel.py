"""The card's state: the selected meeting, what lies around it, and what the rep does with it."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.addresses import https_host
from app.domain.agenda import is_canceled
from app.domain.days import day_bounds, local_day
from app.domain.joining import join_address
from app.domain.meetings import CONTACT, Association, CrmRecord, MeetingId, MeetingQuery, RecordRef, is_local
from app.domain.problems import Problem
from app.services.meetings.state import MeetingRow
from app.services.outbox.snapshot import OutboxState
from app.ui.context import UiContext
from app.ui.kit.notices import Action, Tone
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import words_for
from app.ui.screens.agenda.card.inputs import CardInputs, Surrounding
from app.ui.screens.agenda.card.props import CardProps, derive_card, page_address
from app.ui.screens.agenda.listing.inputs import AgendaInputs, readable_end
from app.ui.screens.agenda.listing.viewmodel import AgendaViewModel

translate = QCoreApplication.translate
READING_PAUSE_S: Final = 0.25
UNDO_S: Final = 8
_WEEK: Final = timedelta(days=7)
_MS: Final = timedelta(milliseconds=1)
_PAGE: Final = 20


class CardViewModel(QObject):
    """Follows the selection of the list."""

    props_changed = Signal()

    def __init__(self, context: UiContext, agenda: AgendaViewModel, tasks: TaskScope) -> None:
        super().__init__()
        self._context, self._agenda, self._tasks = context, agenda, tasks
        self._meetings, self._outbox = context.services.meetings, context.services.outbox
        self._hosts: set[str] = set()
        self._read_for: tuple[MeetingRow, int] | None = None
        self._looked_at: MeetingId | None = None
        self._publisher = Publisher(self, _inputs_of(agenda.inputs), derive_card)
        agenda.inputs_changed.connect(self._on_agenda)
        self._outbox.state.subscribe(self._on_outbox)

    @property
    def props(self) -> CardProps:
        """What the card shows now."""
        return self._publisher.props

    @property
    def row(self) -> MeetingRow | None:
        """The meeting of the card."""
        return self._publisher.inputs.row

    def start(self) -> None:
        """Another account is active."""
        self._read_for = self._looked_at = None
        self._tasks.start(self._read_kinds(), key="kinds", policy=Policy.LATEST)
        self._on_agenda()

    def join(self, meeting_id: MeetingId | None = None) -> None:
        """Open the video conference of a meeting (the card's where none is named) in the browser."""
        row = self._agenda.inputs.row(meeting_id) if meeting_id is not None else self.row
        if row is None:
            return
        address = join_address(row.meeting)
        host = https_host(address)
        if host is None or is_canceled(row.meeting):
            self._say(translate("agenda", "This meeting names no address to join at."), Tone.WARN)
        elif not self._context.opener.open(address):
            self._say(translate("agenda", "{host} could not be opened.").format(host=host), Tone.WARN)
        elif host not in self._hosts:
            self._hosts.add(host)
            self._say(translate("agenda", "Opened {host} in the browser.").format(host=host), Tone.OK)

    def log(self, meeting_id: MeetingId | None = None) -> None:
        """Open a meeting (the card's where none is named) in the Log screen."""
        chosen = meeting_id or (self.row.meeting.id if self.row is not None else None)
        if chosen is not None:
            self._context.routes.meeting_requested.emit(chosen)

    def open_in_hubspot(self) -> None:
        """Open the meeting's own page in the browser."""
        address = page_address(self._publisher.inputs)
        if address:
            self._context.opener.open(address)

    def pin(self, ref: RecordRef, is_wanted: bool) -> None:
        """Pin the meeting on a record, or take the pin away."""
        if self.row is not None:
            self._start(self._meetings.pin(self.row.meeting.id, ref, is_wanted))

    def put_on(self, record: CrmRecord) -> None:
        """Put the meeting on a record."""
        if self.row is not None and record.ref not in self.row.meeting.refs:
            self._start(self._meetings.link(self.row.meeting.id, Association(record.ref)))

    def take_off(self, ref: RecordRef) -> None:
        """Take the meeting off a record; it can be taken back."""
        if self.row is not None:
            name = next((row.name for row in self.props.records if row.ref == ref), "")
            self._start(self._take_off(self.row.meeting.id, ref, name))

    async def _take_off(self, meeting_id: MeetingId, ref: RecordRef, name: str) -> None:
        group = await self._meetings.unlink(meeting_id, ref)

        def undo() -> None:
            self._start(self._outbox.undo(group))

        text = translate("agenda", "Taken off {record}").format(record=name)
        action = Action(translate("agenda", "Undo"), undo)
        self._context.notices.say(text, tone=Tone.OK, action=action, seconds=UNDO_S)

    def _start(self, work: Awaitable[object]) -> None:
        self._tasks.start(self._told(work))

    async def _told(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Problem as problem:
            self._say(words_for(problem).sentence, Tone.BAD)

    def _say(self, text: str, tone: Tone) -> None:
        self._context.notices.say(text, tone=tone)

    def _on_agenda(self) -> None:
        """Take the selected meeting; read around it anew when it, or anything else, has changed."""
        before = self._publisher.inputs
        inputs = _inputs_of(self._agenda.inputs)
        selected = self._agenda.props.selected
        row = self._agenda.inputs.row(selected.meeting_id) if selected is not None else None
        same = row is not None and before.row is not None and row.meeting.id == before.row.meeting.id
        self._publisher.set(
            replace(
                inputs,
                row=row,
                kinds=before.kinds,
                changes=self._outbox.state.value.rows,
                surrounding=before.surrounding if same else None,
            )
        )
        wanted = (row, inputs.meetings.revision) if row is not None else None
        if wanted is not None and wanted != self._read_for:
            self._read_for = wanted
            self._tasks.start(self._read(), key="around", policy=Policy.LATEST)

    async def _read(self) -> None:
        """What is known here at once; what HubSpot knows once the rep stays on the meeting."""
        await self._read_around()
        row = self.row
        if row is None or is_local(row.meeting.id) or self._looked_at == row.meeting.id:
            return
        await self._context.clock.sleep(READING_PAUSE_S)
        self._looked_at = row.meeting.id
        if self._agenda.inputs.is_online and not self._agenda.inputs.is_lost:
            self._tasks.start(self._refresh(row.meeting.id), key="refresh", policy=Policy.LATEST)

    async def _refresh(self, meeting_id: MeetingId) -> None:
        """Names, pins and all: a failure leaves what is known here, and the list says so."""
        try:
            await self._meetings.refresh(meeting_id)
        except Problem:
            return

    async def _read_around(self) -> None:
        row = self.row
        if row is None or row.meeting.details.start is None:
            return
        try:
            around = await self._around(row)
            ref = _guest_of(row)
            last = await self._last(row, ref) if ref is not None else None
        except Problem:
            return
        if self.row is not None and self.row.meeting.id == row.meeting.id:
            surrounding = Surrounding(around, last, ref)
            self._publisher.set(replace(self._publisher.inputs, surrounding=surrounding))

    async def _around(self, row: MeetingRow) -> tuple[MeetingRow, ...]:
        """The owner's meetings on its days, and long ones that began before."""
        details, zone = row.meeting.details, self._publisher.inputs.zone
        if details.start is None:
            return ()
        last = readable_end(details.start, details.end) or details.start
        owner_id = details.owner_id or self._publisher.inputs.meetings.my_owner_id
        query = MeetingQuery(
            owner_ids=frozenset() if owner_id is None else frozenset({owner_id}),
            earliest=day_bounds(local_day(details.start, zone), zone).start - _WEEK,
            latest=day_bounds(local_day(last, zone), zone).end - _MS,
            is_ascending=True,
        )
        index = await self._meetings.index(query)
        return await self._meetings.rows(index.ids)

    async def _last(self, row: MeetingRow, ref: RecordRef) -> MeetingRow | None:
        """The meeting before this one on the same record that was not called off."""
        start = row.meeting.details.start
        index = await self._meetings.index(MeetingQuery(record=ref, latest=start))
        for one in await self._meetings.rows(index.ids[:_PAGE]):
            is_before = one.meeting.details.start is not None and start is not None
            if one.meeting.id != row.meeting.id and is_before and not is_canceled(one.meeting):
                return one
        return None

    async def _read_kinds(self) -> None:
        try:
            kinds = await self._meetings.kinds()
        except Problem:
            return
        self._publisher.set(replace(self._publisher.inputs, kinds=kinds))

    def _on_outbox(self, state: OutboxState) -> None:
        self._publisher.set(replace(self._publisher.inputs, changes=state.rows))


def _inputs_of(agenda: AgendaInputs) -> CardInputs:
    return CardInputs(
        words=agenda.words,
        zone=agenda.zone,
        now=agenda.now,
        account=agenda.account,
        meetings=agenda.meetings,
        zones=agenda.zones,
    )


def _guest_of(row: MeetingRow) -> RecordRef | None:
    """With whom it is: the first contact, else the first record."""
    refs = [record.ref for record in row.records]
    return next((ref for ref in refs if ref.type == CONTACT), refs[0] if refs else None)
