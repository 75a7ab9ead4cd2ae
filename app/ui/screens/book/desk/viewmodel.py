"""The desk's state: the answers as typed, the booking under way, and its outcome."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.availability import nearest, slot_at
from app.domain.booking import Booked, BookingOutcome, BookingRequest, BookingStage, SlotTaken
from app.domain.drafts import DeskDraft
from app.domain.forms import Answers
from app.domain.guests import is_email, parse_guests
from app.domain.prefill import prefill, without_consent
from app.domain.records import Contact
from app.domain.requests import build_request
from app.domain.slots import Slot
from app.domain.validation import (
    EMAIL,
    FIRST_NAME,
    GUESTS,
    LAST_NAME,
    PROCESSING,
    consent_key,
    field_key,
)
from app.services.availability_state import AvailabilityState
from app.services.connectivity import ConnectionState, OfflineSince
from app.ui.context import UiContext
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.book.desk.confirmation import calendar_file
from app.ui.screens.book.desk.draft_keeper import DraftKeeper
from app.ui.screens.book.desk.form import all_issues
from app.ui.screens.book.desk.inputs import DeskInputs
from app.ui.screens.book.desk.outcome import DeskAction
from app.ui.screens.book.desk.props import DeskProps, derive_desk
from app.ui.screens.book.desk.prospect import ProspectViewModel
from app.ui.screens.book.selection import BookSelection

NAMES = frozenset({FIRST_NAME, LAST_NAME, EMAIL})


class DeskViewModel(QObject):
    """Folds selection, availability, prospect and typing into `props`; commands are verbs."""

    title_changed = Signal()
    slot_card_changed = Signal()
    form_changed = Signal()
    notice_changed = Signal()
    footer_changed = Signal()
    booked_changed = Signal()
    field_wanted = Signal(str)
    saved_draft = Signal()
    calendar_file_ready = Signal(str, bytes)

    def __init__(self, context: UiContext, selection: BookSelection, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._services = context.services
        self._selection = selection
        self._tasks = tasks
        self.prospect = ProspectViewModel(context, tasks)
        self._publisher = Publisher(self, self._first_inputs(), derive_desk)
        self._keeper = DraftKeeper(
            context.services.drafts,
            context.clock,
            tasks,
            read=lambda: self._publisher.inputs,
            kept=self._on_kept,
        )
        selection.link_changed.connect(self._on_link)
        selection.slot_changed.connect(self._on_slot)
        selection.duration_changed.connect(self._on_slot)
        selection.guest_zone_changed.connect(self._on_zones)
        context.manners.changed.connect(self._on_zones)
        self.prospect.chosen.connect(self._on_prospect)
        self.prospect.new_guest.connect(self._on_new_guest)
        self._services.availability.state.subscribe(self._on_availability)
        self._services.connectivity.state.subscribe(self._on_connection)

    @property
    def props(self) -> DeskProps:
        """What the desk shows now."""
        return self._publisher.props

    @property
    def inputs(self) -> DeskInputs:
        """What it was derived from."""
        return self._publisher.inputs

    def type_text(self, key: str, text: str) -> None:
        """The rep typed a name or the e-mail address (keys of `app.domain.validation`)."""
        name = {FIRST_NAME: "first_name", LAST_NAME: "last_name", EMAIL: "email"}[key]
        self._answer(key, replace(self.inputs.answers, **{name: text}))  # type: ignore[arg-type]
        if key == EMAIL:
            self.prospect.check_email(text.strip())

    def answer(self, name: str, value: str) -> None:
        """The rep answered one of the link's questions."""
        values = {**self.inputs.answers.values, name: value}
        self._answer(field_key(name), replace(self.inputs.answers, values=values))

    def tick_consent(self, type_id: str, ticked: bool) -> None:
        """The guest agreed to a subscription, or took it back."""
        consents = self.inputs.answers.consents
        changed = consents | {type_id} if ticked else consents - {type_id}
        self._answer(consent_key(type_id), replace(self.inputs.answers, consents=changed))

    def tick_processing(self, ticked: bool) -> None:
        """The guest agreed to the processing of personal data, or took it back."""
        self._answer(PROCESSING, replace(self.inputs.answers, processing_consent=ticked))

    def set_guests(self, guests: tuple[str, ...]) -> None:
        """The extra guests, as chips; pasted lists are cleaned, mistakes stay visible."""
        parsed = parse_guests(", ".join(guests))
        self._answer(GUESTS, replace(self.inputs.answers, guests=(*parsed.emails, *parsed.bad)))

    def set_locale(self, locale: str) -> None:
        """The language of the invitation, such as `en-us`."""
        self._answer("locale", replace(self.inputs.answers, locale=locale))

    def submit(self) -> None:
        """Book, or save as a draft while offline; a form with mistakes says them instead."""
        inputs = self.inputs
        if inputs.is_busy or inputs.link is None:
            return
        if inputs.is_offline:
            self._tasks.start(self._save_waiting(), key="draft", policy=Policy.LATEST)
            return
        issues = all_issues(inputs)
        if issues:
            self._set(shown=inputs.shown | set(issues))
            self.field_wanted.emit(next(iter(issues)))
            return
        if inputs.slot is None or inputs.info is None or inputs.is_slot_gone:
            return
        request = build_request(
            inputs.answers,
            slot=inputs.slot,
            duration_ms=inputs.duration_ms,
            info=inputs.info,
            zone=inputs.guest_zone,
        )
        self._send(request)

    def pick_nearest(self, slot: Slot) -> None:
        """Take one of the offered times instead of the vanished one; the form stays."""
        offered = self._offered()
        self._set(outcome=None, is_slot_gone=False)
        self._selection.choose_slot(slot)
        self._set(nearest=offered)

    def act(self, action: DeskAction) -> None:
        """Do what the notice offers."""
        outcome, link = self.inputs.outcome, self.inputs.link
        request = getattr(outcome, "request", None)
        match action:
            case DeskAction.RECHECK if isinstance(request, BookingRequest):
                self._tasks.start(self._recheck(request), key="book", policy=Policy.ONCE)
            case DeskAction.SEND_AGAIN if isinstance(request, BookingRequest):
                self._send(request)
            case DeskAction.OPEN_IN_BROWSER if link is not None:
                self._context.opener.open(link.url)
            case _:
                pass

    def resume(self, request: BookingRequest) -> None:
        """Look for a booking that was sent before the program ended."""
        self._tasks.start(self._recheck(request), key="book", policy=Policy.ONCE)

    def start_over(self) -> None:
        """After a booking: keep the guest, pick a next step."""
        self._set(outcome=None, answers=without_consent(self.inputs.answers), shown=frozenset(), nearest=())
        self._selection.choose_slot(None)

    def finish(self) -> None:
        """After a booking: an empty desk for the next guest."""
        self._set(outcome=None, answers=Answers(), typed=frozenset(), shown=frozenset(), nearest=())
        self.prospect.clear()
        self._selection.choose_slot(None)

    def cancel(self) -> None:
        """Let the slot go; what was typed stays as the link's draft."""
        if not self.inputs.is_busy:
            self._set(outcome=None, is_slot_gone=False, nearest=())
            self._selection.choose_slot(None)

    def make_calendar_file(self) -> None:
        """Render the booked meeting as .ics; `calendar_file_ready` hands out name and bytes."""
        self._tasks.start(self._render_calendar_file(), key="ics", policy=Policy.LATEST)

    def _first_inputs(self) -> DeskInputs:
        manners = self._context.manners
        return DeskInputs(guest_zone=self._selection.guest_zone, own_zone=manners.zone, words=manners.words)

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]

    def _answer(self, key: str, answers: Answers) -> None:
        outcome = self.inputs.outcome
        keeps = isinstance(outcome, SlotTaken | Booked)
        self._set(
            answers=answers,
            typed=self.inputs.typed | {key},
            shown=self.inputs.shown - {key},
            outcome=outcome if keeps else None,
        )
        self._keeper.keep_soon()

    def _send(self, request: BookingRequest) -> None:
        self._tasks.start(self._book(request), key="book", policy=Policy.ONCE)

    async def _book(self, request: BookingRequest) -> None:
        self._set(outcome=None, stage=BookingStage.RECHECKING)
        try:
            outcome = await self._services.booking.book(request, self._on_stage)
        finally:
            self._set(stage=None)
        await self._settle(outcome)

    async def _recheck(self, request: BookingRequest) -> None:
        self._set(outcome=None, stage=BookingStage.VERIFYING)
        try:
            outcome = await self._services.booking.recheck(request, self._on_stage)
        finally:
            self._set(stage=None)
        await self._settle(outcome)

    async def _settle(self, outcome: BookingOutcome) -> None:
        taken = outcome.nearest if isinstance(outcome, SlotTaken) else ()
        self._set(outcome=outcome, nearest=taken)
        if isinstance(outcome, Booked):
            self._selection.announce(outcome)
            await self._keeper.discard(outcome.request.slug)
            self._set(is_draft_waiting=False)
        await self._services.availability.refresh()

    def _on_stage(self, stage: BookingStage) -> None:
        self._set(stage=stage)

    def _offered(self) -> tuple[Slot, ...]:
        outcome = self.inputs.outcome
        return outcome.nearest if isinstance(outcome, SlotTaken) else self.inputs.nearest

    def _on_link(self) -> None:
        link = self._selection.link
        before = self.inputs.link
        if link is not None and before is not None and link.slug == before.slug:
            self._set(link=link)
            return
        self._set(link=link, info=None, outcome=None, nearest=(), is_slot_gone=False, shown=frozenset())
        self.prospect.set_info(None)
        if link is not None:
            self._restore(self._services.drafts.draft(link.slug))

    def _restore(self, draft: DeskDraft | None) -> None:
        if draft is None:
            kept = self.inputs.answers
            answers = Answers(first_name=kept.first_name, last_name=kept.last_name, email=kept.email)
            self._set(answers=answers, typed=self.inputs.typed & NAMES, is_draft_waiting=False)
            return
        self._set(
            answers=draft.answers,
            typed=draft.typed,
            is_draft_waiting=draft.is_waiting,
            draft_saved_at=draft.saved_at,
        )

    def _on_slot(self) -> None:
        slot = self._selection.slot
        self._set(
            slot=slot,
            duration_ms=self._selection.duration_ms,
            is_slot_gone=False,
            nearest=(),
            outcome=None if slot is not None else self.inputs.outcome,
        )

    def _on_zones(self) -> None:
        manners = self._context.manners
        self._set(guest_zone=self._selection.guest_zone, own_zone=manners.zone, words=manners.words)

    def _on_availability(self, state: AvailabilityState) -> None:
        link = self.inputs.link
        if link is None or state.slug != link.slug:
            return
        if state.info is not None and state.info != self.inputs.info:
            self._set(info=state.info)
            self.prospect.set_info(state.info)
            self._fill()
        self._notice_vanished(state)

    def _notice_vanished(self, state: AvailabilityState) -> None:
        slot, inputs = self.inputs.slot, self.inputs
        if slot is None or inputs.is_busy or inputs.outcome is not None or state.is_stale:
            return
        slots = state.availability.of(inputs.duration_ms)
        is_gone = state.availability.covers(slot.start, slot.end) and slot_at(slots, slot.start) is None
        if is_gone != inputs.is_slot_gone:
            offered = nearest(slots, slot.start) if is_gone else ()
            self._set(is_slot_gone=is_gone, nearest=offered)

    def _on_connection(self, state: ConnectionState) -> None:
        self._set(is_offline=isinstance(state, OfflineSince))

    def _on_prospect(self, contact: Contact | None) -> None:
        before = self.inputs.contact
        is_same = contact is not None and before is not None and contact.id == before.id
        self._set(contact=contact)
        if not is_same:
            self._set(answers=without_consent(self.inputs.answers), typed=self.inputs.typed - NAMES)
        self._selection.choose_prospect(contact)
        self._fill()

    def _on_new_guest(self, typed: str) -> None:
        answers = self.inputs.answers
        if is_email(typed):
            self._answer(EMAIL, replace(answers, email=typed))
            self.prospect.check_email(typed)
            self.field_wanted.emit(FIRST_NAME)
            return
        first, _, last = typed.partition(" ")
        self._answer(FIRST_NAME, replace(answers, first_name=first, last_name=last.strip()))
        self.field_wanted.emit(EMAIL if last else LAST_NAME)

    def _fill(self) -> None:
        inputs = self.inputs
        if inputs.info is not None:
            self._set(answers=prefill(inputs.info, inputs.contact, inputs.answers, inputs.typed))

    async def _save_waiting(self) -> None:
        if await self._keeper.keep(is_waiting=True):
            self.saved_draft.emit()

    def _on_kept(self, draft: DeskDraft) -> None:
        self._set(draft_saved_at=self._context.clock.now(), is_draft_waiting=draft.is_waiting)

    async def _render_calendar_file(self) -> None:
        booked = self.inputs.outcome
        if isinstance(booked, Booked):
            file = calendar_file(self.inputs, booked)
            self.calendar_file_ready.emit(file.title, await self._context.calendar_writer.render(file))
