"""The desk's state: the answers as typed, the booking under way, and its outcome."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.domain.booking import Booked, BookingOutcome, BookingRequest, BookingStage
from app.domain.drafts import DeskDraft
from app.domain.forms import Answers
from app.domain.guests import parse_guests
from app.domain.links import Slug
from app.domain.prefill import without_consent
from app.domain.records import Contact, ContactId
from app.domain.requests import build_request
from app.domain.slots import Slot
from app.domain.validation import EMAIL, FIRST_NAME, GUESTS, LAST_NAME, PROCESSING, consent_key, field_key
from app.services.availability_state import AvailabilityState
from app.services.connectivity import ConnectionState, OfflineSince
from app.ui.context import UiContext
from app.ui.kit.publisher import Publisher
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.screens.book.desk import changes
from app.ui.screens.book.desk.confirmation import calendar_file
from app.ui.screens.book.desk.draft_keeper import DraftKeeper
from app.ui.screens.book.desk.form import all_issues
from app.ui.screens.book.desk.inputs import DeskInputs
from app.ui.screens.book.desk.outcome import DeskAction
from app.ui.screens.book.desk.props import DeskProps, derive_desk
from app.ui.screens.book.desk.prospect import ProspectViewModel
from app.ui.screens.book.desk.sending import DeskSending
from app.ui.screens.book.desk.vanishing import taken_by_now
from app.ui.screens.book.selection import BookSelection, usual_guest_zone


class DeskViewModel(QObject):
    """Folds selection, availability, prospect and typing into `props`; commands are verbs.

    `settled` fires with every outcome of the open link, `settled_elsewhere(slug, outcome)` with one of
    another; `field_wanted` names the field to go to, `draft_kept` says whether a draft could be saved.
    """

    title_changed = Signal()
    slot_card_changed = Signal()
    form_changed = Signal()
    notice_changed = Signal()
    footer_changed = Signal()
    booked_changed = Signal()
    takes_bookings_changed = Signal()
    field_wanted = Signal(str)
    draft_kept = Signal(bool)
    settled = Signal()
    settled_elsewhere = Signal(str, object)
    calendar_file_ready = Signal(str, bytes)

    def __init__(self, context: UiContext, selection: BookSelection, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._services = context.services
        self._selection = selection
        self._tasks = tasks
        self._outcomes: dict[Slug, BookingOutcome] = {}
        self._restoring: ContactId | None = None
        self.prospect = ProspectViewModel(context, tasks)
        self._publisher = Publisher(self, self._first_inputs(), derive_desk)
        self._keeper = DraftKeeper(context.services.drafts, context.clock, tasks, kept=self._on_kept)
        self._sending = DeskSending(
            context.services.booking, tasks, staged=self._on_stage, ended=self._on_outcome
        )
        self._follow()

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
        if not inputs.is_open:
            return
        if inputs.is_offline:
            self._tasks.start(self._save_waiting(), key="draft-waiting", policy=Policy.ONCE)
            return
        if inputs.slot is None or inputs.info is None or inputs.is_slot_gone:
            return
        issues = all_issues(inputs)
        if issues:
            self._set(shown=inputs.shown | set(issues))
            self.field_wanted.emit(next(iter(issues)))
            return
        self._send(
            build_request(
                inputs.answers,
                slot=inputs.slot,
                duration_ms=inputs.duration_ms,
                info=inputs.info,
                zone=inputs.guest_zone,
            )
        )

    def pick_nearest(self, slot: Slot) -> None:
        """Take one of the offered times instead of the taken one; the form stays."""
        self._selection.choose_slot(slot)

    def act(self, action: DeskAction) -> None:
        """Do what the notice offers."""
        outcome, link = self.inputs.outcome, self.inputs.link
        request = getattr(outcome, "request", None)
        match action:
            case DeskAction.RECHECK if isinstance(request, BookingRequest):
                self._look_up(request)
            case DeskAction.SEND_AGAIN if isinstance(request, BookingRequest):
                self._send(request)
            case DeskAction.OPEN_IN_BROWSER if link is not None:
                self._context.opener.open(link.url)
            case _:
                pass

    def resume(self, request: BookingRequest) -> None:
        """Look for a booking that was sent before the program ended."""
        self._look_up(request)

    def start_over(self) -> None:
        """After a booking: keep the guest, pick a next step."""
        self._set(outcome=None, answers=without_consent(self.inputs.answers), shown=frozenset())
        self._selection.choose_slot(None)

    def finish(self) -> None:
        """After a booking: an empty desk for the next guest, in the zone that guests usually have."""
        self._restoring = None
        self._publisher.set(changes.emptied(self.inputs))
        self.prospect.clear()
        self._selection.choose_slot(None)
        self._selection.choose_guest_zone(usual_guest_zone(self._context.manners))
        self._keeper.drop()

    def forget(self) -> None:
        """Another account is active, or none: nothing of the one before stays."""
        self._sending.cancel()
        self._outcomes.clear()
        self.finish()

    def restore_guest(self) -> None:
        """Read the guest of a kept draft again, where that has failed before."""
        if self._restoring is not None and self.inputs.contact is None:
            self.prospect.restore(self._restoring)

    def title_of(self, slug: str) -> str:
        """A link's name, or its slug where the list does not have it any more."""
        link = self._services.links.state.value.link(Slug(slug))
        return link.title if link is not None else slug

    def cancel(self) -> None:
        """Let the slot go; what was typed stays as the link's draft."""
        if not self.inputs.is_busy:
            self._set(outcome=None)
            self._selection.choose_slot(None)

    def make_calendar_file(self) -> None:
        """Render the booked meeting as .ics; `calendar_file_ready` hands out name and bytes."""
        self._tasks.start(self._render_calendar_file(), key="ics", policy=Policy.LATEST)

    def _follow(self) -> None:
        selection, services = self._selection, self._services
        selection.link_changed.connect(self._on_link)
        selection.slot_changed.connect(self._on_slot)
        selection.duration_changed.connect(self._on_duration)
        selection.guest_zone_changed.connect(self._on_zones)
        self._context.manners.changed.connect(self._on_zones)
        self.prospect.chosen.connect(self._on_prospect)
        self.prospect.new_guest.connect(self._on_new_guest)
        services.availability.state.subscribe(self._on_availability)
        services.connectivity.state.subscribe(self._on_connection)
        self._on_connection(services.connectivity.state.value)

    def _first_inputs(self) -> DeskInputs:
        manners = self._context.manners
        return DeskInputs(guest_zone=self._selection.guest_zone, own_zone=manners.zone, words=manners.words)

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]

    def _is_open(self, slug: Slug | None) -> bool:
        return self.inputs.link is not None and self.inputs.link.slug == slug

    def _answer(self, key: str, answers: Answers) -> None:
        self._publisher.set(changes.answered(self.inputs, answers, {key}))
        self._keep_soon()

    def _keep_soon(self) -> None:
        if not isinstance(self.inputs.outcome, Booked):
            self._keeper.keep_soon(self.inputs)

    def _send(self, request: BookingRequest) -> None:
        self._set(outcome=None, taken=None, nearest=())
        self._sending.book(request)

    def _look_up(self, request: BookingRequest) -> None:
        self._set(outcome=None)
        self._sending.recheck(request)

    def _on_stage(self, slug: Slug, stage: BookingStage | None) -> None:
        if self._is_open(slug):
            self._set(stage=stage)

    async def _on_outcome(self, request: BookingRequest, outcome: BookingOutcome) -> None:
        if isinstance(outcome, Booked):
            self._selection.announce(outcome)
            await self._keeper.discard(request.slug)
        if self._is_open(request.slug):
            self._publisher.set(changes.settled(self.inputs, outcome))
            self.settled.emit()
        else:
            self._outcomes[request.slug] = outcome
            self.settled_elsewhere.emit(request.slug, outcome)
        self._tasks.start(self._services.availability.refresh(), key="after-booking", policy=Policy.LATEST)

    def _on_link(self) -> None:
        link, before = self._selection.link, self.inputs.link
        if link is not None and before is not None and link.slug == before.slug:
            self._set(link=link)
            return
        if self.props.booked is not None:
            self.finish()  # that guest has a meeting; the next link begins with an empty desk
        elif link is None:
            self._keeper.drop()  # only another account takes the link away: no place for what was typed
        else:
            self._keeper.flush()
        slug = link.slug if link is not None else None
        self._publisher.set(changes.opened(self.inputs, link, self._sending.stage_of(slug)))
        self.prospect.set_info(None)
        if slug is None:
            return
        self._restore(self._services.drafts.draft(slug))
        outcome = self._outcomes.pop(slug, None)
        if outcome is not None:
            self._publisher.set(changes.settled(self.inputs, outcome))

    def _restore(self, draft: DeskDraft | None) -> None:
        """Put a kept form back, unless the desk is busy with another guest."""
        if draft is None:
            return
        if changes.is_other_guests(draft, self.inputs):
            if not draft.is_waiting:
                return
            self.prospect.clear()
        self._publisher.set(changes.restored(self.inputs, draft))
        if draft.contact_id is not None and self.inputs.contact is None:
            self._restoring = draft.contact_id
            self.prospect.restore(draft.contact_id)
        self._restore_slot(draft)

    def _restore_slot(self, draft: DeskDraft) -> None:
        if draft.zone:
            self._selection.choose_guest_zone(draft.zone)
        if draft.slot is not None and draft.duration_ms and draft.slot.start > self._context.clock.now():
            self._selection.choose_duration(draft.duration_ms)
            self._selection.choose_slot(draft.slot)

    def _on_duration(self) -> None:
        self._set(duration_ms=self._selection.duration_ms)

    def _on_slot(self) -> None:
        before = self.inputs
        self._publisher.set(changes.slot_picked(before, self._selection.slot, self._selection.duration_ms))
        has_content = bool(before.typed) or before.contact is not None
        if has_content and self._selection.link == before.link:
            self._keep_soon()

    def _on_zones(self) -> None:
        manners = self._context.manners
        self._set(guest_zone=self._selection.guest_zone, own_zone=manners.zone, words=manners.words)

    def _on_availability(self, state: AvailabilityState) -> None:
        if not self._is_open(state.slug):
            return
        if state.info is not None and state.info != self.inputs.info:
            self._publisher.set(changes.informed(self.inputs, state.info))
            self.prospect.set_info(state.info)
        taken, nearest = taken_by_now(self.inputs, state, self._context.clock.now())
        self._set(taken=taken, nearest=nearest)

    def _on_connection(self, state: ConnectionState) -> None:
        self._set(is_offline=isinstance(state, OfflineSince))

    def _on_prospect(self, contact: Contact | None) -> None:
        before, restoring = self.inputs.contact, self._restoring
        self._restoring = None
        is_restored = contact is not None and contact.id == restoring
        self._publisher.set(changes.guest_chosen(self.inputs, contact, is_restored=is_restored))
        self._selection.choose_prospect(contact, takes_zone=not is_restored)
        is_other = contact is not None and (before is None or before.id != contact.id)
        if is_other and not is_restored:
            self._keep_soon()

    def _on_new_guest(self, typed: str) -> None:
        inputs, wanted = changes.new_guest(self.inputs, typed)
        self._publisher.set(inputs)
        self._keep_soon()
        self.prospect.check_email(inputs.answers.email)
        self.field_wanted.emit(wanted)

    async def _save_waiting(self) -> None:
        self.draft_kept.emit(await self._keeper.keep(self.inputs, is_waiting=True))

    def _on_kept(self, draft: DeskDraft) -> None:
        if self._is_open(draft.slug):
            self._set(draft_saved_at=self._context.clock.now(), is_draft_waiting=draft.is_waiting)

    async def _render_calendar_file(self) -> None:
        booked = self.inputs.outcome
        if isinstance(booked, Booked):
            file = calendar_file(self.inputs, booked)
            self.calendar_file_ready.emit(file.title, await self._context.calendar_writer.render(file))
