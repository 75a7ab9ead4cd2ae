"""Finds the meeting that HubSpot wrote for a booking, and puts it on the records the rep chose."""

from collections.abc import Awaitable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.booking import Booked, BookingOutcome
from app.domain.meetings import CONTACT, Association, CrmRecord, RecordRef
from app.domain.problems import Problem
from app.domain.records import Contact, ContactId
from app.services.accounts import AccountsState
from app.services.meetings.state import MeetingRow, MeetingsState
from app.services.outbox.snapshot import OutboxState
from app.ui.context import UiContext
from app.ui.kit.notices import Tone
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.text import clean
from app.ui.kit.wording import words_for
from app.ui.screens.book.recording.props import (
    BookedMeeting,
    RecordingInputs,
    RecordingProps,
    Search,
    derive_recording,
    open_deals,
)
from app.ui.screens.book.selection import BookSelection

translate = QCoreApplication.translate


class RecordingViewModel(QObject):
    """Follows guest and bookings; a search goes on, and its wishes are kept, also when the desk moved on."""

    offers_changed = Signal()
    records_changed = Signal()

    def __init__(self, context: UiContext, selection: BookSelection, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._selection = selection
        self._tasks = tasks
        self._meetings = context.services.meetings
        self._outbox = context.services.outbox
        self._account = context.services.accounts.active_id
        self._publisher = Publisher(self, RecordingInputs(), derive_recording)
        selection.prospect_changed.connect(self._on_prospect)
        selection.booked.connect(self._on_booked)
        context.services.accounts.state.subscribe(self._on_accounts)
        self._meetings.state.subscribe(self._on_meetings)
        self._outbox.state.subscribe(self._on_outbox)

    @property
    def props(self) -> RecordingProps:
        """What is shown now."""
        return self._publisher.props

    @property
    def inputs(self) -> RecordingInputs:
        """What it was derived from."""
        return self._publisher.inputs

    def wish(self, record: CrmRecord, is_wanted: bool) -> None:
        """Choose a record before booking, or take the choice back."""
        inputs = self.inputs
        if inputs.contact is None:
            return
        others = tuple(one for one in inputs.wished if one.ref != record.ref)
        wished = (*others, record) if is_wanted else others
        self._set(wishes={**inputs.wishes, inputs.contact.id: wished})

    def show(self, outcome: BookingOutcome | None) -> None:
        """This is what the desk shows: the booking whose records are wanted, or something else."""
        self._set(shown=outcome.receipt.calendar_event_id if isinstance(outcome, Booked) else "")
        self._on_outbox(self._outbox.state.value)

    def look_again(self) -> None:
        """Search once more for what HubSpot wrote."""
        meeting = self.inputs.meeting
        if meeting is not None and meeting.search in (Search.MISSING, Search.FAILED):
            self._look(self.inputs.shown)

    def put_on(self, record: CrmRecord) -> None:
        """Put the meeting on a record."""
        row = self._row()
        if row is not None and record.ref not in {one.ref for one in row.records}:
            self._start(self._meetings.link(row.meeting.id, Association(record.ref)))

    def take_off(self, ref: RecordRef) -> None:
        """Take the meeting off a record; it stays on offer."""
        row = self._row()
        known = next((one for one in row.records if one.ref == ref), None) if row is not None else None
        meeting = self.inputs.meeting
        if row is None or known is None or meeting is None:
            return
        offered = tuple(one for one in meeting.suggestions if one.ref != ref)
        self._change(self.inputs.shown, suggestions=(*offered, replace(known, pinned=None)))
        self._start(self._meetings.unlink(row.meeting.id, ref))

    def pin(self, ref: RecordRef, is_wanted: bool) -> None:
        """Pin the meeting on a record, or take the pin away."""
        row = self._row()
        if row is not None:
            self._start(self._meetings.pin(row.meeting.id, ref, is_wanted))

    def open_in_log(self) -> None:
        """Go on in the Log screen."""
        row = self._row()
        if row is not None:
            self._context.routes.meeting_requested.emit(row.meeting.id)

    def _row(self) -> MeetingRow | None:
        return self.inputs.meeting.row if self.inputs.meeting is not None else None

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]

    def _change(self, key: str, **changes: object) -> None:
        """Change what is known of a booking; one of another account is not known any more."""
        bookings = self.inputs.bookings
        if key in bookings:
            changed = replace(bookings[key], **changes)  # type: ignore[arg-type]
            self._set(bookings={**bookings, key: changed})

    def _on_prospect(self) -> None:
        contact, before = self._selection.prospect, self.inputs.contact
        is_same = contact is not None and before is not None and contact.id == before.id
        self._set(contact=contact, offers=self.inputs.offers if is_same else ())
        if contact is None:
            self._tasks.cancel("recording-offers")
        elif not is_same:
            self._tasks.start(self._offer(contact), key="recording-offers", policy=Policy.LATEST)

    async def _offer(self, contact: Contact) -> None:
        found = await self._meetings.suggestions((RecordRef(CONTACT, contact.id),))
        if self.inputs.contact is not None and self.inputs.contact.id == contact.id:
            self._set(offers=open_deals(found))

    def _on_booked(self, booked: Booked) -> None:
        inputs, key = self.inputs, booked.receipt.calendar_event_id
        guest = self._guest_of(booked)
        wishes = {one: kept for one, kept in inputs.wishes.items() if one != guest}
        meeting = BookedMeeting(booked, wishes=inputs.wishes.get(guest, ()))
        self._set(bookings={**inputs.bookings, key: meeting}, wishes=wishes)
        self._look(key)

    def _guest_of(self, booked: Booked) -> ContactId:
        """Whose wishes count: the contact of the answer, or the chosen one under another address."""
        inputs, request = self.inputs, booked.request
        answered, chosen = ContactId(booked.receipt.contact_id), inputs.contact
        if chosen is None or answered in inputs.wishes:
            return answered
        is_chosen = (request.first_name, request.last_name) == (chosen.first_name, chosen.last_name)
        return chosen.id if is_chosen else answered

    def _look(self, key: str) -> None:
        self._change(key, search=Search.LOOKING, problem=None)
        self._tasks.start(self._find(key), key=f"recording-find-{key}", policy=Policy.ONCE)

    async def _find(self, key: str) -> None:
        booked = self.inputs.bookings[key].booked
        try:
            row = await self._meetings.find_booked(booked.request.email, booked.receipt.start)
        except Problem as problem:
            self._change(key, search=Search.FAILED, problem=problem)
            self._tell_unfound(key)
            return
        if row is None:
            self._change(key, search=Search.MISSING)
            self._tell_unfound(key)
            return
        self._change(key, search=Search.FOUND, row=row)
        if key in self.inputs.bookings:
            await self._grant(key, row)
            await self._suggest(key, row)

    def _tell_unfound(self, key: str) -> None:
        """The rep has gone on and counts on it: say that the chosen records are not on the meeting."""
        meeting = self.inputs.bookings.get(key)
        if meeting is None or not meeting.wishes or key == self.inputs.shown:
            return
        names = ", ".join(clean(one.name[:100]) or one.ref.id for one in meeting.wishes)
        text = translate(
            "recording", "HubSpot has not listed the meeting with {guest} yet. Put it on {records} in Log."
        )
        said = text.format(guest=clean(meeting.booked.request.email), records=names)
        self._context.notices.say(said, tone=Tone.WARN, seconds=30.0)

    async def _grant(self, key: str, row: MeetingRow) -> None:
        taken = {record.ref for record in row.records}
        for wish in self.inputs.bookings[key].wishes:
            if wish.ref not in taken:
                await self._told(self._meetings.link(row.meeting.id, Association(wish.ref)))
        self._on_outbox(self._outbox.state.value)

    async def _suggest(self, key: str, row: MeetingRow) -> None:
        refs = [record.ref for record in row.records if record.ref.type == CONTACT]
        guest = RecordRef(CONTACT, self.inputs.bookings[key].booked.receipt.contact_id)
        found = await self._meetings.suggestions(tuple(dict.fromkeys((*refs, guest))))
        self._change(key, suggestions=found)

    def _start(self, work: Awaitable[object]) -> None:
        self._tasks.start(self._told(work))

    async def _told(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Problem as problem:
            self._context.notices.say(words_for(problem).sentence, tone=Tone.BAD)

    def _on_meetings(self, _state: MeetingsState) -> None:
        if self._row() is not None:
            self._tasks.start(self._follow(self.inputs.shown), key="recording-follow", policy=Policy.LATEST)

    async def _follow(self, key: str) -> None:
        known = self.inputs.bookings[key].row if key in self.inputs.bookings else None
        if known is None:
            return
        try:
            row = await self._meetings.row(known.meeting.id)
        except Problem:
            return
        if row is not None:
            self._change(key, row=row)

    def _on_outbox(self, state: OutboxState) -> None:
        row = self._row()
        mine = (
            ()
            if row is None
            else tuple(
                one for one in state.rows if self._outbox.resolve(one.change.meeting_id) == row.meeting.id
            )
        )
        self._set(changes=mine)

    def _on_accounts(self, state: AccountsState) -> None:
        """What was booked and chosen belongs to one account."""
        account_id = state.active.id if state.active is not None else None
        if account_id == self._account:
            return
        self._account = account_id
        for key in ("recording-offers", "recording-follow", *self._searches()):
            self._tasks.cancel(key)
        self._publisher.set(RecordingInputs())

    def _searches(self) -> tuple[str, ...]:
        return tuple(f"recording-find-{key}" for key in self.inputs.bookings)
