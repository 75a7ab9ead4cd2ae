"""Plans a meeting: typed, kept as a draft, compared with what is there, and sent once."""

import contextlib
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.domain.changes import ChangeState
from app.domain.log_drafts import Arrangement, LogDraft, plan_key
from app.domain.meetings import Association, CrmRecord, MeetingField, MeetingId, Outcome, RecordRef
from app.domain.problems import Problem
from app.domain.records import OwnerId
from app.services.accounts import AccountsState
from app.services.connectivity import ConnectionState, OfflineSince
from app.services.meetings.state import MeetingsState
from app.ui.context import UiContext
from app.ui.kit.notices import Action, Tone
from app.ui.kit.publisher import Publisher
from app.ui.kit.routes import NewMeeting
from app.ui.kit.tasks import Policy, TaskScope
from app.ui.kit.wording import words_for
from app.ui.screens.log.editor.drafting import LogDraftKeeper
from app.ui.screens.log.planning.props import PlanInputs, PlanProps, PlanShown, derive_plan, errors_of

translate = QCoreApplication.translate
HALF_HOUR = timedelta(minutes=30)
UNDO_S = 8


class PlanViewModel(QObject):
    """`stopped(MeetingField)` names the field to mend, `closed` says that nothing is open any more.

    `drafted` carries when the draft was written (UTC instant), or None where nothing is kept yet.
    """

    form_changed = Signal()
    duplicates_changed = Signal()
    stopped = Signal(object)
    closed = Signal()
    drafted = Signal(object)

    def __init__(self, context: UiContext, tasks: TaskScope) -> None:
        super().__init__()
        self._context = context
        self._tasks = tasks
        self._meetings = context.services.meetings
        self._drafts = context.services.log_drafts
        self._account = context.services.accounts.active_id
        self._keeper = LogDraftKeeper(self._drafts, context.clock, tasks, kept=self._on_kept)
        self._publisher = Publisher(self, PlanInputs(), derive_plan)
        self._meetings.state.subscribe(self._on_meetings)
        context.services.connectivity.state.subscribe(self._on_connection)
        context.services.accounts.state.subscribe(self._on_accounts)
        self._on_meetings(self._meetings.state.value)
        self._on_connection(context.services.connectivity.state.value)

    @property
    def inputs(self) -> PlanInputs:
        """The present snapshot."""
        return self._publisher.inputs

    @property
    def shown(self) -> PlanShown:
        """What the sheet shows now."""
        return self._publisher.props

    @property
    def props(self) -> PlanProps:
        """The form of it."""
        return self._publisher.props.form

    def begin(self, new: NewMeeting) -> None:
        """Open the form with these values, or as it was left with them; the next half hour without a time."""
        details, now = new.details, self._context.clock.now()
        if details.start is None or details.start <= now:
            start = now.replace(minute=now.minute // 30 * 30, second=0, microsecond=0) + HALF_HOUR
            details = replace(details, start=start, end=start + HALF_HOUR)
        details = replace(
            details, outcome=Outcome.SCHEDULED, end=details.end or _half_hour_after(details.start)
        )
        key = plan_key(new.details, new.records)
        self._set(
            is_open=True,
            key=key,
            draft=LogDraft(details=details, records=new.records),
            errors={},
            unreadable=frozenset(),
            problem=None,
            duplicates=(),
            suggestions=(),
            asked="",
        )
        self.drafted.emit(None)
        self._tasks.start(self._restore(key), key="plan-open", policy=Policy.LATEST)

    def type_text(self, name: MeetingField, text: str) -> None:
        """The rep typed; instants come as ISO 8601 text. A moved start takes the end along."""
        draft = self.inputs.draft
        details, typed = draft.details, {name: text}
        if name is MeetingField.START and details.start and details.end and text:
            length = details.end - details.start
            typed[MeetingField.END] = (datetime.fromisoformat(text) + length).isoformat()
        self._change(
            replace(draft, details=details.with_texts(typed), typed=draft.typed | typed.keys()),
            errors={key: words for key, words in self.inputs.errors.items() if key not in typed},
            unreadable=self.inputs.unreadable - {name},
        )

    def mark_unreadable(self, name: MeetingField) -> None:
        """An instant was typed in a way nobody understands; it stays as typed."""
        self._set(unreadable=self.inputs.unreadable | {name})

    def choose_location_type(self, value: str) -> None:
        """Another kind of place; none leaves the text alone."""
        errors = {key: words for key, words in self.inputs.errors.items() if key is not MeetingField.LOCATION}
        self._arrange(errors=errors, location_type=value)

    def choose_reminder(self, minutes: str) -> None:
        """When HubSpot reminds, in minutes before the start; 0 never."""
        self._arrange(reminders=(int(minutes),) if int(minutes) else ())

    def ask_colleague(self, text: str) -> None:
        """Look for a colleague among the account's owners."""
        self._set(asked=text)

    def add_colleague(self, owner_id: str) -> None:
        """Invite a colleague too."""
        attendees = self.inputs.draft.plan.attendees
        self._set(asked="")
        if owner_id not in attendees:
            self._arrange(attendees=(*attendees, OwnerId(owner_id)))

    def remove_colleague(self, owner_id: str) -> None:
        """Leave a colleague out again."""
        attendees = self.inputs.draft.plan.attendees
        self._arrange(attendees=tuple(one for one in attendees if one != owner_id))

    def put_on(self, record: CrmRecord) -> None:
        """Put the meeting on a record."""
        draft = self.inputs.draft
        if all(known.ref != record.ref for known in draft.records):
            self._change(replace(draft, records=(*draft.records, record)))
            self._suggest()

    def take_off(self, ref: RecordRef) -> None:
        """Leave a record out again."""
        draft = self.inputs.draft
        self._change(replace(draft, records=tuple(one for one in draft.records if one.ref != ref)))
        self._suggest()

    def send(self) -> None:
        """Hand it to the outbox, which sends it once; a form with mistakes says them instead."""
        inputs = self.inputs
        if not inputs.is_open or inputs.is_sending:
            return
        errors = errors_of(inputs.draft, self._context.clock.now())
        self._set(errors=errors)
        wrong = [name for name in MeetingField if name in errors or name in inputs.unreadable]
        if wrong:
            self.stopped.emit(wrong[0])
            return
        work = self._send(is_sure=bool(inputs.duplicates))
        self._tasks.start(work, key="plan-send", policy=Policy.ONCE)

    def put_away(self) -> None:
        """The sheet is closed: what was typed stays as a draft."""
        self._keeper.flush()
        self._set(is_open=False)

    def discard(self) -> None:
        """Throw away what was typed."""
        self._tasks.start(self._keeper.discard(self.inputs.key), key="plan-discard")
        self._set(is_open=False, draft=LogDraft())
        self.closed.emit()

    def use_duplicate(self, meeting_id: str) -> None:
        """It is planned already: open that one. What was typed stays as a draft."""
        self.put_away()
        self.closed.emit()
        self._context.routes.meeting_requested.emit(MeetingId(meeting_id))

    def _set(self, **changes: object) -> None:
        self._publisher.set(replace(self._publisher.inputs, **changes))  # type: ignore[arg-type]

    def _change(self, draft: LogDraft, **changes: object) -> None:
        self._set(draft=draft, duplicates=(), **changes)
        if self.inputs.is_open:
            self._keeper.keep_soon(self.inputs.key, draft)

    def _arrange(self, *, errors: object = None, **changes: object) -> None:
        plan: Arrangement = replace(self.inputs.draft.plan, **changes)  # type: ignore[arg-type]
        more = {} if errors is None else {"errors": errors}
        self._change(replace(self.inputs.draft, plan=plan), **more)

    def _suggest(self) -> None:
        self._tasks.start(self._read_suggestions(), key="plan-suggest", policy=Policy.LATEST)

    async def _read_suggestions(self) -> None:
        refs = tuple(record.ref for record in self.inputs.draft.records)
        try:
            found = await self._meetings.suggestions(refs) if refs else ()
        except Problem:
            return
        self._set(suggestions=found)

    async def _restore(self, key: str) -> None:
        under = self.inputs.draft
        kept = await self._drafts.draft(key, under.details)
        if kept is not None and key == self.inputs.key and self.inputs.draft is under:
            self._set(draft=replace(kept, records=kept.records or under.records))
            self.drafted.emit(kept.saved_at)
        with contextlib.suppress(Problem):
            self._set(kinds=await self._meetings.kinds())
        self._suggest()

    async def _send(self, *, is_sure: bool) -> None:
        inputs = self.inputs
        draft, plan = inputs.draft, inputs.draft.plan
        refs = tuple(record.ref for record in draft.records)
        self._set(is_sending=True, problem=None)
        try:
            found = () if is_sure else await self._meetings.duplicates(draft.details, refs)
            if not self.inputs.is_open or self.inputs.key != inputs.key:
                return  # closed meanwhile: the draft is kept, nothing is sent
            if found:
                self._set(duplicates=found)
                return
            meeting_id = await self._meetings.schedule(
                draft.details if plan.location_type else replace(draft.details, location=""),
                tuple(Association(ref) for ref in refs),
                zone=self._context.manners.zone,
                attendee_owner_ids=plan.attendees,
                location_type=plan.location_type,
                reminders=plan.reminders,
                draft_key=inputs.key,
            )
        except Problem as problem:
            self._set(problem=problem)
            return
        finally:
            self._set(is_sending=False)
        self._keeper.drop()
        self._set(is_open=False, draft=LogDraft())
        self.closed.emit()
        self._say_planned(meeting_id, inputs)

    def _say_planned(self, meeting_id: MeetingId, inputs: PlanInputs) -> None:
        """Online it is on its way at once and can only be canceled; offline it can still be taken back."""
        notices, routes = self._context.notices, self._context.routes
        if inputs.is_online:
            text = translate("plan", "Planned. HubSpot sends the invitations.")
            show = Action(
                translate("plan", "Show"), lambda: routes.meeting_requested.emit(self._resolved(meeting_id))
            )
            notices.say(text, tone=Tone.OK, action=show, seconds=UNDO_S)
            return
        text = translate("plan", "Planned. It is sent when you are online.")
        undo = Action(translate("plan", "Undo"), lambda: self._undo(meeting_id, inputs))
        notices.say(text, tone=Tone.OK, action=undo, seconds=UNDO_S)

    def _resolved(self, meeting_id: MeetingId) -> MeetingId:
        return self._context.services.outbox.resolve(meeting_id)

    def _undo(self, meeting_id: MeetingId, inputs: PlanInputs) -> None:
        self._tasks.start(self._told(self._take_back(meeting_id, inputs)), key=f"plan-undo-{meeting_id}")

    async def _take_back(self, meeting_id: MeetingId, inputs: PlanInputs) -> None:
        outbox, notices = self._context.services.outbox, self._context.notices
        waits = any(
            row.change.meeting_id == meeting_id and row.state is ChangeState.QUEUED and row.started_at is None
            for row in outbox.state.value.rows
        )
        if not waits or not await outbox.undo(str(meeting_id)):
            late = translate("plan", "It has been sent already. Open it in Log to cancel it.")
            notices.say(late, tone=Tone.WARN)
            return
        await self._drafts.keep(inputs.key, inputs.draft)
        notices.say(translate("plan", "Taken back. It is kept as a draft."), tone=Tone.OK)

    async def _told(self, work: Awaitable[object]) -> None:
        try:
            await work
        except Problem as problem:
            self._context.notices.say(words_for(problem).sentence, tone=Tone.BAD)

    def _on_kept(self, key: str, draft: LogDraft) -> None:
        if key == self.inputs.key and self.inputs.is_open:
            self.drafted.emit(draft.saved_at)

    def _on_meetings(self, state: MeetingsState) -> None:
        self._set(options=state.options, owners=state.owners, my_owner_id=state.my_owner_id)

    def _on_connection(self, state: ConnectionState) -> None:
        self._set(is_online=not isinstance(state, OfflineSince))

    def _on_accounts(self, state: AccountsState) -> None:
        """What is typed belongs to one account; its draft was kept there."""
        account_id = state.active.id if state.active is not None else None
        if account_id != self._account:
            self._account = account_id
            self._keeper.drop()
            self._set(is_open=False, draft=LogDraft(), suggestions=(), duplicates=())
            self.closed.emit()


def _half_hour_after(start: datetime | None) -> datetime | None:
    return start + HALF_HOUR if start is not None else None
